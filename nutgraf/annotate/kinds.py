"""What the lines of a text are, once it is known which are the story's."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from nutgraf.annotate.line_model import AFTER, BEFORE, BETWEEN, BODY
from nutgraf.annotate.signoffs import SignOffs
from nutgraf.annotate.stamps import days
from nutgraf.layout import Line, plain
from nutgraf.model.article import BlockKind

LONGEST_HEADING = 14
"""Words of a cross-head."""
LONGEST_HEADLINE = 30
_STOP = re.compile(r"[.;,:…][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.…][\"'”’»)]*$")
_QUOTED = re.compile(r"[\"“«—–-]")
_RUBRICS = frozenset({"related", "popular"})
_NOT_TITLES = frozenset({"legal", "copyright", "menu", "subscribe", "share", "follow", "advert", "tags", "author"})
_CREDIT_LAST = re.compile(r"[(\[]?\b[\w ]{0,20}[:/©][^:]{2,40}[)\]]?$")


@dataclass(frozen=True, slots=True)
class Sorted:
    """Lines, the labels that the line model gave them, and what is known of the language."""

    lines: Sequence[Line]
    labels: Sequence[int]
    signoffs: SignOffs
    stamps: Mapping[str, Any]
    language: str
    title: str | None = None
    blank_before: frozenset[int] = frozenset()
    """Lines that a blank line stands above."""


def name_kinds(page: Sorted) -> list[BlockKind]:
    """The kind of each line."""
    body = [i for i, label in enumerate(page.labels) if label == BODY]
    start = body[0] if body else len(page.lines)
    kinds = [_kind(page, i, start) for i in range(len(page.lines))]
    headline = _headline(page, kinds, start)
    if headline is not None:
        kinds[headline] = BlockKind.HEADLINE
        for i in range(headline + 1, start):
            if kinds[i] is BlockKind.BOILERPLATE and _is_standfirst(page, i):
                kinds[i] = BlockKind.STANDFIRST
                break
    for i in _teasers(page, body[-1] if body else 0):
        if kinds[i] is BlockKind.BOILERPLATE:
            kinds[i] = BlockKind.TEASER
    return kinds


def _kind(page: Sorted, i: int, start: int) -> BlockKind:
    line, label = page.lines[i], page.labels[i]
    near_end = label == BODY or (label == AFTER and BODY in page.labels[max(0, i - 4) : i])
    if near_end and i > start and page.signoffs.is_signoff(line.text):
        return BlockKind.CREDIT
    if page.signoffs.is_byline(line.text) and (label == BEFORE or i <= start + 2 or len(line.words) <= 6):
        return BlockKind.BYLINE
    if _is_rubric(line) and label != BEFORE:
        return BlockKind.TEASER if len(line.words) >= 7 else BlockKind.BOILERPLATE
    if label != BODY or is_stamp(page, line):
        return _clutter(page, i)
    if is_caption(line):
        return BlockKind.CAPTION
    return BlockKind.HEADING if _is_heading(page, i, start) else BlockKind.PARAGRAPH


def _clutter(page: Sorted, i: int) -> BlockKind:
    line, labels = page.lines[i], page.labels
    if "caption" in line.groups and len(line.words) >= 4 and labels[i] != AFTER:
        return BlockKind.CAPTION
    inside = labels[i] == BETWEEN and labels[i - 1] == BODY == labels[i + 1]
    if inside and not line.groups and line.text.isupper() and len(line.words) <= 8:
        return BlockKind.HEADING
    return BlockKind.BOILERPLATE


def is_caption(line: Line) -> bool:
    """Whether a line's last words credit a picture, or its first name one."""
    if "caption" not in line.groups or len(line.words) > 60:
        return False
    credited = any(own.startswith("ends in a picture credit") for own in line.own) or "caption:short" in line.own
    return credited and re.search(r"[:/(©][^:/(]{0,45}$", line.text) is not None


def is_stamp(page: Sorted, line: Line) -> bool:
    """Whether a line is nothing but a day, with the weekday, the hour or "Published" beside it."""
    stamped = next(days(line.text, page.stamps, page.language), None) is not None
    return stamped and len(line.words) <= 9 and line.shape != "prose"


def _is_rubric(line: Line) -> bool:
    """Whether a line announces another story: "Read more: …"."""
    if not line.groups & {"related"} or len(line.words) > 25:
        return False
    before, colon, after = line.text.partition(":")
    return len(line.words) <= 5 or (bool(colon and after) and len(before.split()) <= 4)


