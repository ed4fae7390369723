"""The words of the pages in one language: labels, and how numbers and dates are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DateWords:
    """How one language reads dates; patterns take {day}, {month}, {year}, {start}, {end} or {date}."""

    months: tuple[str, ...]
    seasons: tuple[str, ...]
    """Spring to winter."""
    day: str
    day_month: str
    month: str
    decade: str
    century: str
    interval: str
    since: str
    until: str
    approximate: str
    uncertain: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country as the pages call it, and where it lies, in degrees."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Words:
    """Texts by key, and those for dates put together."""

    texts: Mapping[str, str]
    dates: DateWords
    countries: Mapping[str, Country] = field(default_factory=dict)
    """By their names in every language that is known."""

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def get(self, key: str, default: str) -> str:
        """The text of that key where there is one."""
        return self.texts.get(key, default)

    def count(self, name: str, number: int) -> str:
        """ "1 brief", "2,000 briefs"."""
        return self.texts[f"{name}_one" if number == 1 else f"{name}_other"].format(n=self.number(number))

    def number(self, number: int) -> str:
        """ "2,000"."""
        return f"{number:,}".replace(",", self.texts["thousands"])
