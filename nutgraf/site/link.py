"""The site's links: who is mentioned, quoted and cited where, and which briefs belong together, each with its reason."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nutgraf.model.brief import Figure
from nutgraf.model.config import Config
from nutgraf.model.library import Library
from nutgraf.site import edtf
from nutgraf.site.library import Entry, Listing, Names, entries, names_of, published, slug_of
from nutgraf.site.reading import Placed, Reading, read
from nutgraf.site.text import fold

COMMON = 40
"""An actor or topic in more briefs than this says nothing about which of them belong together."""
RELATED = 5


@dataclass(frozen=True)
class Site:
    """The published briefs, read and linked. Built once; the rest is derived from it when asked for."""

    config: Config
    library: Library
    names: Names
    readings: tuple[Reading, ...]
    """Latest first."""

    @cached_property
    def actors(self) -> Mapping[str, Entry]:
        return entries(self._listed_actors(), self.names.actors)

    @cached_property
    def sources(self) -> Mapping[str, Entry]:
        return entries(self._listed_sources(), self.names.sources)

    @cached_property
    def topics(self) -> Mapping[str, Entry]:
        return entries(self._listed_topics(), self.names.topics)

    def _listed_actors(self) -> Iterator[Listing]:
        for i, r in enumerate(self.readings):
            for actor, slug in zip(r.brief.front.actors, r.cast.slugs, strict=True):
                yield slug, actor.name, actor.kind, actor.aka, i

    def _listed_sources(self) -> Iterator[Listing]:
        for i, r in enumerate(self.readings):
            for source in r.brief.front.sources:
                yield slug_of(source.name, self.names.sources), source.name, source.kind, (), i

    def _listed_topics(self) -> Iterator[Listing]:
        for i, r in enumerate(self.readings):
            for topic in r.brief.front.topics:
                yield slug_of(topic, self.names.topics), topic, "", (), i

    @cached_property
    def said(self) -> Mapping[tuple[str, str], tuple[tuple[Reading, Placed], ...]]:
        """Quotes and figures by (actor or source, slug) on whose word they stand."""
        found: dict[tuple[str, str], list[tuple[Reading, Placed]]] = defaultdict(list)
        for reading in self.readings:
            for note in reading.notes:
                by = getattr(note.item, "by", None)
                meant = reading.who(by) if by else None
                if meant and meant.slug:
                    found[meant.kind, meant.slug].append((reading, note))
        return {key: tuple(notes) for key, notes in found.items()}

    @cached_property
    def counted(self) -> Mapping[str, tuple[tuple[Reading, Placed], ...]]:
        """Figures by the folded thing they count."""
        found: dict[str, list[tuple[Reading, Placed]]] = defaultdict(list)
        for reading in self.readings:
            for note in reading.of("figures"):
                if isinstance(note.item, Figure) and note.item.what:
                    found[fold(f"{note.item.what} {note.item.unit or ''}").strip()].append((reading, note))
        return {key: tuple(notes) for key, notes in found.items()}

    def related(self, index: int) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """The briefs that belong to one, nearest first, each with its reasons."""
        score: dict[int, float] = defaultdict(float)
        reasons: dict[int, dict[str, None]] = defaultdict(dict)
        for other, weight, reason in self._ties(index):
            if other != index:
                score[other] += weight
                reasons[other][reason] = None
        best = sorted(score, key=lambda i: (-score[i], i))[:RELATED]
        return tuple((i, tuple(reasons[i])[:3]) for i in best)

    def _ties(self, index: int) -> Iterator[tuple[int, float, str]]:
        reading = self.readings[index]
        place = self._places
        for note in reading.of("figures"):
            if isinstance(note.item, Figure) and note.item.what:
                key = fold(f"{note.item.what} {note.item.unit or ''}").strip()
                for other, twin in self.counted.get(key, ()):
                    reason = _compared(note.item, twin.item)
                    if reason:
                        yield place[other.brief.slug], 3.0, reason
        for entry in (self.topics[slug_of(t, self.names.topics)] for t in reading.brief.front.topics):
            if len(entry.briefs) <= COMMON:
                yield from ((i, 2.0 / len(entry.briefs), f"topic: {entry.name}") for i in entry.briefs)
        for slug in dict.fromkeys(reading.cast.slugs):
            entry = self.actors[slug]
            if entry.kind != "place" and len(entry.briefs) <= COMMON:
                yield from ((i, 2.0 / len(entry.briefs), f"also about {entry.name}") for i in entry.briefs)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {reading.brief.slug: i for i, reading in enumerate(self.readings)}


def _compared(figure: Figure, other: object) -> str | None:
    """Why two figures of the same thing belong together."""
    if not isinstance(other, Figure) or other is figure:
        return None
    one, two = (edtf.parse(f.when) if f.when else None for f in (figure, other))
    same_time = figure.when == other.when or (one and two and one.overlaps(two))
    same = (figure.value, figure.low, figure.high) == (other.value, other.low, other.high)
    if same_time:
        return "same figure" if same else "same figure, other value"
    return "same thing counted at another time"


def link(library: Library, config: Config, today: str, drafts: bool) -> Site:
    """Read and link every brief that is to be published."""
    names = names_of(library.pages)
    readings = tuple(read(brief, names) for brief in published(library, today, drafts))
    return Site(config, library, names, readings)


def company(site: Site, slug: str) -> Sequence[tuple[str, int]]:
    """Who appears in the same briefs as an actor: slug and number of briefs, most first; places left out."""
    together: dict[str, int] = defaultdict(int)
    for index in site.actors[slug].briefs:
        for other in dict.fromkeys(site.readings[index].cast.slugs):
            if other != slug and site.actors[other].kind != "place":
                together[other] += 1
    return sorted(together.items(), key=lambda pair: (-pair[1], pair[0]))[:20]
