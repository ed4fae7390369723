"""Pages that list what has a date: briefs, figures, quotes, events, changes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from nutgraf.model.views import (
    Change,
    ChangesView,
    Chapter,
    DateNote,
    FeedView,
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
from nutgraf.site.link import Site, Told
from nutgraf.site.text import fold
from nutgraf.site.views import feeds, indexes, notes
from nutgraf.site.views.chapters import PERIODS, Leaf, T, divide, leaves, period_key, period_label
from nutgraf.site.views.plan import FEED, Planned

Numbered = tuple[Told, int]
"""A brief and the place of one of its items in their list."""

MOST = 200
"""How many items one page lists."""
NEWEST = 60
"""How many the front of a list in parts shows."""
SHORTEST_CHART = 3
"""So many times make a line."""
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


def briefs_pages(site: Site) -> Iterator[Planned]:
    pairs = [(told.date, told) for told in site.readings]
    for leaf in paged(site, pairs, urls.BRIEFS, urls.ARCHIVE, site.words["nav_briefs"]):
        yield Planned(leaf.url, "index.html", briefs_view, (leaf,))


def briefs_view(site: Site, leaf: Leaf[Told]) -> IndexView:
    head = part_head(PageHead(urls.BRIEFS, site.words["nav_briefs"], "", "briefs"), leaf)
    groups = tuple(
        Group(year, f"year-{year}", tuple(Link(told.card.headline, told.url, _day(site, told)) for told in some))
        for year, some in groupby(leaf.items, lambda told: told.date[:4])
    )
    return IndexView(head, head.title, site.words["intro_briefs"], groups, leaf.chapter)


def _day(site: Site, told: Told) -> str:
    return notes.brief_date(site, told).label


def _numbered(site: Site, place: int) -> list[tuple[str, Numbered]]:
    """Every item of one kind by the day of its brief; `place` is that of the kind in `Listed.counts`."""
    return [(told.date, (told, n)) for told in site.readings for n in range(told.counted.counts[place])]


def figures_pages(site: Site) -> Iterator[Planned]:
    """All figures by date of their brief, then a page for each thing that is counted more than once."""
    series = site.series()
    for leaf in paged(site, _numbered(site, 0), urls.FIGURES, urls.FIGURES, site.words["nav_figures"]):
        yield Planned(leaf.url, "figures.html", figures_view, (leaf, series if leaf.url == urls.FIGURES else ()))
    for slug in series:
        yield from _series_pages(site, slug)
    if len(series) > SHOWN_SERIES:
        yield from indexes.series_pages(site)


def figures_view(site: Site, leaf: Leaf[Numbered], slugs: Sequence[str]) -> FiguresView:
    head = part_head(PageHead(urls.FIGURES, site.words["nav_figures"], site.words["intro_figures"], "figures"), leaf)
    found = tuple(_figure_at(site, item) for item in leaf.items)
    latest = sorted(slugs, key=lambda slug: (site.counting(slug)[0][0].date, slug), reverse=True)[:SHOWN_SERIES]
    series = tuple(_series(site, slug, SHOWN_ROWS) for slug in latest)
    more = Link(site.words["all_counted_again"], urls.SERIES) if len(slugs) > SHOWN_SERIES else None
    return FiguresView(head, head.title, found, series, more, leaf.chapter)


def _series(site: Site, slug: str, most: int) -> Series:
    """The latest figures that count one thing, by the period they hold for."""
    pairs = site.counting(slug)
    rows = sorted((notes.figure_note(site, told, n) for told, n in pairs[:most]), key=_by_time)
    link = Link(notes.series_label(rows[-1]), urls.series(slug), site.words.count("figure", len(pairs)))
    return Series(link, tuple(rows), chart(rows))


def chart(figures: Sequence[FigureNote]) -> tuple[tuple[float, float], ...]:
    """Points of a line through figures in order of time, in per cent; none where there are fewer than three times.

    A figure stands where the period it holds for begins; values start at zero.
    """
    days = [_ordinal((figure.when or figure.date).sort) for figure in figures]
    values = [figure.sort for figure in figures]
    high, low = max([*values, 0.0]), min([*values, 0.0])
    if len(set(days)) < SHORTEST_CHART or None in days or high == low:
        return ()
    known = [day for day in days if day is not None]
    first, length = known[0], max(known[-1] - known[0], 1)
    return tuple(
        (round(100 * (day - first) / length, 1), round(100 * (high - value) / (high - low), 1))
        for day, value in zip(known, values, strict=True)
    )


def _ordinal(sort: str) -> int | None:
    """The day with which a date begins, as a number."""
    key = period_key(sort)
    try:
        return date.fromisoformat(f"{key}-01-01"[:10] if len(key) < 10 else key).toordinal()
    except ValueError:
        return None


def _by_time(figure: FigureNote) -> tuple[str, str, str]:
    """The period a figure holds for, then the day it was told."""
    return (figure.when or figure.date).sort, figure.date.sort, figure.url


def _series_pages(site: Site, slug: str) -> Iterator[Planned]:
    pairs = [(told.date, (told, n)) for told, n in site.counting(slug)]
    url = urls.series(slug)
    for leaf in paged(site, pairs, url, url, notes.series_name(site, slug)):
        yield Planned(leaf.url, "figures.html", series_view, (slug, leaf))


def series_view(site: Site, slug: str, leaf: Leaf[Numbered]) -> FiguresView:
    name, front = notes.series_name(site, slug), leaf.chapter.parent is None
    head = part_head(PageHead(urls.series(slug), name, site.words["intro_series"], "figures"), leaf)
    chapter = Chapter("", Link(site.words["nav_figures"], urls.FIGURES), leaf.chapter.parts) if front else leaf.chapter
    found = tuple(notes.figure_note(site, told, n) for told, n in leaf.items)
    return FiguresView(head, head.title, found, (_series(site, slug, NEWEST),) if front else (), None, chapter)


def quotes_pages(site: Site) -> Iterator[Planned]:
    for leaf in paged(site, _numbered(site, 1), urls.QUOTES, urls.QUOTES, site.words["nav_quotes"]):
        yield Planned(leaf.url, "quotes.html", quotes_view, (leaf,))


def quotes_view(site: Site, leaf: Leaf[Numbered]) -> QuotesView:
    head = part_head(PageHead(urls.QUOTES, site.words["nav_quotes"], site.words["intro_quotes"], "quotes"), leaf)
    gathered: dict[Link, list[QuoteNote]] = defaultdict(list)
    for told, n in leaf.items:
        quote = notes.quote_note(site, told, told.places("quotes")[n])
        gathered[quote.by or Link(site.words["speaker_not_named"])].append(quote)
    groups = sorted(gathered.items(), key=lambda pair: (fold(pair[0].label), pair[0].url or ""))
    return QuotesView(head, tuple((link, tuple(found)) for link, found in groups), leaf.chapter)


def timeline_pages(site: Site) -> Iterator[Planned]:
    pairs = [(sort, (told, n)) for told in site.readings for n, sort in enumerate(told.counted.events)]
    pairs.sort(key=lambda pair: (pair[0], pair[1][0].slug, pair[1][1]), reverse=True)
    for leaf in paged(site, pairs, urls.TIMELINE, urls.TIMELINE, site.words["nav_timeline"]):
        yield Planned(leaf.url, "timeline.html", timeline_view, (leaf,))


def timeline_view(site: Site, leaf: Leaf[Numbered]) -> TimelineView:
    head = part_head(
        PageHead(urls.TIMELINE, site.words["nav_timeline"], site.words["intro_timeline"], "timeline"), leaf
    )
    found = (notes.date_note(site, told, told.places("dates")[n]) for told, n in leaf.items)
    ordered = sorted(found, key=_when)
    groups = tuple((year, tuple(some)) for year, some in groupby(ordered, lambda note: note.date.sort[:4]))
    return TimelineView(head, groups, leaf.chapter)


def _when(note: DateNote) -> tuple[str, str]:
    return note.date.sort, note.url


@dataclass(frozen=True, slots=True)
class _Change:
    """A change before it is worded: its brief, its day, its kind, and the place of its item in the brief's list."""

    told: Told
    day: str
    kind: str
    place: int
    before: Numbered | None = None
    """The figure that is revised."""


