"""Headline and standfirst: the published ones, else words of the lede as they stand."""

import re
from collections.abc import Callable, Mapping

from nutgraf.model.annotation import Annotations, Related
from nutgraf.model.article import BlockKind, Document, LanguagePack, Paragraph

SHORTEST, LONGEST = 30, 140
"""Code points of a headline cut from the lede."""
SENTENCE = 400
"""Code points; a longer first sentence is no standfirst."""
_BOUNDARY = re.compile(r"(?:[,;:](?=\s)|\s[–—-](?=\s)|\.(?=\s|$))")


def make_headline(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator of headline, standfirst and teasers; `pack` is not needed yet but keeps the form of the others."""

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        lede = _lede(document, found)
        published = published_headline(document)
        sentence = first_sentence(lede)
        headline = published or cut(sentence)
        standfirst = _published_standfirst(document)
        if standfirst is None and published and len(sentence) <= SENTENCE:
            standfirst = sentence or None
        return {"headline": headline or None, "standfirst": standfirst, "related": teasers(document)}

    return run


def published_headline(document: Document) -> str | None:
    """The headline that stands in the text or in the article's metadata."""
    for block in document.story.of_kind(BlockKind.HEADLINE):
        return _line(block.span.of(document.text)).rstrip(".") or None
    return document.story.article.title


def _published_standfirst(document: Document) -> str | None:
    blocks = document.story.of_kind(BlockKind.STANDFIRST)
    if blocks:
        return " ".join(_line(block.span.of(document.text)) for block in blocks)
    return document.story.article.standfirst


def _lede(document: Document, found: Annotations) -> str:
    """Text of the first paragraph, without its dateline."""
    for paragraph in document.paragraphs:
        span = paragraph.block.span
        if paragraph.block.kind is BlockKind.PARAGRAPH and len(span) >= 2 * SHORTEST:
            dateline = found.credits.dateline
            start = dateline.end if dateline and span.contains(dateline) else span.start
            return _line(document.text[start : span.end])
    return _line(next((p.block.span.of(document.text) for p in _paragraphs(document)), ""))


def _paragraphs(document: Document) -> list[Paragraph]:
    return [p for p in document.paragraphs if p.block.kind is BlockKind.PARAGRAPH]


def first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence; the dot of an abbreviation or initial ends none."""
    for match in re.finditer(r"[.?!][\"”’»)]*(?=\s+[\"“«‘(¿¡]?[^\W\da-zß-ÿ]|$)", text):
        word = re.search(r"(\S*)$", text[: match.start()])
        if (
            match.group()[0] != "."
            or not word
            or not re.fullmatch(r"(?:[^\W\d_]\.)*[^\W\d_]{1,2}|[A-Z][a-z]{1,3}", word[1])
            or match.end() == len(text)
        ):
            return text[: match.end()]
    return text


def cut(sentence: str) -> str:
    """The longest stretch from the start of a sentence that ends at a clause boundary and is no longer than a headline;
    without one, whole words and an ellipsis."""
    if len(sentence) <= LONGEST:
        return sentence.rstrip(".")
    ends = [m.start() for m in _BOUNDARY.finditer(sentence) if SHORTEST <= m.start() <= LONGEST]
    if ends:
        return sentence[: ends[-1]].rstrip()
    return sentence[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def teasers(document: Document) -> tuple[Related, ...]:
    """Headlines of other stories that stood among or under this one."""
    return tuple(
        Related(_line(block.span.of(document.text)), block.span) for block in document.story.of_kind(BlockKind.TEASER)
    )


def _line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
