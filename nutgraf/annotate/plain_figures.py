"""Figures of a text without a parse: what is counted by the words behind and before the number."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from nutgraf.annotate.amounts import Amount
from nutgraf.model.annotation import DateFound, FigureFound
from nutgraf.model.article import Paragraph

_BARRIER = re.compile(r"[,;:](?!\d)|[()\[\]\"“”«»—–]|\.\s")
_WORD = re.compile(r"\S+")
BEFORE, AFTER = 4, 7
"""Words quoted before and behind a number."""
SURE, ASIDE, DATED = 0.7, 0.3, 0.4
MANY = 100_000
"""From here on a number without a unit may be money that the story speaks of: "a loss of 7 million"."""
UP_TO = "up to"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class PlainFinder:
    """`table`: `counted_after` and `measured_before`, expressions with a group `what`, and `aside`; `cues`: reporting
    words, whose day is not that of the figure."""

    def __init__(self, table: Mapping[str, Any], cues: Iterable[object] = ()) -> None:
        self._after = [re.compile(p, re.I) for p in table.get("counted_after", ())]
        self._unit_after = [re.compile(p, re.I) for p in table.get("measured_after", ())]
        self._before = [re.compile(p + r"$", re.I) for p in table.get("measured_before", ())]
        self._beside = re.compile(table.get("counted_before", r"(?!)") + "$", re.I)
        self._level = re.compile(table.get("level_before", r"(?!)") + "$", re.I)
        self._rises = re.compile(table.get("rise_words", r"(?!)"), re.I)
        self._falls = re.compile(table.get("fall_words", r"(?!)"), re.I)
        self._base = re.compile(table.get("base", r"(?!)"), re.I)
        self._told = frozenset(map(str, cues))
        self._subordinate = re.compile(table.get("subordinate", r"(?!)"), re.I)
        self._aside = re.compile(table.get("aside", r"(?!)"), re.I)

    def figures(
        self, paragraph: Paragraph, amounts: Sequence[Amount], dates: Sequence[DateFound]
    ) -> Iterator[FigureFound]:
        """One for each amount, in order."""
        text, last, base = paragraph.doc.text, None, paragraph.block.span.start
        dated = [(d.date, d.span.start - base, d.span.end - base) for d in dates if d.confidence >= DATED]
        before: Amount | None = None
        for amount in amounts:
            place = self._counted(text, amount)
            if place and any(a.start < place[1] and place[0] < a.end for a in amounts):
                place = None
            what = text[slice(*place)] if place else last if self._goes_on(text, amount, before) else None
            aside = bool(self._aside.match(text, amount.end)) or not (what or amount.unit)
            last, before = what or last, amount
            change = self._change(text, amount, place)
            yield FigureFound(
                span=paragraph.characters(amount.start, amount.end),
                anchor=paragraph.characters(*_window(text, amount, place)),
                value=amount.value,
                low=amount.low,
                high=amount.high,
                unit=amount.unit,
                what=what,
                head=paragraph.characters(*_first_word(text, place)) if place else None,
                approx=None if amount.approx == UP_TO and self._level.search(text[: amount.start]) else amount.approx,
                change=change,
                base=match["base"].strip() if (match := self._base.match(text, amount.end)) else None,
                record=amount.record,
                when=self._when(text, amount, dated),
                confidence=ASIDE if aside else SURE,
            )

    def _goes_on(self, text: str, amount: Amount, before: Amount | None) -> bool:
        """Whether an amount counts what the one before it did: "(90 euros)", "another 16%", "to 18", a bare number."""
        if not amount.unit or text[: amount.start].endswith("("):
            return True
        if before is None or not before.unit:
            return False
        return before.unit == amount.unit or bool(self._level.search(text[: amount.opening]))

    def _change(self, text: str, amount: Amount, place: tuple[int, int] | None) -> str | None:
        """Whether the amount is by how much something rose or fell, by the words right before and behind it."""
        before = _BARRIER.split(text[: amount.opening])[-1]
        after = _BARRIER.split(text[amount.end :])[0]
        near = f"{' '.join(before.split()[-BEFORE:])} # {' '.join(after.split()[:1])}"
        if self._level.search(text[: amount.opening]):
            return None
        return "rise" if self._rises.search(near) else "fall" if self._falls.search(near) else None

    def _when(self, text: str, amount: Amount, dated: Sequence[tuple[str, int, int]]) -> str | None:
        """The nearest date of the clause; one that opens the sentence may be set off by a comma."""
        near: list[tuple[int, str]] = []
        for date, start, end in dated:
            between = text[amount.end : start] if start > amount.end else text[end : amount.start].removeprefix(",")
            told = re.split(r"\s", text[:start].rstrip())[-1].casefold() in self._told and DAY.fullmatch(date)
            if not told and not _BARRIER.search(between) and not self._subordinate.search(between):
                near.append((len(between), date))
        return min(near)[1] if near else None

    def _counted(self, text: str, amount: Amount) -> tuple[int, int] | None:
        if not amount.unit and (match := self._beside.search(text[: amount.opening])):
            return match.span("what")
        for words in self._unit_after if amount.unit else self._after:
            if match := words.match(text, amount.end):
                return match.span("what")
        if amount.unit or amount.size >= MANY:
            for words in self._before:
                if match := words.search(text[: amount.opening]):
                    return match.span("what")
        return None


def _first_word(text: str, place: tuple[int, int]) -> tuple[int, int]:
    match = _WORD.search(text, *place)
    return match.span() if match else place


def _window(text: str, amount: Amount, place: tuple[int, int] | None) -> tuple[int, int]:
    """The number, what it counts and a few words on both sides, within punctuation."""
    start, end = amount.opening, max(amount.end, place[1] if place else 0)
    cut = [m.end() for m in _BARRIER.finditer(text, 0, start)]
    left = [m.start() for m in _WORD.finditer(text, cut[-1] if cut else 0, start)][-BEFORE:]
    stop = _BARRIER.search(text, end)
    right = [m.end() for m in _WORD.finditer(text, end, stop.start() if stop else len(text))]
    end = right[min(len(right), AFTER) - 1] if right else end
    if stop is None and end == len(text):
        end = len(text.rstrip(" ."))
    return (left[0] if left else start), max(end, amount.end)
