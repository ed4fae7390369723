"""From linked briefs to views: plain data, one function a page kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from nutgraf.model.config import Config
from nutgraf.model.views import FeedEntry, FeedView, Link, SiteFrame, SitemapView
from nutgraf.model.words import Words
from nutgraf.site import urls
from nutgraf.site.link import Entry, Site, Told
from nutgraf.site.views import dated, indexes, lists, notes, people
from nutgraf.site.views.briefs import brief_view
from nutgraf.site.views.plan import FEED, Plan, Planned

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


def frame_of(config: Config, words: Words) -> SiteFrame:
    """What the layout of every page shows."""
    nav = tuple(Link(words[f"nav_{name}"], url, name) for name, url in NAV if name in config.pages)
    colours = {str(name): value for name, value in config.colours.items()}
    return SiteFrame(
        config.title, config.tagline, words["language"], config.url, nav, config.footer, words, colours, config.search
    )


def plans(site: Site) -> Iterator[Plan]:
    """Every group of pages of the site, in a lasting order."""
    yield Plan("home", _home)
    for told in site.readings:
        yield Plan(f"brief {told.slug}", _brief, (told,))
    for entry in site.actors.values():
        yield Plan(f"actor {entry.slug}", people.actor_pages, (entry,))
        yield Plan(f"feed of actor {entry.slug}", _feed, (entry, urls.actor(entry.slug)))
    for entry in site.sources.values():
        yield Plan(f"source {entry.slug}", people.source_pages, (entry,))
    for entry in site.topics.values():
        yield Plan(f"topic {entry.slug}", people.topic_pages, (entry,))
        yield Plan(f"feed of topic {entry.slug}", _feed, (entry, urls.topic(entry.slug)))
    yield from (Plan(name, pages) for name, pages in LISTS.items() if name in site.config.pages)


LISTS: Mapping[str, Callable[[Site], Iterator[Planned]]] = {
    "briefs": dated.briefs_pages,
    "actors": indexes.actors_pages,
    "sources": indexes.sources_pages,
    "topics": indexes.topics_pages,
    "figures": dated.figures_pages,
    "quotes": dated.quotes_pages,
    "timeline": dated.timeline_pages,
    "places": indexes.places_pages,
    "search": indexes.search_pages,
    "changes": dated.changes_pages,
}
"""Lists of the whole site; each is one page or, where it is long, several."""


def _home(site: Site) -> Iterator[Planned]:
    yield Planned(urls.HOME, "home.html", lists.home_view, ())
    if "about" in site.config.pages:
        yield Planned(urls.ABOUT, "about.html", lists.about_view, ())
    yield Planned(urls.NOT_FOUND, "404.html", lists.not_found_view, ())
    yield Planned(urls.atom(urls.HOME), FEED, site_feed, ())


def _brief(_site: Site, told: Told) -> Iterator[Planned]:
    yield Planned(told.url, "brief.html", brief_view, (told,))


def _feed(_site: Site, entry: Entry, page: str) -> Iterator[Planned]:
    yield Planned(urls.atom(page), FEED, entry_feed, (entry, page))


def site_feed(site: Site) -> FeedView:
    """The latest briefs."""
    return _feed_of(site, urls.HOME, site.config.title, site.readings[:FEED_LENGTH])


def entry_feed(site: Site, entry: Entry, page: str) -> FeedView:
    """The latest briefs of an actor or on a topic."""
    return _feed_of(site, page, f"{entry.name} – {site.config.title}", entry.briefs[:FEED_LENGTH])


def _feed_of(site: Site, page: str, title: str, briefs: Sequence[Told]) -> FeedView:
    entries = tuple(site.kept(told.slug, "entry", partial(_entry, site, told)) for told in briefs)
    updated = entries[0].date.iso if entries else "1970-01-01"
    return FeedView(urls.atom(page), urls.json_feed(page), page, title, updated, entries)


def _entry(site: Site, told: Told) -> FeedEntry:
    summary = told.card.standfirst or told.lede.lede
    return FeedEntry(told.url, told.url, told.card.headline, notes.brief_date(site, told), summary)


def sitemap(site: Site, addresses: Iterable[str]) -> SitemapView:
    """Every page but feeds; those of briefs with their day."""
    days = {told.url: told.date for told in site.readings}
    told = ((url, days.get(url, "")) for url in addresses if url != urls.NOT_FOUND and url.endswith("/"))
    return SitemapView(tuple((url, day if len(day) == 10 else "") for url, day in told))
