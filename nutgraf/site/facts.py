"""What the rest of the site sees of one brief: a little listed, more of it shown; the rest only on its own page.

Every facet has a digest. A page notes which facets of which briefs it looked at, and has to be drawn again only when
one of their digests has changed.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

from nutgraf.model.brief import Correction, DatedEvent, Figure, FrontMatter, Quote, Source
from nutgraf.model.config import Config
from nutgraf.model.pickling import sealed, unsealed
from nutgraf.model.span import Span
from nutgraf.site import edtf, urls
from nutgraf.site.anchors import stands_in
from nutgraf.site.digest import Excerpt, chosen, excerpt_of, is_digest
from nutgraf.site.library import Meant, slug_of
from nutgraf.site.reading import LISTS, Item, Placed, Reading, pieces
from nutgraf.site.text import EvenText, around, fold

SAID = ("figures", "quotes")
"""Items that stand on somebody's word."""
DIGEST = 8
"""Bytes of the digest of a facet."""
FACETS = ("date", "card", "cast", "counts", "notes", "mentions", "lede", "alone", "proposed", "news", "whole")
DETAILED = frozenset({"cast", "notes", "mentions"})
"""Facets whose parts are looked at one by one: see `details`."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """An item of a brief as any page may show it: without its place in the body, which every edit moves."""

    list: str
    index: int
    item: Item
    fragment: str
    number: int
    by: Meant | None
    """On whose word it stands; sources: the source itself."""
    sentence: str
    """The sentence or sentences around its words, on one line."""
    ref: str | None
    """Fragment of its words in the body; None where they were not found or are not published."""
    missing: str
    """Why there is no `ref`: "lost", "left_out", or empty where it has no words."""
    beside: tuple[str, ...]
    """Slugs of the actors whom those sentences mention."""
    matches: bool | None
    """Quotes: whether the words stand letter by letter in the stored article; None where there is none."""


@dataclass(frozen=True, slots=True)
class Acting:
    """An actor as one brief lists it."""

    slug: str
    name: str
    kind: str
    aka: tuple[str, ...]
    role: str | None


Notes = tuple[bytes, ...]
"""The notes of a brief in order of number, each sealed by itself: most pages show one or two of them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What other pages show of a brief besides its notes."""

    mentions: Mapping[str, tuple[tuple[str, int], ...]]
    """By slug of an actor: the published sentences that mention it, and which of its mentions comes first in each."""
    events: Mapping[str, tuple[int, ...]]
    """By slug of an actor: places of the notes on what happened whose sentences mention it."""
    lede: str
    corrections: tuple[Correction, ...]
    news: "News"


@dataclass(frozen=True, slots=True)
class News:
    """What a brief may have told first, to be compared with earlier ones."""

    figures: tuple[tuple[str, str], ...]
    """What is counted, in which unit and for which period (empty where nothing is named), and the value, as texts that
    are equal where these are."""
    voices: tuple[tuple[str, int], ...]
    """Who is quoted, each once, and the place of the first quotation among the quotes."""
    corrections: tuple[str, ...]
    """Their days."""


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties a brief to others apart from a shared actor or topic."""

    figures: tuple[tuple[str, tuple[float | None, ...], tuple[str, str] | None], ...]
    """Thing counted, values, first and last day of the period."""
    statements: tuple[tuple[str, tuple[str, ...]], ...]
    """Slug of the speaker, slugs of those (no places) named beside the statement."""
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    """Slug of a person, words of the role."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What is needed of every brief to link the others; small, for all of them are in memory."""

    slug: str
    path: str
    date: str
    headline: str
    standfirst: str | None
    status: str
    reviewed: str | None
    article: str | None
    topics: tuple[tuple[str, str], ...]
    """Slug and label."""
    sources: tuple[tuple[str, str, str], ...]
    """Slug, name, kind."""
    cast: tuple[Acting, ...]
    lists: tuple[str, ...]
    """In which list each note is, in order of number."""
    events: tuple[str, ...]
    """By what its dates sort, in order of number."""
    said: tuple[tuple[str, str, int], ...]
    """Kind and slug of the speaker of a note, and the note's place among the notes."""
    counted: tuple[tuple[str, int], ...]
    """Slug of the thing that a figure counts, and the figure's place among the notes."""
    alone: str
    """Slug of the only source, where nobody else is cited or quoted."""
    as_proposed: int | None
    """How many notes stand as the machine proposed them; None where no proposal is stored."""
    tied: bytes
    """`Ties`, sealed: they take much memory and are seldom looked at."""
    digests: bytes
    """Of the facets, in the order of `FACETS`, eight bytes each."""

    @property
    def counts(self) -> tuple[int, ...]:
        """Figures, quotes, dates, sources."""
        return tuple([self.lists.count(name) for name in LISTS])

    @property
    def ties(self) -> Ties:
        found: Ties = unsealed(self.tied)
        return found

    def digest(self, facet: str) -> bytes:
        """What stands for a facet as it is."""
        at = FACETS.index(facet) * DIGEST
        return self.digests[at : at + DIGEST]

    @property
    def day(self) -> int:
        """The day of the brief as a number; 0 where it is no date."""
        try:
            return date.fromisoformat(self.date).toordinal()
        except ValueError:
            return 0


