"""The front page, the page on how the site is made, the page for addresses that lead nowhere."""

from collections.abc import Mapping
from itertools import islice, takewhile

from nutgraf.model.views import AboutView, FigureNote, HomeView, Link, NotFoundView, PageHead
from nutgraf.site import urls
from nutgraf.site.link import Site
from nutgraf.site.views import notes

LEAD, REST, LATEST = 6, 18, 12
MOST_TOPICS = 30


def home_view(site: Site) -> HomeView:
    newest_day = site.readings[0].date if len(site.readings) else ""
    # The richest brief of the newest day leads; the others keep their order.
    today = takewhile(lambda told: told.date == newest_day, site.readings)
    first = max(today, key=lambda told: sum(told.counted.counts), default=None)
    newest = [told for told in site.readings[: LEAD + REST] if told is not first]
    cards = tuple(notes.card(site, told) for told in ([first, *newest] if first else newest))
    busiest = sorted(site.actors.values(), key=lambda e: (-len(e.briefs), e.slug))
    topics = sorted(site.topics.values(), key=lambda e: (-len(e.briefs), e.slug))[:MOST_TOPICS]
    people = islice((e for e in busiest if e.briefs and e.kind != "place"), 12)
    recent: dict[tuple[str, str | None], FigureNote] = {}
    for figure in (figure for told in site.readings[:LATEST] for figure in notes.figure_notes(site, told)):
        recent.setdefault((figure.value, figure.what), figure)
    return HomeView(
        head=PageHead(urls.HOME, site.config.title, site.config.tagline, "home", urls.atom(urls.HOME)),
        lead=cards[:LEAD],
        rest=cards[LEAD : LEAD + REST],
        actors=tuple(notes.actor_link(e, site.words.get(e.kind, "")) for e in people),
        figures=tuple(islice(recent.values(), 6)),
        topics=tuple(Link(e.name, urls.topic(e.slug)) for e in sorted(topics, key=lambda e: e.slug) if e.briefs),
    )


def about_view(site: Site) -> AboutView:
    briefs = [told.counted for told in site.readings]
    reviewed = sum(brief.reviewed is not None for brief in briefs)
    counts: Mapping[str, int] = {
        "briefs": len(briefs),
        "reviewed": reviewed,
        "drafts": sum(brief.status == "draft" for brief in briefs),
        "actors": len(site.actors),
        "figures": sum(brief.counts[0] for brief in briefs),
        "quotes": sum(brief.counts[1] for brief in briefs),
        "sources": len(site.sources),
    }
    shares = (
        _share(reviewed, len(briefs)),
        _share(sum(brief.counts[0] for brief in briefs if brief.reviewed), counts["figures"]),
        _share(sum(brief.counts[1] for brief in briefs if brief.reviewed), counts["quotes"]),
    )
    head = PageHead(urls.ABOUT, site.words["nav_about"], site.words["intro_about"], "about")
    return AboutView(head, counts, *shares)


def _share(part: int, whole: int) -> int:
    """Per cent."""
    return round(100 * part / whole) if whole else 0


def not_found_view(site: Site) -> NotFoundView:
    suggestions = tuple(notes.brief_link(site, told) for told in site.readings[:5])
    return NotFoundView(PageHead(urls.NOT_FOUND, site.words["not_found"]), suggestions)