def _is_heading(page: Sorted, i: int, start: int) -> bool:
    line = page.lines[i]
    if not 1 <= len(line.words) <= LONGEST_HEADING or i <= start or i + 1 >= len(page.lines):
        return False
    if all(page.labels[j] == BODY and page.lines[j].shape in ("title", "label") for j in (i - 1, i - 2)):
        return False  # the last item of a list
    plain_end = not _STOP.search(line.text) and not _QUOTED.match(line.text)
    after = page.lines[i + 1]
    return plain_end and page.labels[i + 1] == BODY and after.shape in ("prose", "sentence") and line.shape != "prose"


def _headline(page: Sorted, kinds: Sequence[BlockKind], start: int) -> int | None:
    """The line above the story, section labels and bylines passed over, that reads most like its headline."""
    last = start if start < len(page.lines) and _opens_body(page, start) else start - 1
    known = {word for line in page.lines[start:] if line.shape == "prose" for word in line.words if len(word) >= 5}
    title = set(plain(page.title or "").split())
    scores = {i: _title_worth(page, i, start, known, title) for i in range(last + 1) if kinds[i] in _MAY_BE_HEADLINE}
    best = max(scores, key=lambda i: scores[i], default=None)
    return best if best is not None and scores[best] > 0 else None


_MAY_BE_HEADLINE = (BlockKind.BOILERPLATE, BlockKind.PARAGRAPH, BlockKind.CAPTION)


def _opens_body(page: Sorted, start: int) -> bool:
    """Whether the first line of the story is a headline that stands right above its first paragraph."""
    line = page.lines[start]
    rest = page.lines[start + 1 : start + 4]
    longest = 16 if _FULL_STOP.search(line.text) else LONGEST_HEADLINE
    return 3 <= len(line.words) <= longest and any(
        after.shape == "prose" and len(after.words) > 1.4 * len(line.words) for after in rest
    )


def _title_worth(page: Sorted, i: int, start: int, known: set[str], title: set[str]) -> float:
    line = page.lines[i]
    long = [word for word in line.words if len(word) >= 5]
    if not 3 <= len(line.words) <= LONGEST_HEADLINE or not long or (line.groups & _NOT_TITLES and len(line.words) < 6):
        return 0
    if line.text.endswith((":", "…", "...")) or next(days(line.text, page.stamps, page.language), None):
        return 0
    if title and len(title & set(line.words)) >= 0.7 * len(title):
        return 20 - (start - i) / 1000
    if title and BEFORE not in page.labels:
        return 0
    shared = sum(word in known for word in long) / len(long)
    sentence = 1.2 if line.text.endswith(".") else 0.0
    size = min(len(line.words), 8) / 8
    return 3 * shared + size - sentence - min(start - i, 40) / 20 - 0.5 * len(line.groups)


def _is_standfirst(page: Sorted, i: int) -> bool:
    line = page.lines[i]
    if line.groups & {"subscribe", "legal", "copyright", "advert", "caption", "related", "follow", "comment", "share"}:
        return False
    return len(line.words) >= 8 and not next(days(line.text, page.stamps, page.language), None)


def _teasers(page: Sorted, end: int) -> Iterator[int]:
    """Headlines among the lines under the story: those under a rubric, or all where each has a blurb under it."""
    below = [i for i in range(end + 1, len(page.lines)) if page.labels[i] != BODY]
    announced = False
    for readable, run in groupby(below, key=lambda i: _could_be_teaser(page.lines[i])):
        lines = list(run)
        if not readable:
            announced = any(page.lines[i].groups & _RUBRICS for i in lines)
            continue
        paired = _paired(page, lines)
        if announced or (paired and len(lines) >= 4):
            yield from paired or (i for i in lines if page.lines[i].shape != "prose")


def _could_be_teaser(line: Line) -> bool:
    return (
        len(line.words) >= 5
        and not line.groups & {"legal", "copyright", "subscribe"}
        and not (line.groups & _RUBRICS and len(line.words) <= 8)
    )


def _paired(page: Sorted, lines: Sequence[int]) -> list[int]:
    """Every other line where the lines between are blurbs, longer on the whole than their headlines; else nothing."""
    heads: list[int] = []
    for i in lines:
        new = i in page.blank_before or not heads or heads[-1] != i - 1
        if (new and page.lines[i].shape != "prose") or not heads:
            heads.append(i)
    blurbs = [i for i in lines if i not in heads]
    mean = sum(len(page.lines[i].words) for i in blurbs) / max(1, len(blurbs))
    return heads if blurbs and mean > 1.2 * sum(len(page.lines[i].words) for i in heads) / len(heads) else []