def details(listed: Listed, shown: Shown, notes: Notes) -> Mapping[str, Any]:
    """The parts of detailed facets by name, each with something that is equal where pages show the same of it."""
    found: dict[str, Any] = {note_part(place): raw for place, raw in enumerate(notes)}
    found["lists"] = listed.lists
    found["company"] = {actor.slug for actor in listed.cast}
    told: dict[str, list[Any]] = {}
    for actor in listed.cast:
        told.setdefault(f"actor/{actor.slug}", []).append(actor.role)
    for slug in (*shown.mentions, *shown.events):
        told.setdefault(f"actor/{slug}", []).append((shown.mentions.get(slug), shown.events.get(slug)))
    for kind, slug, place in listed.said:
        told.setdefault(f"{kind}/{slug}", []).append((place, listed.lists[place]))
    return found | {f"about {who}": facts for who, facts in told.items()}


@cache
def note_part(place: int) -> str:
    """The name of the part that is one note."""
    return f"note {place}"


def parts_of(listed: Listed) -> tuple[str, ...]:
    """The names of the parts of a brief's detailed facets."""
    told_of = {*(("actor", actor.slug) for actor in listed.cast), *((kind, slug) for kind, slug, _ in listed.said)}
    notes = map(note_part, range(len(listed.lists)))
    return ("lists", "company", *notes, *(f"about {kind}/{slug}" for kind, slug in told_of))


def sharing(one: Listed, known: dict[Any, Any], **same: Any) -> Listed:
    """The same, with what other briefs have too as `known` from them, and some fields from elsewhere; what they had
    not becomes known."""
    single = ("date", "status", "topics", "sources", "lists")
    shared = {name: _shared(getattr(one, name), known) for name in single}
    lists = {name: tuple([_shared(row, known) for row in getattr(one, name)]) for name in ("cast", "said", "counted")}
    return replace(one, **(shared | lists | same))


def _shared(value: T, known: dict[Any, Any]) -> T:
    found: T | None = known.get(value)
    if found is None:
        found = value
        if isinstance(value, tuple):
            found = tuple([_shared(part, known) for part in value])  # type: ignore[assignment]
        elif isinstance(value, Acting):
            found = replace(value, **{name: _shared(getattr(value, name), known) for name in ("slug", "name", "aka")})
        known[value] = found
    return found


def digest_of(value: Any) -> bytes:
    """Eight bytes that stand for a value made of dataclasses, tuples, mappings, texts and numbers."""
    return hashlib.blake2b(sealed(value), digest_size=DIGEST).digest()


