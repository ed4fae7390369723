"""From what was found to what is proposed: front matter and body of a brief."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeVar, cast

from nutgraf.annotate.body import BodyText, flat, make_body
from nutgraf.annotate.sources import CREDITED, has_name
from nutgraf.model.annotation import (
    ActorFound,
    Annotations,
    FigureFound,
    Named,
    QuoteFound,
    QuoteKind,
    SourceKind,
)
from nutgraf.model.article import Document
from nutgraf.model.brief import Actor, DatedEvent, Figure, FrontMatter, Proposal, Quote, Source, Teaser
from nutgraf.model.span import Span

ACTOR, FIGURE, QUOTE, SOURCE, DATE = 0.3, 0.5, 0.5, 0.5, 0.4
"""Least confidence with which an item is proposed: a wrong quote or figure costs a reader more than a missing one."""
Item = TypeVar("Item")
Sure = tuple[Item, float]


def propose(document: Document, found: Annotations, digest: str, engine: str, escape: Callable[[str], str]) -> Proposal:
    """The brief that the annotations make. `escape` turns a paragraph of plain text into Markdown of the same words.

    Every `text` stands letter for letter in the body; where it does so more than once, `near` tells which is meant.
    An item whose words are not in the body is left out. `front.date` is empty where no day of publication is known.
    """
    body = make_body(document, (actor.name for actor in found.actors), escape)
    actors = _actors(found, body)
    known = {_key(name) for actor, _ in actors for name in (actor.name, *actor.aka)}
    quotes = _quotes(found, body)
    figures = _figures(found, body)
    sources = _sources(document, found, body, known)
    dates = _dates(found, body)
    article = document.story.article
    front = FrontMatter(
        headline=found.headline or flat(document.text)[:80],
        date=document.story.published or "",
        standfirst=found.standfirst,
        article=article.name,
        url=article.url,
        byline=_byline(article.authors, found),
        language=document.story.language,
        topics=tuple(topic.label for topic in found.topics),
        actors=_items(actors),
        figures=_items(figures),
        quotes=_items(quotes),
        sources=_items(sources),
        dates=_items(dates),
        related=tuple(Teaser(teaser.headline) for teaser in found.related),
    )
    lists = {"actors": actors, "figures": figures, "quotes": quotes, "sources": sources, "dates": dates}
    confidence = {name: tuple(sure for _, sure in cast("Sequence[Sure[object]]", rows)) for name, rows in lists.items()}
    confidence["topics"] = tuple(topic.confidence for topic in found.topics)
    reasons = {topic.label: topic.reason for topic in found.topics}
    return Proposal(article.name, digest, engine, front, body.markdown, confidence, reasons=reasons)


def _byline(authors: Sequence[str], found: Annotations) -> str | None:
    """Who wrote it, as the page or the text says, without the agencies, which are sources."""
    agencies = {written for written, _ in found.credits.bylined}
    parts = [", ".join(p for p in author.split(", ") if p not in agencies) for author in authors]
    return ", ".join(filter(None, parts)) or ", ".join(author.name for author in found.credits.authors) or None


def _items(rows: Sequence[Sure[Item]]) -> tuple[Item, ...]:
    return tuple(item for item, _ in rows)


def _actors(found: Annotations, body: BodyText) -> list[Sure[Actor]]:
    """Actors that the body or the headline names, in the order in which they were found; a name that two of them
    go by is nobody's alias."""
    kept: dict[str, ActorFound] = {}
    words = f" {_key(body.plain)} {_key(found.headline or '')} "
    for actor in found.actors:
        named = any(f" {_key(name)} " in words for name in (actor.name, *actor.aliases) if _key(name))
        if named and actor.confidence >= ACTOR:
            kept.setdefault(_key(actor.name), actor)
    uses = Counter(key for actor in kept.values() for key in {_key(name) for name in (actor.name, *actor.aliases)})

    def aka(actor: ActorFound) -> tuple[str, ...]:
        names = {_key(name): name for name in reversed(actor.aliases) if uses[_key(name)] == 1}
        names.pop(_key(actor.name), None)
        return tuple(names[key] for key in reversed(names))

    return [(Actor(a.name, a.kind.value, a.role, aka(a)), a.confidence) for a in kept.values()]


def _figures(found: Annotations, body: BodyText) -> list[Sure[Figure]]:
    rows: list[Sure[Figure]] = []
    names = _names(found)
    for figure in found.figures:
        place = body.locate(figure.anchor) or body.locate(figure.span)
        if place is None or figure.confidence < FIGURE:
            continue
        item = Figure(
            text=place.of(body.plain),
            value=figure.value,
            low=figure.low,
            high=figure.high,
            unit=figure.unit,
            what=figure.what,
            when=figure.when,
            by=speaker_name(figure.by, names),
            approx=figure.approx,
            change=_change(figure),
            base=figure.base,
            record=figure.record,
            near=body.near(place),
        )
        rows.append((item, figure.confidence))
    return rows


