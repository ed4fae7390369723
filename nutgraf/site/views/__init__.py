"""From linked briefs to views: plain data, one function a page kind."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from nutgraf.model.config import Config
from nutgraf.model.views import Link, SiteFrame, SitemapView
from nutgraf.model.words import Words
from nutgraf.site import urls
from nutgraf.site.link import Entry, Site, Told
from nutgraf.site.views import dated, feeds, indexes, lists, people
from nutgraf.site.views.briefs import brief_view
from nutgraf.site.views.plan import FEED, Plan, Planned

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
    yield Planned(urls.atom(urls.HOME), FEED, feeds.site_feed, ())


def _brief(_site: Site, told: Told) -> Iterator[Planned]:
    yield Planned(told.url, "brief.html", brief_view, (told,))


def _feed(_site: Site, entry: Entry, page: str) -> Iterator[Planned]:
    yield Planned(urls.atom(page), FEED, feeds.entry_feed, (entry, page))


def sitemap(site: Site, addresses: Iterable[str]) -> SitemapView:
    """Every page but feeds; those of briefs with their day."""
    days = {told.url: told.date for told in site.readings}
    told = ((url, days.get(url, "")) for url in addresses if url != urls.NOT_FOUND and url.endswith("/"))
    return SitemapView(tuple((url, day if len(day) == 10 else "") for url, day in told))