def counted_thing(figure: Figure) -> str:
    """What a figure counts, and in which unit: figures with the same words can be compared."""
    return fold(f"{figure.what} {figure.unit or ''}") if figure.what else ""


def facts(
    reading: Reading, config: Config, original: EvenText | None, proposed: FrontMatter | None
) -> tuple[Listed, Shown, Notes]:
    """What other pages see of a brief, given its stored article and what was proposed for it, where there are any."""
    front, names = reading.brief.front, reading.names
    excerpt = excerpt_of(reading.brief.body, chosen(reading)) if is_digest(reading, config) else None
    notes = tuple(_note(reading, placed, excerpt, original) for placed in reading.notes)
    kept = tuple([sealed(note) for note in notes])
    lede = reading.brief.body.plain.partition("\n\n")[0]
    shown = Shown(
        mentions=_mentions(reading, excerpt),
        events=_events(notes),
        lede=lede,
        corrections=front.corrections,
        news=_news(notes, front.corrections),
    )
    actors = zip(front.actors, reading.cast.slugs, strict=True)
    cast = tuple(Acting(slug, a.name, a.kind, a.aka, a.role) for a, slug in actors)
    topics = tuple((slug_of(topic, names.topics), topic) for topic in front.topics)
    sources = tuple((slug_of(s.name, names.sources), s.name, s.kind) for s in front.sources)
    alone = _alone({slug for slug, _, _ in sources}, notes)
    as_proposed = _as_proposed(notes, proposed)
    counts = len(front.figures), len(front.quotes), len(front.dates), len(front.sources)
    dated = (note.item.date for note in notes if isinstance(note.item, DatedEvent))
    events = tuple(period.sort if (period := edtf.parse(day)) else f"~{day}" for day in dated)
    mentions = [(m.span.start, m.slug, m.marked) for m in reading.mentions]
    whole = (reading.brief.body.markdown, front, reading.cast.meant, mentions, excerpt is not None)
    told: dict[str, Any] = {
        "date": front.date,
        "card": (front.date, front.headline, front.standfirst, front.status, topics, sources),
        "cast": cast,
        "counts": (counts, events, front.reviewed, front.status),
        "notes": kept,
        "mentions": shown.mentions,
        "alone": alone,
        "proposed": as_proposed,
        "lede": (lede, front.corrections),
        "news": shown.news,
        "whole": whole,
    }
    return (
        Listed(
            slug=reading.brief.slug,
            path=reading.brief.path,
            date=front.date,
            headline=front.headline,
            standfirst=front.standfirst,
            status=front.status,
            reviewed=front.reviewed,
            article=front.article,
            topics=topics,
            sources=sources,
            cast=cast,
            lists=tuple(note.list for note in notes),
            events=events,
            said=tuple((n.by.kind, n.by.slug, i) for i, n in enumerate(notes) if n.list in SAID and n.by and n.by.slug),
            counted=tuple((urls.slugify(thing), i) for i, n in enumerate(notes) if (thing := _thing(n))),
            alone=alone,
            as_proposed=as_proposed,
            tied=sealed(_ties(notes, cast)),
            digests=b"".join(digest_of(told[facet]) for facet in FACETS),
        ),
        shown,
        kept,
    )


def _alone(sources: set[str], notes: tuple[Note, ...]) -> str:
    speakers = {note.by.slug for note in notes if note.list in SAID and note.by}
    return next(iter(sources)) if len(sources) == 1 and not speakers - sources else ""


def _as_proposed(notes: tuple[Note, ...], proposed: FrontMatter | None) -> int | None:
    if proposed is None:
        return None
    items = {*proposed.figures, *proposed.quotes, *proposed.dates, *proposed.sources}
    bare = (note.item if note.item.reviewed is None else replace(note.item, reviewed=None) for note in notes)
    return sum(item in items for item in bare)


def _thing(note: Note) -> str:
    return counted_thing(note.item) if isinstance(note.item, Figure) else ""


