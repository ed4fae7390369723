"""Numbers in digits and words, by a language's own signs and words."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

_FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333333", "⅔": "0.666667"}
_SPLIT = re.compile(r"[\s\u2010\u2011-]+")
_FIXED_SPACE = "[\u00a0\u202f]"
"""Between thousands in any language, as typographers set it."""
THOUSAND = 1000


def any_of(words: Iterable[object]) -> str:
    """Alternatives of a regular expression, longest first; one that never matches where there are none."""
    return "|".join(sorted((re.escape(str(word)) for word in words), key=len, reverse=True)) or r"(?!)"


class NumberReader:
    """Reads numbers by a table of `thousands` and `decimal` signs, `words`, `scales`, `joiners`, `articles`, `half`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._thousands: str = table.get("thousands", ",")
        self._decimal: str = table.get("decimal", ".")
        self._words: Mapping[str, Any] = table.get("words", {})
        self._scales: Mapping[str, Any] = table.get("scales", {})
        self._short = frozenset(table.get("short_scales", ()))
        self._half = frozenset(table.get("half", ()))
        self._ignored = frozenset((*table.get("joiners", ()), *table.get("articles", ())))
        self.pattern = self._pattern(table)
        """Regular expression without groups, to be compiled with IGNORECASE."""

    def _pattern(self, table: Mapping[str, Any]) -> str:
        mark, point = f"(?:{re.escape(self._thousands)}|{_FIXED_SPACE})", re.escape(self._decimal)
        fraction = "[" + "".join(_FRACTIONS) + "]"
        digits = (
            rf"(?:\d{{1,3}}(?:{mark}\d{{3}})+(?!\d)(?:{point}\d+)?|\d+(?:{point}\d+)?(?:[ -]?{fraction})?|{fraction})"
        )
        words, scales = any_of(self._words), any_of(self._scales)
        whole = any_of(word for word in self._scales if word not in self._short)
        articles, joiners = any_of(table.get("articles", ())), any_of(table.get("joiners", ()))
        gap = r"[\s\u2010\u2011-]+"
        joint = rf"(?:{gap}(?:(?:{joiners}){gap})?(?:(?:{articles}){gap})?)"
        also = rf"(?:{gap}(?:{joiners}){gap}(?:(?:{articles}){gap})?(?:{any_of(self._half)})\b(?:{gap}(?:{whole})\b)?)"
        half = rf"(?:{any_of(self._half)})(?:\s+(?:{articles}|{scales})\b)+"
        spelt = rf"(?:{half}|{words}|(?:(?:{articles})\s+)?(?:{whole}))"
        thousand = any_of(word for word, scale in self._scales.items() if scale == THOUSAND)
        again = rf"(?:\s?(?:{thousand})\s\d{{1,3}}(?![\d.,]\d)(?=\s))?"
        written = rf"{digits}{again}(?:(?:[\s-]?(?:{scales})\b)+{also}?)?"
        return rf"(?:{written}|\b{spelt}\b(?:{joint}(?:{words}|{whole})\b)*{also}?)"

    def value(self, written: str) -> float | int | None:
        """What a stretch that `pattern` matches is worth; None where it is no number."""
        total = current = last = Decimal(0)
        seen = False
        for word in self._tokens(written):
            if word in self._ignored:
                continue
            seen = True
            if word in self._half:  # of a scale behind it: "two million and a half"
                current += last / 2 if total and not current else Decimal("0.5")
            elif word in self._scales:
                scale = Decimal(str(self._scales[word]))
                if total and scale > last >= THOUSAND:  # "3 mil 200 millones", "two thousand million"
                    total, current = (total + current) * scale, Decimal(0)
                elif scale >= THOUSAND:
                    total, current = total + (current or Decimal(1)) * scale, Decimal(0)
                else:
                    current = (current or Decimal(1)) * scale
                last = scale if scale >= THOUSAND else last
            elif word in self._words:
                current += Decimal(str(self._words[word]))
            elif word in _FRACTIONS:
                current += Decimal(_FRACTIONS[word])
            else:
                current += Decimal(word.replace(self._decimal, "."))
        return plain(total + current) if seen else None

    def _tokens(self, written: str) -> list[str]:
        joined = re.sub(
            rf"(?<=\d)(?:{re.escape(self._thousands)}|{_FIXED_SPACE})(?=\d{{3}}(?!\d))", "", written.lower()
        )
        spaced = re.sub(r"(?<=\d)(?=[^\W\d]|[½¼¾⅓⅔])", " ", joined)
        return [word for word in _SPLIT.split(spaced) if word]


def plain(number: Decimal) -> float | int:
    """An int where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)
