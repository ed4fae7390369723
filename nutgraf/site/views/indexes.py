"""Pages that list names: actors, sources, topics, places, series, everything from A to Z."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from nutgraf.model.views import Chapter, Group, IndexView, Link, PageHead, PlacesView
from nutgraf.model.words import Country, Words
from nutgraf.site import urls
from nutgraf.site.link import Entry, Site
from nutgraf.site.text import fold
from nutgraf.site.views import notes
from nutgraf.site.views.chapters import LETTERS, Leaf, divide, leaves, letter_key, letter_label
from nutgraf.site.views.plan import Planned

Named = tuple[str, Link]
"""What a link is sorted by, and the link."""
MOST = 300
"""How many names one page lists."""
FEW = 30
"""So many names need no letters."""
BUSIEST = 40
MOST_POINTS = 100
KINDS = ("person", "organisation", "place", "other")
SOURCE_KINDS = ("agency", "cited", "unnamed")


def actors_pages(site: Site) -> Iterator[Planned]:
    yield from _entries(site, urls.ACTORS, "actors", site.actors.values())


def sources_pages(site: Site) -> Iterator[Planned]:
    yield from _entries(site, urls.SOURCES, "sources", site.sources.values())


def topics_pages(site: Site) -> Iterator[Planned]:
    yield from _entries(site, urls.TOPICS, "topics", site.topics.values())


def search_pages(site: Site) -> Iterator[Planned]:
    """Every page by letter: what search falls back to without script."""
    words = site.words
    named = [(told.card.headline, Link(told.card.headline, told.url, words["brief"])) for told in site.readings]
    named += [(e.name, notes.actor_link(e, words.get(e.kind, ""))) for e in site.actors.values()]
    named += [(e.name, notes.source_link(e, words["source"])) for e in site.sources.values()]
    named += [(e.name, _topic_link(e, words["topic"])) for e in site.topics.values()]
    head = PageHead(urls.SEARCH, words["nav_search"], words["search_label"], "search")
    yield from a_z(head, words["intro_search"], named, "search.html")


def series_pages(site: Site) -> Iterator[Planned]:
    """The things that are counted more than once."""
    named = [
        (notes.series_name(site, slug), slug, site.words.count("figure", len(site.counting(slug))))
        for slug in site.series()
    ]
    head = PageHead(urls.SERIES, site.words["counted_again"], "", "figures")
    yield from a_z(head, "", [(name, Link(name, urls.series(slug), note)) for name, slug, note in named])


def a_z(head: PageHead, intro: str, named: Sequence[Named], template: str = "index.html") -> Iterator[Planned]:
    """An alphabetical list: one page with its groups, or a front and pages by first letters."""
    for leaf in _leaves(head, named):
        if leaf.url == head.url:
            yield Planned(leaf.url, template, a_z_view, (head, intro, leaf))
        else:
            yield Planned(leaf.url, "index.html", letter_view, (head, leaf))


def _leaves(head: PageHead, named: Iterable[Named]) -> Iterator[Leaf[Named]]:
    whole = divide(sorted(((letter_key(n), (n, link)) for n, link in named), key=_order), MOST, LETTERS)
    return leaves(whole, head.url, urls.letters(head.url), head.title, letter_label, ())


def a_z_view(_site: Site, head: PageHead, intro: str, leaf: Leaf[Named]) -> IndexView:
    return IndexView(head, head.title, intro, by_letter(leaf.items), leaf.chapter)


def letter_view(_site: Site, head: PageHead, leaf: Leaf[Named]) -> IndexView:
    """The names under some first letters."""
    title = f"{head.title}: {leaf.chapter.label}"
    links = tuple(link for _, link in leaf.items)
    groups = (Group(leaf.chapter.label, "names", links),) if links else ()
    return IndexView(PageHead(leaf.url, title, "", head.section), title, "", groups, leaf.chapter)


def _order(pair: tuple[str, Named]) -> tuple[str, str]:
    return pair[0], pair[1][1].url or ""


def _link(entry: Entry, section: str, note: str) -> Link:
    make = {"sources": notes.source_link, "topics": _topic_link}.get(section, notes.actor_link)
    return make(entry, note)


def _named(site: Site, section: str, entries: Iterable[Entry], note: Callable[[Entry], str]) -> list[Named]:
    """Entries as a list names them."""
    countries = _countries(site.words) if section == "places" else {}
    names = ((entry, _place_name(entry, countries) if countries else entry.name) for entry in entries)
    return [(name, replace(_link(entry, section, note(entry)), label=name)) for entry, name in names]


def _topic_link(entry: Entry, note: str = "") -> Link:
    return Link(entry.name, urls.topic(entry.slug), note)


def _entries(site: Site, url: str, section: str, entries: Sequence[Entry]) -> Iterator[Planned]:
    """A list of entries. Where it is in parts these give no counts, which every new brief would change."""
    intro = "" if section == "topics" else site.words[f"intro_{section}"]
    head = PageHead(url, site.words[f"nav_{section}"], intro, section)
    few = len(entries) <= MOST
    named = [] if few else _named(site, section, entries, lambda entry: site.words.get(entry.kind, ""))
    first, *parts = _leaves(head, named)
    template, view = ("places.html", places_view) if section == "places" else ("index.html", entries_view)
    yield Planned(url, template, view, (head, tuple(entries) if few else (), first.chapter))
    for leaf in parts:
        yield Planned(leaf.url, "index.html", letter_view, (head, leaf))


def entries_view(site: Site, head: PageHead, entries: Sequence[Entry], chapter: Chapter) -> IndexView:
    """All entries with their counts; where they are too many (and none are given), those in most briefs."""
    section = head.section
    if entries:
        named = _named(site, section, entries, lambda entry: _briefs(site, entry))
        kind_of = {_link(entry, section, "").url: entry.kind for entry in entries}
        kinds = {"actors": KINDS, "sources": SOURCE_KINDS}.get(section, ())
        groups = by_kind(named, kinds, kind_of, site.words) if kinds else in_order(named, head.title)
    else:
        known = {"sources": site.sources, "topics": site.topics}.get(section, site.actors).values()
        chosen = [entry for entry in known if section != "places" or entry.kind == "place"]
        busiest = sorted(chosen, key=lambda e: (-len(e.briefs), e.slug))[:BUSIEST]
        links = tuple(link for _, link in _named(site, section, busiest, lambda entry: _briefs(site, entry)))
        groups = (Group(site.words["busiest"], "busiest", links),) if links else ()
    return IndexView(head, head.title, "" if section == "places" else head.description, groups, chapter)


def by_kind(
    named: Iterable[Named], kinds: Iterable[str], kind_of: dict[str | None, str], words: Words
) -> tuple[Group, ...]:
    """Names of each kind, in alphabetical order."""
    gathered: dict[str, list[Named]] = defaultdict(list)
    for name, link in named:
        gathered[kind_of.get(link.url) or "other"].append((name, link))
    return tuple(
        Group(words[f"kind_{kind}"], f"group-{kind}", tuple(link for _, link in sorted(gathered[kind], key=_folded)))
        for kind in kinds
        if gathered.get(kind)
    )


def in_order(named: Sequence[Named], title: str) -> tuple[Group, ...]:
    """Links by letter, or all together where they are few."""
    few = Group(title, "all", tuple(link for _, link in sorted(named, key=_folded)))
    return by_letter(named) if len(named) > FEW else (few,) if named else ()


def by_letter(named: Iterable[Named]) -> tuple[Group, ...]:
    """Links under their first letters; what starts with none comes last."""
    gathered: dict[str, list[Named]] = defaultdict(list)
    for name, link in named:
        first = unicodedata.normalize("NFKD", fold(name).lstrip("\"'([¿¡")[:1])[:1].upper()
        gathered[first if first.isalpha() else "#"].append((name, link))
    return tuple(
        Group(
            letter,
            f"letter-{urls.slugify(letter) if letter != '#' else 'other'}",
            tuple(link for _, link in sorted(gathered[letter], key=_folded)),
        )
        for letter in sorted(gathered, key=lambda letter: (letter == "#", letter))
    )


def _folded(pair: Named) -> tuple[str, str]:
    return fold(pair[0]), pair[1].url or ""


def _briefs(site: Site, entry: Entry) -> str:
    return site.words.count("brief", len(entry.briefs))


def places_pages(site: Site) -> Iterator[Planned]:
    yield from _entries(site, urls.PLACES, "places", [e for e in site.actors.values() if e.kind == "place"])


Countries = Mapping[str, Country]
"""By folded name."""


def _countries(words: Words) -> Countries:
    return {fold(name): country for name, country in words.countries.items()}


def _country(entry: Entry, countries: Countries) -> Country | None:
    return next((countries[name] for name in map(fold, (entry.name, *entry.aliases)) if name in countries), None)


def _place_name(entry: Entry, countries: Countries) -> str:
    """What a list of places calls it: a country as the language of the pages does, unless the editor has named it."""
    country = None if entry.page else _country(entry, countries)
    return country.name if country else entry.name


def _point(entry: Entry, countries: Countries) -> tuple[float, float] | None:
    """Latitude and longitude of a place: as its own page says, or those of a country."""
    page = entry.page
    if page and page.latitude is not None and page.longitude is not None:
        return page.latitude, page.longitude
    country = _country(entry, countries)
    return (country.latitude, country.longitude) if country else None


def places_view(site: Site, head: PageHead, entries: Sequence[Entry], chapter: Chapter) -> PlacesView:
    countries = _countries(site.words)
    busiest = sorted((e for e in site.actors.values() if e.kind == "place"), key=lambda e: (-len(e.briefs), e.slug))
    found = [(e, point) for e in busiest if (point := _point(e, countries))][:MOST_POINTS]
    named = ((Link(_place_name(entry, countries), urls.actor(entry.slug)), point) for entry, point in found)
    points = tuple((link, *point) for link, point in sorted(named, key=lambda pair: fold(pair[0].label)))
    return PlacesView(head, entries_view(site, head, entries, chapter).groups, points, chapter)