def _note(reading: Reading, placed: Placed, excerpt: Excerpt | None, original: EvenText | None) -> Note:
    span, first = placed.span, None
    near = None
    if span and placed.anchor:
        first, near = placed.anchor.spans[0], around(reading.sentences, span)
    published = first is not None and (excerpt is None or excerpt.place(first) is not None)
    checked = isinstance(placed.item, Quote) and original is not None
    return Note(
        placed.list,
        placed.index,
        placed.item,
        placed.fragment,
        placed.number,
        by=_meant(reading, placed.item),
        sentence=reading.line(near) if near else "",
        ref=urls.reference(placed.fragment) if published else None,
        missing="" if published or not placed.anchor else "left_out" if span else "lost",
        beside=tuple(_beside(reading, near)) if near else (),
        matches=stands_in(original, pieces(placed.item)) if checked and original is not None else None,
    )


def _meant(reading: Reading, item: Item) -> Meant | None:
    if isinstance(item, Source):
        return Meant(item.name, "source", slug_of(item.name, reading.names.sources))
    by = getattr(item, "by", None)
    return reading.who(by) if by else None


def _beside(reading: Reading, near: Span) -> dict[str, None]:
    return dict.fromkeys(m.slug for m in reading.mentions if m.span.start < near.end and near.start < m.span.end)


def _mentions(reading: Reading, excerpt: Excerpt | None) -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, dict[str, int]] = {}
    numbers: dict[str, int] = {}
    for mention in reading.mentions:
        if mention.marked:
            number = numbers[mention.slug] = numbers.get(mention.slug, 0) + 1
            if excerpt is None or excerpt.place(mention.span) is not None:
                found.setdefault(mention.slug, {}).setdefault(reading.sentence(mention.span), number)
    return {slug: tuple(sentences.items()) for slug, sentences in found.items()}


def _events(notes: tuple[Note, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for place, note in enumerate(notes):
        if isinstance(note.item, DatedEvent) and note.item.what:
            for slug in note.beside:
                found.setdefault(slug, []).append(place)
    return {slug: tuple(places) for slug, places in found.items()}


def _news(notes: tuple[Note, ...], corrections: tuple[Correction, ...]) -> News:
    figures = [note.item for note in notes if isinstance(note.item, Figure)]
    told = tuple((_measured(f), repr((f.value, f.low, f.high, f.approx, f.unit))) for f in figures)
    voices: dict[str, int] = {}
    for place, note in enumerate(note for note in notes if isinstance(note.item, Quote)):
        if note.by:
            voices.setdefault(f"{note.by.kind}/{note.by.slug or fold(note.by.label)}", place)
    return News(told, tuple(voices.items()), tuple(correction.date for correction in corrections))


def _measured(figure: Figure) -> str:
    thing = counted_thing(figure)
    period = edtf.parse(figure.when) if figure.when else None
    return f"{thing} {period.sort if period else figure.when or ''}" if thing else ""


def _ties(notes: tuple[Note, ...], cast: tuple[Acting, ...]) -> Ties:
    acting = {actor.slug for actor in cast if actor.kind != "place"}
    figures = []
    for note in notes:
        if isinstance(note.item, Figure) and (thing := counted_thing(note.item)):
            period = edtf.parse(note.item.when) if note.item.when else None
            days = (period.first, period.last) if period else None
            figures.append((thing, (note.item.value, note.item.low, note.item.high), days))
    statements = tuple(
        (note.by.slug, tuple(slug for slug in note.beside if slug in acting))
        for note in notes
        if isinstance(note.item, Quote) and note.by and note.by.kind == "actor" and note.by.slug
    )
    roles = tuple(
        (actor.slug, tuple(re.findall(r"\w+", fold(actor.role))))
        for actor in cast
        if actor.role and actor.kind == "person"
    )
    return Ties(tuple(figures), statements, roles)
