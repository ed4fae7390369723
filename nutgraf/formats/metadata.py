"""Values that every format writes in its own way: days, languages, names of people."""

import re
from collections.abc import Iterable
from datetime import date
from email.utils import parsedate

FIRST_YEAR = 1600
"""No newspaper is older; systems write the year 1 where they know no date."""
_ISO = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
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


def language_code(tag: str | None) -> str | None:
    """ISO 639-1 code of a language tag: "en" of "en-GB"."""
    found = _LANGUAGE.match((tag or "").strip())
    return found.group(1).lower() if found else None


def one_line(text: str | None) -> str | None:
    """The text with single blanks for all white space; None for an empty one."""
    return " ".join((text or "").split()) or None


def names(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Names of people, each once, in order, without "By" and without addresses."""
    plain = (_BY.sub("", one_line(text) or "") for text in texts)
    return tuple(dict.fromkeys(name for name in plain if name and "://" not in name and "@" not in name))
