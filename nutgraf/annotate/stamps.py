"""The day of publication among the lines around a story."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from nutgraf.layout import plain

LONGEST = 25
"""Words; a longer line is no stamp."""
_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<![\d/.])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/])")
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s*(?:of|de|d'|-|/)?\s*([^\W\d_]{3,11})\.?,?\s*(?:of|de|del|-|/)?\s*(\d{4})\b"
)
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,11})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")


def published_day(above: Sequence[str], below: Sequence[str], table: Mapping[str, Any], language: str) -> str | None:
    """ISO 8601 day that the lines around a story say it was published on; None where none does.

    A line that says "published" wins, one that says "updated" loses; then the nearest to the story.
    `above` and `below` are the lines before and after the story's start, both in text order.
    """
    near = [line for line in (*reversed(above), *below) if len(line.split()) <= LONGEST]
    found = [(_rank(line, table), day) for line in near for day in days(line, table, language)]
    return min(found, key=lambda ranked: ranked[0])[1] if found else None


def _rank(line: str, table: Mapping[str, Any]) -> int:
    words = " ".join(["", *re.findall(r"[^\W\d_]+", plain(line)), ""])
    if any(f" {phrase} " in words for phrase in table.get("first", ())):
        return 0
    return 2 if any(f" {phrase} " in words for phrase in table.get("later", ())) else 1


def days(line: str, table: Mapping[str, Any], language: str) -> Iterator[str]:
    """Whole days written in a line, ISO 8601, in text order; two readings are settled by the language's habit."""
    months = {name: number for number, names in table.get("months", {}).items() for name in names}
    text = plain(line)
    found: list[tuple[int, int, int, int]] = []
    for match in _ISO.finditer(text):
        year, month, day = map(int, match.groups())
        found.append((match.start(), year, month, day))
    for match in _NUMBERS.finditer(text):
        first, second, year = map(int, match.groups())
        swap = second > 12 or (language in table.get("month_first", ()) and first <= 12)
        found.append((match.start(), year, *((first, second) if swap else (second, first))))
    for match in _DAY_MONTH.finditer(text):
        if match.group(2) in months:
            found.append((match.start(), int(match.group(3)), months[match.group(2)], int(match.group(1))))
    for match in _MONTH_DAY.finditer(text):
        if match.group(1) in months:
            found.append((match.start(), int(match.group(3)), months[match.group(1)], int(match.group(2))))
    yield from filter(None, (_iso(*numbers) for _, *numbers in sorted(found)))


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1600 <= year <= 2200 else None
    except ValueError:
        return None
