"""What of a site is not as it was when its pages were drawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nutgraf.builder.made import number_of
from nutgraf.builder.state import Shelved, State
from nutgraf.site.facts import DETAILED, FACETS, Listed, details
from nutgraf.site.link import KINDS, ORDER, Changes, Facet, Site, touched
from nutgraf.site.related import Found


@dataclass(frozen=True, slots=True)
class Difference:
    """Facets that are not as pages saw them."""

    dirty: Mapping[int, Facet]
    """By number."""
    digests: Mapping[Facet, bytes]
    """The digests, as they are now, of those that are not a brief's own."""


def changes_of(state: State, shelved: Shelved) -> Changes:
    """What is listed of the briefs that are not published as they were, before and after."""
    slugs = shelved.undrawn
    if slugs is None:
        before = state.published.whole()
        after = {slug: (path, digests) for slug, (_, path, digests) in shelved.briefs.items()}
        slugs = frozenset(slug for slug, _ in before.items() ^ after.items())
    changed = (slug for slug in sorted(slugs) if state.published.get(slug) != shelved.briefs.get(slug, ())[1:])
    return tuple((_before(state, slug), _after(state, shelved, slug)) for slug in changed)


def _before(state: State, slug: str) -> Listed | None:
    return state.listed_drawn(slug) if slug in state.published else None


def _after(state: State, shelved: Shelved, slug: str) -> Listed | None:
    return state.listed(shelved.briefs[slug][1]) if slug in shelved.briefs else None


def difference(state: State, site: Site, changes: Changes, same_names: bool) -> Difference:
    """What has changed since pages were drawn; nothing where none were."""
    if not state.core.pages:
        return Difference({}, {})
    looked_at = state.digests
    suspects = _suspects(site, changes, state.related) if same_names else looked_at
    now = {facet: site.digest(facet) for facet in dict.fromkeys(suspects) if facet in looked_at}
    changed = {facet: digest for facet, digest in now.items() if looked_at[facet] != digest}
    dirty = {number_of(facet): facet for facet in (*changed, *_of_briefs(state, site, changes))}
    return Difference(dirty, changed)


def _suspects(site: Site, changes: Changes, related: Found) -> Iterable[Facet]:
    """All that may have changed where the editor's pages are as they were."""
    for kind, slug in touched(changes):
        if kind in KINDS:
            yield from ((kind, slug, part) for part in ("called", "aliases", "page", "briefs"))
        else:
            yield kind, slug, ""
            yield "series", slug, ""
    if changes:
        yield ORDER
        yield from ((kind, "", "all") for kind in (*KINDS, "counted"))
    if related is not site.all_related():
        found = site.all_related()
        yield from (("related", slug, "") for slug in {*related, *found} if related.get(slug) != found.get(slug))


def _of_briefs(state: State, site: Site, changes: Changes) -> Iterable[Facet]:
    for before, after in changes:
        slug = (before or after).slug  # type: ignore[union-attr]  # one of the two is there
        changed = [
            facet for facet in FACETS if before is None or after is None or before.digest(facet) != after.digest(facet)
        ]
        yield from (("briefs", slug, facet) for facet in changed)
        if before and not DETAILED.isdisjoint(changed):
            old = details(before, *state.shown_drawn(slug))
            new = details(after, site.shown(slug), site.notes(slug)) if after else {}
            yield from (("briefs", slug, part) for part in {*old, *new} if old.get(part) != new.get(part))
