"""What a process knows of a site after a build, and keeps for the next."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from nutgraf.builder.kept import FILES, OUTPUTS, TURN
from nutgraf.builder.made import Drawn, Made
from nutgraf.builder.rests import Rests
from nutgraf.builder.scan import Proposed, Read, Scanned
from nutgraf.builder.stamps import Inputs, Outputs, Stamp
from nutgraf.memo import LostError, Memo, Table, frozen, thawed
from nutgraf.model.brief import Page
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Diagnostic
from nutgraf.site.facts import Listed, Notes, Shown, sharing
from nutgraf.site.library import Called
from nutgraf.site.link import Changes, Facet, Groups, grouped, touched
from nutgraf.site.related import Found, Related

if TYPE_CHECKING:
    from nutgraf.builder.draw import Batch, Canvas

V = TypeVar("V")
Published = tuple[str, bytes]
"""Path of a published brief and the digests of its facets."""


@dataclass
class Core:
    """What every build needs; all else is read when it is asked for."""

    config: Config | None = None
    config_problems: tuple[Diagnostic, ...] = ()
    agencies: tuple[Page, ...] = ()
    """Pages of agencies that the briefs name and the editor has none of."""
    cited: bytes = b""
    """Digest of the sources that they were found from."""
    template_problems: tuple[Diagnostic, ...] = ()
    overall: tuple[bytes, tuple[Diagnostic, ...]] = (b"", ())
    """Findings of the whole site, and the digest of what they rest on."""
    frame: bytes = b""
    """Digest of what all pages rest on: settings, words, options."""
    theme: bytes = b""
    """Digest of all templates."""
    templates: dict[str, bytes] = field(default_factory=dict)
    """Digests of templates with all they take in."""
    copied: dict[str, bytes] = field(default_factory=dict)
    """Digests of what the static files are copies of."""
    once: tuple[str, ...] = ()
    """Files that are there once: the sitemap, robots.txt and the like."""
    manifest: Stamp | None = None
    """Of the list of the output folder's files, as it was left."""
    names: bytes = b""
    """Digest of the editor's pages and of those of agencies, as the pages were drawn from them."""
    pages: int = 0
    """How many there are, feeds left out."""
    files: int = 0
    """How many the site has."""
    related: bool = False
    """Whether it is known which briefs belong together."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """The briefs that are published, latest first."""

    briefs: Mapping[str, tuple[str, str, bytes]]
    """By slug: day, path, digests of the facets."""
    days: Mapping[str, str]
    undrawn: frozenset[str] | None
    """Which may not be as pages were drawn from them; None: any may not."""


class State:
    """All that is known. What is read late raises LostError where it cannot be read."""

    def __init__(self, memo: Memo) -> None:
        core = memo.read(CORE)
        self._memo, self._turn = memo, memo.read(TURN)
        self.core = core if isinstance(core, Core) and self._turn else Core()
        self.is_new = self.core is not core
        read = None if self.is_new else self._read
        self.files = Inputs(FILES, read)
        self.briefs: Table[str, Read] = Table("briefs", read)
        self.proposals: Table[str, Proposed] = Table("proposals", read)
        self.pages: Table[str, tuple[Page | None, tuple[Diagnostic, ...]]] = Table("pages", read)
        """The editor's own, by path."""
        self.published: Table[str, Published] = Table("published", read)
        """By slug, as the pages were drawn from them."""
        self.digests: Table[Facet, bytes] = Table("digests", read)
        """Of the facets that are not a brief's own."""
        self.plans: Table[str, Made] = Table("plans", read)
        self.outputs = Outputs(OUTPUTS, read)
        """Every file of the site as it was written."""
        self.reasons: Table[str, tuple[str, ...]] = Table("reasons", read)
        """Why pages were drawn when they were drawn last, by address."""
        self.called: Table[Facet, Called] = Table("called", read)
        """What actors, sources and topics are called, by group and slug."""
        self.groups: Held[Groups] = Held("groups", read, partial(grouped, ()))
        self.related: Table[str, Related] = Table("related", read)
        self.rests = Rests(read)
        self._listed: dict[str, Listed] = {}
        self._common: dict[Any, Any] = {}
        """Values that may be listed of several briefs."""
        self.shelved: Shelved | None = None
        self.touched: set[str] = set()
        """Paths of the briefs that were read, or are gone, since `shelved` was found."""
        self._drawn_anew: set[str] = set()
        self._forgotten: frozenset[str] = frozenset()

    def _read(self, key: str) -> Any:
        if self._memo.read(TURN) != self._turn:
            raise LostError("another process has built")
        return self._memo.read(key)

    @property
    def turn(self) -> Any:
        """Stands for the build that this is of; None where nothing is known."""
        return None if self.is_new else self._turn

    def take_in(self, one: Scanned) -> None:
        """Know a brief's file as it is now."""
        self.briefs[one.path] = one.read
        if one.parts:
            self._list(one.path, one.read, thawed(one.parts[f"listed {one.path}"]))

    def listed(self, path: str) -> Listed:
        """What is listed of a brief that can be read."""
        found = self._listed.get(path)
        if found is None and (one := self.briefs.get(path)):
            self._list(path, one, self._memo.read(f"listed {path}"))
            found = self._listed.get(path)
        if found is None:
            raise LostError(path)
        return found

    def list_all(self) -> None:
        """Have in memory what is listed of every brief: read in a row, it takes less time than one by one."""
        if all(path in self._listed for path, one in self.briefs.items() if one.slug):
            return
        for key, kept in self._memo.read_all("listed "):
            path = key.removeprefix("listed ")
            if path not in self._listed and (one := self.briefs.get(path)):
                self._list(path, one, kept)

    def _list(self, path: str, one: Read, kept: tuple[bytes, Listed] | None) -> None:
        if kept and kept[0] == one.digests:
            same = {"path": path, "slug": one.slug, "date": one.date, "digests": one.digests}
            self._listed[path] = sharing(kept[1], self._common, **same)

    def settle(self) -> None:
        """Let go of what only reading needs."""
        self._common.clear()

    def keep_drawn(self, paths: Collection[str]) -> None:
        """Keep what is known of briefs under another key, where the pages show it, before something else is known."""
        self.touched.update(paths)
        for path in paths:
            self._listed.pop(path, None)
        found = [(path, one.slug, one.digests) for path in paths if (one := self.briefs.get(path)) and one.slug]
        shown = [(path, slug) for path, slug, digests in found if self.published.get(slug) == (path, digests)]
        self._memo.copy((f"{part} {path}", f"drawn {part} {slug}") for path, slug in shown for part in DRAWN)

    def listed_drawn(self, slug: str) -> Listed:
        """What was listed of a published brief when pages were last drawn."""
        listed: Listed = self._drawn("listed", slug)
        return listed

    def shown_drawn(self, slug: str) -> tuple[Shown, Notes]:
        """What pages showed of it then."""
        return self._drawn("shown", slug), self._drawn("notes", slug)

    def _drawn(self, part: str, slug: str) -> Any:
        path, digests = self.published[slug]
        one = self.briefs.get(path)
        found = self._memo.read(f"{part} {path}" if one and one.digests == digests else f"drawn {part} {slug}")
        if found is None or found[0] != digests:
            raise LostError(slug)
        return found[1]

    def forget_pages(self) -> None:
        """Draw all pages again, from all briefs."""
        for table in (self.published, self.digests, self.plans, self.reasons, self.called):
            table.clear()
        self.core.pages = 0
        self._forgotten = frozenset(self.outputs)
        self.shelved = None
        self.core.related = False
        self.rests = Rests(None)

    def named(self, kind: str, slug: str) -> Called | None:
        """What something is called, where that is known."""
        return self.called.get((kind, slug, ""))

    def unname(self, changes: Changes, same_names: bool) -> None:
        """Forget what is called other names now, or may be."""
        if not same_names:
            self.called.clear()
            return
        for kind, slug in touched(changes):
            self.called.pop((kind, slug, ""))

    def noting(self, canvas: "Canvas", batches: "Iterable[Batch]") -> "Iterator[Batch]":
        """The same batches. What the plans of a new site rest on is looked at while others are under way: it takes
        long."""
        is_new = not self.core.pages
        for batch in batches:
            if is_new:
                self.rests.begin(batch.made)
                self._digest(canvas, batch.facets)
            yield batch

    def remade(self, plans: Iterable[Made], names: Collection[str] | None) -> "Remade":
        """Take in plans that were made again; `names` are those of all plans there are now, None where no other is."""
        made: dict[str, Made] = {}
        before: dict[str, Made] = {}
        for plan in plans:
            if old := self.plans.get(plan.name):
                before[plan.name] = old
            drawn = {page.url: page for page in old.pages if isinstance(page, Drawn)} if old else {}
            pages = tuple(drawn[page] if isinstance(page, str) else page for page in plan.pages)
            made[plan.name] = self.plans[plan.name] = Made(plan.name, plan.trace, pages)
        for name in set(self.plans) - set(names) if names is not None else ():
            if old := self.plans.pop(name):
                before[name] = old
        self.rests.renew(made, self.plans.values)
        self.core.pages += _count(made) - _count(before)
        forgotten, self._forgotten = self._forgotten, frozenset()
        return Remade(before, made, forgotten)

    def draw_from(
        self, canvas: "Canvas", changes: Changes, facets: Iterable[Facet], digests: Mapping[Facet, bytes]
    ) -> None:
        """Note what the pages show now, and digests of facets that they show other than before, or for the first
        time."""
        for slug in {one.slug for change in changes for one in change if one}:
            if slug in canvas.published:
                self.published[slug] = canvas.published[slug][1:]
            else:
                self.published.pop(slug)
            self._drawn_anew.add(slug)
        if self.shelved:
            self.shelved = replace(self.shelved, undrawn=frozenset())
        if canvas.groups is not self.groups.value:
            self.groups.value = canvas.groups
        self._relate(canvas.site.all_related())
        for facet, digest in digests.items():
            self.digests[facet] = digest
        self._digest(canvas, facets)
        for (kind, slug), found in canvas.site.names_found.items():
            self.called[kind, slug, ""] = found

    def _digest(self, canvas: "Canvas", facets: Iterable[Facet]) -> None:
        for facet in facets:
            if facet not in self.digests:
                self.digests[facet] = canvas.site.digest(facet)

    def _relate(self, related: Found) -> None:
        if related is self.related:
            return
        for slug in {*self.related} - {*related}:
            self.related.pop(slug)
        for slug, found in related.items():
            if self.related.get(slug) != found:
                self.related[slug] = found
        self.core.related = True

    def written(self, files: Mapping[str, Stamp], gone: Iterable[str]) -> None:
        """Note files of the site that were written, and that some are no more."""
        for path in gone:
            self.core.files -= self.outputs.pop(path) is not None
        for path, stamp in files.items():
            self.core.files += path not in self.outputs
            self.outputs[path] = stamp

    def addresses(self) -> Iterable[str]:
        """Of all pages and feeds, in order."""
        return sorted(page.url for plan in self.plans.values() for page in plan.pages if isinstance(page, Drawn))

    def write(self, more: Mapping[str, bytes]) -> bool:
        """Keep what has changed, and `more`; whether it was kept. What was not must be read again."""
        kept: tuple[Table[Any, Any] | Held[Any] | Rests, ...] = (
            *(self.files, self.briefs, self.proposals, self.pages, self.published, self.digests, self.plans),
            *(self.outputs, self.reasons, self.called, self.groups, self.related, self.rests),
        )
        turn = os.urandom(8)
        own = {CORE: frozen(self.core), TURN: frozen(turn), **more}
        # One after the other: together they may be larger than all else in memory.
        rows = chain(own.items(), (row for each in kept for row in each.written()))
        gone = (f"drawn {part} {slug}" for slug in self._drawn_anew for part in DRAWN)
        if not self._memo.write(rows, gone, expected=(TURN, self._turn)):
            return False
        self._turn, self.is_new, self._drawn_anew = turn, False, set()
        return True


