"""Numbers with their units as they stand in a text: values, ranges, approximation; and which numbers count nothing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from nutgraf.annotate.numbers import NumberReader, any_of, plain

Number = float | int
APART = 3
"""From this many times the first on a second number is no end of a range that begins with the first."""
NEAR = 40
"""Code points before a number in which words of approximation and records are looked for."""


@dataclass(frozen=True, slots=True)
class Amount:
    """One number or range, in code points of a paragraph."""

    start: int
    end: int
    number: tuple[int, int]
    """The digits or number words alone; of a range the last ones."""
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    approx: str | None = None
    record: str | None = None
    opening: int = 0
    """Where the words of approximation or record before it begin."""

    @property
    def size(self) -> Number:
        return next(n for n in (self.value, self.low, self.high) if n is not None)


class AmountReader:
    """Finds amounts by the table `figures` of a language."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._numbers = NumberReader(table)
        self._signs = {str(sign): code for sign, code in table.get("currency_signs", {}).items()}
        self._letters: Mapping[str, int] = table.get("currency_scales", {})
        self._units = {str(w).casefold(): unit for unit, words in table.get("units", {}).items() for w in words}
        self._left_out = frozenset(table.get("left_out", ()))
        self._vague_units = frozenset(table.get("vague_units", ()))
        self._excluded = re.compile("|".join(f"(?:{p})" for p in table.get("not_figures", ())) or r"(?!)", re.M)
        minus, below = any_of(table.get("minus", ())), any_of(table.get("below_zero", ()))
        self._minus = rf"(?:(?P<minus>(?<![\w)])[-−–](?=\d)|\b(?:{minus})\s)(?=\S+\s?(?:{below})))?"
        self._amount = re.compile(self._pattern(table), re.I)
        self._join = re.compile(rf"\s?[-–—]\s?|\s(?:{any_of(table.get('joins', ()))})\s", re.I)
        self._between = re.compile(rf"\b(?:{any_of(table.get('between', ()))})\s+$", re.I)
        self._scaled_units: Mapping[str, str] = table.get("scaled_units", {})
        self._scales = re.compile(rf"(?:{any_of(table.get('scales', ()))})$", re.I)
        self._spread = re.compile(table.get("spread", r"(?!)"), re.I)
        self._durations = frozenset(table.get("durations", ()))
        self._half = re.compile(table.get("half_behind", r"(?!)"), re.I)
        self._moved = re.compile(table.get("moved", r"(?!)"), re.I)
        self._moves = re.compile(table.get("moves", r"(?!)"), re.I)
        self._both = str(table.get("both", "and"))
        articles = table.get("articles", ())
        self._approx = [(kind, _before(words, articles)) for kind, words in table.get("approx", {}).items()]
        self._approx_after = [
            (kind, re.compile(rf"\s+(?:{any_of(words)})\b", re.I))
            for kind, words in table.get("approx_after", {}).items()
        ]
        self._records = _before(table.get("records", ()))
        self._many = re.compile(table.get("scaled_nouns", r"(?!)"), re.I)
        self._of = re.compile(rf"\s(?:{any_of(table.get('of', ()))})$", re.I)
        self._ages = re.compile(table.get("ages", r"(?!)"), re.I)

    def _pattern(self, table: Mapping[str, Any]) -> str:
        signs, letters = any_of(self._signs), any_of(self._letters)
        adjectives = any_of(table.get("unit_adjectives", ()))
        units = "|".join(re.escape(u) + (r"(?!\w)" if u[-1].isalnum() else "") for u in _longest(self._units))
        ordinals = table.get("ordinal_ending", r"(?!)")
        return (
            rf"(?<![\w.])(?<!\d,)(?<![A-Za-z]-){self._minus}(?:(?P<sign>{signs})\s?)?(?P<number>{self._numbers.pattern})"
            rf"(?:(?P<letter>{letters})(?!\w))?(?:[\s\u00a0-]?(?:(?:{adjectives})[\s-])?(?:(?:de|d')\s?)?(?P<unit>{units}))?"
            rf"(?:\s?(?P<after>{any_of(s for s in self._signs if not s.isalnum())}))?"
            rf"(?!\w|[.,]\d|{ordinals})"
        )

    def read(self, text: str, taken: Sequence[tuple[int, int]]) -> list[Amount]:
        """The amounts of a paragraph, in order; none within the stretches `taken`."""
        single = [a for m in self._amount.finditer(text) if (a := self._single(m))]
        if not single:
            return []
        closed = [*taken, *(match.span() for match in self._excluded.finditer(text))]
        joined = [a for a in self._ranges(text, single) if not _within(a, closed)]
        return [self._dressed(text, a) for a in joined if a.value is None or not self._vague(text, a)]

    def _vague(self, text: str, amount: Amount) -> bool:
        """Words that hardly say a number: "a dozen", and in some languages "one day"."""
        measured = amount.unit and (amount.unit not in self._vague_units or amount.value != int(amount.size))
        return not measured and text[slice(*amount.number)].casefold() in self._left_out

    def _single(self, match: re.Match[str]) -> Amount | None:
        value = self._numbers.value(match["number"])
        sign = match["sign"] or match["after"]
        code = next((c for s, c in self._signs.items() if s.casefold() == sign.casefold()), None) if sign else None
        if value is None or (match["letter"] and not code and not self._many.match(match.string, match.end("letter"))):
            return None
        if match["letter"]:
            value = plain(Decimal(str(value)) * self._letters[match["letter"].casefold()])
        if match["minus"]:
            value = -value
        unit = self._units.get(match["unit"].casefold()) if match["unit"] else None
        if unit and unit in self._scaled_units and self._scales.search(match["number"]):
            unit = self._scaled_units[unit]
        if unit and (half := self._half.match(match.string, match.end())):  # "two years and a half"
            return Amount(match.start(), half.end(), match.span("number"), value + 0.5, unit=unit)
        if code and unit and not re.fullmatch("[A-Z]{3}", unit):
            return Amount(match.start(), match.end("number"), match.span("number"), value, unit=code)
        return Amount(match.start(), match.end(), match.span("number"), value, unit=code or unit)

    def _ranges(self, text: str, single: list[Amount]) -> Iterable[Amount]:
        waiting: Amount | None = None
        for amount in single:
            if waiting and (both := self._range(text, waiting, amount)):
                waiting = both
                continue
            if waiting:
                joined = not waiting.unit and self._join.fullmatch(text[waiting.end : amount.start])
                yield replace(waiting, unit=amount.unit) if joined else waiting
            waiting = amount
        if waiting:
            yield waiting

    def _range(self, text: str, first: Amount, second: Amount) -> Amount | None:
        gap, before = text[first.end : second.start], text[: first.start]
        if (
            first.value is None
            or not self._join.fullmatch(gap)
            or (first.unit and second.unit not in (None, first.unit))
        ):
            return None
        if first.unit and not second.unit and self._scaled(text, second) and not self._scaled(text, first):
            return None  # "rose by 5 % to 6 billion"
        between = self._between.search(before)
        if (gap.strip().casefold() == self._both and not between) or self._moves.search(before[-2 * NEAR :]):
            return None
        apart = (first.unit or not second.unit) and second.size >= APART * first.size
        moved = self._moved.search(before[-NEAR:]) if gap.strip().isalpha() else None
        if moved and (apart or ((first.unit or not second.unit) and not moved["by"])):
            return None  # "rose 5 cents to 80 cents", "by 166,000 to 1.5 million"
        low, high = self._shared_scale(text, first, second)
        if low >= high:
            return None
        start = between.start() if between else first.start
        unit = second.unit or first.unit or ("year" if self._ages.search(before) else None)
        return replace(second, start=start, value=None, low=low, high=high, unit=unit)

    def _scaled(self, text: str, amount: Amount) -> bool:
        """Whether the number has a scale: "6.7 billion"."""
        return bool(self._scales.search(text[slice(*amount.number)]))

    def _shared_scale(self, text: str, first: Amount, second: Amount) -> tuple[Number, Number]:
        """ "3 to 5 million": the scale of the second holds for the first where that has none."""
        written, low, high = text[slice(*second.number)], first.size, second.size
        digits = re.match(r"[\d.,]+", written)
        bare = self._numbers.value(digits[0].rstrip(".,")) if digits else None
        if bare and bare != high and low < bare and low == self._numbers.value(text[slice(*first.number)]):
            return low * (high / bare) if high % bare else low * (high // bare), high
        return low, high

    def _dressed(self, text: str, amount: Amount) -> Amount:
        """With the approximation and record that the words next to it give."""
        opening, approx, record = amount.start, None, None
        for _ in range(2):
            before = text[max(0, opening - NEAR) : opening]
            spread = amount.unit in self._durations and self._spread.search(before)
            known = () if spread or approx is not None else self._approx
            hits = [(len(m[0]), kind) for kind, words in known if (m := words.search(before))]
            if hits:
                size, approx = max(hits)
                opening -= size
            before = text[max(0, opening - NEAR) : opening]
            if record is None and (match := self._records.search(before)):
                record, opening = self._of.sub("", match[0].strip()), opening - len(match[0])
        approx = approx or next((k for k, words in self._approx_after if words.match(text, amount.end)), None)
        return replace(amount, approx=approx, record=record, opening=opening)


def _before(words: Iterable[object], articles: Iterable[object] = ()) -> re.Pattern[str]:
    """Any of the words, right before the end of a text, an article between them allowed."""
    return re.compile(rf"(?<!\w)(?:{any_of(words)})\s*(?:\b(?:{any_of(articles)})\s+)?$", re.I)


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _within(amount: Amount, closed: Sequence[tuple[int, int]]) -> bool:
    return any(amount.start < end and start < amount.end for start, end in closed)
