"""Finds time expressions and reckons what they mean from the day of publication; never finer than the words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from nutgraf.annotate import days
from nutgraf.annotate.date_forms import DateForms, Reading
from nutgraf.annotate.days import Tense
from nutgraf.annotate.tense import TenseReader
from nutgraf.annotate.token_places import TokenPlaces
from nutgraf.model.annotation import Annotations, DateFound
from nutgraf.model.article import BlockKind, Document, LanguagePack, Paragraph
from nutgraf.model.span import Span

ASIDE = 0.3
"""Confidence of a date around the story, and of a form that the pack marks so: below what a brief takes."""
ALONE = 0.8
"""Share of a line from which a day is all that it says."""
FAR = 600
"""Code points from one date to the paragraph of the next over which a story stays in the year it has named."""
_MONTH = re.compile(r"\d{4}-\d{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def make_dates(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator of dates. Without a day of publication only absolute ones are found."""
    forms, tenses = DateForms(pack.table("dates")), TenseReader(pack.table("dates"))

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        dates = [*_around(document, forms)]
        for paragraph in document.paragraphs:
            dates.extend(_in_paragraph(paragraph, document, forms, tenses, [d for d in dates if d.confidence > ASIDE]))
        return {"dates": tuple(sorted(dates, key=lambda d: d.span))}

    return run


def _around(document: Document, forms: DateForms) -> Iterator[DateFound]:
    """Dates in captions, and lines around the story that are nothing but a day."""
    today = date.fromisoformat(document.story.published[:10]) if document.story.published else None
    for block in document.story.of_kind(BlockKind.CAPTION, BlockKind.BYLINE, BlockKind.BOILERPLATE):
        text = block.span.of(document.text)
        for reading in forms.read(text):
            alone = reading.kind in ("day", "iso") and (reading.end - reading.start) >= ALONE * len(text)
            if reading.kind == "apart" or not (alone or block.kind is BlockKind.CAPTION):
                continue
            if meant := resolve(reading, today, Tense.PAST):
                yield DateFound(Span(reading.start, reading.end).shifted(block.span.start), meant, confidence=ASIDE)


def _in_paragraph(
    paragraph: Paragraph, document: Document, forms: DateForms, tenses: TenseReader, before: Sequence[DateFound]
) -> list[DateFound]:
    doc, readings = paragraph.doc, list(forms.read(paragraph.doc.text))
    places = TokenPlaces(doc) if document.parsed and readings else None
    today = date.fromisoformat(document.story.published[:10]) if document.story.published else None
    found: list[DateFound] = []
    for reading in readings:
        span = places.span(reading.start, reading.end) if places else None
        if reading.kind == "apart":
            meant = _apart(reading, span, paragraph, document, [*before, *found]) if span and today else None
        else:
            tense = tenses.by_parse(span) if span else tenses.by_form(doc.text, reading.start, reading.end)
            told = _told_year(reading, tense, today, paragraph, [*before, *found])
            meant = resolve(told, today, tense)
        if meant:
            parts = _parts(reading, paragraph, meant)
            stretch = paragraph.characters(reading.start, reading.end)
            found.append(DateFound(stretch, meant, _what(span) if span else None, parts, reading.sure))
    return found


def _told_year(
    reading: Reading, tense: Tense, today: date | None, paragraph: Paragraph, before: Sequence[DateFound]
) -> Reading:
    """With the year that the story is in: "In May 2001 … In August" means August 2001, whenever it was published."""
    values = reading.values
    if tense is not Tense.PAST or reading.kind not in ("day", "month") or not before or not today:
        return reading
    last = before[-1]
    near = paragraph.block.span.start - last.span.end < FAR and _MONTH.match(last.date)
    if not near or values.keys() & {"year", "year2", "turn"} or int(last.date[:4]) >= today.year - 1:
        return reading
    year = int(last.date[:4]) + (values["month"] < int(last.date[5:7]))
    return replace(reading, values={**values, "year": year})


def _parts(reading: Reading, paragraph: Paragraph, meant: str) -> tuple[tuple[Span, str], ...]:
    """The two ends of an interval, each with the words that name it."""
    start, _, end = meant.partition("/")
    names = [n for n in ("month", "year", "day") if f"{n}2" in reading.places]
    if not end or not names:
        return ()
    first = min(reading.places[n][0] for n in ("month", "year", "day") if n in reading.places)
    second = min(reading.places[f"{n}2"][0] for n in names)
    cut = max((e for n, (_, e) in reading.places.items() if e <= second), default=second)
    return (
        (paragraph.characters(first, cut), start),
        (paragraph.characters(second, max(e for _, e in reading.places.values())), end),
    )


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


