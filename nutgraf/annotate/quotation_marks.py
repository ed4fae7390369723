"""What stands between quotation marks."""

import re
from dataclasses import dataclass

from nutgraf.model.span import Span

_DOUBLE = re.compile(r"[“”„\"«»]|''|``")
_SINGLE = re.compile(r"(?<![\w'’‘])[‘'](?=[\w“\"(¿¡$])|(?<=[\w.,!?…)])['’](?![\w'’])")
_SPEECH_DASH = re.compile(r"[—–](?=[\w¿¡])")
_DASH = re.compile(r"^[—–]|\s[—–](?=\w)|(?<=\w)[—–][.,:;]?\s*")
_OPENERS = "“„«``"
_CLOSERS = "”»"
_BEFORE_OPENING = " ([{—–-/:>¿¡"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch between quotation marks, in offsets of the text it was found in."""

    outer: Span
    """With its marks."""
    inner: Span
    """Without them, blanks trimmed."""
    closed: bool = True
    """False where the text ends before the closing mark: the quotation goes on in the next paragraph."""


def find_quotations(text: str, continued: bool = False) -> tuple[Quotation, ...]:
    """The quotations of one paragraph, in order, nested ones left out.

    A mark opens or closes by its shape and its neighbours; a straight one by what is open. `continued` says that the
    next paragraph begins with an opening mark: then a last mark without partner opens a quotation up to the end.
    """
    if _SPEECH_DASH.match(text):
        return _between_dashes(text)
    return tuple(
        _paired(text, [m.span() for m in _DOUBLE.finditer(text)], continued)
        or _paired(text, [m.span() for m in _SINGLE.finditer(text)], False)
    )


def _between_dashes(text: str) -> tuple[Quotation, ...]:
    """Speech set off by dashes, as in Spanish: "—Ya veremos —dijo Ana—. Mañana vuelvo."."""
    marks = [*_DASH.finditer(text), None]
    found = []
    for opens, closes in zip(marks[::2], marks[1::2], strict=False):
        if opens is not None:
            end = closes.start() if closes else len(text.rstrip())
            if any(c.isalnum() for c in text[opens.end() : end]):
                found.append(Quotation(Span(opens.start(), end), Span(opens.end(), end)))
    return tuple(found)


def _paired(text: str, marks: list[tuple[int, int]], continued: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opened: tuple[int, int] | None = None
    for start, end in marks:
        opens = _opens(text, start, end, opened is not None)
        if opened is None and opens:
            opened = (start, end)
        elif opened is not None and not opens:
            _append(found, text, opened[0], end, opened[1], start, True)
            opened = None
    if opened is not None and (continued or not text[: opened[0]].strip()):
        _append(found, text, opened[0], len(text), opened[1], len(text), False)
    return found


def _opens(text: str, start: int, end: int, within: bool) -> bool:
    """Whether the mark opens a quotation, `within` telling that one is open already."""
    left = text[start - 1] if start else " "
    right = text[end] if end < len(text) else " "
    could_open = left in _BEFORE_OPENING and not right.isspace()
    could_close = not left.isspace() or right.isspace()
    mark = text[start:end]
    if mark in _OPENERS:
        return could_open or not could_close or not within
    if mark in _CLOSERS:
        return not within and could_open
    return could_open and not within


def _append(found: list[Quotation], text: str, start: int, end: int, first: int, last: int, closed: bool) -> None:
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    if any(c.isalnum() for c in text[first:last]):
        found.append(Quotation(Span(start, end), Span(first, last), closed))
