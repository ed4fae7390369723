"""An article as published elsewhere, from its bytes to its parsed paragraphs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nutgraf.model.span import Span


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader of one format made of an original. Every span of later stages points into `text`."""

    name: str
    """File name within content/articles/, or the id of a batch row."""
    text: str
    raw: bytes = b""
    title: str | None = None
    standfirst: str | None = None
    published: str | None = None
    """Day of publication, ISO 8601 (YYYY-MM-DD); None where neither file name nor metadata gives it."""
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    """ISO 639-1; None where it must be detected."""
    body_only: bool = False
    """The reader has already taken menus, captions and teasers off (saved pages, feeds)."""


class BlockKind(StrEnum):
    """What a line (or hard-wrapped run of lines) of an article is."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CREDIT = "credit"
    CAPTION = "caption"
    TEASER = "teaser"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or line, with what it is."""

    span: Span
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class Story:
    """An article sorted into blocks, in text order: what belongs to the story and what only stood around it."""

    article: Article
    blocks: tuple[Block, ...]
    language: str
    """ISO 639-1 of the text, given or detected."""
    published: str | None = None
    """Day of publication: the article's, or one found among the blocks around the story."""

    def of_kind(self, *kinds: BlockKind) -> tuple[Block, ...]:
        """The blocks of these kinds, in text order."""
        return tuple(block for block in self.blocks if block.kind in kinds)


STORY_KINDS = (BlockKind.HEADLINE, BlockKind.STANDFIRST, BlockKind.PARAGRAPH, BlockKind.HEADING)
"""Kinds whose words are the story's own and are parsed."""
BODY_KINDS = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CREDIT)
"""Kinds that go into the body of a brief."""


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """All that nutgraf knows of one language: `tables[name]` is the content of languages/CODE/name.yaml."""

    code: str
    tables: Mapping[str, Any]

    def table(self, name: str) -> Any:
        """The table of that name; empty mapping where the language has none."""
        return self.tables.get(name, {})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the story and its tokens. `doc` is a spaCy Doc of exactly the block's text (line breaks as spaces)."""

    block: Block
    doc: Any

    def span(self, start: int, end: int) -> Span:
        """Span in the article of the tokens `start` to `end` (exclusive) of `doc`."""
        first, last = self.doc[start], self.doc[end - 1]
        base = self.block.span.start
        return Span(base + first.idx, base + last.idx + len(last))

    def characters(self, start: int, end: int) -> Span:
        """Span in the article of the code points `start` to `end` of the block."""
        return Span(self.block.span.start + start, self.block.span.start + end)


@dataclass(frozen=True, slots=True)
class Document:
    """A story whose paragraphs have been tokenised and, where a model for the language is there, parsed."""

    story: Story
    paragraphs: tuple[Paragraph, ...]
    """Blocks of `STORY_KINDS`, in text order."""
    parsed: bool
    """Whether tags, dependencies and statistical names are there, or tokens and sentences only."""
    captions: tuple[Paragraph, ...] = ()
    """Captions that stood around the story: they name actors, but nothing is quoted or counted from them."""

    @property
    def text(self) -> str:
        return self.story.article.text
