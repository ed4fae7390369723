"""Headline and standfirst: the published ones, else words of the lede as they stand."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from nutgraf.model.annotation import Annotations, Related
from nutgraf.model.article import BlockKind, Document, LanguagePack, Paragraph

SHORTEST, USUAL, LONGEST = 30, 100, 140
"""Code points of a headline cut from the lede; it is longer than usual only where no clause ends before."""
SENTENCE = 400
"""Code points; what is longer is no standfirst."""
_BOUNDARY = r"[,;:](?=\s)|\s[–—-](?=\s)|\.(?=\s|$)"
_ENDED = re.compile(r"(?<!\.\.)[.?!][\"'”’»)\]]*$")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def make_headline(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator of headline, standfirst and teasers; where clauses end is in the table `headline`."""
    table = pack.table("headline")
    words = "|".join(map(re.escape, table.get("clause_words", ())))
    boundary = re.compile(rf"{_BOUNDARY}|\s(?=(?:{words})\s)" if words else _BOUNDARY)
    finite = re.compile(table.get("finite", ""), re.I)

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        lede = _lede(document, found)
        published = published_headline(document, found)
        sentence = first_sentence(lede)
        headline = published or cut(reported(document, found, sentence), boundary, _verbs(document, finite, sentence))
        standfirst = _published_standfirst(document, lede)
        if standfirst is None:
            again = published or headline.endswith("…")
            told = sentence if again else first_sentence(lede[len(sentence) :].strip())
            standfirst = told if 0 < len(told) <= SENTENCE else None
        return {"headline": headline or None, "standfirst": standfirst, "related": teasers(document)}

    return run


def reported(document: Document, found: Annotations, sentence: str) -> str:
    """A first sentence without the words that only say who said it: "…, the coast guard said"."""
    for quote in found.quotes:
        words = _line(quote.content[0].of(document.text))
        if quote.listed and len(quote.content) == 1 and len(words) >= SHORTEST and sentence.startswith(words):
            return words
    return sentence


def _verbs(document: Document, finite: re.Pattern[str], sentence: str) -> Callable[[str], bool]:
    """Tells whether the beginning of a sentence says something: whether it has a finite verb."""
    if not document.parsed:
        return lambda words: finite.search(words) is not None
    starts: tuple[tuple[Any, int], ...] = tuple(
        (paragraph.doc, at)
        for paragraph in document.paragraphs
        if (at := paragraph.doc.text.find(sentence[:SHORTEST])) >= 0
    )
    return lambda words: any(
        token.tag_ in _FINITE for doc, at in starts[:1] for token in doc if at <= token.idx < at + len(words)
    )


def published_headline(document: Document, found: Annotations) -> str | None:
    """The headline that stands in the text or in the article's metadata; a line that is only the dateline is none."""
    dateline = found.credits.dateline
    for block in document.story.of_kind(BlockKind.HEADLINE):
        if dateline and block.span.overlaps(dateline):
            continue
        return _line(block.span.of(document.text)).rstrip(" .;,") or None
    return document.story.article.title


def _published_standfirst(document: Document, lede: str) -> str | None:
    blocks = document.story.of_kind(BlockKind.STANDFIRST)
    if blocks:
        return " ".join(_line(block.span.of(document.text)) for block in blocks)
    return whole_sentences(document.story.article.standfirst or "", lede)


def whole_sentences(description: str, lede: str) -> str | None:
    """Of a description, which systems fill with the beginning of the story and cut off anywhere, the sentences that are
    whole and together no longer than a standfirst; a line without a full stop is one if it is not the lede's."""
    opening = description.replace("’", "'").find(lede[:SHORTEST].replace("’", "'")) if lede else -1
    rest = description[opening:] if opening > 0 else description  # without a dateline, "Reading time" and the like
    kept = ""
    while rest:
        sentence = first_sentence(rest)
        if not _ENDED.search(sentence) or len(kept) + len(sentence) > SENTENCE:
            break
        kept, rest = f"{kept} {sentence}".strip(), rest[len(sentence) :].strip()
    line = "" if opening >= 0 or rest.endswith(("…", "...")) or len(rest) > SENTENCE else rest
    return kept or line or None


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


def cut(sentence: str, boundary: re.Pattern[str], says: Callable[[str], bool]) -> str:
    """The beginning of a sentence up to the last clause boundary within a usual headline's length, else up to the first
    one behind; `says` tells whether words say something. Without one, whole words and an ellipsis."""
    if len(sentence) <= USUAL:
        return sentence.rstrip(".")
    found = [m.start() for m in boundary.finditer(sentence) if SHORTEST <= m.start() <= LONGEST]
    ends = [end for end in found if _balanced(sentence[:end]) and says(sentence[:end])]
    usual = [end for end in ends if end <= USUAL]
    if ends:
        return sentence[: usual[-1] if usual else ends[0]].rstrip(" ,;:–—-")
    if len(sentence) <= LONGEST:
        return sentence.rstrip(".")
    return sentence[: USUAL - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _balanced(words: str) -> bool:
    """Whether every quotation in the words is closed."""
    return words.count("“") == words.count("”") and words.count("«") == words.count("»") and words.count('"') % 2 == 0


def teasers(document: Document) -> tuple[Related, ...]:
    """Headlines of other stories that stood among or under this one."""
    return tuple(
        Related(_line(block.span.of(document.text)), block.span) for block in document.story.of_kind(BlockKind.TEASER)
    )


def _line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()
