"""FollowTheMoney entities (followthemoney.tech), one JSON object a line, for Aleph, OpenSanctions tools and yente."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from nutgraf.exports.rows import figure_rows, quote_rows
from nutgraf.model.views import Artifact
from nutgraf.site import urls
from nutgraf.site.link import Entry, Site
from nutgraf.site.published import address, published_text
from nutgraf.site.reading import Reading

SCHEMATA = {"person": "Person", "organisation": "Organization", "place": "Address"}
"""Schema of an actor by kind; others are Things that an article names, which FollowTheMoney has no class for."""

Entity = dict[str, Any]


def make(site: Site) -> Iterator[Artifact]:
    """entities.ftm.json: the articles, the actors, and what links them."""
    lines = [json.dumps(entity, ensure_ascii=False, sort_keys=True) for entity in entities(site)]
    yield Artifact("entities.ftm.json", "".join(f"{line}\n" for line in lines).encode())


def entities(site: Site) -> Iterator[Entity]:
    """Articles, then actors, then their appearances, quotes and figures."""
    for reading in site.wholes:
        yield _article(site, reading)
    for actor in site.actors.values():
        if actor.kind in SCHEMATA and actor.briefs:
            yield _actor(site, actor)
    for reading in site.wholes:
        yield from _appearances(site, reading)
    yield from _quotes(site)
    yield from _figures(site)


def _article(site: Site, reading: Reading) -> Entity:
    front = reading.brief.front
    return _entity(
        ("brief", reading.brief.slug),
        "Article",
        title=front.headline,
        publishedAt=front.date,
        summary=front.standfirst,
        bodyText=published_text(site, reading),
        language=front.language,
        author=front.byline,
        publisher=site.config.title,
        sourceUrl=_web(front.url) or _web(address(site, reading)),
        keywords=list(front.topics),
    )


def _actor(site: Site, actor: Entry) -> Entity:
    schema = SCHEMATA[actor.kind]
    return _entity(
        ("actor", actor.slug),
        schema,
        name=actor.name,
        full=actor.name if schema == "Address" else None,
        alias=list(actor.aliases),
        wikidataId=actor.page.wikidata if actor.page else None,
        sourceUrl=_web(urls.absolute(site.config.url, urls.actor(actor.slug))),
    )


def _appearances(site: Site, reading: Reading) -> Iterator[Entity]:
    for actor, slug in zip(reading.brief.front.actors, reading.cast.slugs, strict=True):
        if site.actors[slug].kind in SCHEMATA:
            key = ("appearance", reading.brief.slug, slug)
            yield _link(key, reading.brief.slug, slug, reading.brief.front.date, role=actor.role or "mentioned")


def _quotes(site: Site) -> Iterator[Entity]:
    for row in quote_rows(site):
        if _known(site, row.by_slug):
            yield _link(("quote", row.url), row.brief, row.by_slug, row.date, role=row.cue or "said", summary=row.text)


def _figures(site: Site) -> Iterator[Entity]:
    for row in figure_rows(site):
        if _known(site, row.by_slug):
            told = {"role": "gave a figure", "summary": row.text, "description": row.sentence}
            yield _link(("figure", row.url), row.brief, row.by_slug, row.date, **told)


def _known(site: Site, slug: str | None) -> bool:
    actor = site.actors.get(slug) if slug else None
    return actor is not None and actor.kind in SCHEMATA


def _link(key: tuple[str, ...], brief: str, slug: str | None, date: str, **properties: Any) -> Entity:
    """Documentation: how a document bears on an entity."""
    ends = {"document": _id("brief", brief), "entity": _id("actor", slug or "")}
    return _entity(key, "Documentation", **ends, date=date, **properties)


def _entity(key: tuple[str, ...], schema: str, **properties: Any) -> Entity:
    """Properties are lists of texts; empty ones are left out."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in properties.items() if value}
    return {"id": _id(*key), "schema": schema, "properties": lists}


def _id(*parts: str) -> str:
    """The same thing has the same id in every export."""
    return "nutgraf-" + hashlib.sha1("\0".join(parts).encode()).hexdigest()


def _web(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None
