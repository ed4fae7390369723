"""Dates as EDTF writes them (ISO 8601-2:2019): what nutgraf takes of levels 0 and 1, how it sorts and how it reads.

Taken: days, months, years, decades and centuries (201X, 19XX), seasons (2022-21), ~ ? % behind a date, intervals, and
intervals open at one end (../2017-03). Not taken: times of day, years of more than four digits, sets.
"""

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

from nutgraf.model.words import DateWords

_MOMENT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)", re.ASCII)
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
"""Number of a season to the month with which it begins."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month, season, year, decade or century."""

    year: int
    """Of a decade or century its first."""
    years: int = 1
    """1, 10 or 100: how many years it may mean."""
    month: int | None = None
    """1 to 12, or 21 to 24 for spring to winter."""
    day: int | None = None
    approximate: bool = False
    uncertain: bool = False

    @property
    def first(self) -> str:
        """First day it may mean, ISO 8601."""
        month = _SEASONS.get(self.month or 1, self.month or 1)
        return f"{self.year:04d}-{month:02d}-{self.day or 1:02d}"

    @property
    def last(self) -> str:
        """Last day it may mean, ISO 8601."""
        if self.month is None:
            return f"{self.year + self.years - 1:04d}-12-31"
        year, month = self.year, self.month
        if month in _SEASONS:
            year, month = (year + 1, 2) if month == 24 else (year, _SEASONS[month] + 2)
        day = self.day or calendar.monthrange(year, month)[1]
        return f"{year:04d}-{month:02d}-{day:02d}"

    @property
    def sort(self) -> str:
        """Sorts a vague date before the days in it."""
        if self.month is None:
            return f"{self.year:04d}"
        return self.first if self.day else self.first[:7]


@dataclass(frozen=True, slots=True)
class Period:
    """A moment, or an interval of which one end may be open (None)."""

    start: Moment | None
    end: Moment | None
    interval: bool = False

    @property
    def first(self) -> str:
        return self.start.first if self.start else "0000-01-01"

    @property
    def last(self) -> str:
        return self.end.last if self.end else "9999-12-31"

    @property
    def upside_down(self) -> bool:
        """Whether it ends before it begins."""
        return self.first > self.last

    @property
    def sort(self) -> str:
        """Sorts by beginning; an interval before the days in it."""
        known = self.start or self.end
        assert known
        return f"{known.sort} {self.end.sort if self.end and self.start else '..'}" if self.interval else known.sort

    def overlaps(self, other: "Period") -> bool:
        """Whether some day may lie in both."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=4096)
def parse(text: str) -> Period | None:
    """The period that `text` writes; None where it is no date that nutgraf takes."""
    start, slash, end = text.strip().partition("/")
    if not slash:
        moment = _moment(start)
        return Period(moment, moment) if moment else None
    first, last = _moment(start), _moment(end)
    legible = (first or start in ("", "..")) and (last or end in ("", ".."))
    return Period(first, last, interval=True) if legible and (first or last) else None


def _moment(text: str) -> Moment | None:
    match = _MOMENT.fullmatch(text)
    if not match:
        return None
    digits, month, day, sign = match.groups()
    years = 10 ** digits.count("X")
    whole = Moment(
        int(digits.replace("X", "0")),
        years,
        int(month) if month else None,
        int(day) if day else None,
        approximate=sign in ("~", "%"),
        uncertain=sign in ("?", "%"),
    )
    return whole if _exists(whole) else None


def _exists(moment: Moment) -> bool:
    if moment.year == 0:
        return False
    if moment.month is None:
        return True
    if moment.years > 1:
        return False
    if moment.day is None:
        return 1 <= moment.month <= 12 or moment.month in _SEASONS
    return 1 <= moment.month <= 12 and 1 <= moment.day <= calendar.monthrange(moment.year, moment.month)[1]


def label(period: Period, words: DateWords) -> str:
    """How a person reads it: "20 April 2022", "October 2021 to February 2022", "by March 2017"."""
    start, end = period.start, period.end
    if start and end and period.interval:
        return words.interval.format(start=_beginning(start, end, words), end=_name(end, words))
    if start and period.interval:
        return words.since.format(date=_name(start, words))
    if end and period.interval:
        return words.until.format(date=_name(end, words))
    assert start
    return _name(start, words)


def _beginning(start: Moment, end: Moment, words: DateWords) -> str:
    """`start` without what `end` says as well: "3" of 3 to 5 April 2022, "March" of March to May 2022."""
    doubtful = start.approximate or start.uncertain or end.approximate or end.uncertain
    if doubtful or start.year != end.year or start.years > 1 or not start.month or not end.month:
        return _name(start, words)
    if start.day and end.day:
        same = start.month == end.month
        return str(start.day) if same else words.day_month.format(day=start.day, month=_month(start.month, words))
    return _name(start, words) if start.day or end.day else _month(start.month, words)


def _month(number: int, words: DateWords) -> str:
    return words.seasons[number - 21] if number > 12 else words.months[number - 1]


def _name(moment: Moment, words: DateWords) -> str:
    if moment.years > 1:
        name = (words.decade if moment.years == 10 else words.century).format(year=moment.year)
    elif moment.month is None:
        name = str(moment.year)
    else:
        pattern = words.day if moment.day else words.month
        name = pattern.format(day=moment.day, month=_month(moment.month, words), year=moment.year)
    if moment.approximate:
        name = words.approximate.format(date=name)
    return words.uncertain.format(date=name) if moment.uncertain else name
