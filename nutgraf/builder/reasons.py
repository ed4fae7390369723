"""Why a page was drawn, and what it rests on, in words."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from nutgraf.builder.draw import Order
from nutgraf.builder.made import Drawn, Made, number_of
from nutgraf.builder.state import State
from nutgraf.site.facts import FACETS, parts_of
from nutgraf.site.link import ORDER, Facet
from nutgraf.site.urls import file_of

MOST = 8
"""Reasons that are kept of one page."""
PARTS = {
    "date": "its date",
    "card": "headline, standfirst, status, topics or sources",
    "cast": "its actors",
    "counts": "how many items it has",
    "notes": "its figures, quotes, dates and sources",
    "mentions": "sentences that mention its actors",
    "lede": "first paragraph and corrections",
    "alone": "whether it has one source only",
    "proposed": "what was proposed",
    "news": "what it may have told first",
    "whole": "all of it",
    "lists": "which notes it has",
    "company": "who its actors are",
    "called": "name and kind",
    "aliases": "aliases",
    "page": "the editor's page",
    "briefs": "the briefs that list it",
}


def reasons(
    orders: Sequence[Order],
    before: Mapping[str, Made],
    made: Mapping[str, Made],
    dirty: Mapping[int, Facet],
    stale: Collection[str],
    lost: Collection[str],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The address of each page that was drawn, and why it was; plans as they were `before` and as they were made."""
    for order in orders:
        old = {page.url: page for page in _drawn(before.get(order.name))}
        kept = {page.url for page in order.kept}
        for page in _drawn(made[order.name]):
            was = old.get(page.url)
            if was is page:
                continue
            if was is None:
                yield page.url, ("it is new, or nothing was known of it",)
            elif page.url in kept:
                yield page.url, ("it shows other items, or in another order",)
            else:
                yield page.url, tuple(_reasons(was, dirty, stale, lost))[:MOST]


def _drawn(made: Made | None) -> Iterable[Drawn]:
    return (page for page in made.pages if isinstance(page, Drawn)) if made else ()


def _reasons(page: Drawn, dirty: Mapping[int, Facet], stale: Collection[str], lost: Collection[str]) -> Iterator[str]:
    if page.template in stale:
        yield f"templates/{page.template} changed, or one that it takes in"
    if any(path in lost for path, _ in page.files):
        yield "its file was changed or removed by somebody else"
    for number in array("I", page.trace):
        if number in dirty:
            yield f"{worded(dirty[number])} changed"


def worded(facet: Facet) -> str:
    """What was looked at."""
    kind, slug, part = facet
    if facet == ORDER:
        return "the list of all briefs"
    if part == "all":
        return f"the list of all {kind}"
    if kind == "briefs":
        return f"brief {slug}: {_part(part)}"
    if kind == "said":
        return f"the briefs that tell what {slug.replace('/', ' ')} said"
    if kind in ("counted", "series"):
        return f"figures that count {slug}"
    if kind == "related":
        return f"the briefs related to {slug}"
    if kind == "meant":
        return f"who is called {slug}"
    return f"{kind.rstrip('s')} {slug}: {PARTS[part]}"


def _part(part: str) -> str:
    """What was looked at in a brief."""
    name, _, which = part.partition(" ")
    if name == "note":
        return f"note {int(which) + 1}"
    return f"what it tells of {which.replace('/', ' ')}" if name == "about" else PARTS[part]


def explained(state: State, url: str) -> Iterator[str]:
    """Lines on one page: its template, why it was drawn, what it rests on; none where there is no such page."""
    for plan in state.plans.values():
        for page in _drawn(plan):
            if page.url == url or any(path == file_of(url) for path, _ in page.files):
                files = ", ".join(path for path, _ in page.files)
                yield f"{url} ({files}), by {f'templates/{page.template}' if page.template else 'the writer of feeds'}"
                yield "drawn last because"
                yield from (f"  {reason}" for reason in state.reasons.get(url) or ("nothing is known of it",))
                yield "rests on"
                yield from (f"  {line}" for line in _rests_on(state, page))


def _rests_on(state: State, page: Drawn) -> Iterator[str]:
    published = state.published.whole()
    own = (("briefs", slug, part) for slug in published for part in (*FACETS, *parts_of(state.listed_drawn(slug))))
    facets = {number_of(facet): facet for facet in (*own, *state.digests)}
    gathered: dict[str, list[str]] = defaultdict(list)
    for kind, slug, part in sorted(facets[number] for number in array("I", page.trace) if number in facets):
        if kind == "briefs":
            gathered[published[slug][0]].append(_part(part))
        else:
            gathered[worded((kind, slug, part))].append("")
    for name, parts in sorted(gathered.items()):
        yield f"{name}: {'; '.join(parts)}" if any(parts) else name
