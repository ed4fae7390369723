"""Statements in the making: candidates of the parse set against the quotation marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nutgraf.annotate.quotation_marks import Quotation, find_quotations
from nutgraf.annotate.statements import Candidate
from nutgraf.model.article import Document, Paragraph
from nutgraf.model.span import Span

KEEP = 0.46
"""Least probability at which a candidate counts as a statement."""
NESTED = 0.8
"""The same for one within somebody else's quotation."""
OUTER = 0.2
"""By how much a statement may be less likely than one within it that has much the same words."""
ALIKE = 0.5
"""Share of common characters (F1) from which on two drafts are readings of the same statement."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement with its words still as tokens; spans are the article's, quotation marks included."""

    content: tuple[Span, ...]
    cue: Span
    cue_token: Any
    """None, as `head`, where there is no parse."""
    speaker: Span | None
    head: Any
    """Token that names the speaker; None where there is none."""
    probability: float
    frame: str = "beside"
    """The construction; "beside" for a quotation that its place alone gives to the cue."""
    nested: bool = False
    """Whether the reporting words stand within a quotation themselves."""

    def covers(self, span: Span) -> bool:
        """Whether some of the content lies there."""
        return any(piece.overlaps(span) for piece in self.content)

    def has_cue(self, token: Any) -> bool:
        """Whether the token (of any paragraph, or None) is the statement's cue."""
        mine = self.cue_token
        return mine is not None and token is not None and mine.doc is token.doc and mine.i == token.i


@dataclass(frozen=True, slots=True)
class Quoted:
    """A parsed paragraph and what it has between quotation marks."""

    paragraph: Paragraph
    quotations: tuple[Quotation, ...]
    inside: tuple[bool, ...]
    """For each token, whether it stands between quotation marks."""


def quoted_paragraphs(document: Document) -> list[Quoted]:
    """The paragraphs of a document with their quotations."""
    texts = [paragraph.doc.text for paragraph in document.paragraphs]
    out = []
    for paragraph, text, following in zip(document.paragraphs, texts, [*texts[1:], ""], strict=False):
        goes_on = following.startswith(("“", '"', "«", "''"))
        quotations = find_quotations(text, goes_on)
        out.append(Quoted(paragraph, quotations, _inside(paragraph.doc, quotations)))
    return out


def _inside(doc: Any, quotations: Sequence[Quotation]) -> tuple[bool, ...]:
    if not quotations:
        return (False,) * len(doc)
    return tuple(any(q.outer.start <= token.idx < q.outer.end for q in quotations) for token in doc)


def content_of(quoted: Quoted, found: Candidate) -> tuple[Span, ...]:
    """The content of a candidate: a quotation that it cuts is taken whole; one that holds its cue bounds it."""
    doc, base = quoted.paragraph.doc, quoted.paragraph.block.span.start
    cue = doc[found.cue].idx
    pieces = [Span(doc[s].idx, doc[e - 1].idx + len(doc[e - 1])) for s, e in found.content]
    for quotation in quoted.quotations:
        outer, inner = quotation.outer, quotation.inner
        if outer.start <= cue < outer.end:
            pieces = [Span(max(p.start, inner.start), min(p.end, inner.end)) for p in pieces if p.overlaps(inner)]
        elif any(p.overlaps(outer) and not p.contains(outer) for p in pieces):
            pieces.append(outer)
    return merged([piece.shifted(base) for piece in pieces])


def merged(pieces: Sequence[Span]) -> tuple[Span, ...]:
    """The pieces in order, those that touch made one."""
    joined: list[Span] = []
    for piece in sorted(pieces):
        if joined and piece.start <= joined[-1].end + 1:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return tuple(joined)


def best_of(drafts: Sequence[Draft]) -> list[Draft]:
    """The likely ones; of several readings of the same words or the same cue, the best. In text order."""
    likely = [d for d in drafts if d.content and d.probability >= (NESTED if d.nested else KEEP)]
    likely = [d for d in likely if not any(_passes_on(d, other) for other in likely)]
    outer = [d for d in likely if not any(_encloses(other, d) for other in likely)]
    kept: list[Draft] = []
    for draft in sorted(outer, key=lambda d: (d.nested, -d.probability)):
        if not any(draft.has_cue(other.cue_token) or _alike(draft, other) for other in kept):
            kept.append(draft)
    return in_order(kept)


def _encloses(outer: Draft, inner: Draft) -> bool:
    """Whether `inner` is rather what somebody is said to do in `outer`: "said he plans to leave"."""
    sure = outer.probability >= inner.probability - OUTER and not outer.nested
    return sure and not outer.has_cue(inner.cue_token) and outer.covers(inner.cue) and _alike(outer, inner)


def _passes_on(outer: Draft, inner: Draft) -> bool:
    """Whether `outer` only tells who reported what somebody else said: "“…,” he said, according to the paper"."""
    said = outer.frame == "according" and not inner.nested and inner.cue.start > inner.content[-1].start
    return said and inner.frame != "according" and outer.covers(inner.cue) and _alike(outer, inner)


def in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """By where their content begins."""
    return sorted(drafts, key=lambda draft: draft.content[0].start)


def _alike(one: Draft, other: Draft) -> bool:
    """Whether two drafts share half their characters."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.content for b in other.content)
    return 2 * common >= ALIKE * (sum(map(len, one.content)) + sum(map(len, other.content)))
