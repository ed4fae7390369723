"""Pages that list names: actors, sources, topics, places, series, everything from A to Z."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from nutgraf.model.views import Chapter, Group, IndexView, Link, PageHead, PlacesView
from nutgraf.site import urls
from nutgraf.site.library import Entry
from nutgraf.site.link import Site
from nutgraf.site.text import fold
from nutgraf.site.views import notes
from nutgraf.site.views.chapters import LETTERS, divide, leaves, letter_key, letter_label

EntryLink = Callable[[Entry, str], Link]
Named = tuple[str, Link]
"""What a link is sorted by, and the link."""
MOST = 300
"""How many names one page lists."""
BUSIEST = 40
MOST_POINTS = 300
KINDS = (("person", "People"), ("organisation", "Organisations"), ("place", "Places"), ("other", "Others"))
SOURCE_KINDS = (("agency", "News agencies"), ("cited", "Cited"), ("unnamed", "Not named"))


def actors_views(site: Site) -> Iterator[IndexView]:
    head = PageHead(urls.ACTORS, "Actors", "Who acts", "actors")
    entries = tuple(site.actors.values())
    yield from _entries(head, "Who acts in these briefs.", entries, KINDS, notes.actor_link)


def sources_views(site: Site) -> Iterator[IndexView]:
    head = PageHead(urls.SOURCES, "Sources", "On whose word", "sources")
    intro = "Agencies the briefs are credited to, and whom they cite. Whoever is quoted is listed among the actors."
    yield from _entries(head, intro, tuple(site.sources.values()), SOURCE_KINDS, notes.source_link)


def topics_views(site: Site) -> Iterator[IndexView]:
    head = PageHead(urls.TOPICS, "Topics", "What it is about", "topics")
    yield from _entries(head, "", tuple(site.topics.values()), (), _topic_link)


def _topic_link(entry: Entry, note: str = "") -> Link:
    return Link(entry.name, urls.topic(entry.slug), note)


def search_views(site: Site) -> Iterator[IndexView]:
    """Every page by letter: what search falls back to without script."""
    named = [(r.brief.front.headline, Link(r.brief.front.headline, r.url, "brief")) for r in site.readings]
    named += [(e.name, notes.actor_link(e, e.kind)) for e in site.actors.values()]
    named += [(e.name, notes.source_link(e, "source")) for e in site.sources.values()]
    named += [(e.name, _topic_link(e, "topic")) for e in site.topics.values()]
    head = PageHead(urls.SEARCH, "Search", "Find briefs, actors, sources and topics", "search")
    yield from a_z(head, "All pages from A to Z.", named, by_letter)


def series_views(site: Site, links: Iterable[Link]) -> Iterator[IndexView]:
    """The things that are counted more than once."""
    head = PageHead(urls.SERIES, "Counted more than once", "The same thing, counted again", "figures")
    yield from a_z(head, "", [(link.label, link) for link in links], by_letter)


def a_z(
    head: PageHead,
    intro: str,
    named: Sequence[Named],
    grouped: Callable[[Sequence[Named]], tuple[Group, ...]],
    front: Sequence[Named] = (),
) -> Iterator[IndexView]:
    """An alphabetical list: one page with its groups, or a front with `front` and pages by first letters."""
    whole = divide(sorted(((letter_key(n), (n, link)) for n, link in named), key=_order), MOST, LETTERS)
    for leaf in leaves(whole, head.url, urls.letters(head.url), head.title, letter_label, front):
        if leaf.url == head.url:
            groups = grouped(leaf.items)
            yield IndexView(head, head.title, intro, groups, leaf.chapter)
        else:
            title = f"{head.title}: {leaf.chapter.label}"
            links = tuple(link for _, link in leaf.items)
            groups = (Group(leaf.chapter.label, "names", links),) if links else ()
            yield IndexView(PageHead(leaf.url, title, "", head.section), title, "", groups, leaf.chapter)


def _order(pair: tuple[str, Named]) -> tuple[str, str]:
    return pair[0], pair[1][1].url or ""


def _entries(
    head: PageHead, intro: str, entries: Sequence[Entry], kinds: Sequence[tuple[str, str]], link: EntryLink
) -> Iterator[IndexView]:
    """A list of entries. Where it is in parts these give no counts, which every new brief would change."""
    few = len(entries) <= MOST
    named = [(e.name, link(e, _briefs(e) if few else e.kind)) for e in entries]
    busiest = sorted(entries, key=lambda e: (-len(e.briefs), e.slug))[:BUSIEST] if not few else ()
    front = [(e.name, link(e, _briefs(e))) for e in busiest]
    kind_of = {link(e, "").url: e.kind for e in entries}

    def grouped(pairs: Sequence[Named]) -> tuple[Group, ...]:
        if not few:
            return (Group("In most briefs", "busiest", tuple(link for _, link in pairs)),)
        return by_kind(pairs, kinds, kind_of) if kinds else by_letter(pairs)

    yield from a_z(head, intro, named, grouped, front)


def by_kind(
    named: Iterable[Named], kinds: Iterable[tuple[str, str]], kind_of: dict[str | None, str]
) -> tuple[Group, ...]:
    """Names of each kind, in alphabetical order."""
    gathered: dict[str, list[Named]] = defaultdict(list)
    for name, link in named:
        gathered[kind_of.get(link.url) or "other"].append((name, link))
    return tuple(
        Group(label, f"group-{kind}", tuple(link for _, link in sorted(gathered[kind], key=_folded)))
        for kind, label in kinds
        if gathered.get(kind)
    )


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


def _briefs(entry: Entry) -> str:
    return f"{len(entry.briefs)} brief{'' if len(entry.briefs) == 1 else 's'}"


def places_views(site: Site) -> Iterator[PlacesView | IndexView]:
    places = [entry for entry in site.actors.values() if entry.kind == "place"]
    head = PageHead(urls.PLACES, "Places", "Where it happens", "places")
    points = tuple(
        (notes.actor_link(e), e.page.latitude, e.page.longitude)
        for e in places
        if e.page and e.page.latitude is not None and e.page.longitude is not None
    )[:MOST_POINTS]
    front, *parts = _entries(head, "", places, (), notes.actor_link)
    yield PlacesView(head, front.groups, points, Chapter(parts=front.chapter.parts))
    yield from parts
