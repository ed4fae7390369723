"""The site's links: who is mentioned, quoted and cited where, and which briefs belong together.

Whatever a page looks at is noted: the facets of briefs (see `facts`) and of what is gathered from them. So what a page
rests on is known without any page having to say it, and a page can only see what has been noted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar, overload

from nutgraf.model.brief import Page
from nutgraf.model.config import Config
from nutgraf.model.library import Library
from nutgraf.model.pickling import unsealed
from nutgraf.model.recent import Recent
from nutgraf.model.span import Span
from nutgraf.model.words import Words
from nutgraf.site import urls
from nutgraf.site.digest import Excerpt, chosen, excerpt_of, is_digest
from nutgraf.site.facts import Listed, News, Note, Notes, Shown, digest_of, facts, note_part
from nutgraf.site.library import Called, Listing, Names, called, names_of, page_of, published, slug_of
from nutgraf.site.reading import Reading, read
from nutgraf.site.related import Found, Related, relate
from nutgraf.site.text import even_text

T = TypeVar("T")
Facet = tuple[str, str, str]
"""What was looked at: ("briefs", slug, facet), ("actors", slug, "called"), ("said", "actor/slug", "")."""
Trace = set[Facet]


class Told:
    """A brief as pages see it."""

    __slots__ = ("_site", "slug")

    def __init__(self, site: "Site", slug: str) -> None:
        self._site, self.slug = site, slug

    def __reduce__(self) -> tuple[type, tuple[tuple[str, str]]]:
        """By name, for digests: what pages see in it is noted when they look at it."""
        return tuple, (("briefs", self.slug),)

    @property
    def url(self) -> str:
        return urls.brief(self.slug)

    def _saw(self, facet: str) -> Listed:
        self._site.saw(("briefs", self.slug, facet))
        return self._site.listed(self.slug)

    @property
    def date(self) -> str:
        self._site.saw(("briefs", self.slug, "date"))
        return self._site.days[self.slug]

    @property
    def card(self) -> Listed:
        """Headline, date, standfirst, status, topics and sources; nothing else of it may be looked at."""
        return self._saw("card")

    @property
    def counted(self) -> Listed:
        """How many items it has, status and review; nothing else of it may be looked at."""
        return self._saw("counts")

    @property
    def as_proposed(self) -> int | None:
        """How many notes stand as the machine proposed them; None where no proposal is stored."""
        return self._saw("proposed").as_proposed

    @property
    def news(self) -> News:
        """What it may have told first."""
        self._site.saw(("briefs", self.slug, "news"))
        return self._site.shown(self.slug).news

    @property
    def alone(self) -> str:
        """Slug of the one source it rests on; empty where it rests on more, or on none."""
        return self._saw("alone").alone

    @property
    def company(self) -> Sequence[str]:
        """Slugs of the actors it lists, each once, in no order."""
        self._site.saw(("briefs", self.slug, "company"))
        return self._site.cast(self.slug)

    def _shown(self, facet: str) -> Shown:
        self._site.saw(("briefs", self.slug, facet))
        return self._site.shown(self.slug)

    def places(self, name: str) -> tuple[int, ...]:
        """Where the notes of one list stand among all its notes, in order of number."""
        return tuple([place for place, found in enumerate(self._saw("lists").lists) if found == name])

    def note(self, place: int) -> Note:
        self._site.saw(("briefs", self.slug, note_part(place)))
        found: Note = unsealed(self._site.notes(self.slug)[place])
        return found

    def roles_of(self, slug: str) -> tuple[str | None, ...]:
        """The roles in which it lists an actor; none where it does not."""
        return tuple([actor.role for actor in self._saw(f"about actor/{slug}").cast if actor.slug == slug])

    def said_by(self, kind: str, slug: str, name: str) -> tuple[int, ...]:
        """The places of the notes of one list that stand on the word of an actor or source."""
        one = self._saw(f"about {kind}/{slug}")
        return tuple([n for of, by, n in one.said if by == slug and of == kind and one.lists[n] == name])

    def mentions_of(self, slug: str) -> tuple[tuple[str, int], ...]:
        """The sentences that mention an actor, each once, with the number of the mention."""
        return self._shown(f"about actor/{slug}").mentions.get(slug, ())

    def events_of(self, slug: str) -> tuple[int, ...]:
        """The places of the notes on what happened whose sentences mention an actor."""
        return self._shown(f"about actor/{slug}").events.get(slug, ())

    @property
    def lede(self) -> Shown:
        """First paragraph and corrections; nothing else of it may be looked at."""
        return self._shown("lede")

    @property
    def whole(self) -> Reading:
        self._site.saw(("briefs", self.slug, "whole"))
        return self._site.reading(self.slug)


class Entry:
    """An actor, source or topic of the whole site as pages see it."""

    __slots__ = ("_kind", "_site", "slug")

    def __init__(self, site: "Site", kind: str, slug: str) -> None:
        self._site, self._kind, self.slug = site, kind, slug

    def __reduce__(self) -> tuple[type, tuple[tuple[str, str]]]:
        """By name, for digests, as a brief."""
        return tuple, ((self._kind, self.slug),)

    def _called(self, facet: str) -> Called:
        self._site.saw((self._kind, self.slug, facet))
        return self._site.called(self._kind, self.slug)

    @property
    def name(self) -> str:
        return self._called("called").name

    @property
    def kind(self) -> str:
        """Actor or source kind; empty for topics."""
        return self._called("called").kind

    @property
    def aliases(self) -> tuple[str, ...]:
        return self._called("aliases").aliases

    @property
    def labels(self) -> tuple[str, ...]:
        """The names by which briefs call it."""
        return self._called("aliases").labels

    @property
    def page(self) -> Page | None:
        """The editor's own page on it."""
        self._site.saw((self._kind, self.slug, "page"))
        return self._site.page(self._kind, self.slug)

    @property
    def briefs(self) -> tuple[Told, ...]:
        """The briefs that list it, latest first."""
        self._site.saw((self._kind, self.slug, "briefs"))
        return tuple([self._site.told(slug) for slug in self._site.listing(self._kind, self.slug)])


