"""Pages to files: which have to be drawn again, and drawing them."""

import os
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment

from nutgraf import store
from nutgraf.builder.compiled import Compiled
from nutgraf.builder.made import Drawn, Made, number_of
from nutgraf.builder.scan import Setting, scan_all
from nutgraf.builder.stamps import stamp_of
from nutgraf.memo import Memo, thawed
from nutgraf.model.recent import Recent
from nutgraf.model.views import Artifact, FeedView, SiteFrame
from nutgraf.model.words import Words
from nutgraf.render.environment import make_environment
from nutgraf.render.pages import render_feed, render_view
from nutgraf.site.facts import Listed, Notes, Shown, digest_of
from nutgraf.site.library import Called
from nutgraf.site.link import Facet, Groups, Shelf, Site, Trace
from nutgraf.site.reading import Reading
from nutgraf.site.related import Found
from nutgraf.site.views import plan_named
from nutgraf.site.views.plan import Planned

MOST_KEPT = 500
"""Briefs of which a process keeps at least what other pages show of them: what it makes of that is kept for longer."""
T = TypeVar("T")
Published = Mapping[str, tuple[str, str, bytes]]
"""The published briefs by slug, latest first: day, path, digests of the facets."""


@dataclass(frozen=True, slots=True)
class Order:
    """A plan whose pages may have to be drawn; those in `kept` need it only if their arguments are others now."""

    name: str
    kept: tuple[Drawn, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of some orders."""

    made: tuple[Made, ...]
    facets: tuple[Facet, ...]
    """That were looked at and are not a brief's own, each once."""
    written: tuple[str, ...]
    drawn: int


def joined(batches: Iterable[Batch]) -> Batch:
    """What came of all of them."""
    made: list[Made] = []
    facets: dict[Facet, None] = {}
    written: list[str] = []
    drawn = 0
    for batch in batches:
        made += batch.made
        facets |= dict.fromkeys(batch.facets)
        written += batch.written
        drawn += batch.drawn
    return Batch(tuple(made), tuple(facets), tuple(written), drawn)


class Briefs:
    """What pages show of briefs: read from the memo, or from their files, where this process does not have it."""

    def __init__(self, memo: tuple[Path, str]) -> None:
        self._memo = memo
        self._opened: tuple[int, Memo] | None = None
        self._listed: Recent[str, tuple[bytes, Listed]] = Recent(MOST_KEPT)
        self._shown: Recent[str, tuple[bytes, Shown]] = Recent(MOST_KEPT)
        self._notes: Recent[str, tuple[bytes, Notes]] = Recent(MOST_KEPT)
        self._ahead: Mapping[str, bytes] = {}

    def ahead(self, published: Published, parts: Mapping[str, bytes]) -> "Briefs":
        """The same, but for briefs of which these parts were made anew."""
        found, known = Briefs(self._memo), self._in_memory
        found._listed, found._shown, found._notes, found._ahead = self._listed, self._shown, self._notes, parts

        def listed(path: str) -> Listed:
            if known is None or f"listed {path}" in parts:
                one: Listed = thawed(parts[f"listed {path}"])[1]
                return one
            return known(path)

        found.renew(self._setting, published, listed)
        return found

    def renew(self, setting: Setting, published: Published, listed: Callable[[str], Listed] | None) -> None:
        """Go by these files; what is in memory of a brief holds as long as its digests are the same.

        `listed` gives what the process has in memory, by path; None where it has nothing.
        """
        self._setting, self._published, self._in_memory = setting, published, listed

    def __getstate__(self) -> tuple[Any, ...]:
        return self._memo, self._setting, self._published

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        memo, setting, published = state
        self.__init__(memo)  # type: ignore[misc]
        self.renew(setting, published, None)

    def listed(self, slug: str) -> Listed:
        if self._in_memory:
            return self._in_memory(self._published[slug][1])
        return self._known(self._listed, "listed", slug)

    def shown(self, slug: str) -> Shown:
        return self._known(self._shown, "shown", slug)

    def notes(self, slug: str) -> Notes:
        return self._known(self._notes, "notes", slug)

    def reading(self, slug: str) -> Reading:
        found: Reading = self._read("reading", slug)[1]
        return found.named(self._setting.names)

    def _known(self, known: Recent[str, tuple[bytes, T]], part: str, slug: str) -> T:
        found = known.get(slug)
        if found is None or found[0] != self._published[slug][2]:
            found = known[slug] = self._read(part, slug)
        return found[1]

    def _read(self, part: str, slug: str) -> tuple[bytes, Any]:
        _, path, digests = self._published[slug]
        key = f"{part} {path}"
        found = thawed(self._ahead[key]) if key in self._ahead else self._open().read(key)
        if found is None or found[0] != digests:
            found = thawed(scan_all(self._setting, (path,))[0].parts[key])
        kept: tuple[bytes, Any] = found
        return kept

    def _open(self) -> Memo:
        """The memo; a process that was forked opens it for itself."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = (os.getpid(), Memo(*self._memo))
        return self._opened[1]


def _unnamed(_kind: str, _slug: str) -> None:
    return None


@dataclass(frozen=True)
class Canvas:
    """Everything that pages are drawn from."""

    words: Words
    published: Published
    days: Mapping[str, str]
    groups: Groups
    related: Found
    """As it was found last."""
    same_ties: bool
    """Whether it is as it was."""
    setting: Setting
    frame: SiteFrame
    templates: Mapping[str, str]
    output: Path
    briefs: Briefs
    named: Callable[[str, str], Called | None] = _unnamed
    """What something is called, where that is known."""

    def __getstate__(self) -> dict[str, Any]:
        """What a worker that starts afresh needs: not what is derived here, which holds functions."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "named"} | {
            "related": dict(self.site.all_related().items()),
            "same_ties": True,
        }

    @cached_property
    def site(self) -> Site:
        shelf = Shelf(self.briefs.listed, self.briefs.shown, self.briefs.notes, self.briefs.reading)
        config, names = self.setting.config, self.setting.names
        known = self.related, self.same_ties, self.named
        return Site(config, self.words, names, self.days, self.groups, shelf, *known)

    @cached_property
    def environment(self) -> Environment:
        return make_environment(self.templates, self.words, Compiled(self.words))

    def like(self, other: "Canvas | None") -> "Canvas":
        """With the templates of another one as they were compiled, where they are the same."""
        if other and "environment" in vars(other) and (other.templates, other.words) == (self.templates, self.words):
            vars(self)["environment"] = other.environment
        return self


