"""From a sorted story to tokens: one spaCy Doc a block."""

import re
from typing import Any

from nutgraf.model.article import STORY_KINDS, BlockKind, Document, Paragraph, Story

_BLANK = re.compile(r"\s")


def parse_story(story: Story, nlp: Any) -> Document:
    """Tokenise, and where the model can, parse the blocks of `STORY_KINDS` and the captions, in text order.

    `nlp` is a spaCy `Language`. White space becomes blanks one for one: offsets into a Doc are offsets into its block.
    """
    blocks = story.of_kind(*STORY_KINDS, BlockKind.CAPTION)
    texts = (_BLANK.sub(" ", block.span.of(story.article.text)) for block in blocks)
    paragraphs = tuple(Paragraph(block, doc) for block, doc in zip(blocks, nlp.pipe(texts), strict=True))
    told = tuple(p for p in paragraphs if p.block.kind is not BlockKind.CAPTION)
    captions = tuple(p for p in paragraphs if p.block.kind is BlockKind.CAPTION)
    return Document(story, told, "parser" in nlp.pipe_names, captions)