@dataclass(frozen=True, slots=True)
class Remade:
    """Plans that were made again, and those that are no more, as they were before and as they are."""

    before: Mapping[str, Made]
    made: Mapping[str, Made]
    forgotten: frozenset[str]
    """Files of pages of which nothing is known any more."""

    @property
    def files(self) -> Mapping[str, Stamp]:
        return {path: stamp for page in _pages(self.made) for path, stamp in page.files}

    @property
    def former_files(self) -> Iterator[str]:
        yield from self.forgotten
        yield from (path for page in _pages(self.before) for path, _ in page.files)

    @property
    def moved(self) -> bool:
        """Whether there are other addresses now."""
        return {page.url for page in _pages(self.before)} != {page.url for page in _pages(self.made)}


def _pages(plans: Mapping[str, Made]) -> Iterator[Drawn]:
    return (page for plan in plans.values() for page in plan.pages if isinstance(page, Drawn))


def _count(plans: Mapping[str, Made]) -> int:
    """How many pages there are, feeds left out."""
    from nutgraf.site.views.plan import FEED

    return sum(page.template != FEED for page in _pages(plans))


class Held(Generic[V]):
    """One value that is read when it is asked for."""

    def __init__(self, name: str, read: Callable[[str], Any] | None, new: Callable[[], V]) -> None:
        self._name, self._read = name, read
        self._value: tuple[V, ...] = () if read else (new(),)
        self._changed = read is None

    @property
    def value(self) -> V:
        if not self._value:
            found = self._read(self._name) if self._read else None
            if found is None:
                raise LostError(self._name)
            self._value = found
        return self._value[0]

    @value.setter
    def value(self, value: V) -> None:
        self._value, self._changed = (value,), True

    def written(self) -> Iterator[tuple[str, bytes]]:
        """The value, where it has changed since this was asked last, as it is to be kept."""
        if self._changed:
            yield self._name, frozen(self._value)
        self._changed = False


DRAWN = ("listed", "shown", "notes")
"""What of a brief pages of others may show: parts of the memo."""
CORE = "core"
"""Key of the memo: what every build needs."""
