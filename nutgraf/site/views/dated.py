"""Pages that list what has a date: briefs, figures, quotes, events, changes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from nutgraf.model.brief import Figure
from nutgraf.model.views import (
    Change,
    ChangesView,
    Chapter,
    DateNote,
    FigureNote,
    FiguresView,
    Group,
    IndexView,
    Link,
    PageHead,
    QuoteNote,
    QuotesView,
    Series,
    TimelineView,
)
from nutgraf.site import urls
from nutgraf.site.link import Site
from nutgraf.site.reading import Reading
from nutgraf.site.text import fold
from nutgraf.site.views import indexes, notes
from nutgraf.site.views.chapters import PERIODS, Leaf, T, divide, leaves, period_key, period_label

MOST = 200
"""How many items one page lists."""
NEWEST = 60
"""How many the front of a list in parts shows."""
SHOWN_SERIES, SHOWN_ROWS = 12, 8
"""How many things counted more than once, and of each how many figures, stand on the front of all figures."""


def paged(site: Site, pairs: Sequence[tuple[str, T]], front: str, below: str, title: str) -> Iterator[Leaf[T]]:
    """The pages of a list by period, its members given latest first."""
    whole = divide([(period_key(day), item) for day, item in pairs], MOST, PERIODS)
    newest = [item for _, item in pairs[:NEWEST]]
    yield from leaves(whole, front, below, title, lambda key: period_label(key, site.words), newest)


def part_head(head: PageHead, leaf: Leaf[T]) -> PageHead:
    """The head of one page of a list."""
    title = f"{head.title}: {leaf.chapter.label}" if leaf.chapter.label else head.title
    return PageHead(leaf.url, title, head.description, head.section, head.feed)


def briefs_views(site: Site) -> Iterator[IndexView]:
    head = PageHead(urls.BRIEFS, site.words["nav_briefs"], "", "briefs")
    pairs = [(r.brief.front.date, r) for r in site.readings]
    for leaf in paged(site, pairs, urls.BRIEFS, urls.ARCHIVE, head.title):
        groups = tuple(
            Group(year, f"year-{year}", tuple(Link(r.brief.front.headline, r.url, _day(site, r)) for r in some))
            for year, some in groupby(leaf.items, lambda r: r.brief.front.date[:4])
        )
        here = part_head(head, leaf)
        yield IndexView(here, here.title, site.words["intro_briefs"], groups, leaf.chapter)


def _day(site: Site, reading: Reading) -> str:
    return notes.brief_date(site, reading).label


def figures_views(site: Site) -> Iterator[FiguresView | IndexView]:
    """All figures by date of their brief, then a page for each thing that is counted more than once."""
    head = PageHead(urls.FIGURES, site.words["nav_figures"], site.words["intro_figures"], "figures")
    pairs = [(r.brief.front.date, f) for r in site.readings for f in notes.figure_notes(site, r)]
    series = tuple(_series(site, slug) for slug in notes.series_slugs(site))
    latest = sorted(series, key=lambda s: (max(f.date.sort for f in s.figures), s.link.url or ""), reverse=True)
    shown = tuple(Series(one.link, one.figures[-SHOWN_ROWS:]) for one in latest[:SHOWN_SERIES])
    more = Link(site.words["all_counted_again"], urls.SERIES) if len(series) > len(shown) else None
    for leaf in paged(site, pairs, urls.FIGURES, urls.FIGURES, head.title):
        here = part_head(head, leaf)
        on_front = leaf.url == urls.FIGURES
        yield FiguresView(
            here, here.title, leaf.items, shown if on_front else (), more if on_front else None, leaf.chapter
        )
    for one in series:
        yield from _series_views(site, one)
    if more:
        yield from indexes.series_views(site, (s.link for s in series))


def _series(site: Site, slug: str) -> Series:
    rows = sorted((notes.figure_note(site, r, n) for r, n in site.counted[slug]), key=_by_time)
    label = " · ".join(filter(None, (rows[0].what, rows[0].unit)))
    return Series(Link(label, urls.series(slug), site.words.count("figure", len(rows))), tuple(rows))


def _by_time(figure: FigureNote) -> tuple[str, str, str]:
    """The period a figure holds for, then the day it was told."""
    return (figure.when or figure.date).sort, figure.date.sort, figure.url


def _series_views(site: Site, series: Series) -> Iterator[FiguresView]:
    url, name = series.link.url or "", series.link.label
    head = PageHead(url, name, site.words["intro_series"], "figures")
    pairs = [(f.date.sort, f) for f in sorted(series.figures, key=lambda f: (f.date.sort, f.url), reverse=True)]
    up = Link(site.words["nav_figures"], urls.FIGURES)
    for leaf in paged(site, pairs, url, url, name):
        here, front = part_head(head, leaf), leaf.url == url
        newest = Series(series.link, series.figures[-NEWEST:])
        chapter = Chapter("", up, leaf.chapter.parts) if front else leaf.chapter
        yield FiguresView(here, here.title, leaf.items, (newest,) if front else (), None, chapter)


def quotes_views(site: Site) -> Iterator[QuotesView]:
    head = PageHead(urls.QUOTES, site.words["nav_quotes"], site.words["intro_quotes"], "quotes")
    pairs = [(r.brief.front.date, quote) for r in site.readings for quote in notes.quote_notes(site, r)]
    for leaf in paged(site, pairs, urls.QUOTES, urls.QUOTES, head.title):
        gathered: dict[Link, list[QuoteNote]] = defaultdict(list)
        for quote in leaf.items:
            gathered[quote.by or Link(site.words["speaker_not_named"])].append(quote)
        groups = sorted(gathered.items(), key=lambda pair: (fold(pair[0].label), pair[0].url or ""))
        yield QuotesView(part_head(head, leaf), tuple((link, tuple(found)) for link, found in groups), leaf.chapter)


def timeline_views(site: Site) -> Iterator[TimelineView]:
    head = PageHead(urls.TIMELINE, site.words["nav_timeline"], site.words["intro_timeline"], "timeline")
    events = sorted((note for r in site.readings for note in notes.date_notes(site, r)), key=_when, reverse=True)
    pairs = [(note.date.sort, note) for note in events]
    for leaf in paged(site, pairs, urls.TIMELINE, urls.TIMELINE, head.title):
        ordered = sorted(leaf.items, key=_when)
        groups = tuple((year, tuple(some)) for year, some in groupby(ordered, lambda note: note.date.sort[:4]))
        yield TimelineView(part_head(head, leaf), groups, leaf.chapter)


def _when(note: DateNote) -> tuple[str, str]:
    return note.date.sort, note.url


@dataclass(frozen=True, slots=True)
class _Dated:
    day: str
    change: Change


def changes_views(site: Site) -> Iterator[ChangesView]:
    """By the day of the brief (or correction), latest first: figures new or revised, new speakers, corrections."""
    head = PageHead(urls.CHANGES, site.words["nav_changes"], site.words["intro_changes"], "changes")
    found = sorted(_changes(site), key=lambda change: change.day, reverse=True)
    pairs = [(change.day, change) for change in found]
    for leaf in paged(site, pairs, urls.CHANGES, urls.CHANGES, head.title):
        days = tuple(
            (notes.date_view(day, site.words), tuple(change.change for change in some))
            for day, some in groupby(leaf.items, lambda change: change.day)
        )
        yield ChangesView(part_head(head, leaf), days, leaf.chapter)


def _changes(site: Site) -> Iterator[_Dated]:
    """In the order in which the briefs were published."""
    latest: dict[str, str] = {}
    heard: set[str] = set()
    for reading in reversed(site.readings):
        day, headline = reading.brief.front.date, reading.brief.front.headline
        for figure, note in zip(notes.figure_notes(site, reading), reading.of("figures"), strict=True):
            assert isinstance(note.item, Figure)
            key = f"{fold(figure.what or '')} {figure.unit or ''} {note.item.when or ''}"
            before = latest.get(key) if figure.what else None
            if before != figure.value:
                kind = "figure_revised" if before else "new_figure"
                yield _Dated(day, Change(kind, Link(figure.value, figure.url, figure.what or ""), before or ""))
            latest[key] = figure.value
        for quote in notes.quote_notes(site, reading):
            if quote.by and quote.by.label not in heard:
                heard.add(quote.by.label)
                yield _Dated(day, Change("new_speaker", Link(quote.by.label, quote.url, headline)))
        for correction in reading.brief.front.corrections:
            yield _Dated(correction.date, Change("correction", Link(correction.text, reading.url, headline)))
