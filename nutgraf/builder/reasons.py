"""Why a page was drawn, and what it rests on, in words."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from nutgraf.builder.draw import Drawn, Made, Order
from nutgraf.builder.state import State
from nutgraf.site.link import ORDER, Facet

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
    "whole": "all of it",
    "called": "name and kind",
    "aliases": "aliases",
    "page": "the editor's page",
    "briefs": "the briefs that list it",
}


def reasons(
    state: State,
    orders: Sequence[Order],
    made: Mapping[str, Made],
    dirty: Collection[int],
    shapes: Mapping[str, bytes],
    lost: Collection[str],
) -> dict[str, tuple[str, ...]]:
    """Why each page was drawn that was; `state` is as it was before."""
    found: dict[str, tuple[str, ...]] = {}
    for order in orders:
        before = {p.url: p for p in _drawn(state.plans.get(order.name))}
        kept = {page.url for page in order.kept}
        for page in _drawn(made[order.name]):
            old = before.get(page.url)
            if old is page:
                continue
            if old is None:
                found[page.url] = ("it is new, or nothing was known of it",)
            elif page.url in kept:
                found[page.url] = ("it shows other items, or in another order",)
            else:
                found[page.url] = tuple(_reasons(state, old, dirty, shapes, lost))[:MOST]
    return found


def _drawn(made: Made | None) -> Iterable[Drawn]:
    return (page for page in made.pages if isinstance(page, Drawn)) if made else ()


def _reasons(
    state: State, page: Drawn, dirty: Collection[int], shapes: Mapping[str, bytes], lost: Collection[str]
) -> Iterator[str]:
    if shapes.get(page.template) != state.templates.get(page.template):
        yield f"templates/{page.template} changed, or one that it takes in"
    if any(path in lost for path, _ in page.files):
        yield "its file was changed or removed by somebody else"
    for number in array("I", page.trace):
        if number in dirty:
            yield f"{worded(state.facets[number])} changed"


def worded(facet: Facet) -> str:
    """What was looked at."""
    kind, slug, part = facet
    if facet == ORDER:
        return "the list of all briefs"
    if part == "all":
        return f"the list of all {kind}"
    if kind == "briefs":
        return f"brief {slug}: {PARTS[part]}"
    if kind == "said":
        return f"what {slug.replace('/', ' ')} said"
    if kind in ("counted", "series"):
        return f"figures that count {slug}"
    if kind == "related":
        return f"the briefs related to {slug}"
    if kind == "meant":
        return f"who is called {slug}"
    return f"{kind.rstrip('s')} {slug}: {PARTS[part]}"


def explained(state: State, url: str) -> Iterator[str]:
    """Lines on one page: its template, why it was drawn, what it rests on; none where there is no such page."""
    for plan in state.plans.values():
        for page in _drawn(plan):
            if page.url == url:
                files = ", ".join(path for path, _ in page.files)
                yield f"{url} ({files}), by {f'templates/{page.template}' if page.template else 'the writer of feeds'}"
                yield "drawn last because"
                yield from (f"  {reason}" for reason in state.reasons.get(url, ("nothing is known of it",)))
                yield "rests on"
                yield from (f"  {line}" for line in _rests_on(state, page))


def _rests_on(state: State, page: Drawn) -> Iterator[str]:
    paths = {one.slug: one.path for one in state.published.values()}
    gathered: dict[str, list[str]] = defaultdict(list)
    for number in array("I", page.trace):
        kind, slug, part = state.facets[number]
        if kind == "briefs":
            gathered[paths.get(slug, slug)].append(PARTS[part])
        else:
            gathered[worded((kind, slug, part))].append("")
    for name, parts in sorted(gathered.items()):
        yield f"{name}: {'; '.join(parts)}" if any(parts) else name
