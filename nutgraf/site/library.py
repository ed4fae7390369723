"""Who is meant by a name, within one brief and across the site."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nutgraf.model.brief import Actor, Brief, Page
from nutgraf.model.library import Library
from nutgraf.site.text import fold
from nutgraf.site.urls import slugify

PageIndex = Mapping[str, Page]
"""Pages of one kind by folded name, folded alias and slug."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the editor's own pages say of names; holds on the whole site."""

    actors: PageIndex = field(default_factory=dict)
    sources: PageIndex = field(default_factory=dict)
    topics: PageIndex = field(default_factory=dict)


def names_of(pages: Iterable[Page]) -> Names:
    """The names and aliases of all pages; a name goes before an alias, the first page before later ones."""
    kinds: dict[str, dict[str, Page]] = {"actor": {}, "source": {}, "topic": {}}
    ordered = sorted(pages, key=lambda page: (page.kind, page.slug))
    for page in ordered:
        kinds[page.kind].setdefault(fold(page.name), page)
    for page in ordered:
        for alias in (*page.aliases, page.slug):
            kinds[page.kind].setdefault(fold(alias), page)
    return Names(kinds["actor"], kinds["source"], kinds["topic"])


def slug_of(name: str, pages: PageIndex) -> str:
    """The slug of whoever has that name: that of the page which claims the name, else made from the name."""
    page = pages.get(fold(name))
    return page.slug if page else slugify(name)


def page_of(slug: str, pages: PageIndex) -> Page | None:
    """The page with that slug."""
    page = pages.get(fold(slug))
    return page if page and page.slug == slug else None


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of one brief."""

    slugs: tuple[str, ...]
    """One for each actor of the front matter, in its order."""
    meant: Mapping[str, str]
    """Folded name or alias to the slug of the one actor who is meant."""
    doubtful: Mapping[str, tuple[str, ...]]
    """Folded names that several actors of the brief share, and their slugs."""
    spellings: Mapping[str, str]
    """Names and aliases as written to the slug of the one actor who is meant: what mentions are found by."""


def cast_of(brief: Brief, names: Names) -> Cast:
    """Who is who in one brief: names, `aka`, and the aliases from the actors' own pages."""
    slugs = tuple(slug_of(actor.name, names.actors) for actor in brief.front.actors)
    spelt: dict[str, dict[str, None]] = {}
    called: dict[str, dict[str, None]] = {}
    written: dict[str, str] = {}
    for actor, slug in zip(brief.front.actors, slugs, strict=True):
        called.setdefault(fold(actor.name), {})[slug] = None
        for name in all_names(actor, page_of(slug, names.actors)):
            spelt.setdefault(fold(name), {})[slug] = None
            written.setdefault(name, fold(name))
    meant = {key: next(iter(slugs)) for key, slugs in spelt.items() if len(slugs) == 1}
    doubtful = {key: tuple(slugs) for key, slugs in spelt.items() if len(slugs) > 1}
    meant |= {key: next(iter(called[key])) for key in doubtful if len(called.get(key, ())) == 1}
    spellings = {name: meant[key] for name, key in written.items() if key in meant}
    return Cast(slugs, meant, doubtful, spellings)


def all_names(actor: Actor, page: Page | None) -> tuple[str, ...]:
    """What an actor of a brief is called: there, and on the actor's own page."""
    own = (actor.name, *actor.aka)
    return (*own, page.name, *page.aliases) if page else own


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a `by` names: an actor or a source with its slug, or nobody that the site knows (`slug` None)."""

    label: str
    kind: str
    """actor | source | unknown"""
    slug: str | None = None


def who(name: str, brief: Brief, cast: Cast, names: Names) -> Meant:
    """Whom `name` means in a brief: its actors, then its sources, then the editor's pages."""
    key = fold(name)
    if slug := cast.meant.get(key):
        return Meant(name, "actor", slug)
    if key in cast.doubtful:
        return Meant(name, "unknown")
    if any(fold(source.name) == key for source in brief.front.sources):
        return Meant(name, "source", slug_of(name, names.sources))
    if key in names.actors:
        return Meant(name, "actor", names.actors[key].slug)
    if key in names.sources:
        return Meant(name, "source", names.sources[key].slug)
    return Meant(name, "unknown")


@dataclass(frozen=True, slots=True)
class Called:
    """What an actor, source or topic of the whole site is called."""

    name: str
    kind: str
    """Actor or source kind; empty for topics."""
    aliases: tuple[str, ...]
    labels: tuple[str, ...]
    """The names by which briefs call it."""


Listing = tuple[str, str, tuple[str, ...]]
"""Name, kind and aliases by which one brief lists an actor, source or topic."""


def called(listings: Iterable[Listing], page: Page | None) -> Called:
    """The name, kind and aliases that briefs give in common, or the editor's page."""
    labels: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    aliases: dict[str, None] = {}
    for name, kind, aka in listings:
        labels[name] += 1
        kinds[kind] += kind != "other"
        aliases |= dict.fromkeys(aka)
    name = page.name if page else _commonest(labels)
    kind = (page.type if page else None) or _commonest(kinds)
    known = (page.aliases if page else ()) + tuple(sorted([*aliases, *labels]))
    others = {fold(alias): alias for alias in reversed(known) if fold(alias) != fold(name)}
    return Called(name, kind, tuple(sorted(others.values())), tuple(sorted(labels)))


def _commonest(counts: Counter[str]) -> str:
    return min(counts, key=lambda label: (-counts[label], label), default="")


def published(library: Library, today: str, drafts: bool) -> tuple[Brief, ...]:
    """The briefs that go into the site, latest first: no drafts unless asked for, none dated after `today`."""
    chosen = [b for b in library.briefs if (drafts or b.front.status == "published") and b.front.date <= today]
    by_slug = sorted(chosen, key=lambda brief: brief.slug)
    return tuple(sorted(by_slug, key=lambda brief: brief.front.date, reverse=True))