class Entries(Mapping[str, Entry]):
    """All actors (or sources, or topics) by slug, in order of slug; those that only have a page included."""

    def __init__(self, site: "Site", kind: str) -> None:
        self._site, self._kind = site, kind

    def __getitem__(self, slug: str) -> Entry:
        if slug not in self:
            raise KeyError(slug)
        return Entry(self._site, self._kind, slug)

    def __contains__(self, slug: object) -> bool:
        self._site.saw((self._kind, str(slug), "called"))
        return self._site.has(self._kind, str(slug))

    def __iter__(self) -> Iterator[str]:
        self._site.saw((self._kind, "", "all"))
        return iter(self._site.slugs(self._kind))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def values(self) -> Any:
        return [Entry(self._site, self._kind, slug) for slug in self]


class Readings(Sequence[Told]):
    """The published briefs, latest first."""

    def __init__(self, site: "Site") -> None:
        self._site = site

    @cached_property
    def _told(self) -> tuple[Told, ...]:
        return tuple([Told(self._site, slug) for slug in self._site.days])

    @overload
    def __getitem__(self, index: int) -> Told: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Told]: ...
    def __getitem__(self, index: int | slice) -> Told | Sequence[Told]:
        self._site.saw(ORDER)
        return self._told[index]

    def __iter__(self) -> Iterator[Told]:
        self._site.saw(ORDER)
        return iter(self._told)

    def __len__(self) -> int:
        self._site.saw(ORDER)
        return len(self._site.days)


