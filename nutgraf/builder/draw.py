"""Pages to files: which have to be drawn again, and drawing them."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment

from nutgraf import store
from nutgraf.builder.scan import Setting, scan_all
from nutgraf.builder.stamps import Stamp, stamp_of
from nutgraf.memo import Memo, thawed
from nutgraf.model.views import Artifact, FeedView, SiteFrame
from nutgraf.model.words import Words
from nutgraf.render.environment import make_environment
from nutgraf.render.pages import render_feed, render_view
from nutgraf.site.facts import Listed, Shown, digest_of
from nutgraf.site.link import Facet, Shelf, Site
from nutgraf.site.reading import Reading
from nutgraf.site.related import Related
from nutgraf.site.views import plans
from nutgraf.site.views.plan import Plan, Planned

MOST_KEPT = 20_000
"""Briefs of which a process keeps what other pages show of them."""


class Drawn(NamedTuple):
    """One page as it was drawn."""

    url: str
    template: str
    arguments: bytes
    """Digest of what its plan had found out for it."""
    trace: bytes
    """Numbers of the facets that were looked at."""
    files: tuple[tuple[str, Stamp], ...]


class Made(NamedTuple):
    """The pages of one plan."""

    name: str
    trace: bytes
    pages: tuple[Drawn | str, ...]
    """Those that are as they were by their addresses only."""


@dataclass(frozen=True, slots=True)
class Order:
    """A plan whose pages may have to be drawn; those in `kept` need it only if their arguments are others now."""

    name: str
    kept: tuple[Drawn, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of some orders: plans made, facets by the numbers in their traces, files written."""

    made: tuple[Made, ...]
    facets: tuple[Facet, ...]
    written: tuple[str, ...]
    drawn: int


@dataclass(frozen=True)
class Canvas:
    """Everything that pages are drawn from."""

    words: Words
    listed: tuple[Listed, ...]
    """Those that are published, latest first."""
    related: Mapping[str, Related]
    setting: Setting
    frame: SiteFrame
    templates: Mapping[str, str]
    output: Path
    memo: tuple[Path, str]

    def __getstate__(self) -> dict[str, Any]:
        """What a worker that starts afresh needs: not what is derived here, which holds functions."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @cached_property
    def site(self) -> Site:
        return Site(self.setting.config, self.words, self.setting.names, self.listed, self._shelf(), self.related)

    def _shelf(self) -> Shelf:
        memo = Memo(*self.memo)
        paths = {one.slug: one.path for one in self.listed}
        digests = {one.slug: one.digests for one in self.listed}
        known: dict[str, Shown] = {}

        def shown(slug: str) -> Shown:
            if slug not in known:
                if len(known) >= MOST_KEPT:
                    known.clear()
                    self.site.forget()
                known[slug] = kept("shown", slug)
            return known[slug]

        def reading(slug: str) -> Reading:
            found: Reading = kept("reading", slug)
            return found.named(self.setting.names)

        def kept(part: str, slug: str) -> Any:
            key = f"{part} {paths[slug]}"
            found = memo.read(key)
            if found is None or found[0] != digests[slug]:
                found = thawed(scan_all(self.setting, (paths[slug],))[0].parts[key])
            return found[1]

        return Shelf(shown, reading)

    @cached_property
    def environment(self) -> Environment:
        return make_environment(self.templates, self.words)

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        return {plan.name: plan for plan in plans(self.site)}


def draw(canvas: Canvas, orders: tuple[Order, ...]) -> Batch:
    """Make the pages of some plans, and write those whose bytes are new."""
    numbers: dict[Facet, int] = {}
    written: list[str] = []
    made, drawn = [], 0

    def numbered(trace: set[Facet]) -> bytes:
        return array("I", sorted(numbers.setdefault(facet, len(numbers)) for facet in trace)).tobytes()

    for order in orders:
        plan = canvas.plans[order.name]
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
            files = tuple((artifact.path, _put(canvas.output, artifact, written)) for artifact in artifacts)
            pages.append(Drawn(page.url, page.template, arguments, numbered(looked_at), files))
            drawn += 1
        made.append(Made(order.name, numbered(trace), tuple(pages)))
    return Batch(tuple(made), tuple(numbers), tuple(written), drawn)


def _artifacts(canvas: Canvas, page: Planned) -> tuple[list[Artifact], set[Facet]]:
    with canvas.site.tracing() as trace:
        view = page.view(canvas.site, *page.arguments)
    if isinstance(view, FeedView):
        return list(render_feed(view, canvas.frame)), trace
    return list(render_view(canvas.environment, page.template, view, canvas.frame)), trace


def _put(output: Path, artifact: Artifact, written: list[str]) -> Stamp:
    if store.publish_file(output, artifact.path, artifact.content):
        written.append(artifact.path)
    return stamp_of((output / artifact.path).stat())
