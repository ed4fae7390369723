"""Reckoning with days, weeks, months and years; every result is EDTF (ISO 8601-2) or a `date`."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

WEEK = 7


class Tense(StrEnum):
    """Whether the words around a date speak of what was or of what is to come."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


EDGE = 9
"""Months back from which on a day without a year is rather the one to come: who means last year's writes the year."""


def weekday_near(today: date, weekday: int, tense: Tense) -> date:
    """The nearest day of that name (0 Monday to 6 Sunday), today included: ahead in the future tense, else back."""
    if tense is Tense.FUTURE:
        return today + timedelta((weekday - today.weekday()) % WEEK)
    return today - timedelta((today.weekday() - weekday) % WEEK)


def year_of(today: date, month: int, day: int | None, tense: Tense) -> int:
    """The year of a month (and day) written without: last past, next to come, or in an open tense the nearest."""
    here = (today.month, today.day) if day else (today.month, 0)
    there = (month, day or 0)
    if tense is Tense.PAST:
        back = there > here
        stale = back and day is not None and today.month + 12 - month >= EDGE
        return today.year - (back and not stale)
    if tense is Tense.FUTURE:
        return today.year + (there < here)
    return today.year + min((-1, 0, 1), key=lambda years: abs(years * 12 + month - today.month))


def day(year: int, month: int, number: int) -> str | None:
    """The day as EDTF; None where the calendar has no such day."""
    return f"{year:04d}-{month:02d}-{number:02d}" if 1 <= number <= monthrange(year, month)[1] else None


def month(year: int, number: int) -> str:
    return f"{year:04d}-{number:02d}"


def months_on(today: date, count: int) -> str:
    """The month so many months after (before, if negative) today's."""
    year, rest = divmod(today.year * 12 + today.month - 1 + count, 12)
    return month(year, rest + 1)


def week(inside: date) -> str:
    """Monday to Sunday of the week that holds the day."""
    monday = inside - timedelta(inside.weekday())
    return interval(monday.isoformat(), (monday + timedelta(6)).isoformat())


def weekend(today: date, tense: Tense) -> str:
    """Saturday and Sunday: this week's where they have come or are ahead, else last week's."""
    saturday = today + timedelta(5 - today.weekday())
    if tense is not Tense.FUTURE and saturday > today:
        saturday -= timedelta(WEEK)
    return interval(saturday.isoformat(), (saturday + timedelta(1)).isoformat())


def season_near(today: date, season: int, turn: int) -> str:
    """A season (21 spring to 24 winter, of the northern half) by its EDTF number: the one of these months (0), the last
    that is over (-1), the next to begin (1). A winter is named by the year in which it begins."""
    begins = (season - 20) * 3
    now = today.year * 12 + today.month
    year = today.year
    if turn > 0:
        year += today.month >= begins
    elif turn < 0:
        while year * 12 + begins + 3 > now:
            year -= 1
    elif begins == 12 and today.month <= 3:
        year -= 1
    return month(year, season)


def quarter(year: int, number: int) -> str:
    """First to last month of a quarter (1 to 4)."""
    return interval(month(year, number * 3 - 2), month(year, number * 3))


def half(year: int, number: int) -> str:
    """First to last month of a half of the year (1 or 2)."""
    return interval(month(year, number * 6 - 5), month(year, number * 6))


def interval(start: str, end: str) -> str:
    """From start to end; an empty one is open."""
    return f"{start or '..'}/{end or '..'}"
