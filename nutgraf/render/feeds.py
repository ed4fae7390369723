"""Files for machines: Atom (RFC 4287), JSON Feed 1.1, sitemap (sitemaps.org 0.9), robots.txt."""

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from nutgraf.model.views import FeedEntry, FeedView, SitemapView
from nutgraf.site.urls import SITEMAP, absolute, sitemap_part

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_ADDRESSES, MOST_BYTES = 50_000, 50 * 1024 * 1024
"""What one sitemap may hold by its protocol."""
_XML = b'<?xml version="1.0" encoding="utf-8"?>\n'
_AROUND = 200
"""More bytes than a sitemap has around its entries."""


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
    return (json.dumps(document, ensure_ascii=False) + "\n").encode()


def sitemap(
    view: SitemapView, base: str, most: int = MOST_ADDRESSES, size: int = MOST_BYTES
) -> Iterator[tuple[str, bytes]]:
    """Every page with the day of its last change, by address of the file: one, or an index and its parts."""
    parts = list(_parts(view, base, most, size))
    if len(parts) == 1:
        yield SITEMAP, _listing("urlset", parts[0][1])
        return
    for number, (_, entries) in enumerate(parts, 1):
        yield sitemap_part(number), _listing("urlset", entries)
    index = (_located("sitemap", sitemap_part(n), day, base) for n, (day, _) in enumerate(parts, 1))
    yield SITEMAP, _listing("sitemapindex", index)


def _parts(view: SitemapView, base: str, most: int, size: int) -> Iterator[tuple[str, list[bytes]]]:
    """What each file lists, with the last of its days; at least one file."""
    entries: list[bytes] = []
    last, taken = "", _AROUND
    for address, day in view.urls:
        entry = _located("url", address, day, base)
        if entries and (len(entries) == most or taken + len(entry) > size):
            yield last, entries
            entries, last, taken = [], "", _AROUND
        entries.append(entry)
        last, taken = max(last, day), taken + len(entry)
    yield last, entries


def _located(tag: str, address: str, day: str, base: str) -> bytes:
    """An entry; letters beyond ASCII in its address are written as the protocol asks."""
    place = escape(quote(absolute(base, address), safe=":/?#[]@!$&'()*+,;=%~"), quote=False)
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<{tag}><loc>{place}</loc>{changed}</{tag}>\n".encode()


def _listing(tag: str, entries: Iterable[bytes]) -> bytes:
    return b'%s<%s xmlns="%s">\n%s</%s>\n' % (_XML, tag.encode(), _SITEMAP.encode(), b"".join(entries), tag.encode())


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
    return _XML + ET.tostring(root, encoding="unicode").encode() + b"\n"
