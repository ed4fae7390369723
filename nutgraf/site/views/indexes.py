"""Pages that list names: actors, sources, topics, places, series, everything from A to Z."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from nutgraf.model.views import Chapter, Group, IndexView, Link, PageHead, PlacesView
from nutgraf.model.words import Words
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
KINDS = ("person", "organisation", "place", "other")
SOURCE_KINDS = ("agency", "cited", "unnamed")


def actors_views(site: Site) -> Iterator[IndexView]:
    intro = site.words["intro_actors"]
    head = PageHead(urls.ACTORS, site.words["nav_actors"], intro, "actors")
    yield from _entries(site, head, intro, tuple(site.actors.values()), KINDS, notes.actor_link)


def sources_views(site: Site) -> Iterator[IndexView]:
    intro = site.words["intro_sources"]
    head = PageHead(urls.SOURCES, site.words["nav_sources"], intro, "sources")
    yield from _entries(site, head, intro, tuple(site.sources.values()), SOURCE_KINDS, notes.source_link)


def topics_views(site: Site) -> Iterator[IndexView]:
    head = PageHead(urls.TOPICS, site.words["nav_topics"], "", "topics")
    yield from _entries(site, head, "", tuple(site.topics.values()), (), _topic_link)


def _topic_link(entry: Entry, note: str = "") -> Link:
    return Link(entry.name, urls.topic(entry.slug), note)


def search_views(site: Site) -> Iterator[IndexView]:
    """Every page by letter: what search falls back to without script."""
    words = site.words
    named = [(r.brief.front.headline, Link(r.brief.front.headline, r.url, words["brief"])) for r in site.readings]
    named += [(e.name, notes.actor_link(e, words.get(e.kind, ""))) for e in site.actors.values()]
    named += [(e.name, notes.source_link(e, words["source"])) for e in site.sources.values()]
    named += [(e.name, _topic_link(e, words["topic"])) for e in site.topics.values()]
    head = PageHead(urls.SEARCH, words["nav_search"], words["search_label"], "search")
    yield from a_z(head, words["intro_search"], named, by_letter)


def series_views(site: Site, links: Iterable[Link]) -> Iterator[IndexView]:
    """The things that are counted more than once."""
    head = PageHead(urls.SERIES, site.words["counted_again"], "", "figures")
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
    site: Site, head: PageHead, intro: str, entries: Sequence[Entry], kinds: Sequence[str], link: EntryLink
) -> Iterator[IndexView]:
    """A list of entries. Where it is in parts these give no counts, which every new brief would change."""
    few = len(entries) <= MOST
    named = [(e.name, link(e, _briefs(site, e) if few else site.words.get(e.kind, ""))) for e in entries]
    busiest = sorted(entries, key=lambda e: (-len(e.briefs), e.slug))[:BUSIEST] if not few else ()
    front = [(e.name, link(e, _briefs(site, e))) for e in busiest]
    kind_of = {link(e, "").url: e.kind for e in entries}

    def grouped(pairs: Sequence[Named]) -> tuple[Group, ...]:
        if not few:
            return (Group(site.words["busiest"], "busiest", tuple(link for _, link in pairs)),)
        return by_kind(pairs, kinds, kind_of, site.words) if kinds else by_letter(pairs)

    yield from a_z(head, intro, named, grouped, front)


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


def places_views(site: Site) -> Iterator[PlacesView | IndexView]:
    places = [entry for entry in site.actors.values() if entry.kind == "place"]
    head = PageHead(urls.PLACES, site.words["nav_places"], site.words["intro_places"], "places")
    points = tuple(
        (notes.actor_link(e), e.page.latitude, e.page.longitude)
        for e in places
        if e.page and e.page.latitude is not None and e.page.longitude is not None
    )[:MOST_POINTS]
    front, *parts = _entries(site, head, "", places, (), notes.actor_link)
    yield PlacesView(head, front.groups, points, Chapter(parts=front.chapter.parts))
    yield from parts
