"""Feeds: the latest briefs of the site, of an actor or on a topic, and the latest changes."""

from collections.abc import Sequence
from functools import partial

from nutgraf.model.views import Change, FeedEntry, FeedView
from nutgraf.site import urls
from nutgraf.site.link import Entry, Site, Told
from nutgraf.site.views import notes

FEED_LENGTH = 30


def site_feed(site: Site) -> FeedView:
    """The latest briefs."""
    return _of_briefs(site, urls.HOME, site.config.title, site.readings[:FEED_LENGTH])


def entry_feed(site: Site, entry: Entry, page: str) -> FeedView:
    """The latest briefs of an actor or on a topic."""
    return _of_briefs(site, page, f"{entry.name} – {site.config.title}", entry.briefs[:FEED_LENGTH])


def changes_feed(site: Site, latest: Sequence[tuple[Told, str, Change]]) -> FeedView:
    """Changes, each with its brief and its day, latest first."""
    title = f"{site.words['nav_changes']} – {site.config.title}"
    return _feed(urls.CHANGES, title, tuple(_changed(site, *each) for each in latest))


def _changed(site: Site, told: Told, day: str, change: Change) -> FeedEntry:
    kind, link, headline = site.words[change.kind], change.link, told.card.headline
    date = notes.date_view(day, site.words)
    if change.kind == "correction":
        id_ = urls.at(told.url, f"correction-{urls.digest(day, link.label)}")
        return FeedEntry(id_, told.url, f"{kind}: {headline}", date, link.label)
    words = site.words["revised"].format(before=change.before, after=link.label) if change.before else link.label
    counted = f" {link.note}" if link.note and change.kind != "new_speaker" else ""
    return FeedEntry(link.url or "", link.url or "", f"{kind}: {words}{counted}", date, headline)


def _of_briefs(site: Site, page: str, title: str, briefs: Sequence[Told]) -> FeedView:
    entries = tuple(site.kept(told.slug, "entry", partial(_entry, site, told)) for told in briefs)
    return _feed(page, title, entries)


def _feed(page: str, title: str, entries: tuple[FeedEntry, ...]) -> FeedView:
    updated = entries[0].date.iso if entries else "1970-01-01"
    return FeedView(urls.atom(page), urls.json_feed(page), page, title, updated, entries)


def _entry(site: Site, told: Told) -> FeedEntry:
    summary = told.card.standfirst or told.lede.lede
    return FeedEntry(told.url, told.url, told.card.headline, notes.brief_date(site, told), summary)
