"""Files for machines: Atom (RFC 4287), JSON Feed 1.1, sitemap (sitemaps.org 0.9), robots.txt."""

import json
from typing import Any
from xml.etree import ElementTree as ET

from nutgraf.model.views import FeedEntry, FeedView, SitemapView
from nutgraf.site.urls import SITEMAP, absolute

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def atom(feed: FeedView, base: str, author: str) -> bytes:
    """The feed as Atom; addresses stay root-relative where `base` is empty."""
    root = ET.Element("feed", xmlns=_ATOM)
    _add(root, "id", absolute(base, feed.page_url))
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(feed.updated))
    ET.SubElement(root, "link", rel="self", type="application/atom+xml", href=absolute(base, feed.atom_url))
    ET.SubElement(root, "link", rel="alternate", type="text/html", href=absolute(base, feed.page_url))
    _add(ET.SubElement(root, "author"), "name", author)
    for entry in feed.entries:
        root.append(_atom_entry(entry, absolute(base, entry.url), absolute(base, entry.id)))
    return _xml(root)


def _atom_entry(entry: FeedEntry, url: str, identifier: str) -> ET.Element:
    element = ET.Element("entry")
    _add(element, "id", identifier)
    _add(element, "title", entry.title)
    _add(element, "updated", _instant(entry.date.iso))
    ET.SubElement(element, "link", rel="alternate", type="text/html", href=url)
    _add(element, "summary", entry.summary)
    return element


def json_feed(feed: FeedView, base: str, language: str) -> bytes:
    """The feed as JSON Feed 1.1."""
    items = [
        {
            "id": absolute(base, entry.id),
            "url": absolute(base, entry.url),
            "title": entry.title,
            "content_text": entry.summary,
            "date_published": _instant(entry.date.iso),
        }
        for entry in feed.entries
    ]
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": absolute(base, feed.page_url),
        "feed_url": absolute(base, feed.json_url),
        "language": language,
        "items": items,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def sitemap(view: SitemapView, base: str) -> bytes:
    """Every page with the day of its last change."""
    root = ET.Element("urlset", xmlns=_SITEMAP)
    for address, day in view.urls:
        url = ET.SubElement(root, "url")
        _add(url, "loc", absolute(base, address))
        if day:
            _add(url, "lastmod", day)
    return _xml(root)


def robots(base: str) -> bytes:
    """Everything may be read; names the sitemap where the site's address is known."""
    lines = ["User-agent: *", "Allow: /"]
    if base:
        lines.append(f"Sitemap: {absolute(base, SITEMAP)}")
    return ("\n".join(lines) + "\n").encode()


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text


def _instant(day: str) -> str:
    """RFC 3339 from an ISO day (or month or year, which means its first day); an instant passes unchanged."""
    if "T" in day:
        return day
    return (day + "-01-01"[len(day) - 4 :] if len(day) < 10 else day[:10]) + "T00:00:00Z"


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, space=" ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"
