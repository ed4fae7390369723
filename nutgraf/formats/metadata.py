"""Values that every format writes in its own way: days, languages, names of people."""

import re
from collections.abc import Iterable
from datetime import date
from email.utils import parsedate

FIRST_YEAR = 1600
"""No newspaper is older; systems write the year 1 where they know no date."""
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_IN_ADDRESS = re.compile(rf"(?<!\d)(\d{{4}})[/-](\d\d?|{'|'.join(_MONTHS)})[/-](\d\d?)(?!\w)", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_LANGUAGE = re.compile(r"([a-zA-Z]{2})(?:[-_].*)?$")
_BY = re.compile(r"^(?:by|por|par|von|di|door|per)\s+", re.IGNORECASE)


def iso_day(text: str | None) -> str | None:
    """YYYY-MM-DD of an ISO 8601 (extended or basic) or RFC 5322 date; the day as written, whatever its time zone."""
    text = (text or "").strip()
    if found := _ISO.match(text):
        numbers: tuple[int, ...] = tuple(map(int, found.groups()))
    else:
        numbers = (parsedate(text) or (0, 0, 0))[:3]
    try:
        day = date(*numbers)
    except (ValueError, TypeError):
        return None
    return day.isoformat() if day.year >= FIRST_YEAR else None


def day_in_address(url: str | None) -> str | None:
    """YYYY-MM-DD of the day that is part of a story's address: "/2024/05/15/", "/2024/may/15/", "-2024-05-15"."""
    for year, month, day in _DAY_IN_ADDRESS.findall(url or ""):
        number = month if month.isdigit() else str(_MONTHS.index(month.lower()) + 1)
        if found := iso_day(f"{year}-{number:0>2}-{day:0>2}"):
            return found
    return None


def language_code(tag: str | None) -> str | None:
    """ISO 639-1 code of a language tag: "en" of "en-GB"."""
    found = _LANGUAGE.match((tag or "").strip())
    return found.group(1).lower() if found else None


def one_line(text: str | None) -> str | None:
    """The text with single blanks for all white space; None for an empty one."""
    return " ".join((text or "").split()) or None


def without_tags(text: str | None) -> str | None:
    """One line without the markup that some systems leave in a description."""
    return one_line(_TAG.sub(" ", text or ""))


def names(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Names of people, each once, in order, without "By" and without addresses."""
    plain = (_BY.sub("", one_line(text) or "") for text in texts)
    return tuple(dict.fromkeys(name for name in plain if name and "://" not in name and "@" not in name))
