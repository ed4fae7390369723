"""What nobody has confirmed yet and a reader would be misled by, worst first."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from nutgraf.model.brief import Brief, Figure, ItemKey, Proposal, Quote
from nutgraf.model.diagnostic import Position
from nutgraf.model.task import Concern, Task
from nutgraf.site.text import fold

UNSURE = 0.6
"""An item of which the machine was less sure, 0 to 1, is worth a look."""
LISTS = ("actors", "figures", "quotes", "sources", "dates")


def worklist(briefs: Iterable[tuple[Brief, Proposal | None]]) -> tuple[Task, ...]:
    """The tasks of briefs with the proposals that they were made from, worst first; those confirmed have none."""
    found = [task for brief, proposal in briefs if not brief.front.reviewed for task in _of(brief, proposal)]
    return tuple(sorted(found, key=lambda task: task.order))


def _of(brief: Brief, proposal: Proposal | None) -> Iterator[Task]:
    sure: Mapping[ItemKey, float] = confidences(brief, proposal) if proposal else {}
    told: set[ItemKey] = set()
    for key, message, concern in (*_headline_figures(brief), *_unnamed(brief)):
        told.add(key)
        yield _task(brief, concern, key, message, sure.get(key, 0.0))
    if sole := _sole_source(brief):
        key = next(key for key, _ in _claims(brief))
        message = f"every claim rests on {sole} alone"
        yield _task(brief, Concern.SINGLE_SOURCE, key, message, sure.get(key, 0.0))
    for key, share in sure.items():
        if share < UNSURE and key not in told:
            message = (
                f"the machine is not sure of this {str(key[0]).removesuffix('s')} ({share:.0%}): {_shown(brief, key)}"
            )
            yield _task(brief, Concern.LOW_CONFIDENCE, key, message, share)
    message = f"not confirmed as a whole: {brief.front.headline}"
    yield _task(brief, Concern.UNREVIEWED, ("headline",), message, min(sure.values(), default=0.0))


def _task(brief: Brief, concern: Concern, key: ItemKey, message: str, confidence: float) -> Task:
    known = brief.positions
    position = next((known[key[:n]] for n in range(len(key), 0, -1) if key[:n] in known), Position(1, 1))
    return Task(concern, brief.path, position, message, confidence, day=brief.front.date)


def confidences(brief: Brief, proposal: Proposal) -> dict[ItemKey, float]:
    """How sure the machine was of each item that stands as it proposed it, by list and index."""
    found: dict[ItemKey, float] = {}
    for name in LISTS:
        shares = proposal.confidence.get(name, ())
        proposed = dict(zip(getattr(proposal.front, name), shares, strict=False))
        for i, item in enumerate(getattr(brief.front, name)):
            if item in proposed:  # a confirmed one differs by its day
                found[name, i] = proposed[item]
    return found


def _headline_figures(brief: Brief) -> Iterator[tuple[ItemKey, str, Concern]]:
    """Figures whose number the headline tells."""
    told = {number.replace(",", "") for number in re.findall(r"\d[\d,.]*\d|\d", brief.front.headline)}
    for i, figure in enumerate(brief.front.figures):
        numbers = {f"{n:g}" if n < 1e6 else str(n) for n in (figure.value, figure.low, figure.high) if n is not None}
        digits = set(re.findall(r"\d[\d.]*\d|\d", figure.text.replace(",", "")))
        if told & (numbers | digits) and not figure.reviewed:
            message = f"in the headline, not confirmed: {_words(figure)}"
            yield ("figures", i), message, Concern.HEADLINE_FIGURE


def _unnamed(brief: Brief) -> Iterator[tuple[ItemKey, str, Concern]]:
    """Statements whose speaker has no name."""
    unnamed = {fold(source.name) for source in brief.front.sources if source.kind == "unnamed"}
    for key, item in _claims(brief):
        if isinstance(item, Quote) and not item.by:
            yield key, f"nobody is named for: {_words(item)}", Concern.UNNAMED_SPEAKER
        elif item.by and fold(item.by) in unnamed:
            yield key, f"{item.by}, without a name: {_words(item)}", Concern.UNNAMED_SPEAKER


def _claims(brief: Brief) -> Iterator[tuple[ItemKey, Figure | Quote]]:
    """Quotations and figures that are not confirmed."""
    items: tuple[tuple[str, tuple[Any, ...]], ...] = (("figures", brief.front.figures), ("quotes", brief.front.quotes))
    for name, listed in items:
        yield from (((name, i), item) for i, item in enumerate(listed) if not item.reviewed)


def _sole_source(brief: Brief) -> str | None:
    """Whose word all claims of a brief are, where it is one person's or body's; confirmed ones count as well."""
    unconfirmed = sum(1 for _ in _claims(brief))
    speakers = (item.by for listed in (brief.front.figures, brief.front.quotes) for item in listed)
    by = {fold(name): name for name in speakers if name}
    others = [source for source in brief.front.sources if source.kind == "cited" and fold(source.name) not in by]
    return next(iter(by.values())) if len(by) == 1 and unconfirmed > 1 and not others else None


def _shown(brief: Brief, key: ItemKey) -> str:
    item = getattr(brief.front, str(key[0]))[int(key[1])]
    return str(getattr(item, "name", None) or _words(item))


def _words(item: Any) -> str:
    words = item.text if isinstance(item.text, str) else " … ".join(item.text)
    return words if len(words) <= 90 else words[:90].rsplit(" ", 1)[0] + " …"
