"""From linked briefs to views: plain data, one function a page kind."""

from collections.abc import Iterable, Iterator

from nutgraf.model.config import Config
from nutgraf.model.library import Library
from nutgraf.model.views import FeedEntry, FeedView, IndexView, Link, PageView, SiteFrame, SitemapView, SiteViews
from nutgraf.model.words import Words
from nutgraf.site import urls
from nutgraf.site.link import Site, link
from nutgraf.site.reading import Reading
from nutgraf.site.views import dated, indexes, lists, notes, people
from nutgraf.site.views.briefs import brief_view

FEED_LENGTH = 30
NAV = (
    ("briefs", urls.BRIEFS),
    ("actors", urls.ACTORS),
    ("figures", urls.FIGURES),
    ("quotes", urls.QUOTES),
    ("timeline", urls.TIMELINE),
    ("topics", urls.TOPICS),
    ("places", urls.PLACES),
    ("sources", urls.SOURCES),
    ("changes", urls.CHANGES),
    ("search", urls.SEARCH),
    ("about", urls.ABOUT),
)
"""The pages that the navigation leads to, by name."""


def build_views(library: Library, config: Config, today: str, drafts: bool, words: Words) -> SiteViews:
    """Every page and feed of the site. Briefs dated after `today` (ISO day) are left out, drafts unless asked for."""
    site = link(library, config, today, drafts, words)
    nav = tuple(Link(words[f"nav_{name}"], url, name) for name, url in NAV if name in config.pages)
    colours = {str(name): value for name, value in config.colours.items()}
    frame = SiteFrame(config.title, config.tagline, words["language"], config.url, nav, config.footer, words, colours)
    pages = tuple(_pages(site))
    sitemap = SitemapView(tuple((view.head.url, _day(view)) for _, view in pages if view.head.url != urls.NOT_FOUND))
    return SiteViews(frame, pages, tuple(_feeds(site)), sitemap)


def _pages(site: Site) -> Iterator[tuple[str, PageView]]:
    yield "home.html", lists.home_view(site)
    for index in range(len(site.readings)):
        yield "brief.html", brief_view(site, index)
    for actor in site.actors.values():
        yield from (("actor.html", view) for view in people.actor_views(site, actor))
    for source in site.sources.values():
        yield from (("source.html", view) for view in people.source_views(site, source))
    for topic in site.topics.values():
        yield from (("topic.html", view) for view in people.topic_views(site, topic))
    for name, template, views in _lists(site):
        if name in site.config.pages:
            yield from ((_template(view, template), view) for view in views)
    if "about" in site.config.pages:
        yield "about.html", lists.about_view(site)
    yield "404.html", lists.not_found_view(site)


def _lists(site: Site) -> Iterator[tuple[str, str, Iterable[PageView]]]:
    """The lists of the site with their names and templates; each is one page or, where it is long, several."""
    yield "briefs", "index.html", dated.briefs_views(site)
    yield "actors", "index.html", indexes.actors_views(site)
    yield "sources", "index.html", indexes.sources_views(site)
    yield "topics", "index.html", indexes.topics_views(site)
    yield "figures", "figures.html", dated.figures_views(site)
    yield "quotes", "quotes.html", dated.quotes_views(site)
    yield "timeline", "timeline.html", dated.timeline_views(site)
    yield "places", "places.html", indexes.places_views(site)
    yield "search", "search.html", indexes.search_views(site)
    yield "changes", "changes.html", dated.changes_views(site)


def _template(view: PageView, template: str) -> str:
    """Lists of names look alike, wherever they belong; but search has a page of its own."""
    return "index.html" if isinstance(view, IndexView) and view.head.url != urls.SEARCH else template


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
    return FeedEntry(reading.url, reading.url, front.headline, notes.brief_date(site, reading), summary)