def _weekday(clue: _Clue) -> str | None:
    turn, number = clue.values.get("turn"), clue.values["weekday"]
    if turn == -1:
        return days.weekday_near(clue.today - timedelta(1), number, Tense.PAST).isoformat()
    if turn == 1:
        return days.weekday_near(clue.today + timedelta(1), number, Tense.FUTURE).isoformat()
    return days.weekday_near(clue.today, number, clue.tense).isoformat()


def _period(clue: _Clue) -> str | None:
    turn, unit, today = clue.values["turn"], clue.words.get("unit"), clue.today
    if unit == "week":
        return days.week(today + timedelta(turn * days.WEEK))
    if unit == "month":
        return days.months_on(today, turn)
    if unit == "year":
        return f"{today.year + turn:04d}"
    if unit is None and clue.words["whole"].endswith(clue.words["weekend"]):
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
    turn = clue.values.get("turn")
    year = clue.values.get("year") or (clue.today.year if clue.given and turn == 0 else None)
    return days.month(year, clue.values["season"]) if year else None


_KINDS: Mapping[str, Callable[[_Clue], str | None]] = {
    "day": _day,
    "iso": _day,
    "month": _month,
    "months": _months,
    "deadline": _deadline,
    "year": lambda clue: f"{clue.values['year']:04d}",
    "years": _years,
    "decade": lambda clue: f"{clue.values['decade'] // 10}X",
    "weekday": _weekday,
    "relative": lambda clue: (clue.today + timedelta(clue.values["relative"])).isoformat(),
    "period": _period,
    "weekend": lambda clue: days.weekend(clue.today, clue.tense),
    "season": _season,
    "quarter": lambda clue: days.quarter(clue.values["year"], clue.values["ordinal"]),
    "ago": _ago,
}
_ABSOLUTE = frozenset({"day", "iso", "month", "months", "deadline", "year", "years", "decade", "season", "quarter"})


def _apart(
    reading: Reading, span: Any, paragraph: Paragraph, document: Document, known: Sequence[DateFound]
) -> str | None:
    """Of "six days after", counted from the day of the clause's own event, where the text has dated it before."""
    back = reading.words["back"] in reading.words["backward"].split()
    verb = _verb(span.root)
    if verb.dep_ == "advcl":
        verb = _verb(verb.head)
    here = _dated_by(verb, paragraph, known) or _dated_before(verb, paragraph, document, known)
    if here is None:
        return None
    return (date.fromisoformat(here) + timedelta(reading.values["number"] * (-1 if back else 1))).isoformat()


def _verb(token: Any) -> Any:
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return token


def _dated_by(verb: Any, paragraph: Paragraph, known: Sequence[DateFound]) -> str | None:
    """The day that hangs on the verb."""
    places = TokenPlaces(paragraph.doc)
    for found in known:
        if _DAY.fullmatch(found.date) and paragraph.block.span.contains(found.span):
            start = found.span.start - paragraph.block.span.start
            if _verb(places.span(start, start + len(found.span)).root) == verb:
                return found.date
    return None


STEM = 7
"""Letters that an event and the verb it comes from share: "announcement", "announced"."""


def _dated_before(verb: Any, paragraph: Paragraph, document: Document, known: Sequence[DateFound]) -> str | None:
    """The day of an event named by its noun: "was announced on Tuesday … The announcement came"."""
    stems = {c.lemma_.lower()[:STEM] for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ == "NOUN"}
    stems = {stem for stem in stems if len(stem) == STEM}
    for earlier in reversed(document.paragraphs[: document.paragraphs.index(paragraph) + 1]):
        for token in reversed(list(earlier.doc)):
            named = token.pos_ == "VERB" and token.lemma_.lower()[:STEM] in stems
            if named and (day := _dated_by(token, earlier, known)):
                return day
    return None


def _what(span: Any) -> str | None:
    """What happened then: the noun that the date modifies ("the protests on July 11"), in the text's words."""
    head = span.root.head
    if span.root.dep_ == "poss" and head.pos_ == "NOUN":
        return str(head.doc[span.end : head.i + 1].text).removeprefix("'s ").removeprefix("’s ")
    if head.pos_ == "ADP":
        head = head.head
    if head.pos_ != "NOUN" or head.i > span.start or span.start - head.i > 4:
        return None
    left = [t for t in head.lefts if t.dep_ in ("compound", "amod")]
    words = head.doc[min([head.i, *(t.i for t in left)]) : span.start]
    while len(words) and words[-1].pos_ in ("ADP", "PUNCT", "DET"):
        words = words[:-1]
    return words.text if len(words) and words.text.replace(" ", "").isalpha() else None
