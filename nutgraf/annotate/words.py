"""Tokens as plain values: what the annotators of names read of a spaCy Doc, fetched once."""

from dataclasses import dataclass
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


OPENERS = frozenset("\"“‘'«…:")


def passages(document: Document) -> tuple[Passage, ...]:
    """The document's paragraphs as words."""
    return tuple(_passage(paragraph, document.parsed) for paragraph in document.paragraphs)


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
