"""From linked briefs to views: plain data, one function a page kind."""

from collections.abc import Iterable, Iterator

from nutgraf.model.config import Config
from nutgraf.model.library import Library
from nutgraf.model.views import FeedEntry, FeedView, Link, PageView, SiteFrame, SitemapView, SiteViews
from nutgraf.site import urls
from nutgraf.site.link import Site, link
from nutgraf.site.reading import Reading
from nutgraf.site.views import lists, notes, people
from nutgraf.site.views.briefs import brief_view

FEED_LENGTH = 30
NAV = (
    ("Briefs", urls.BRIEFS),
    ("Actors", urls.ACTORS),
    ("Figures", urls.FIGURES),
    ("Quotes", urls.QUOTES),
    ("Timeline", urls.TIMELINE),
    ("Topics", urls.TOPICS),
    ("Places", urls.PLACES),
    ("Sources", urls.SOURCES),
    ("Changes", urls.CHANGES),
    ("Search", urls.SEARCH),
    ("About", urls.ABOUT),
)


def build_views(library: Library, config: Config, today: str, drafts: bool) -> SiteViews:
    """Every page and feed of the site. Briefs dated after `today` (ISO day) are left out, drafts unless asked for."""
    site = link(library, config, today, drafts)
    frame = SiteFrame(
        config.title, config.tagline, config.language, config.url, tuple(Link(*n) for n in NAV), config.footer
    )
    pages = tuple(_pages(site))
    sitemap = SitemapView(tuple((view.head.url, _day(view)) for _, view in pages if view.head.url != urls.NOT_FOUND))
    return SiteViews(frame, pages, tuple(_feeds(site)), sitemap)


def _pages(site: Site) -> Iterator[tuple[str, PageView]]:
    yield "home.html", lists.home_view(site)
    for index in range(len(site.readings)):
        yield "brief.html", brief_view(site, index)
    for actor in site.actors.values():
        yield "actor.html", people.actor_view(site, actor)
    for source in site.sources.values():
        yield "source.html", people.source_view(site, source)
    for topic in site.topics.values():
        yield "topic.html", people.topic_view(site, topic)
    yield "index.html", lists.briefs_view(site)
    yield "index.html", lists.actors_view(site)
    yield "index.html", lists.sources_view(site)
    yield "index.html", lists.topics_view(site)
    yield "figures.html", lists.figures_view(site)
    yield "quotes.html", lists.quotes_view(site)
    yield "timeline.html", lists.timeline_view(site)
    yield "places.html", lists.places_view(site)
    yield "search.html", lists.search_view(site)
    yield "changes.html", lists.changes_view(site)
    yield "about.html", lists.about_view(site)
    yield "404.html", lists.not_found_view(site)


def _day(view: PageView) -> str:
    """ISO day of a brief's page; other pages do not say."""
    date = getattr(view, "date", None)
    return date.iso if date and len(date.iso) == 10 else ""


def _feeds(site: Site) -> Iterator[FeedView]:
    title = site.config.title
    yield _feed(site, urls.HOME, title, site.readings)
    for entry in site.actors.values():
        yield _feed(site, urls.actor(entry.slug), f"{entry.name} – {title}", (site.readings[i] for i in entry.briefs))
    for entry in site.topics.values():
        yield _feed(site, urls.topic(entry.slug), f"{entry.name} – {title}", (site.readings[i] for i in entry.briefs))


def _feed(site: Site, page: str, title: str, readings: Iterable[Reading]) -> FeedView:
    entries = tuple(_entry(site, reading) for reading, _ in zip(readings, range(FEED_LENGTH), strict=False))
    updated = entries[0].date.iso if entries else "1970-01-01"
    return FeedView(urls.atom(page), urls.json_feed(page), page, title, updated, entries)


def _entry(site: Site, reading: Reading) -> FeedEntry:
    front = reading.brief.front
    summary = front.standfirst or reading.brief.body.plain.partition("\n\n")[0]
    return FeedEntry(
        reading.url, reading.url, front.headline, notes.date_view(front.date, site.config.language), summary
    )
