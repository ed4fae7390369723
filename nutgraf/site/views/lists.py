"""Pages that gather from the whole site."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from nutgraf.model.brief import Figure, Quote
from nutgraf.model.views import (
    AboutView,
    ChangesView,
    DateNote,
    DateView,
    FigureNote,
    FiguresView,
    Group,
    HomeView,
    IndexView,
    Link,
    NotFoundView,
    PageHead,
    PlacesView,
    QuoteNote,
    QuotesView,
    TimelineView,
)
from nutgraf.site import urls
from nutgraf.site.library import Entry
from nutgraf.site.link import Site
from nutgraf.site.text import fold
from nutgraf.site.views import notes

EntryLink = Callable[[Entry, str], Link]
LEAD, LATEST = 6, 12
KINDS = (("person", "People"), ("organisation", "Organisations"), ("place", "Places"), ("other", "Others"))
SOURCE_KINDS = (("agency", "News agencies"), ("cited", "Cited"), ("unnamed", "Not named"))


def home_view(site: Site) -> HomeView:
    newest_day = site.readings[0].brief.front.date if site.readings else ""
    # The richest brief of the newest day leads; the others keep their order.
    first = max(
        (r for r in site.readings if r.brief.front.date == newest_day), key=lambda r: len(r.notes), default=None
    )
    ordered = sorted(site.readings, key=lambda r: r is not first)
    cards = tuple(notes.card(site, reading) for reading in ordered)
    busiest = sorted(site.actors.values(), key=lambda e: (-len(e.briefs), e.slug))
    people = [e for e in busiest if e.kind != "place" and e.briefs][:12]
    recent = (f for r in site.readings[:LATEST] for f in notes.figure_notes(site, r))
    return HomeView(
        head=PageHead(urls.HOME, site.config.title, site.config.tagline, "home", urls.atom(urls.HOME)),
        lead=cards[:LEAD],
        rest=cards[LEAD:],
        actors=tuple(notes.actor_link(e, e.kind) for e in people),
        figures=tuple(recent)[:6],
        topics=tuple(Link(e.name, urls.topic(e.slug)) for e in site.topics.values() if e.briefs),
    )


def briefs_view(site: Site) -> IndexView:
    years: dict[str, list[Link]] = defaultdict(list)
    for reading in site.readings:
        label = notes.date_view(reading.brief.front.date, site.config.language).label
        years[reading.brief.front.date[:4]].append(Link(reading.brief.front.headline, reading.url, label))
    groups = tuple(Group(year, f"year-{year}", tuple(links)) for year, links in years.items())
    return IndexView(
        PageHead(urls.BRIEFS, "Briefs", "All briefs, latest first", "briefs"), "Briefs", "Latest first.", groups
    )


def actors_view(site: Site) -> IndexView:
    groups = by_kind(site.actors.values(), KINDS, notes.actor_link)
    return IndexView(
        PageHead(urls.ACTORS, "Actors", "Who acts", "actors"), "Actors", "Who acts in these briefs.", groups
    )


def sources_view(site: Site) -> IndexView:
    groups = by_kind(site.sources.values(), SOURCE_KINDS, notes.source_link)
    intro = "Agencies the briefs are credited to, and whom they cite. Whoever is quoted is listed among the actors."
    return IndexView(PageHead(urls.SOURCES, "Sources", "On whose word", "sources"), "Sources", intro, groups)


def topics_view(site: Site) -> IndexView:
    links = ((e.name, Link(e.name, urls.topic(e.slug), _count(len(e.briefs), "brief"))) for e in site.topics.values())
    return IndexView(PageHead(urls.TOPICS, "Topics", "What it is about", "topics"), "Topics", "", by_letter(links))


def search_view(site: Site) -> IndexView:
    """Every page by letter: what search falls back to without script."""
    links = [(r.brief.front.headline, Link(r.brief.front.headline, r.url, "brief")) for r in site.readings]
    links += [(e.name, notes.actor_link(e, e.kind)) for e in site.actors.values()]
    links += [(e.name, notes.source_link(e, "source")) for e in site.sources.values()]
    links += [(e.name, Link(e.name, urls.topic(e.slug), "topic")) for e in site.topics.values()]
    head = PageHead(urls.SEARCH, "Search", "Find briefs, actors, sources and topics", "search")
    return IndexView(head, "Search", "All pages from A to Z.", by_letter(links))


def by_kind(entries: Iterable[Entry], kinds: Iterable[tuple[str, str]], link: EntryLink) -> tuple[Group, ...]:
    """Entries of each kind, by name."""
    gathered: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        gathered[entry.kind or "other"].append(entry)
    groups = []
    for kind, label in kinds:
        chosen = sorted(gathered.get(kind, ()), key=lambda e: (fold(e.name), e.slug))
        if chosen:
            links = tuple(link(e, _count(len(e.briefs), "brief")) for e in chosen)
            groups.append(Group(label, f"group-{kind}", links))
    return tuple(groups)


def by_letter(links: Iterable[tuple[str, Link]]) -> tuple[Group, ...]:
    """Links under their first letters; what starts with none comes last."""
    gathered: dict[str, list[tuple[str, Link]]] = defaultdict(list)
    for name, link in links:
        first = unicodedata.normalize("NFKD", fold(name).lstrip("\"'([¿¡")[:1])[:1].upper()
        gathered[first if first.isalpha() else "#"].append((fold(name), link))
    ordered = sorted(gathered, key=lambda letter: (letter == "#", letter))
    return tuple(
        Group(
            letter,
            f"letter-{urls.slugify(letter) if letter != '#' else 'other'}",
            tuple(link for _, link in sorted(gathered[letter], key=lambda pair: (pair[0], pair[1].url or ""))),
        )
        for letter in ordered
    )


def _count(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"


def figures_view(site: Site) -> FiguresView:
    figures = tuple(f for r in site.readings for f in notes.figure_notes(site, r))
    compared: list[tuple[str, tuple[FigureNote, ...]]] = []
    for pairs in site.counted.values():
        if len(pairs) > 1:
            rows = sorted((notes.figure_note(site, r, n) for r, n in pairs), key=_by_time)
            compared.append((rows[0].what or "", tuple(rows)))
    return FiguresView(
        PageHead(urls.FIGURES, "Figures", "Every figure with its sentence", "figures"), figures, tuple(compared)
    )


def _by_time(figure: FigureNote) -> tuple[str, str, str]:
    """The period a figure holds for, then the day it was told."""
    return (figure.when or figure.date).sort, figure.date.sort, figure.url


def quotes_view(site: Site) -> QuotesView:
    gathered: dict[Link, list[QuoteNote]] = defaultdict(list)
    for reading in site.readings:
        for note in notes.quote_notes(site, reading):
            gathered[note.by or Link("Speaker not named")].append(note)
    groups = sorted(gathered.items(), key=lambda pair: (fold(pair[0].label), pair[0].url or ""))
    head = PageHead(urls.QUOTES, "Quotes", "Who said what", "quotes")
    return QuotesView(head, tuple((link, tuple(found)) for link, found in groups))


def timeline_view(site: Site) -> TimelineView:
    years: dict[str, list[DateNote]] = defaultdict(list)
    for reading in site.readings:
        for note in notes.date_notes(site, reading):
            years[note.date.sort[:4]].append(note)
    groups = tuple((year, tuple(sorted(years[year], key=lambda n: (n.date.sort, n.url)))) for year in sorted(years))
    return TimelineView(PageHead(urls.TIMELINE, "Timeline", "What happened when", "timeline"), groups)


def places_view(site: Site) -> PlacesView:
    places = [entry for entry in site.actors.values() if entry.kind == "place"]
    groups = by_letter((e.name, notes.actor_link(e, _count(len(e.briefs), "brief"))) for e in places)
    points = tuple(
        (notes.actor_link(e), e.page.latitude, e.page.longitude)
        for e in places
        if e.page and e.page.latitude is not None and e.page.longitude is not None
    )
    return PlacesView(PageHead(urls.PLACES, "Places", "Where it happens", "places"), groups, points)


def changes_view(site: Site) -> ChangesView:
    """By the day of the brief (or correction), latest first: figures new or revised, new speakers, corrections."""
    days: dict[str, list[Link]] = defaultdict(list)
    latest: dict[str, str] = {}
    heard: set[str] = set()
    for reading in reversed(site.readings):
        day = reading.brief.front.date
        for figure, note in zip(notes.figure_notes(site, reading), reading.of("figures"), strict=True):
            assert isinstance(note.item, Figure)
            key = f"{fold(figure.what or '')} {figure.unit or ''} {note.item.when or ''}"
            before = latest.get(key) if figure.what else None
            if before != figure.value:
                label = f"Figure revised: {before} to {figure.value}" if before else f"New figure: {figure.value}"
                days[day].append(Link(label, figure.url, figure.what or ""))
            latest[key] = figure.value
        for quote in notes.quote_notes(site, reading):
            if quote.by and quote.by.label not in heard:
                heard.add(quote.by.label)
                days[day].append(Link(f"New speaker: {quote.by.label}", quote.url, reading.brief.front.headline))
        for correction in reading.brief.front.corrections:
            days[correction.date].append(
                Link(f"Correction: {correction.text}", reading.url, reading.brief.front.headline)
            )
    views: list[tuple[DateView, tuple[Link, ...]]] = [
        (notes.date_view(day, site.config.language), tuple(days[day])) for day in sorted(days, reverse=True)
    ]
    return ChangesView(
        PageHead(urls.CHANGES, "What changed", "New figures, revisions, speakers, corrections", "changes"), tuple(views)
    )


def about_view(site: Site) -> AboutView:
    briefs = [reading.brief for reading in site.readings]
    reviewed = sum(brief.front.reviewed is not None for brief in briefs)
    counts: Mapping[str, int] = {
        "briefs": len(briefs),
        "reviewed": reviewed,
        "drafts": sum(brief.front.status == "draft" for brief in briefs),
        "actors": len(site.actors),
        "figures": sum(len(brief.front.figures) for brief in briefs),
        "quotes": sum(isinstance(q, Quote) for brief in briefs for q in brief.front.quotes),
        "sources": len(site.sources),
    }
    share = round(100 * reviewed / len(briefs)) if briefs else 0
    return AboutView(PageHead(urls.ABOUT, "About", "How this site is made", "about"), counts, share)


def not_found_view(site: Site) -> NotFoundView:
    suggestions = tuple(notes.brief_link(reading) for reading in site.readings[:5])
    return NotFoundView(PageHead(urls.NOT_FOUND, "Not found", "There is no such page"), suggestions)
