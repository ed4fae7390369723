"""Tokens as plain values: what the annotators of names read of a spaCy Doc, fetched once."""

from dataclasses import dataclass, field
from typing import NamedTuple

from nutgraf.annotate.lexicon import fold
from nutgraf.model.article import BlockKind, Document, Paragraph


class Word(NamedTuple):
    """One token of a paragraph. `head` is the index of its governor; tags are empty where nothing was parsed."""

    text: str
    fold: str
    tag: str
    dep: str
    head: int
    ent: str
    opens_ent: bool
    opens_sentence: bool
    spaced: bool
    """Whether white space follows."""

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def proper(self) -> bool:
        return self.tag.startswith("NNP")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph and its words."""

    paragraph: Paragraph
    words: tuple[Word, ...]
    shouting: bool
    """Capitals mean nothing here: a heading or a line in which most words have them."""


@dataclass(slots=True)
class Candidate:
    """A stretch that looks like a name: token range within one passage."""

    passage: int
    start: int
    end: int
    words: tuple[str, ...]
    """The words without joining hyphens apart; as folded."""
    text: str
    title: tuple[int, int] | None = None
    """Token range of the titles before it."""
    in_title: bool = False
    """It stands within somebody's title: "Secretary of Homeland Security"."""
    government: bool = False
    bracketed: "Candidate | None" = field(default=None, repr=False)
    """The name in brackets right behind: an acronym or the full form."""


OPENERS = frozenset("\"“‘'«…:")


def passages(document: Document, captions: bool = False) -> tuple[Passage, ...]:
    """The document's paragraphs as words; behind them its captions where wanted."""
    paragraphs = (*document.paragraphs, *(document.captions if captions else ()))
    return tuple(_passage(paragraph, document.parsed) for paragraph in paragraphs)


def _passage(paragraph: Paragraph, parsed: bool) -> Passage:
    words = tuple(_words(paragraph, parsed))
    letters = [w for w in words if len(w.text) > 3 and w.text[0].isalpha()]
    capitals = sum(w.capital for w in letters)
    heading = paragraph.block.kind in (BlockKind.HEADLINE, BlockKind.HEADING)
    shout = sum(w.text.isupper() for w in letters) > 0.7 * len(letters)
    return Passage(paragraph, words, bool(letters) and (shout or (heading and capitals > 0.6 * len(letters) > 1)))


def _words(paragraph: Paragraph, parsed: bool) -> list[Word]:
    out: list[Word] = []
    opening = True
    for token in paragraph.doc:
        text = token.text
        start = opening or bool(token.is_sent_start)
        out.append(
            Word(
                text,
                fold(text),
                token.tag_ if parsed else "",
                token.dep_ if parsed else "",
                token.head.i if parsed else token.i,
                token.ent_type_,
                token.ent_iob_ == "B",
                start,
                bool(token.whitespace_),
            )
        )
        opening = (start and not text[0].isalnum()) or text in OPENERS
    return out