def _names(found: Annotations) -> frozenset[str]:
    return frozenset(actor.name for actor in found.actors)


def _change(figure: FigureFound) -> Literal["rise", "fall"] | None:
    return cast('Literal["rise", "fall"]', figure.change) if figure.change in ("rise", "fall") else None


def told(quote: QuoteFound) -> bool:
    """Whether a brief takes the statement."""
    return quote.listed and quote.confidence >= QUOTE


def _quotes(found: Annotations, body: BodyText) -> list[Sure[Quote]]:
    rows: list[Sure[Quote]] = []
    names = _names(found)
    for quote in found.quotes:
        places = [body.locate(piece) for piece in quote.content]
        if not told(quote) or None in places or (quote.kind is QuoteKind.INDIRECT and not quote.by):
            continue
        texts = tuple(place.of(body.plain) for place in places if place)
        near = body.near(places[0]) if places[0] else None
        cue = flat(quote.cue.of(body.text)) if quote.cue else None
        rows.append(
            (
                Quote(
                    texts if len(texts) > 1 else texts[0], speaker_name(quote.by, names), cue, quote.kind.value, near
                ),
                quote.confidence,
            )
        )
    return rows


def _sources(document: Document, found: Annotations, body: BodyText, actors: set[str]) -> list[Sure[Source]]:
    """Agencies, then whom the story cites without being an actor, then the unnamed who speak or count in it."""
    rows: dict[str, Sure[Source]] = {}
    names = _names(found)
    speakers = {_key(name) for name, _, _ in _speakers(found)}

    def add(name: str, kind: SourceKind, span: Span | None, sure: float) -> None:
        if sure >= SOURCE and _key(name) and _key(name) not in rows:
            place = body.locate(span) if span else None
            text, near = (place.of(body.plain), body.near(place)) if place else (None, None)
            rows[_key(name)] = Source(name, kind.value, text, near), sure

    credited = {named.name for named in found.credits.agencies}
    for name in dict.fromkeys(name for _, name in found.credits.bylined if name not in credited):
        add(name, SourceKind.AGENCY, None, CREDITED)
    for source in found.sources:
        if _key(source.name) not in actors or source.kind is SourceKind.AGENCY:
            add(speaker_name(source.name, names) or source.name, source.kind, source.span, source.confidence)
    for named in (*found.credits.cited, *found.credits.outlets):
        if body.locate(named.span) and not speakers & {_key(named.name), _key(named.span.of(document.text))}:
            add(_as_written(named, document.text), SourceKind.CITED, named.span, 0.8)
    for name, span, sure in _speakers(found):
        if _key(name) not in actors:
            add(name, SourceKind.CITED if has_name(name, span, document.text) else SourceKind.UNNAMED, span, sure)
    return list(rows.values())


def _as_written(named: Named, text: str) -> str:
    """The name that the story uses, "AP" or "Associated Press"; in the usual case and without an article."""
    words = flat(named.span.of(text)).removeprefix("The ").removeprefix("the ")
    return named.name if _key(words) == _key(named.name) else words


def _speakers(found: Annotations) -> Iterable[tuple[str, Span | None, float]]:
    """Whoever has a statement or a figure: name, where it stands, confidence."""
    names = _names(found)
    for quote in found.quotes:
        if quote.by and told(quote):
            yield speaker_name(quote.by, names) or quote.by, quote.speaker, quote.confidence
    for figure in found.figures:
        if figure.by and figure.confidence >= FIGURE:
            yield speaker_name(figure.by, names) or figure.by, None, figure.confidence


def speaker_name(words: str | None, names: frozenset[str]) -> str | None:
    """A speaker without what is only added: "a study, published in 1989," is "a study"; an actor's name is whole."""
    if words in names:
        return words
    return re.split(r",(?!\d)|[;(—–]|\s(?:who|which|whose|that)\s", words)[0].strip() or None if words else None


def _dates(found: Annotations, body: BodyText) -> list[Sure[DatedEvent]]:
    """Each expression once for each date that it means."""
    rows: dict[tuple[str, str], Sure[DatedEvent]] = {}
    for date in found.dates:
        place = body.locate(date.span)
        if place is None or date.confidence < DATE:
            continue
        words = place.of(body.plain)
        key = (words.casefold(), date.date)
        if key not in rows:
            rows[key] = DatedEvent(date.date, words, date.what, body.near(place)), date.confidence
    return list(rows.values())


def _key(name: str) -> str:
    """A name without case, accents, punctuation and leading article: two with one key are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
