"""Settings of one site: site.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, get_args

from nutgraf.model.brief import STRICT

PageKind = Literal[
    "briefs",
    "actors",
    "figures",
    "quotes",
    "timeline",
    "topics",
    "places",
    "sources",
    "changes",
    "search",
    "about",
]
Colour = Literal[
    "paper",
    "raised",
    "ink",
    "soft",
    "line",
    "accent",
    "lit",
    "actor",
    "figure",
    "quote",
    "date",
    "source",
    "dark-paper",
    "dark-raised",
    "dark-ink",
    "dark-soft",
    "dark-line",
    "dark-accent",
    "dark-lit",
    "dark-actor",
    "dark-figure",
    "dark-quote",
    "dark-date",
    "dark-source",
]
Level = Literal["error", "warning", "info", "off"]


@dataclass(frozen=True, slots=True)
class AnnotateConfig:
    """How articles are annotated."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    model: str | None = None
    """spaCy package for English; None takes en_core_web_sm where it is installed, else the one in the lock."""
    models: Mapping[str, str] = field(default_factory=dict)
    """spaCy package for other languages, by ISO 639-1 code."""


@dataclass(frozen=True, slots=True)
class Levels:
    """How much findings of one code matter; what is left out keeps its default."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    preview: Level | None = None
    """In `serve`."""
    release: Level | None = None
    """In `build`."""


@dataclass(frozen=True, slots=True)
class Config:
    """site.yaml, with its defaults."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    title: str = "nutgraf"
    """Name of the site."""
    tagline: str = ""
    """A line under the name."""
    url: str = ""
    """Address the site is published at, without a trailing slash; where empty, links are relative only."""
    language: str = "en"
    """Of the pages' own words, numbers and dates: `en`, `es`, or one of your own in `templates/words/`."""
    body: Literal["full", "digest"] = "full"
    """Whole bodies, or only the first paragraph and the sentences with a quotation or a figure, word for word."""
    output: str = "public"
    """Folder of the built site."""
    footer: str = ""
    """A line at the foot of every page."""
    pages: tuple[PageKind, ...] = get_args(PageKind)
    """Which lists the site has; all where left out."""
    colours: Mapping[Colour, str] = field(default_factory=dict)
    """Colours of the theme, over those of static/tokens.css: `{accent: "#7a1f2b", dark-accent: "#e39a9e"}`."""
    search: bool = True
    """Whether the text of all pages can be searched; names and headlines always can."""
    web_annotations: bool = True
    """Whether a file of W3C Web Annotations stands beside each brief."""
    cards: bool = True
    """Whether each brief gets a picture that other sites show beside a link to it."""
    annotate: AnnotateConfig = AnnotateConfig()
    """Which language models are used, see below."""
    findings: Mapping[str, Level | Levels] = field(default_factory=dict)
    """Severity by code of finding, over the defaults; one for preview and release, or one for each."""
    editor: str = "vscode://file{path}:{line}:{column}"
    """Address by which the preview opens a file at a place; NUTGRAF_EDITOR, where set, goes before it."""
