"""What holds where annotators disagree about the same words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from nutgraf.model.annotation import (
    ActorFound,
    Annotations,
    DateFound,
    FigureFound,
    MentionKind,
    QuoteFound,
    QuoteKind,
)
from nutgraf.model.article import Document, LanguagePack
from nutgraf.model.span import Span

COVERED = 0.8
"""Share of a statement's words in another one from which on both are the same statement."""
Spanned = TypeVar("Spanned", DateFound, FigureFound)


def make_overlap(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator that settles conflicts: dates before figures, names before figures, quotations before reports."""

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        dates = longest(found.dates)
        actors = tuple(actor for actor in found.actors if not _only_credited(actor, found))
        names = [m.span for a in found.actors for m in a.mentions if m.kind is MentionKind.NAME]
        taken = [*names, *(date.span for date in dates)]
        figures = longest([f for f in found.figures if not any(span.overlaps(f.span) for span in taken)])
        return {"dates": dates, "actors": actors, "figures": figures, "quotes": distinct(found.quotes)}

    return run


def longest(found: Sequence[Spanned]) -> tuple[Spanned, ...]:
    """Those that overlap no longer one (the first, among equals), in text order."""
    kept: list[Spanned] = []
    for each in sorted(found, key=lambda e: (-len(e.span), e.span)):
        if not any(each.span.overlaps(other.span) for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda e: e.span))


def distinct(quotes: Iterable[QuoteFound]) -> tuple[QuoteFound, ...]:
    """Statements of which none mostly repeats another: quoted ones before reported ones, sure ones before doubtful."""
    order = {QuoteKind.DIRECT: 0, QuoteKind.MIXED: 1, QuoteKind.INDIRECT: 2}
    kept: list[QuoteFound] = []
    for quote in sorted(quotes, key=lambda q: (order[q.kind], -q.confidence, q.content[0])):
        if not any(_share(quote.content, other.content) >= COVERED for other in kept):
            kept.append(quote)
    return tuple(sorted(kept, key=lambda q: q.content[0]))


def _share(pieces: Sequence[Span], others: Sequence[Span]) -> float:
    """How much of `pieces` lies within `others`, 0 to 1."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in pieces for b in others)
    return shared / max(1, sum(map(len, pieces)))


def _only_credited(actor: ActorFound, found: Annotations) -> bool:
    """Whether an actor is named only where the story's makers and its place are, or is the story's own agency."""
    credits = found.credits
    makers = [named.span for named in (*credits.agencies, *credits.cited, *credits.authors)]
    if credits.dateline:
        makers.append(credits.dateline)
    speaks = any(quote.by == actor.name for quote in found.quotes)
    if not speaks and actor.name.casefold() in {agency.name.casefold() for agency in credits.agencies}:
        return True  # "sources consulted by EFE", in a story by EFE
    return bool(actor.mentions) and not speaks and all(any(m.span.overlaps(s) for s in makers) for m in actor.mentions)
