"""W3C Web Annotation Data Model (Recommendation of 2017-02-23), one AnnotationPage a brief."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from nutgraf.model.brief import DatedEvent, Figure, Quote, Source
from nutgraf.model.span import Span
from nutgraf.model.words import Words
from nutgraf.site import edtf, urls
from nutgraf.site.amounts import amount
from nutgraf.site.link import Site
from nutgraf.site.published import address, published_text
from nutgraf.site.reading import Placed, Reading

CONTEXT = 32
"""Code points of text given before and behind the words of a selector."""


def as_json(page: dict[str, Any]) -> str:
    """One annotation a line, so that what changed shows in a comparison."""
    items = ",\n".join(json.dumps(item, ensure_ascii=False) for item in page["items"])
    rest = json.dumps({key: value for key, value in page.items() if key != "items"}, ensure_ascii=False)
    return f'{rest[:-1]}, "items": [\n{items}\n]}}\n'


def annotation_page(site: Site, reading: Reading) -> dict[str, Any]:
    """Every note and every mention of an actor whose words are published."""
    text = published_text(site, reading)
    items = [*_notes(site, reading, text), *_mentions(site, reading, text)]
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": urls.absolute(site.config.url, urls.annotations(reading.brief.slug)),
        "type": "AnnotationPage",
        "items": items,
    }


def _notes(site: Site, reading: Reading, text: str) -> Iterator[dict[str, Any]]:
    for note in reading.notes:
        if targets := _targets(site, reading, text, note.anchor.spans if note.anchor and note.span else ()):
            yield {
                "id": address(site, reading, note),
                "type": "Annotation",
                "motivation": "describing",
                "body": _bodies(site, reading, note),
                "target": targets,
            }


def _mentions(site: Site, reading: Reading, text: str) -> Iterator[dict[str, Any]]:
    for slug in dict.fromkeys(mention.slug for mention in reading.mentions):
        if targets := _targets(site, reading, text, [m.span for m in reading.mentions if m.slug == slug]):
            yield {
                "id": urls.at(address(site, reading), f"actor-{slug}"),
                "type": "Annotation",
                "motivation": "identifying",
                "body": _page(site, urls.actor(slug), "identifying"),
                "target": targets,
            }


def _bodies(site: Site, reading: Reading, note: Placed) -> list[dict[str, Any]]:
    """What is said of the words, and who is meant."""
    words = {"type": "TextualBody", "value": _told(note, site.words), "language": site.words["language"]}
    told: list[dict[str, Any]] = [{**words, "format": "text/plain", "purpose": "describing"}]
    by = note.item.name if isinstance(note.item, Source) else getattr(note.item, "by", None)
    meant = reading.who(by) if by else None
    if meant and meant.slug:
        url = urls.actor(meant.slug) if meant.kind == "actor" else urls.source(meant.slug)
        told.append(_page(site, url, "identifying"))
    return told


def _told(note: Placed, words: Words) -> str:
    item = note.item
    if isinstance(item, Figure):
        counted = " ".join(filter(None, (amount(item, words), item.what)))
        by = f"{words['according_to']} {item.by}" if item.by else ""
        return ", ".join(filter(None, (counted, _day(item.when, words) if item.when else "", by)))
    if isinstance(item, Quote):
        kind = words["note_reported" if item.kind == "indirect" else "note_quote"]
        return f"{kind}: {item.by or words['speaker_not_named']}{f' ({item.cue})' if item.cue else ''}"
    if isinstance(item, DatedEvent):
        return " ".join(filter(None, (_day(item.date, words), item.what)))
    return f"{words[item.kind]}: {item.name}"


def _day(text: str, words: Words) -> str:
    period = edtf.parse(text)
    return edtf.label(period, words.dates) if period else text


def _page(site: Site, url: str, purpose: str) -> dict[str, Any]:
    return {"type": "SpecificResource", "source": urls.absolute(site.config.url, url), "purpose": purpose}


def _targets(site: Site, reading: Reading, text: str, spans: Sequence[Span]) -> list[dict[str, Any]]:
    """Where stretches of a body stand in what is published of it."""
    placed = [span for given in spans if (span := site.placed(reading, given)) is not None]
    return [{"source": address(site, reading), "selector": _selector(text, span)} for span in placed]


def _selector(text: str, span: Span) -> dict[str, str]:
    return {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - CONTEXT) : span.start],
        "suffix": text[span.end : span.end + CONTEXT],
    }