MOST_PARTS = 120_000
"""How many parts that several pages show are kept at least."""
ORDER: Facet = ("order", "", "")
KINDS = ("actors", "sources", "topics")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where briefs are found, by slug."""

    listed: Callable[[str], Listed]
    shown: Callable[[str], Shown]
    notes: Callable[[str], Notes]
    reading: Callable[[str], Reading]


Groups = Mapping[str, Mapping[str, Sequence[str]]]
"""The briefs of every actor, source, topic, speaker and counted thing: their slugs, latest first, each once.
By name "casts", the other way round: the actors of every brief."""


class Site:
    """The published briefs, linked. What is gathered from them is made when it is asked for."""

    def __init__(
        self,
        config: Config,
        words: Words,
        names: Names,
        days: Mapping[str, str],
        groups: Groups,
        shelf: Shelf,
        related: Found = MappingProxyType({}),
        same_ties: bool = False,
        named: Callable[[str, str], Called | None] = lambda kind, slug: None,
    ) -> None:
        """`days` are the briefs' dates by slug, latest first; `related` briefs are those of the last time, which hold
        with `same_ties`; what something is called, where that is known already."""
        self.config, self.words, self._names, self.days = config, words, names, days
        self.listed, self.shown, self.notes, self.reading = shelf.listed, shelf.shown, shelf.notes, shelf.reading
        self.readings = Readings(self)
        self.actors, self.sources, self.topics = (Entries(self, kind) for kind in KINDS)
        self._groups = groups
        # an editor's page without a file stands only for names that briefs use
        self._own = {
            kind: {page.slug for page in pages.values() if page.path}
            for kind, pages in zip(KINDS, self._pages(), strict=True)
        }
        self.names_found: dict[tuple[str, str], Called] = {}
        """What was asked for and was not known already."""
        self._related, self._same_ties, self._named = related, same_ties, named
        self._traces: list[Trace] = []
        self._kept: Recent[tuple[str, str], tuple[Any, tuple[Facet, ...]]] = Recent(MOST_PARTS)

    def _pages(self) -> tuple[Mapping[str, Page], ...]:
        return self._names.actors, self._names.sources, self._names.topics

    # ------------------------------------------------------------------ what was looked at

    def saw(self, facet: Facet) -> None:
        """Note that something was looked at."""
        if self._traces:
            self._traces[-1].add(facet)

    @contextmanager
    def tracing(self) -> Iterator[Trace]:
        """The facets looked at while the context lasts."""
        trace: Trace = set()
        self._traces.append(trace)
        try:
            yield trace
        finally:
            self._traces.pop()

    def kept(self, slug: str, name: str, make: Callable[[], T]) -> T:
        """A part that several pages show, made once."""
        key = (slug, name)
        found = self._kept.get(key)
        if found is None:
            with self.tracing() as trace:
                value = make()
            found = self._kept[key] = value, tuple(trace)
        if self._traces:
            self._traces[-1].update(found[1])
        kept: T = found[0]
        return kept

    def digest(self, facet: Facet) -> bytes:
        """What stands for the present state of a facet; empty where there is nothing of the name."""
        kind, slug, part = facet
        if kind == "briefs":
            return self.listed(slug).digest(part) if slug in self.days else b""
        if facet == ORDER:
            return digest_of(tuple(self.days))
        if part == "all":
            return digest_of(self.slugs(kind))
        if kind == "said":
            return digest_of(list(self.listing(kind, slug)))
        if kind == "counted":
            things = ((one, [c for c in one.counted if c[0] == slug]) for one in self._group(kind, slug))
            return digest_of([(one.slug, counted) for one, counted in things])
        if kind == "series":
            return b"1" if self._has_series(slug) else b""
        if kind == "meant":
            return digest_of(self._meant(slug))
        if kind == "related":
            return digest_of((self.all_related().get(slug) or Related()).briefs)
        return self._entry_digest(kind, slug, part)

    def _entry_digest(self, kind: str, slug: str, part: str) -> bytes:
        if not self.has(kind, slug):
            return b""
        if part == "briefs":
            return digest_of(list(self.listing(kind, slug)))
        if part == "page":
            page = self.page(kind, slug)
            return digest_of((page.lines,)) if page else b"-"
        one = self.called(kind, slug)
        return digest_of((one.name, one.kind) if part == "called" else (one.aliases, one.labels))

    def _group(self, kind: str, slug: str) -> list[Listed]:
        return [self.listed(one) for one in self.listing(kind, slug)]

    # ------------------------------------------------------------------ what is there, without a note being made

    def told(self, slug: str) -> Told:
        return Told(self, slug)

    def has(self, kind: str, slug: str) -> bool:
        return slug in self._groups[kind] or slug in self._own[kind]

    def slugs(self, kind: str) -> tuple[str, ...]:
        return tuple(sorted({*self._groups[kind], *self._own.get(kind, ())}))

    def listing(self, kind: str, slug: str) -> Sequence[str]:
        return self._groups[kind].get(slug, ())

    def cast(self, slug: str) -> Sequence[str]:
        return self._groups[CASTS][slug]

    def page(self, kind: str, slug: str) -> Page | None:
        return page_of(slug, self._pages()[KINDS.index(kind)])

    def called(self, kind: str, slug: str) -> Called:
        key = (kind, slug)
        found = self.names_found.get(key) or self._named(kind, slug)
        if found is None:
            listings = (found for one in self._group(kind, slug) for found in _listings(one, kind, slug))
            found = self.names_found[key] = called(listings, self.page(kind, slug))
        return found

    def _has_series(self, slug: str) -> bool:
        found = self.listing("counted", slug)
        return len(found) > 1 or sum(thing == slug for one in found for thing, _ in self.listed(one).counted) > 1

    def all_related(self) -> Found:
        """The related briefs of every brief, by slug."""
        if not self._same_ties:
            listed = [self.listed(slug) for slug in self.days]
            self._related = relate(listed, self._groups, self.called, self.words, self._related)
            self._same_ties = True
        return self._related

    # ------------------------------------------------------------------ what is gathered from several briefs

    def heard(self, kind: str, slug: str) -> tuple[Told, ...]:
        """The briefs in which quotes and figures stand on the word of an actor or source, latest first."""
        key = f"{kind}/{slug}"
        self.saw(("said", key, ""))
        return tuple([self.told(one) for one in self.listing("said", key)])

    def counting(self, slug: str) -> tuple[tuple[Told, int], ...]:
        """Figures that count the same thing: briefs, latest first, and places of notes."""
        self.saw(("counted", slug, ""))
        found = self._group("counted", slug)
        return tuple((self.told(one.slug), i) for one in found for thing, i in one.counted if thing == slug)

    def has_series(self, slug: str) -> bool:
        """Whether a thing is counted more than once."""
        self.saw(("series", slug, ""))
        return self._has_series(slug)

    def series(self) -> tuple[str, ...]:
        """The things that are counted more than once, by slug."""
        self.saw(("counted", "", "all"))
        return tuple(slug for slug in self.slugs("counted") if self.has_series(slug))

    def related(self, told: Told) -> tuple[tuple[Told, tuple[str, ...]], ...]:
        """The briefs that belong to one, nearest first, with their reasons."""
        self.saw(("related", told.slug, ""))
        found = self.all_related().get(told.slug) or Related()
        return tuple((self.told(slug), reasons) for slug, reasons in found.briefs)

    def actor_called(self, name: str) -> Entry | None:
        """The actor of that name, or whose page has it as an alias."""
        self.saw(("meant", name, ""))
        return self.actors.get(self._meant(name))

    def _meant(self, name: str) -> str:
        return slug_of(name, self._names.actors)

    def company(self, slug: str, most: int = 20) -> Iterator[tuple[Entry, int]]:
        """Who appears in the same briefs as an actor and in how many, most first; places left out."""
        together: dict[str, int] = defaultdict(int)
        for told in self.actors[slug].briefs:
            for other in told.company:
                together[other] += other != slug
        yield from self.busiest(together, most)

    def busiest(self, counts: Mapping[str, int], most: int) -> Iterator[tuple[Entry, int]]:
        """The actors with the highest counts, places left out."""
        for other, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            if most and count and (entry := self.actors[other]).kind != "place":
                most -= 1
                yield entry, count

    # ------------------------------------------------------------------ what is published of a body

    def excerpt(self, reading: Reading) -> Excerpt | None:
        """The body as chosen sentences; None where it is published whole."""
        return excerpt_of(reading.brief.body, chosen(reading)) if is_digest(reading, self.config) else None

    @property
    def wholes(self) -> Iterator[Reading]:
        """Every published brief with all that is in it, latest first."""
        return (told.whole for told in self.readings)

    def placed(self, reading: Reading, span: Span) -> Span | None:
        """Where a stretch of a body stands in what is published of it; None where it is left out."""
        excerpt = self.kept(reading.brief.slug, "excerpt", lambda: self.excerpt(reading))
        return excerpt.place(span) if excerpt else span


CASTS = "casts"
GROUPS = (*KINDS, "said", "counted", CASTS)
Changes = Sequence[tuple[Listed | None, Listed | None]]
"""What is listed of briefs that are not as they were, before and after; None where they were, or are, not published."""


def places(one: Listed) -> dict[tuple[str, str], list[Any]]:
    """In which actors, sources, topics, speakers and counted things a brief is gathered (group and slug), and what
    these see of it besides its date."""
    found: dict[tuple[str, str], list[Any]] = {}
    for actor in one.cast:
        found.setdefault(("actors", actor.slug), []).append((actor.name, actor.kind, actor.aka))
    for slug, name, kind in one.sources:
        found.setdefault(("sources", slug), []).append((name, kind))
    for slug, label in one.topics:
        found.setdefault(("topics", slug), []).append(label)
    for kind, slug, note in one.said:
        found.setdefault(("said", f"{kind}/{slug}"), []).append(note)
    for slug, note in one.counted:
        found.setdefault(("counted", slug), []).append(note)
    return found


def grouped(listed: Iterable[Listed]) -> Groups:
    """The groups of briefs that come latest first."""
    groups: dict[str, dict[str, list[str]]] = {name: {} for name in GROUPS}
    for one in listed:
        for name, slug in places(one):
            groups[name].setdefault(slug, []).append(one.slug)
        groups[CASTS][one.slug] = _cast(one)
    return groups


def _cast(one: Listed) -> list[str]:
    return list(dict.fromkeys([actor.slug for actor in one.cast]))


def touched(changes: Changes) -> set[tuple[str, str]]:
    """The groups, by name and slug, that see something else of changed briefs."""
    found: set[tuple[str, str]] = set()
    for before, after in changes:
        old, new = (places(one) if one else {} for one in (before, after))
        same = before and after and before.date == after.date
        found |= {place for place in (*old, *new) if not same or old.get(place) != new.get(place)}
    return found


def regrouped(groups: Groups, changes: Changes, days: Mapping[str, str]) -> Groups:
    """The groups with changed briefs where they belong now, the same ones where they belong where they did; `days` are
    the dates of all that are published."""
    if not touched(changes) and all(old and new and _cast(old) == _cast(new) for old, new in changes):
        return groups
    found: dict[str, dict[str, Sequence[str]]] = {name: dict(group) for name, group in groups.items()}
    members = {place: dict.fromkeys(found[place[0]].get(place[1], ())) for place in touched(changes)}
    for before in (change[0] for change in changes if change[0]):
        for place in members.keys() & places(before).keys():
            del members[place][before.slug]
    for after in (change[1] for change in changes if change[1]):
        for place in members.keys() & places(after).keys():
            members[place][after.slug] = None
    for (name, slug), briefs in members.items():
        if briefs:
            found[name][slug] = sorted(sorted(briefs), key=days.__getitem__, reverse=True)
        else:
            found[name].pop(slug, None)
    for old, new in changes:
        if old:
            found[CASTS].pop(old.slug, None)
        if new:
            found[CASTS][new.slug] = _cast(new)
    return found


def _listings(one: Listed, kind: str, slug: str) -> Iterator[Listing]:
    if kind == "actors":
        yield from ((a.name, a.kind, a.aka) for a in one.cast if a.slug == slug)
    elif kind == "sources":
        yield from ((name, of, ()) for found, name, of in one.sources if found == slug)
    else:
        yield from ((label, "", ()) for found, label in one.topics if found == slug)


def link(library: Library, config: Config, today: str, drafts: bool, words: Words) -> Site:
    """Read and link every brief that is to be published."""
    names = names_of(library.pages)
    readings = {brief.slug: read(brief, names) for brief in published(library, today, drafts)}
    found = {}
    for slug, reading in readings.items():
        article = library.articles.get(reading.brief.front.article or "")
        original = even_text(article) if article is not None else None
        found[slug] = facts(reading, config, original, library.proposed.get(slug))
    days = {slug: reading.brief.front.date for slug, reading in readings.items()}
    shelf = Shelf(
        lambda slug: found[slug][0], lambda slug: found[slug][1], lambda slug: found[slug][2], readings.__getitem__
    )
    return Site(config, words, names, days, grouped(one for one, _, _ in found.values()), shelf)