def draw(canvas: Canvas, orders: tuple[Order, ...]) -> Batch:
    """Make the pages of some plans, and write those whose bytes are new."""
    seen: set[Facet] = set()
    with store.Publisher(canvas.output) as publisher:
        made = tuple([_made(canvas, order, publisher, seen) for order in orders])
    gathered = tuple(facet for facet in seen if facet[0] != "briefs")
    drawn = sum(isinstance(page, Drawn) for plan in made for page in plan.pages)
    return Batch(made, gathered, tuple(publisher.written), drawn)


def _made(canvas: Canvas, order: Order, publisher: store.Publisher, seen: set[Facet]) -> Made:
    """One plan; what it and its pages look at is added to `seen`."""
    plan = plan_named(canvas.site, order.name)
    with canvas.site.tracing() as trace:
        planned = tuple(plan.pages(canvas.site, *plan.arguments))
    kept = {page.url: page for page in order.kept}
    pages: list[Drawn | str] = []
    for page in planned:
        arguments = digest_of(page.arguments)
        old = kept.get(page.url)
        if old and (old.template, old.arguments) == (page.template, arguments):
            pages.append(page.url)
            continue
        artifacts, looked_at = _artifacts(canvas, page)
        files = tuple([(each.path, stamp_of(publisher.publish(each.path, each.content))) for each in artifacts])
        pages.append(Drawn(page.url, page.template, arguments, _numbered(looked_at), files))
        seen |= looked_at
    seen |= trace
    return Made(order.name, _numbered(trace), tuple(pages))


def _numbered(trace: Trace) -> bytes:
    return array("I", sorted({number_of(facet) for facet in trace})).tobytes()


def _artifacts(canvas: Canvas, page: Planned) -> tuple[list[Artifact], set[Facet]]:
    with canvas.site.tracing() as trace:
        view = page.view(canvas.site, *page.arguments)
    if isinstance(view, FeedView):
        return list(render_feed(view, canvas.frame)), trace
    return list(render_view(canvas.environment, page.template, view, canvas.frame)), trace
