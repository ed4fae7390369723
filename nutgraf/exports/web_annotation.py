"""W3C Web Annotation Data Model (Recommendation of 2017-02-23), one AnnotationPage a brief."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from nutgraf.exports.rows import address, published_text
from nutgraf.model.brief import DatedEvent, Figure, Quote, Source
from nutgraf.model.span import Span
from nutgraf.model.views import Artifact
from nutgraf.site import urls
from nutgraf.site.amounts import amount
from nutgraf.site.link import Site
from nutgraf.site.reading import Placed, Reading

CONTEXT = 32
"""Code points of text given before and behind the words of a selector."""


def make(site: Site) -> Iterator[Artifact]:
    """SLUG.json for every brief."""
    for reading in site.wholes:
        text = json.dumps(annotation_page(site, reading), ensure_ascii=False, indent=1)
        yield Artifact(f"web-annotation/{reading.brief.slug}.json", f"{text}\n".encode())


def annotation_page(site: Site, reading: Reading) -> dict[str, Any]:
    """Every note and every mention of an actor whose words are published."""
    items = [*_notes(site, reading), *_mentions(site, reading)]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": address(site, reading) + "#annotations",
        "type": "AnnotationPage",
        "items": items,
    }


def _notes(site: Site, reading: Reading) -> Iterator[dict[str, Any]]:
    for note in reading.notes:
        spans = _published(site, reading, note.anchor.spans if note.anchor and note.span else ())
        if spans:
            yield {
                "id": address(site, reading, note),
                "type": "Annotation",
                "motivation": "describing",
                "body": _bodies(site, reading, note),
                "target": [_target(site, reading, span) for span in spans],
            }


def _mentions(site: Site, reading: Reading) -> Iterator[dict[str, Any]]:
    for slug in dict.fromkeys(mention.slug for mention in reading.mentions):
        spans = _published(site, reading, [m.span for m in reading.mentions if m.slug == slug])
        if spans:
            yield {
                "id": urls.at(address(site, reading), f"actor-{slug}"),
                "type": "Annotation",
                "motivation": "identifying",
                "body": _page(site, urls.actor(slug), "identifying"),
                "target": [_target(site, reading, span) for span in spans],
            }


def _published(site: Site, reading: Reading, spans: Sequence[Span]) -> list[Span]:
    """Where stretches of a body stand in what is published of it."""
    return [placed for span in spans if (placed := site.placed(reading, span)) is not None]


def _bodies(site: Site, reading: Reading, note: Placed) -> list[dict[str, Any]]:
    """What is said of the words, and who is meant."""
    told: list[dict[str, Any]] = [
        {"type": "TextualBody", "value": _told(site, note), "format": "text/plain", "purpose": "describing"}
    ]
    by = note.item.name if isinstance(note.item, Source) else getattr(note.item, "by", None)
    meant = reading.who(by) if by else None
    if meant and meant.slug:
        url = urls.actor(meant.slug) if meant.kind == "actor" else urls.source(meant.slug)
        told.append(_page(site, url, "identifying"))
    return told


def _told(site: Site, note: Placed) -> str:
    item = note.item
    if isinstance(item, Figure):
        counted = " ".join(filter(None, (amount(item, site.words), item.what)))
        return ", ".join(filter(None, (counted, item.when, item.by and f"by {item.by}")))
    if isinstance(item, Quote):
        return " ".join(
            filter(None, (f"{item.kind} speech", item.by and f"of {item.by}", item.cue and f"({item.cue})"))
        )
    if isinstance(item, DatedEvent):
        return " ".join(filter(None, (item.date, item.what)))
    return f"{item.kind} source: {item.name}"


def _page(site: Site, url: str, purpose: str) -> dict[str, Any]:
    return {"type": "SpecificResource", "source": urls.absolute(site.config.url, url), "purpose": purpose}


def _target(site: Site, reading: Reading, span: Span) -> dict[str, Any]:
    text = published_text(site, reading)
    selector = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - CONTEXT) : span.start],
        "suffix": text[span.end : span.end + CONTEXT],
    }
    return {"source": address(site, reading), "selector": selector}
