"""How many notes find room in a wide margin beside their text; the others are folded there.

A float never stands higher than one that came before it, so notes that reach below the text of the next noted passage
would push the text after it down. Heights are rough, since nobody knows a reader's fonts: one is a line of a note.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from nutgraf.model.views import DateNote, FigureNote, QuoteNote, SourceNote
from nutgraf.render.body import Passage

Note = FigureNote | QuoteNote | DateNote | SourceNote

TEXT_LINE, TEXT_WIDTH, BETWEEN_PASSAGES, HEADING = 1.5, 70, 1.0, 3.0
NOTE_WIDTH, BETWEEN_NOTES, AROUND_NOTES, SUMMARY = 36, 0.4, 0.9, 1.5
LABEL, WORD_FOR_WORD = 10, 34
"""Widths are in characters: of the number and kind of a note, and of what is said of quotations that match."""
BELOW = 4.0
"""How far notes may reach below the end of the text."""
_TAG = re.compile(r"<[^>]*>")


def in_margin(passages: Sequence[Passage], notes: Mapping[str, tuple[str, Note]]) -> tuple[int, ...]:
    """How many of its notes each passage shows in a wide margin."""
    shown = [len(passage.notes) for passage in passages]
    if all(count <= 1 for count in shown):
        return tuple(shown)
    bottoms: list[float] = []
    for passage in passages:
        bottoms.append((bottoms[-1] if bottoms else 0.0) + _height(passage))
    noted = [n for n, count in enumerate(shown) if count]
    end = 0.0
    for n, following in zip(noted, [*noted[1:], None], strict=True):
        start = max(end, bottoms[n - 1] if n else 0.0)
        limit = bottoms[following] - TEXT_LINE if following is not None else bottoms[-1] + BELOW
        heights = [_note_height(notes[name][1]) for name in passages[n].notes]
        shown[n] = _fitting(heights, limit - start)
        end = start + sum(heights[: shown[n]]) + AROUND_NOTES + (SUMMARY if shown[n] < len(heights) else 0)
    return tuple(shown)


def _fitting(heights: Sequence[float], room: float) -> int:
    """How many of the notes fit, one at least; all where folding the others would gain no room."""
    if AROUND_NOTES + sum(heights) <= room:
        return len(heights)
    count, taken = 0, AROUND_NOTES + SUMMARY
    for height in heights:
        taken += height
        if taken > room and count:
            break
        count += 1
    return count if sum(heights[count:]) > SUMMARY else len(heights)


def _height(passage: Passage) -> float:
    if passage.html.startswith("<h"):
        return HEADING
    return ceil(len(_TAG.sub("", passage.html)) / TEXT_WIDTH) * TEXT_LINE + BETWEEN_PASSAGES


def _note_height(note: Note) -> float:
    return sum(ceil(width / NOTE_WIDTH) for width in _widths(note)) + BETWEEN_NOTES


def _widths(note: Note) -> Iterable[int]:
    """Of each line of a note, before it is broken."""
    if isinstance(note, FigureNote):
        yield LABEL + _width(note.value, note.what, note.when.label if note.when else "")
        by = f"according to {note.by.label}" if note.by else ""
        yield _width(by, note.record, note.base, "compare" if note.compare else "")
    elif isinstance(note, QuoteNote):
        yield (
            LABEL
            + _width(note.by.label if note.by else "", note.cue)
            + (WORD_FOR_WORD if note.matches and note.kind != "indirect" else 0)
        )
    elif isinstance(note, DateNote):
        yield LABEL + _width(note.date.label, note.what)
    else:
        yield LABEL + _width(note.link.label, note.kind)


def _width(*parts: str | None) -> int:
    return sum(len(part) + 1 for part in parts if part)
