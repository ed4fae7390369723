"""Sorts an article's lines: what is the story's, and what only stood around it."""

from nutgraf.annotate.lines import split_lines
from nutgraf.model.article import Article, Block, BlockKind, LanguagePack, Story


def sort_blocks(article: Article, pack: LanguagePack) -> Story:
    """The article in blocks. `pack` is that of the text's language, the tables of languages/any included."""
    blocks = tuple(Block(span, BlockKind.PARAGRAPH) for span in split_lines(article.text))
    return Story(article, blocks, article.language or pack.code, article.published)
