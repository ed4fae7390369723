"""What a time expression means, reckoned from the day of publication: EDTF, never finer than the words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from nutgraf.annotate import days
from nutgraf.annotate.date_forms import Reading
from nutgraf.annotate.days import Tense


@dataclass(frozen=True, slots=True)
class _Clue:
    """What a form's reckoning may rest on."""

    values: Mapping[str, int]
    words: Mapping[str, str]
    today: date
    tense: Tense
    given: bool
    """Whether the day of publication is known; `today` is arbitrary where it is not."""

    def year(self, month: int, day: int | None = None, name: str = "year") -> int | None:
        if name in self.values:
            return self.values[name]
        return days.year_of(self.today, month, day, self.tense) if self.given else None


def resolve(reading: Reading, today: date | None, tense: Tense) -> str | None:
    """The EDTF date that a form means; None where the day of publication is needed and not known."""
    clue = _Clue(reading.values, reading.words, today or date.min, tense, today is not None)
    if today is None and reading.kind not in _ABSOLUTE:
        return None
    return _KINDS[reading.kind](clue)


def _day(clue: _Clue) -> str | None:
    v = clue.values
    v = {**{name[:-1]: v[name] for name in ("month2", "year2") if name in v}, **v}
    clue = replace(clue, values=v)
    year = clue.year(v["month"], v["day"])
    start = days.day(year, v["month"], v["day"]) if year else None
    if not start or not year or "day2" not in v:
        return start
    month = v.get("month2", v["month"])
    end = days.day(v.get("year2", year + (month < v["month"])), month, v["day2"])
    return days.interval(start, end) if end and start < end else None


def _month(clue: _Clue) -> str | None:
    number, turn = clue.values["month"], clue.values.get("turn")
    tense = {-1: Tense.PAST, 1: Tense.FUTURE}.get(turn, clue.tense) if turn is not None else clue.tense
    if turn == 0:
        return days.month(clue.today.year, number) if clue.given else None
    year = replace(clue, tense=tense).year(number)
    if year and turn and "year" not in clue.values and (year, number) == (clue.today.year, clue.today.month):
        year += turn
    return days.month(year, number) if year else None


def _months(clue: _Clue) -> str | None:
    v = clue.values
    end = clue.year(v["month2"], name="year2")
    if end is None or ("year" in v and "year2" not in v):
        end = v["year"] + (v["month2"] < v["month"]) if "year" in v else None
    if end is None:
        return None
    start = v.get("year", end - (v["month2"] < v["month"]))
    return days.interval(days.month(start, v["month"]), days.month(end, v["month2"]))


def _deadline(clue: _Clue) -> str | None:
    if "month" in clue.values:
        ahead = replace(clue, tense=clue.tense if clue.tense is Tense.PAST and "year" in clue.values else Tense.FUTURE)
        year = ahead.year(clue.values["month"])
        return days.interval("", days.month(year, clue.values["month"])) if year else None
    year = clue.values.get("year") or (clue.today.year if clue.given else None)
    return days.interval("", f"{year:04d}") if year else None


def _years(clue: _Clue) -> str | None:
    start, end = clue.values["year"], clue.values["year2"]
    return days.interval(f"{start:04d}", f"{end:04d}") if start < end else None


def _decade(clue: _Clue) -> str:
    """Of 1990, 90 or a word for it: 199X."""
    first = clue.values.get("decade") or clue.values["decadeword"]
    return f"{first // 10 + (0 if first > 100 else 190)}X"


def _weekday(clue: _Clue) -> str | None:
    turn, number = clue.values.get("turn"), clue.values["weekday"]
    if turn == -1:
        return days.weekday_near(clue.today - timedelta(1), number, Tense.PAST).isoformat()
    if turn == 1:
        return days.weekday_near(clue.today + timedelta(1), number, Tense.FUTURE).isoformat()
    ahead = turn == 0 and clue.tense is Tense.OPEN
    return days.weekday_near(clue.today, number, Tense.FUTURE if ahead else clue.tense).isoformat()


def _period(clue: _Clue) -> str | None:
    turn, unit, today = clue.values["turn"], clue.words.get("unit"), clue.today
    if unit == "week":
        return days.week(today + timedelta(turn * days.WEEK))
    if unit == "month":
        return days.months_on(today, turn)
    if unit == "year":
        return f"{today.year + turn:04d}"
    if unit is None and clue.words["weekend"] in clue.words["whole"]:
        shift = {-1: Tense.PAST, 0: clue.tense, 1: Tense.FUTURE}[turn]
        return days.weekend(today, shift)
    return None


def _ago(clue: _Clue) -> str | None:
    count, unit, today = clue.values["number"], clue.words["unit"], clue.today
    if unit == "day":
        return (today - timedelta(count)).isoformat()
    if unit == "week":
        return days.week(today - timedelta(count * days.WEEK))
    if unit == "month":
        return days.months_on(today, -count)
    return f"{today.year - count:04d}" if unit == "year" else None


def _season(clue: _Clue) -> str | None:
    turn, season = clue.values.get("turn"), clue.values["season"]
    if "year" in clue.values:
        return days.month(clue.values["year"], season)
    if turn is None or not clue.given:
        return None
    return days.season_near(clue.today, season, turn)


def _quarter(clue: _Clue) -> str | None:
    year = clue.values.get("year") or (clue.today.year + clue.values.get("turn", 0) if clue.given else None)
    return days.quarter(year, clue.values["ordinal"]) if year else None


def _half(clue: _Clue) -> str | None:
    year = clue.values.get("year") or (clue.today.year + clue.values.get("turn", 0) if clue.given else None)
    return days.half(year, clue.values["ordinal"]) if year and clue.values["ordinal"] <= 2 else None


def _month_and_day(number: int) -> dict[str, int]:
    """Of 1225, December 25."""
    return {"month": number // 100, "day": number % 100}


_KINDS: Mapping[str, Callable[[_Clue], str | None]] = {
    "day": _day,
    "iso": _day,
    "month": _month,
    "months": _months,
    "deadline": _deadline,
    "year": lambda clue: f"{clue.values['year']:04d}",
    "years": _years,
    "decade": _decade,
    "weekday": _weekday,
    "relative": lambda clue: (clue.today + timedelta(clue.values["relative"])).isoformat(),
    "period": _period,
    "weekend": lambda clue: days.weekend(clue.today, clue.tense),
    "season": _season,
    "quarter": _quarter,
    "half": _half,
    "ago": _ago,
    "feast": lambda clue: _day(replace(clue, values={**clue.values, **_month_and_day(clue.values["feast"])})),
}
_ABSOLUTE = frozenset(
    {"feast", "day", "iso", "month", "months", "deadline", "year", "years", "decade", "season", "quarter", "half"}
)
