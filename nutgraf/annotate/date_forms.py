"""Time expressions as a language writes them: the forms of its pack as plain expressions, and the values they hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_SLOT = re.compile(r"\{([a-z]+)(2?)\}")
_TABLES = {
    "month": "months",
    "weekday": "weekdays",
    "season": "seasons",
    "turn": "turns",
    "relative": "relative",
    "ordinal": "ordinals",
    "feast": "feasts",
    "point": "points",
    "decadeword": "decades",
}
_OPTIONAL = re.compile(r"\((?:[^()]|\([^()]*\))*\)\?")
_SIGNED = frozenset({*_TABLES, "year", "decade"})
_DIGITS = {"day": r"[12]\d|3[01]|0?[1-9]", "year": r"1[5-9]\d\d|20\d\d", "decade": r"(?:1[89]|20)\d0"}

_QUOTES = "\"'“”‘’«»"
SHORT = 3
"""Letters of a weekday's short form; in capitals it is an acronym ("SAT")."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One expression found: its kind, the numbers and words in it, and where in the paragraph each stands."""

    start: int
    end: int
    kind: str
    values: Mapping[str, int]
    words: Mapping[str, str]
    places: Mapping[str, tuple[int, int]]
    sure: float


@dataclass(frozen=True, slots=True)
class _Form:
    kind: str
    expression: re.Pattern[str]
    slots: frozenset[str]
    """Signs that a text must show for the form to be tried on it."""
    sure: float


class DateForms:
    """The forms of one language."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table
        self._lookup = {
            slot: {str(word).casefold(): number for word, number in table.get(name, {}).items()}
            for slot, name in _TABLES.items()
        }
        self._numbers = {str(word).casefold(): number for word, number in table.get("numbers", {}).items()}
        self._units = {str(word).casefold(): str(unit) for word, unit in table.get("units", {}).items()}
        self._capital = frozenset({"month", "weekday"} if table.get("capital_names") else ())
        self._forms = [self._form(entry) for entry in table.get("forms", ())]
        self._fixed = {"backward": table.get("backward", ""), "weekend": table.get("weekend", "\0")}
        self._named_day = re.compile(table.get("named_day", r"(?!)"))
        self._signs = [(slot, re.compile(words, re.I)) for slot, words in self._sign_words(table)]

    def _sign_words(self, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """For each slot without which a form cannot match, what shows that a text may fill it."""
        for slot in _TABLES:
            yield slot, r"\b(?:" + _any(self._lookup[slot]) + ")"
        yield "decade", r"\b\d{3}0['’]?s|['’‘][3-9]0s"
        yield "year", r"\b\d{4}\b"
        yield "other", r"\b(?:" + _any(dict.fromkeys(table.get("triggers", ()))) + ")"

    def _form(self, entry: Mapping[str, Any]) -> _Form:
        form: str = entry["form"]
        slots = frozenset(slot for slot, second in _SLOT.findall(_OPTIONAL.sub("", form)) if slot in _SIGNED)
        form = _SLOT.sub(lambda slot: f"(?P<{slot[1]}{slot[2]}>{self._words(slot[1])})", form)
        return _Form(
            entry["kind"],
            re.compile(r"(?<![\w-])" + form, re.I),
            slots or frozenset({entry["sign"]}),
            entry.get("sure", 0.9),
        )

    def _words(self, slot: str) -> str:
        if slot in _DIGITS:
            return _DIGITS[slot]
        if slot == "number":
            return r"\d{1,3}|" + _any(self._numbers)
        words = self._units if slot == "unit" else self._lookup[slot]
        return _any(words)

    def read(self, text: str) -> Iterator[Reading]:
        """The longest expressions of a text, in its order, none within another."""
        signs = {slot for slot, words in self._signs if words.search(text)}
        if not signs:
            return
        found: list[Reading] = []
        for form in self._forms:
            if form.slots <= signs:
                matches = (self._reading(form.kind, match, form.sure) for match in form.expression.finditer(text))
                found.extend(filter(None, matches))
        taken: list[Reading] = []
        for reading in sorted(found, key=lambda r: (-r.sure, r.start - r.end, r.start)):
            if not any(reading.start < other.end and other.start < reading.end for other in taken):
                taken.append(reading)
        yield from sorted(taken, key=lambda r: r.start)

    def named_day(self, text: str, end: int) -> tuple[int, int] | None:
        """Where a day that ends at `end` is told once more in apposition: "Saturday night, the opening night,"."""
        match = self._named_day.match(text, end)
        return match.span("name") if match else None

    def _reading(self, kind: str, match: re.Match[str], sure: float) -> Reading | None:
        groups = {name: word for name, word in match.groupdict().items() if word is not None}
        if any(groups[name][0].islower() for name in groups if name.rstrip("2") in self._capital):
            return None
        if any(groups[name].isupper() and len(groups[name]) <= SHORT for name in groups if name == "weekday"):
            return None
        around = match.string[max(0, match.start() - 1) : match.start()], match.string[match.end() : match.end() + 1]
        if kind == "relative" and all(around) and all(mark in _QUOTES for mark in around):
            return None  # the name of a show: "Today"
        if (
            kind in ("relative", "period")
            and match[0][0].isupper()
            and match.string[: match.start()].rstrip()[-1:].isalnum()
        ):
            return None
        values: dict[str, int] = {}
        words = {**self._fixed, "whole": match[0].casefold()}
        for name, word in groups.items():
            slot, key = name.rstrip("2"), word.casefold()
            if slot == "unit":
                words[name] = self._units[key]
            elif slot in self._lookup and key in self._lookup[slot]:
                values[name] = self._lookup[slot][key]
            elif word.isdecimal():
                values[name] = int(word)
            elif key in self._numbers:
                values[name] = self._numbers[key]
            else:
                words[name] = key
        places = {name: match.span(name) for name in groups}
        return Reading(match.start(), match.end(), kind, values, words, places, sure)


def _any(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"
