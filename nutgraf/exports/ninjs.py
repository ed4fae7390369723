"""News in JSON, ninjs 3.0 (IPTC Standards Committee, 2 October 2024)."""

import json
from collections.abc import Iterator
from typing import Any

from nutgraf.model.views import Artifact
from nutgraf.site import urls
from nutgraf.site.link import Site
from nutgraf.site.published import address, published_text
from nutgraf.site.reading import Reading

LISTS = {"person": "people", "organisation": "organisations", "place": "places"}
"""Where ninjs lists an actor, by kind; others are subjects."""
STANDARD = {
    "name": "ninjs",
    "version": "3.0",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json",
}


def make(site: Site) -> Iterator[Artifact]:
    """SLUG.json for every brief."""
    for reading in site.wholes:
        text = json.dumps(item(site, reading), ensure_ascii=False, indent=1)
        yield Artifact(f"ninjs/{reading.brief.slug}.json", f"{text}\n".encode())


def item(site: Site, reading: Reading) -> dict[str, Any]:
    """One brief as a news item; what the brief does not say is left out."""
    front, body = reading.brief.front, published_text(site, reading)
    told = {
        "uri": address(site, reading),
        "standard": STANDARD,
        "type": "text",
        "representationType": "partial" if site.excerpt(reading) else "full",
        "language": front.language,
        "versionCreated": _instant(max([front.date, *(c.date for c in front.corrections)])),
        "contentCreated": _instant(front.date),
        "pubStatus": "usable",
        "by": front.byline,
        "headlines": [{"role": "main", "value": front.headline}],
        "descriptions": [{"role": "summary", "value": front.standfirst}] if front.standfirst else [],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(body),
                "wordCount": len(body.split()),
                "value": body,
            }
        ],
        "infoSources": _sources(site, reading),
        "subjects": [{"name": topic} for topic in front.topics],
    }
    for kind, entries in _actors(site, reading).items():
        told[kind] = [*(told.get(kind) or []), *entries]
    return {key: value for key, value in told.items() if value}


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _sources(site: Site, reading: Reading) -> list[dict[str, Any]]:
    return [
        {"name": source.name, "role": source.kind} for source in reading.brief.front.sources if source.kind != "unnamed"
    ]


def _actors(site: Site, reading: Reading) -> dict[str, list[dict[str, Any]]]:
    """The actors under the names of ninjs's lists, each with its page as its address."""
    found: dict[str, list[dict[str, Any]]] = {}
    for actor, slug in zip(reading.brief.front.actors, reading.cast.slugs, strict=True):
        entry = {"name": actor.name, "rel": "about", "uri": urls.absolute(site.config.url, urls.actor(slug))}
        found.setdefault(LISTS.get(actor.kind, "subjects"), []).append(entry)
    return found
