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
    """As the site calls it; the same name is the same actor in every brief."""
    kind: Literal["person", "organisation", "place", "other"] = "other"
    """What it is."""
    role: str | None = None
    """What it was on the brief's day: "Minister of Health"."""
    aka: tuple[str, ...] = ()
    """Other names in this brief; those on the actor's own page hold everywhere."""
    reviewed: str | None = None
    """Day on which a person confirmed the item."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit. `value`, or `low` and/or `high`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    text: str
    """The exact words of the body that it rests on."""
    value: int | float | None = None
    """The number, or `low` and `high`."""
    low: int | float | None = None
    """Lower end of a range."""
    high: int | float | None = None
    """Upper end of a range."""
    unit: str | None = None
    """ISO 4217 code, `%`, or a unit in the singular; a plain count has none."""
    what: str | None = None
    """The thing counted."""
    when: str | None = None
    """The period it holds for (EDTF)."""
    by: str | None = None
    """On whose word: name or alias of an actor or source."""
    approx: str | None = None
    """How exact: about, over, under, at least, up to …"""
    change: Literal["rise", "fall"] | None = None
    """Where the figure is a change and not a level."""
    base: str | None = None
    """What a change is from, or a share of."""
    record: str | None = None
    """ "highest since 1980", where the text says so."""
    near: str | None = None
    """Longer words that hold `text` and stand once, where `text` stands more than once."""
    reviewed: str | None = None
    """Day on which a person confirmed the item."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Who said what. `text` may hold several pieces of one statement, in order."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    text: str | tuple[str, ...]
    """The exact words of the body; several pieces of one statement as a list."""
    by: str | None = None
    """Who said it: name or alias of an actor or source."""
    cue: str | None = None
    """The verb or phrase that reports it: said, according to."""
    kind: Literal["direct", "mixed", "indirect"] = "direct"
    """Word for word, partly so, or in other words."""
    near: str | None = None
    """Longer words that hold `text` and stand once."""
    reviewed: str | None = None
    """Day on which a person confirmed the item."""


@dataclass(frozen=True, slots=True)
class Source:
    """Whom or what the brief cites or is credited to."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    """An agency, document or body, or how the text calls an unnamed source."""
    kind: Literal["agency", "cited", "unnamed"] = "cited"
    """What it is."""
    text: str | None = None
    """The exact words of the body that name it."""
    near: str | None = None
    """Longer words that hold `text` and stand once."""
    reviewed: str | None = None
    """Day on which a person confirmed the item."""


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A day, month, year or interval (EDTF) and what happened then."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    date: str
    """Day, month, year or interval (EDTF)."""
    text: str
    """The exact words of the body that give the date."""
    what: str | None = None
    """What happened then."""
    near: str | None = None
    """Longer words that hold `text` and stand once."""
    reviewed: str | None = None
    """Day on which a person confirmed the item."""


@dataclass(frozen=True, slots=True)
class Teaser:
    """Another story that was advertised under the article."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    headline: str
    """Of the other story."""
    url: str | None = None
    """Where it is."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was put right after publication."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    date: str
    """Day of the correction."""
    text: str
    """What was wrong and what is right."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a brief in the order in which they are written."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    headline: str
    """Required."""
    date: str
    """Required. Day of publication: `2022-04-20`."""
    standfirst: str | None = None
    """One or two sentences under the headline."""
    status: Literal["draft", "published"] = "draft"
    """A draft is withheld, but for `--drafts` and the preview."""
    reviewed: str | None = None
    """Day on which a person confirmed the brief. No run of the machine sets or moves it."""
    article: str | None = None
    """File name in content/articles/."""
    url: str | None = None
    """Where the article was published."""
    byline: str | None = None
    """Who wrote it."""
    language: str = "en"
    """ISO 639-1."""
    topics: tuple[str, ...] = ()
    """From content/topics/ where it has a page: `[migration, US-Cuba relations]`."""
    actors: tuple[Actor, ...] = ()
    """Who acts."""
    figures: tuple[Figure, ...] = ()
    """Numbers with what they count."""
    quotes: tuple[Quote, ...] = ()
    """Who said what."""
    sources: tuple[Source, ...] = ()
    """Whom or what the brief cites beyond those that a quote or a figure names."""
    dates: tuple[DatedEvent, ...] = ()
    """What happened when."""
    related: tuple[Teaser, ...] = ()
    """Teasers that stood under the article; never mixed into the story."""
    corrections: tuple[Correction, ...] = ()
    """What was put right after publication."""


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
    """Former names included."""
    was: tuple[str, ...] = ()
    """Former names: they stay aliases, and their addresses lead here."""
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

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    role: str
    """What the actor was."""
    when: str | None = None
    """EDTF interval: `2019/2022`."""


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
    reasons: Mapping[str, str] = field(default_factory=dict)
    """By topic, why it was proposed: words of the text and how often they occur."""
