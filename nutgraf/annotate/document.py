"""From a sorted story to tokens: one spaCy Doc a block."""

import re
from typing import Any

from nutgraf.model.article import STORY_KINDS, Document, Paragraph, Story

_BLANK = re.compile(r"\s")


def parse_story(story: Story, nlp: Any) -> Document:
    """Tokenise, and where the model can, parse the blocks of `STORY_KINDS` in text order.

    `nlp` is a spaCy `Language`. White space becomes blanks one for one: offsets into a Doc are offsets into its block.
    """
    blocks = story.of_kind(*STORY_KINDS)
    texts = (_BLANK.sub(" ", block.span.of(story.article.text)) for block in blocks)
    paragraphs = tuple(Paragraph(block, doc) for block, doc in zip(blocks, nlp.pipe(texts), strict=True))
    return Document(story, paragraphs, parsed="parser" in nlp.pipe_names)
