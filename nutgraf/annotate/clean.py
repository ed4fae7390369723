"""Sorts an article's lines: what is the story's, and what only stood around it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nutgraf.annotate.kinds import Sorted, name_kinds
from nutgraf.annotate.language import detect_language
from nutgraf.annotate.line_features import line_features
from nutgraf.annotate.line_model import AFTER, BETWEEN, BODY, sort_lines
from nutgraf.annotate.lines import split_lines
from nutgraf.annotate.signoffs import SignOffs
from nutgraf.annotate.stamps import published_day
from nutgraf.layout import Line, look_at, phrase_table
from nutgraf.model.article import Article, Block, BlockKind, LanguagePack, Story
from nutgraf.model.span import Span

TELLING = frozenset(
    ("subscribe", "follow", "related", "advert", "comment", "caption", "copyright", "legal", "author", "promo")
)
"""Groups of words that make clutter of a long sentence too."""


def sort_blocks(article: Article, pack: LanguagePack) -> Story:
    """The article in blocks. `pack` is that of the text's language, the tables of languages/any included."""
    text, language = article.text, article.language or detect_language(article.text)
    signoffs = SignOffs(pack.table("credits"))
    phrases = phrase_table(pack.table("clutter"))
    spans = tuple(piece for span in split_lines(text) for piece in signoffs.cut(text, span))
    lines = tuple(look_at(span.of(text), phrases) for span in spans)
    labels = close_at_signoff(_labels(article, lines, pack.table("lines")), lines, signoffs)
    labels = _without_notices(labels, lines, pack.table("notices"))
    page = Sorted(lines, labels, signoffs, pack.table("stamps"), language, article.title, _blank_before(text, spans))
    kinds = name_kinds(page)
    blocks = tuple(Block(span, kind) for span, kind in zip(spans, kinds, strict=True))
    return Story(article, blocks, language, article.published or _published(page, kinds))


def _labels(article: Article, lines: Sequence[Line], model: Mapping[str, Any]) -> list[int]:
    """Labels of the line model; everything is the story's where a reader has taken the rest off already."""
    if article.body_only or not model or _spotless(lines):
        return [BODY] * len(lines)
    labels = sort_lines(line_features(lines, article.title), model)
    within = (label == BETWEEN and _is_sentence(line) for line, label in zip(lines, labels, strict=True))
    labels = [BODY if yes else label for yes, label in zip(within, labels, strict=True)]
    if BODY in labels:
        return labels
    return [  # a flash of three words is a story too: better than none
        BODY if line.shape in ("prose", "sentence") or line.text.endswith(".") else label
        for line, label in zip(lines, labels, strict=True)
    ]


def _without_notices(labels: Sequence[int], lines: Sequence[Line], table: Mapping[str, Any]) -> list[int]:
    """The labels, what a site says to its reader in the middle of a story taken out."""
    notice = re.compile("|".join(table.get("lines", ())) or r"(?!)", re.I)
    return [BETWEEN if notice.fullmatch(line.text) else label for line, label in zip(lines, labels, strict=True)]


def _spotless(lines: Sequence[Line]) -> bool:
    """Whether nothing stands around the story: no short line has a word of clutter, most words are in sentences."""
    clean = all(line.groups <= {"author", "stamp"} for line in lines if len(line.words) <= 12)
    told = sum(len(line.words) for line in lines if line.shape in ("prose", "sentence"))
    return clean and told > 0.8 * sum(len(line.words) for line in lines)


def _is_sentence(line: Line) -> bool:
    """Whether a line within a story is too plain a sentence to be clutter."""
    clutter = line.groups & TELLING if len(line.words) >= 15 else line.groups
    return len(line.words) >= 8 and line.shape in ("prose", "sentence") and not clutter


def close_at_signoff(labels: Sequence[int], lines: Sequence[Line], signoffs: SignOffs) -> list[int]:
    """The labels with all that stands under a story's sign-off after it, where most of the story is above."""
    words = [len(line.words) * (label == BODY) for line, label in zip(lines, labels, strict=True)]
    for i, line in enumerate(lines):
        near = BODY in labels[max(0, i - 3) : i]
        announced = any("related" in below.groups and len(below.words) <= 8 for below in lines[i + 1 : i + 3])
        enough = sum(words[:i]) > (1 if announced else 2) * sum(words[i + 1 :])
        if near and enough and signoffs.is_signoff(line.text):
            return [*labels[:i], BODY, *(AFTER for _ in labels[i + 1 :])]
    return list(labels)


def _blank_before(text: str, spans: Sequence[Span]) -> frozenset[int]:
    gaps = ((i, text[spans[i - 1].end : spans[i].start]) for i in range(1, len(spans)))
    return frozenset(i for i, gap in gaps if gap.count("\n") > 1)


def _published(page: Sorted, kinds: Sequence[BlockKind]) -> str | None:
    start = page.labels.index(BODY) if BODY in page.labels else len(kinds)
    story = (BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CREDIT, BlockKind.HEADLINE, BlockKind.CAPTION)
    outside = [i for i, kind in enumerate(kinds) if kind not in story]
    above = [page.lines[i].text for i in outside if i <= start]
    below = [page.lines[i].text for i in outside if i > start]
    return published_day(above, below, page.stamps, page.language)
