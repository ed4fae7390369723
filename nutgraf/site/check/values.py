"""Values: dates, ranges, shares and units that cannot be."""

import re
from collections.abc import Iterator
from datetime import date

from nutgraf.model.brief import Brief, Figure, ItemKey, Page
from nutgraf.model.diagnostic import Diagnostic
from nutgraf.site import edtf
from nutgraf.site.check.finding import Holder, finding
from nutgraf.site.units import complaint

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./-]?(\d{1,2})[./-]?(\d{1,2})", re.ASCII)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
CONFIRMED = ("actors", "figures", "quotes", "sources", "dates")
"""Lists whose items a person can confirm."""
EXAMPLES = "EDTF: 2022-04-20, 2022-04, 2022, 2021-10/2022-02, ../2017-03"


def withheld(brief: Brief, today: str) -> Iterator[Diagnostic]:
    """Briefs that are not published, and why; days that are told as past and are yet to come."""
    front = brief.front
    if front.status == "draft":
        help_ = "set status: published when it is ready"
        yield finding("draft-withheld", brief, ("status",), "a draft, not published", help_)
    elif front.date > today and _ISO_DAY.fullmatch(front.date):
        yield finding("future-withheld", brief, ("date",), f"withheld until {front.date}")
    for key, day, done in done_on(brief):
        if _ISO_DAY.fullmatch(day) and day > today:
            yield finding("date-in-future", brief, key, f"{done} on {day}, which is yet to come")


def done_on(brief: Brief) -> Iterator[tuple[ItemKey, str, str]]:
    """Where a brief says on which day a person did what: confirmed it or an item, corrected it."""
    front = brief.front
    if front.reviewed is not None:
        yield ("reviewed",), front.reviewed, "reviewed"
    for name in CONFIRMED:
        days = ((i, item.reviewed) for i, item in enumerate(getattr(front, name)))
        yield from (((name, i, "reviewed"), day, "reviewed") for i, day in days if day is not None)
    yield from ((("corrections", i, "date"), item.date, "corrected") for i, item in enumerate(front.corrections))


def findings(brief: Brief) -> Iterator[Diagnostic]:
    """What the front matter of a brief says that cannot be."""
    front = brief.front
    if not _is_day(front.date):
        yield _no_date(brief, ("date",), front.date, "a day: 2022-04-20")
    for key, day, done in done_on(brief):
        if not _is_day(day):
            yield _no_date(brief, key, day, "a day: 2022-04-20")
        elif _is_day(front.date) and day < front.date:
            message = f"{done} on {day}, before the brief's own day, {front.date}"
            yield finding(
                "date-before-brief", brief, key, message, "right where it was done ahead; else correct the day"
            )
    told: list[tuple[ItemKey, str | None]] = [(("dates", i, "date"), item.date) for i, item in enumerate(front.dates)]
    told += [(("figures", i, "when"), item.when) for i, item in enumerate(front.figures)]
    for key, text in told:
        if text is not None:
            yield from _period(brief, key, text, front.date)
    for index, figure in enumerate(front.figures):
        yield from _figure(brief, index, figure)


def page_findings(page: Page) -> Iterator[Diagnostic]:
    """What an editor's own page says that cannot be."""
    for index, role in enumerate(page.roles):
        if role.when is not None:
            yield from _period(page, ("roles", index, "when"), role.when, "9999-12-31")


def _is_day(text: str) -> bool:
    return bool(_ISO_DAY.fullmatch(text) and edtf.parse(text))


def _period(holder: Holder, key: ItemKey, text: str, own_day: str) -> Iterator[Diagnostic]:
    period = edtf.parse(text)
    if period is None:
        yield _no_date(holder, key, text, EXAMPLES)
    elif period.upside_down:
        yield finding("range-upside-down", holder, key, f"{text} ends before it begins", "turn the two dates round")
    elif period.start and period.first > own_day and _ISO_DAY.fullmatch(own_day):
        help_ = "right for what was still to come; else correct the date"
        yield finding("date-after-brief", holder, key, f"{text} is after the brief's own day, {own_day}", help_)


def _no_date(holder: Holder, key: ItemKey, text: str, examples: str) -> Diagnostic:
    meant, month = _meant(text), edtf.parse(text[:7])
    if meant:
        help_ = f"did you mean {meant}?"
    elif _ISO_DAY.fullmatch(text) and month:
        help_ = f"{text[:7]} has days 01 to {month.last[-2:]}"
    else:
        help_ = examples
    wanted = ("day", text) if help_ == examples and re.search(r"\d{4}", text) else None
    return finding("invalid-date", holder, key, f"{text} is no date that can be read", help_, wanted)


def _meant(text: str) -> str | None:
    """The ISO day that a date in another order, or with a time of day, can only mean."""
    if re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", text):
        return text[:10] if edtf.parse(text[:10]) else None
    if day := _in_english(text):
        return day
    found, order = _YEAR_FIRST.fullmatch(text.strip()), (0, 1, 2)
    if not found:
        found, order = _DAY_FIRST.fullmatch(text.strip()), (2, 1, 0)
    if not found:
        return None
    year, one, other = (int(found.groups()[i]) for i in order)
    days = {day for month, n in ((one, other), (other, one)) if (day := _day(year, month, n))}
    return days.pop() if len(days) == 1 else None


def _in_english(text: str) -> str | None:
    """The day of "14 May 2031" and "May 14, 2031"."""
    words = re.findall(r"[a-z]+|\d+", text.casefold())
    months = [i for i, name in enumerate(MONTHS, 1) for word in words if len(word) > 2 and name.startswith(word)]
    numbers = sorted((int(word) for word in words if word.isdigit()), reverse=True)
    return _day(numbers[0], months[0], numbers[1]) if (len(words), len(months), len(numbers)) == (3, 1, 2) else None


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _figure(brief: Brief, index: int, figure: Figure) -> Iterator[Diagnostic]:
    if figure.value is None and figure.low is None and figure.high is None:
        yield finding("no-value", brief, ("figures", index), "the figure has no value", "give value, or low and high")
    if figure.low is not None and figure.high is not None and figure.low > figure.high:
        message = f"low {figure.low} is more than high {figure.high}"
        yield finding("range-upside-down", brief, ("figures", index, "low"), message, "turn the two round")
    largest = max((n for n in (figure.value, figure.low, figure.high) if n is not None), default=0)
    if figure.unit == "%" and largest > 100 and not (figure.change or figure.base):
        key = next(name for name in ("value", "high", "low") if getattr(figure, name) == largest)
        help_ = "add change: rise where it grew by so much, or base: with what it is compared"
        yield finding("share-over-hundred", brief, ("figures", index, key), f"a share of {largest} %", help_)
    wrong = complaint(figure.unit) if figure.unit else None
    if wrong and figure.unit:
        wanted = None if wrong[1].startswith("write") else ("unit", figure.unit)
        yield finding("unknown-unit", brief, ("figures", index, "unit"), *wrong, wanted)
