"""The site's links: who is mentioned, quoted and cited where, and which briefs belong together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nutgraf.model.brief import Figure
from nutgraf.model.config import Config
from nutgraf.model.library import Library
from nutgraf.model.span import Span
from nutgraf.model.words import Words
from nutgraf.site.digest import Excerpt, chosen, excerpt_of, is_digest
from nutgraf.site.library import Entry, Listing, Names, entries, names_of, published, slug_of
from nutgraf.site.reading import Placed, Reading, read
from nutgraf.site.related import Related, counted_thing, relate
from nutgraf.site.text import EvenText, even_text
from nutgraf.site.urls import slugify


@dataclass(frozen=True)
class Site:
    """The published briefs, read and linked. Built once; the rest is derived from it when asked for."""

    config: Config
    library: Library
    names: Names
    words: Words
    readings: tuple[Reading, ...]
    """Latest first."""
    shown: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)
    """Parts of views made so far, by slug of the brief and what they are: several pages show the same one."""

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
    def originals(self) -> Mapping[str, EvenText]:
        """The stored article of each brief that has one, by the article's name."""
        stored = self.library.articles
        used = {name for reading in self.readings if (name := reading.brief.front.article)}
        return {name: even_text(stored[name]) for name in sorted(used & stored.keys())}

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
        """Figures by the slug of the thing they count."""
        found: dict[str, list[tuple[Reading, Placed]]] = defaultdict(list)
        for reading in self.readings:
            for note in reading.of("figures"):
                if isinstance(note.item, Figure) and (thing := counted_thing(note.item)):
                    found[thing].append((reading, note))
        merged: dict[str, list[tuple[Reading, Placed]]] = defaultdict(list)
        for thing, notes in found.items():
            merged[slugify(thing)] += notes
        return {slug: tuple(notes) for slug, notes in merged.items()}

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Index of each brief by its slug."""
        return {reading.brief.slug: index for index, reading in enumerate(self.readings)}

    @cached_property
    def excerpts(self) -> Mapping[str, Excerpt]:
        """The bodies that are published as chosen sentences only, by slug of the brief."""
        digests = (r for r in self.readings if is_digest(r, self.config))
        return {r.brief.slug: excerpt_of(r.brief.body, chosen(r)) for r in digests}

    def placed(self, reading: Reading, span: Span) -> Span | None:
        """Where a stretch of a body stands in what is published of it; None where it is left out."""
        excerpt = self.excerpts.get(reading.brief.slug)
        return excerpt.place(span) if excerpt else span

    @cached_property
    def related(self) -> tuple[Related, ...]:
        """The briefs that belong to each, nearest first, with their reasons."""
        return relate(self.readings, self.actors, self.topics, self.words)


def link(library: Library, config: Config, today: str, drafts: bool, words: Words) -> Site:
    """Read and link every brief that is to be published."""
    names = names_of(library.pages)
    readings = tuple(read(brief, names) for brief in published(library, today, drafts))
    return Site(config, library, names, words, readings)


def company(site: Site, slug: str) -> Sequence[tuple[str, int]]:
    """Who appears in the same briefs as an actor: slug and number of briefs, most first; places left out."""
    together: dict[str, int] = defaultdict(int)
    for index in site.actors[slug].briefs:
        for other in dict.fromkeys(site.readings[index].cast.slugs):
            if other != slug and site.actors[other].kind != "place":
                together[other] += 1
    return sorted(together.items(), key=lambda pair: (-pair[1], pair[0]))[:20]
