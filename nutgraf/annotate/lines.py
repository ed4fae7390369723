"""Lines of pasted text, with hard-wrapped paragraphs joined again."""

import re
from collections.abc import Iterator
from itertools import pairwise

from nutgraf.model.span import Span

NARROWEST_WRAP, WIDEST_WRAP = 40, 120
"""Code points; wider lines are not the work of a mail program, narrower ones are a list."""
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")


def split_lines(text: str) -> tuple[Span, ...]:
    """Stretches of text that are one paragraph or line each, without white space at the ends, in text order."""
    lines = tuple(_stripped(text))
    width = _wrap_width(text, lines)
    joined: list[Span] = []
    for line in lines:
        if joined and width and _runs_on(text, joined[-1], line, width):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return tuple(joined)


def _stripped(text: str) -> Iterator[Span]:
    for match in _LINE.finditer(text):
        words = match.group()
        start = match.start() + len(words) - len(words.lstrip())
        if body := words.strip():
            yield Span(start, start + len(body))


def _wrap_width(text: str, lines: tuple[Span, ...]) -> int | None:
    """Width the text was wrapped to; None where it was not. Wrapped lines end where the next word would not fit."""
    width = max((len(line) for line in lines if " " in line.of(text)), default=0)
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return None
    adjacent = [(a, b) for a, b in pairwise(lines) if _adjacent(text, a, b)]
    full = [_full(text, a, b, width) for a, b in adjacent]
    running = any(text[a.end - 1].isalnum() and text[b.start].islower() for a, b in adjacent)
    return width if (running or len(full) >= 4) and sum(full) >= 0.6 * len(full) else None


def _adjacent(text: str, line: Span, after: Span) -> bool:
    return text.count("\n", line.end, after.start) == 1


def _full(text: str, line: Span, after: Span, width: int) -> bool:
    """Whether the first word of the next line would have made `line` wider than `width`, give or take a few points."""
    last = text.rfind("\n", line.start, line.end) + 1 or line.start
    word = after.of(text).split(None, 1)[0]
    return line.end - last + 1 + len(word) > width - 4


def _runs_on(text: str, line: Span, after: Span, width: int) -> bool:
    indented = text[after.start - 1 : after.start] in (" ", "\t")
    return not indented and _adjacent(text, line, after) and _full(text, line, after, width)
