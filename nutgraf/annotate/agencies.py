"""Names of news agencies in running text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nutgraf.model.annotation import Named
from nutgraf.model.span import Span


@dataclass(frozen=True, slots=True)
class Agencies:
    """Forms of the agencies' names. `clear` finds only those that mean nothing else, `every` also the short ones."""

    canonical: Mapping[str, str]
    clear: re.Pattern[str]
    every: re.Pattern[str]

    def named(self, text: str, start: int = 0, end: int | None = None, clear: bool = False) -> Iterator[Named]:
        """Each mention within text[start:end], in text order, under its canonical name."""
        pattern = self.clear if clear else self.every
        for match in pattern.finditer(text, start, len(text) if end is None else end):
            yield Named(self.canonical[match.group().casefold()], Span(*match.span()))

    def without(self, text: str) -> str:
        """The text with every agency's name taken out."""
        return self.every.sub(" ", text)


def read_agencies(table: Iterable[Mapping[str, Any]]) -> Agencies:
    """The agencies of a table whose rows hold `name`, `aliases` (case does not matter) and `short` (it does)."""
    canonical: dict[str, str] = {}
    clear: set[str] = set()
    short: set[str] = set()
    for row in table:
        shorts = row.get("short", ())
        names = [form for form in (row["name"], *row.get("aliases", ())) if form not in shorts]
        clear.update(names)
        short.update(shorts)
        canonical |= {form.casefold(): row["name"] for form in (*names, *shorts)}
    return Agencies(canonical, _forms(clear, ()), _forms(clear, short))


def _forms(clear: Iterable[str], short: Iterable[str]) -> re.Pattern[str]:
    def either(forms: Iterable[str]) -> str:
        return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form))) or r"(?!)"

    return re.compile(rf"(?<![\w@#.])(?:(?i:{either(clear)})|{either(short)})(?!\w)")


def spells(words: str, short: str) -> bool:
    """Whether a short form is made of the initials of words: "Australian Federal Police", "AFP"."""
    return short.upper() in "".join(part[0] for part in re.findall(r"[^\W\d_]+", words)).upper()