def changes_pages(site: Site) -> Iterator[Planned]:
    """By the day of the brief (or correction), latest first: figures new or revised, new speakers, corrections."""
    found = sorted(_changes(site), key=lambda change: change.day, reverse=True)
    pairs = [(change.day, change) for change in found]
    for leaf in paged(site, pairs, urls.CHANGES, urls.CHANGES, site.words["nav_changes"]):
        yield Planned(leaf.url, "changes.html", changes_view, (leaf,))
    latest = tuple(found[: feeds.FEED_LENGTH])
    yield Planned(urls.atom(urls.CHANGES), FEED, changes_feed, (latest,))


def changes_view(site: Site, leaf: Leaf[_Change]) -> ChangesView:
    words = site.words
    head = PageHead(urls.CHANGES, words["nav_changes"], words["intro_changes"], "changes", urls.atom(urls.CHANGES))
    days = tuple(
        (notes.date_view(day, words), tuple(_worded(site, change) for change in some))
        for day, some in groupby(leaf.items, lambda change: change.day)
    )
    return ChangesView(part_head(head, leaf), days, leaf.chapter)


def changes_feed(site: Site, latest: Sequence[_Change]) -> FeedView:
    return feeds.changes_feed(site, [(change.told, change.day, _worded(site, change)) for change in latest])


def _worded(site: Site, change: _Change) -> Change:
    told, headline = change.told, change.told.card.headline
    if change.kind == "correction":
        return Change(change.kind, Link(told.lede.corrections[change.place].text, told.url, headline))
    if change.kind == "new_speaker":
        quote = notes.quote_note(site, told, told.places("quotes")[change.place])
        return Change(change.kind, Link(quote.by.label if quote.by else "", quote.url, headline))
    figure = _figure_at(site, (told, change.place))
    before = _figure_at(site, change.before).value if change.before else ""
    return Change(change.kind, Link(figure.value, figure.url, figure.what or ""), before)


def _figure_at(site: Site, numbered: Numbered) -> FigureNote:
    told, place = numbered
    return notes.figure_note(site, told, told.places("figures")[place])


def _changes(site: Site) -> Iterator[_Change]:
    """In the order in which the briefs were published."""
    latest: dict[str, tuple[str, Numbered]] = {}
    heard: set[str] = set()
    for told in reversed(tuple(site.readings)):
        day, news = told.date, told.news
        for place, (measured, value) in enumerate(news.figures):
            before = latest.get(measured) if measured else None
            if before is None or before[0] != value:
                kind = "figure_revised" if before else "new_figure"
                yield _Change(told, day, kind, place, before[1] if before else None)
            latest[measured] = value, (told, place)
        for voice, place in news.voices:
            if voice not in heard:
                heard.add(voice)
                yield _Change(told, day, "new_speaker", place)
        for place, day in enumerate(news.corrections):
            yield _Change(told, day, "correction", place)
