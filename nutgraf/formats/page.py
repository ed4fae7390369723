"""An editor's own page on an actor, a source or a topic."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal

from nutgraf.formats.annotated_file import read_annotated
from nutgraf.model.brief import STRICT, Page, Role
from nutgraf.model.diagnostic import Diagnostic

PageKind = Literal["actor", "source", "topic"]


@dataclass(frozen=True, slots=True)
class ActorFront:
    """The keys of a page in content/actors/."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    """Required: the canonical name."""
    aliases: tuple[str, ...] = ()
    """Names that hold in every brief."""
    was: tuple[str, ...] = ()
    """Former names, kept by `rename` and `merge`: aliases too, and their addresses lead here."""
    type: Literal["person", "organisation", "place", "other"] | None = None
    """What it is."""
    roles: tuple[Role, ...] = ()
    """What it was, and when: `[{role: Minister, when: 2019/2022}]`."""
    latitude: float | None = None
    """Of a place, in degrees: puts it on the map."""
    longitude: float | None = None
    """Of a place, in degrees."""
    wikidata: str | None = None
    """Its item: `Q42`."""
    url: str | None = None
    """Its own address elsewhere."""


@dataclass(frozen=True, slots=True)
class SourceFront:
    """The keys of a page in content/sources/."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    """Required: the canonical name."""
    aliases: tuple[str, ...] = ()
    """Names that hold in every brief."""
    was: tuple[str, ...] = ()
    """Former names, kept by `rename` and `merge`: aliases too, and their addresses lead here."""
    type: Literal["agency", "cited", "unnamed"] | None = None
    """What it is."""
    body_mode: Literal["full", "digest"] | None = None
    """How the bodies of this agency's own dispatches are published; site.yaml says so for all others."""
    wikidata: str | None = None
    """Its item: `Q42`."""
    url: str | None = None
    """Its own address elsewhere."""


@dataclass(frozen=True, slots=True)
class TopicFront:
    """The keys of a page in content/topics/."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    """Required: the canonical name."""
    aliases: tuple[str, ...] = ()
    """Names that hold in every brief."""
    was: tuple[str, ...] = ()
    """Former names, kept by `rename` and `merge`: aliases too, and their addresses lead here."""
    terms: tuple[str, ...] = ()
    """Words that make the machine propose it."""
    wikidata: str | None = None
    """Its item: `Q42`."""
    url: str | None = None
    """Its own address elsewhere."""


FRONTS: Mapping[PageKind, type[Any]] = {"actor": ActorFront, "source": SourceFront, "topic": TopicFront}


def parse_page(text: str, path: str, kind: PageKind) -> tuple[Page | None, tuple[Diagnostic, ...]]:
    """The page in a file's text, or everything that keeps it from being read."""
    file, problems = read_annotated(FRONTS[kind], text, path)
    if file is None:
        return None, problems
    told = {f.name: getattr(file.front, f.name) for f in fields(file.front)}
    told["aliases"] += file.front.was
    return Page(file.slug, path, kind, **told, body=file.body, positions=dict(file.positions), lines=file.lines), ()
