"""JSON-LD in the vocabulary of schema.org, as text that is safe inside a script element."""

import json
from collections.abc import Iterator
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
        {"@type": TYPES.get(actor.kind, "Thing"), "name": actor.name, **_at(site, urls.actor(slug))}
        for actor, slug in zip(front.actors, reading.cast.slugs, strict=True)
    ]
    agencies = [{"@type": "Organization", "name": s.name} for s in front.sources if s.kind == "agency"]
    told = {
        "@type": "NewsArticle",
        "@id": urls.absolute(base, reading.url),
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
        "hasPart": list(_quotations(site, reading)),
        "correction": [
            {"@type": "CorrectionComment", "datePublished": each.date, "text": each.text} for each in front.corrections
        ],
    }
    return script({"@context": "https://schema.org", **{k: v for k, v in told.items() if v}})


def _quotations(site: Site, reading: Reading) -> Iterator[dict[str, Any]]:
    """What somebody said word for word, each by its own address; the speaker is the one whom the article mentions."""
    for note in reading.of("quotes"):
        quote = note.item
        if isinstance(quote, Quote) and quote.kind != "indirect":
            at = urls.absolute(site.config.url, urls.at(reading.url, note.fragment))
            told = {"@type": "Quotation", "@id": at, "text": " … ".join(pieces(quote))}
            yield {**told, "creator": _speaker(site, reading, quote.by)} if quote.by else told


def _speaker(site: Site, reading: Reading, name: str) -> dict[str, str]:
    """By address only where the article mentions who it is, with all that is told of them."""
    meant = reading.who(name)
    if meant.kind == "actor" and meant.slug in reading.cast.slugs:
        return {"@id": urls.absolute(site.config.url, urls.actor(meant.slug))}
    return {"@type": "Thing", "name": name}


def _at(site: Site, url: str) -> dict[str, str]:
    """A lasting address, as the name of what is told of and as its page."""
    address = urls.absolute(site.config.url, url)
    return {"@id": address, "url": address}


def actor_ld(site: Site, entry: Entry) -> str:
    """Person, Organization or Place."""
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(entry.kind, "Thing"),
        "name": entry.name,
        **_at(site, urls.actor(entry.slug)),
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
