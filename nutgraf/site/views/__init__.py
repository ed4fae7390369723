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
    return (plan_named(site, name) for name in plan_names(site))


def plan_names(site: Site) -> Iterator[str]:
    """The names of all plans; the longest first, so that no process is left alone with one at the end."""
    yield from (name for name in LISTS if name in site.config.pages)
    yield "home"
    yield from (f"source {slug}" for slug in site.slugs("sources"))
    yield from (f"{kind} {slug}" for slug in site.slugs("topics") for kind in ("topic", "feed-of-topic"))
    yield from (f"brief {slug}" for slug in site.days)
    yield from (f"{kind} {slug}" for slug in site.slugs("actors") for kind in ("actor", "feed-of-actor"))


def plan_named(site: Site, name: str) -> Plan:
    """One of the plans."""
    kind, _, slug = name.partition(" ")
    match kind:
        case "home":
            return Plan(name, _home)
        case "brief":
            return Plan(name, _brief, (site.told(slug),))
        case "actor":
            return Plan(name, people.actor_pages, (site.actors[slug],))
        case "feed-of-actor":
            return Plan(name, _feed, (site.actors[slug], urls.actor(slug)))
        case "source":
            return Plan(name, people.source_pages, (site.sources[slug],))
        case "topic":
            return Plan(name, people.topic_pages, (site.topics[slug],))
        case "feed-of-topic":
            return Plan(name, _feed, (site.topics[slug], urls.topic(slug)))
    return Plan(name, LISTS[name])


LISTS: Mapping[str, Callable[[Site], Iterator[Planned]]] = {
    "figures": dated.figures_pages,
    "briefs": dated.briefs_pages,
    "actors": indexes.actors_pages,
    "sources": indexes.sources_pages,
    "topics": indexes.topics_pages,
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
    days = {urls.brief(slug): day for slug, day in site.days.items()}
    told = ((url, days.get(url, "")) for url in addresses if url != urls.NOT_FOUND and url.endswith("/"))
    return SitemapView(tuple((url, day if len(day) == 10 else "") for url, day in told))
