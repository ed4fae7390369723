"""The brief: front matter that a person edits, and a body."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from nutgraf.model.diagnostic import Position
from nutgraf.model.span import Span

STRICT: dict[str, Any] = {"extra": "forbid", "allow_inf_nan": False}
"""Unknown keys are errors, "nan" and "inf" no numbers; read by pydantic, which validates these very classes."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts in this brief. `reviewed`, here as in every item: the day on which a person confirmed it; no run of the
    machine sets or moves it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    kind: Literal["person", "organisation", "place", "other"] = "other"
    role: str | None = None
    aka: tuple[str, ...] = ()
    reviewed: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit. `value`, or `low` and/or `high`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    text: str
    value: int | float | None = None
    low: int | float | None = None
    high: int | float | None = None
    unit: str | None = None
    what: str | None = None
    when: str | None = None
    by: str | None = None
    approx: str | None = None
    change: Literal["rise", "fall"] | None = None
    base: str | None = None
    record: str | None = None
    near: str | None = None
    reviewed: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Who said what. `text` may hold several pieces of one statement, in order."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    text: str | tuple[str, ...]
    by: str | None = None
    cue: str | None = None
    kind: Literal["direct", "mixed", "indirect"] = "direct"
    near: str | None = None
    reviewed: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Whom or what the brief cites or is credited to."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    kind: Literal["agency", "cited", "unnamed"] = "cited"
    text: str | None = None
    near: str | None = None
    reviewed: str | None = None


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A day, month, year or interval (EDTF) and what happened then."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    date: str
    text: str
    what: str | None = None
    near: str | None = None
    reviewed: str | None = None


@dataclass(frozen=True, slots=True)
class Teaser:
    """Another story that was advertised under the article."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    headline: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What was put right after publication."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a brief in the order in which they are written."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    headline: str
    date: str
    standfirst: str | None = None
    status: Literal["draft", "published"] = "draft"
    reviewed: str | None = None
    """Day on which a person confirmed the brief. No run of the machine sets or moves it."""
    article: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str = "en"
    topics: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sources: tuple[Source, ...] = ()
    dates: tuple[DatedEvent, ...] = ()
    related: tuple[Teaser, ...] = ()
    corrections: tuple[Correction, ...] = ()


ItemKey = tuple[str | int, ...]
"""Path to a node of the front matter: ("figures", 2, "by")."""


@dataclass(frozen=True, slots=True)
class BodyLink:
    """An explicit link of the body: `[[target]]` or `[[target|words]]`."""

    span: Span
    """Where its words stand in `Body.plain`."""
    target: str
    """Name or alias of the actor, source or topic it leads to."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A Markdown link or image of a body, and where its target is written."""

    kind: Literal["link", "image"]
    target: str
    words: str
    """What is linked, or the image's alternative text."""
    position: Position
    """In the file."""
    width: int


@dataclass(frozen=True, slots=True)
class Body:
    """The body as written and as read. Anchors are found in `plain`; whoever parses the Markdown fills all fields."""

    markdown: str
    plain: str
    """Words of the paragraphs and headings without Markdown marks, blocks divided by a blank line."""
    line: int = 1
    """1-based line of the file on which `markdown` starts."""
    links: tuple[BodyLink, ...] = ()
    """In text order."""
    protected: tuple[Span, ...] = ()
    """Stretches of `plain` in which no mention is linked: headings, code, links of any kind."""
    references: tuple[Reference, ...] = ()
    """Links and images in text order; those by name are in `links`."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One file of content/briefs/, parsed."""

    slug: str
    path: str
    """Relative to the site's root, with forward slashes."""
    front: FrontMatter
    body: Body
    positions: Mapping[ItemKey, Position] = field(default_factory=dict, compare=False)
    lines: tuple[str, ...] = field(default=(), compare=False, repr=False)
    """Lines of the file, for excerpts in findings."""


@dataclass(frozen=True, slots=True)
class Page:
    """An editor's own page on an actor, a source or a topic (content/actors/, sources/, topics/)."""

    slug: str
    path: str
    kind: Literal["actor", "source", "topic"]
    name: str
    aliases: tuple[str, ...] = ()
    type: str | None = None
    """Actor kind or source kind; None for topics."""
    roles: tuple["Role", ...] = ()
    terms: tuple[str, ...] = ()
    """Topics: words that make the machine propose it."""
    body_mode: Literal["full", "digest"] | None = None
    """Sources: how the bodies of its dispatches are published; None follows site.yaml."""
    latitude: float | None = None
    longitude: float | None = None
    wikidata: str | None = None
    url: str | None = None
    body: Body = Body("", "")
    positions: Mapping[ItemKey, Position] = field(default_factory=dict, compare=False)
    lines: tuple[str, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Role:
    """What an actor was, and when (EDTF interval)."""

    role: str
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine last said of one article: the base of a merge, kept in content/proposals/."""

    article: str
    digest: str
    """SHA-256 of the article's bytes, hexadecimal."""
    engine: str
    """nutgraf's version and the model's name and version."""
    front: FrontMatter
    body: str
    confidence: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """For each list of `front`: the probability, 0 to 1, that an item needs no correction."""
    base: FrontMatter | None = None
    """What the person's file is compared with, where that is not `front`: values about which a question is open stand
    here as they were before it, and items stay that a person struck out and the machine no longer finds."""
    base_body: str | None = None
    """The same of the body."""
