"""JSON-LD in the vocabulary of schema.org, as text that is safe inside a script element."""

import json
from typing import Any

from nutgraf.model.brief import Quote
from nutgraf.site import urls
from nutgraf.site.link import Entry, Site
from nutgraf.site.reading import Reading, pieces

TYPES = {"person": "Person", "organisation": "Organization", "place": "Place"}


def article_ld(site: Site, reading: Reading) -> str:
    """NewsArticle with the actors it mentions and its quotations."""
    front, base = reading.brief.front, site.config.url
    about = [
        {"@type": TYPES.get(actor.kind, "Thing"), "name": actor.name, "url": urls.absolute(base, urls.actor(slug))}
        for actor, slug in zip(front.actors, reading.cast.slugs, strict=True)
    ]
    quotes = [
        {"@type": "Quotation", "text": " … ".join(pieces(note.item)), **_by(note.item.by)}
        for note in reading.of("quotes")
        if isinstance(note.item, Quote) and note.item.kind != "indirect"
    ]
    agencies = [{"@type": "Organization", "name": s.name} for s in front.sources if s.kind == "agency"]
    told = {
        "@type": "NewsArticle",
        "headline": front.headline,
        "datePublished": front.date,
        "inLanguage": front.language,
        "description": front.standfirst,
        "url": urls.absolute(base, reading.url),
        "isBasedOn": front.url,
        "publisher": {"@type": "Organization", "name": site.config.title},
        "sourceOrganization": agencies,
        "keywords": list(front.topics),
        "mentions": about,
        "hasPart": quotes,
    }
    return script({"@context": "https://schema.org", **{k: v for k, v in told.items() if v}})


def _by(name: str | None) -> dict[str, Any]:
    return {"creator": {"@type": "Thing", "name": name}} if name else {}


def actor_ld(site: Site, entry: Entry) -> str:
    """Person, Organization or Place."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(entry.kind, "Thing"),
        "name": entry.name,
        "url": urls.absolute(site.config.url, urls.actor(entry.slug)),
    }
    if entry.aliases:
        told["alternateName"] = list(entry.aliases)
    if entry.page and entry.page.wikidata:
        told["sameAs"] = f"https://www.wikidata.org/entity/{entry.page.wikidata}"
    return script(told)


def script(value: Any) -> str:
    """JSON without characters that could end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return (
        text.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
