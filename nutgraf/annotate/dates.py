"""Finds time expressions and reckons what they mean from the day of publication; never finer than the words."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from nutgraf.annotate.date_forms import DateForms, Reading
from nutgraf.annotate.dates_of_story import DAY, counted_from_event, pointed_back
from nutgraf.annotate.days import Tense
from nutgraf.annotate.reckoning import resolve
from nutgraf.annotate.tense import TenseReader
from nutgraf.annotate.token_places import TokenPlaces
from nutgraf.model.annotation import Annotations, DateFound
from nutgraf.model.article import BlockKind, Document, LanguagePack, Paragraph
from nutgraf.model.span import Span

ASIDE = 0.3
"""Confidence of a date around the story, and of a form that the pack marks so: below what a brief takes."""
ALONE = 0.8
"""Share of a line from which a day is all that it says."""
MOVED = timedelta(7)
"""Most that the day printed over a story and its given day of publication may differ to be the same publication."""
FAR = 600
"""Code points from one date to the paragraph of the next over which a story stays in the year it has named."""
SOON = timedelta(2)
"""A weekday no farther ahead than this, once looked forward to, is not the one a week before."""
_OF_STORY = frozenset({"apart", "pointed"})
"""Kinds of forms that are counted from another date of the story."""
_MONTH = re.compile(r"\d{4}-\d{2}")


def make_dates(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator of dates. Without a day of publication only absolute ones are found."""
    forms, tenses = DateForms(pack.table("dates")), TenseReader(pack.table("dates"))

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        today = _today(document, forms)
        dates = [*_around(document, forms, today)]
        for paragraph in document.paragraphs:
            known = [d for d in dates if d.confidence > ASIDE]
            dates.extend(_in_paragraph(paragraph, document, forms, tenses, today, known))
        return {"dates": tuple(sorted(dates, key=lambda d: d.span))}

    return run


def _today(document: Document, forms: DateForms) -> date | None:
    """The day from which the writer counts: one that stands alone on a line above the story, where it is only a few
    days from the day of publication that was given (pages are dated by when they were made or moved), else that day."""
    if not document.story.published:
        return None
    given = date.fromisoformat(document.story.published[:10])
    start = next((b.span.start for b in document.story.of_kind(BlockKind.PARAGRAPH)), 0)
    for block in document.story.of_kind(BlockKind.BYLINE, BlockKind.BOILERPLATE):
        text = block.span.of(document.text)
        for reading in forms.read(text) if block.span.end <= start else ():
            printed = resolve(reading, None, Tense.PAST) if _alone(reading, text) else None
            if printed and abs(date.fromisoformat(printed) - given) <= MOVED:
                return date.fromisoformat(printed)
    return given


def _alone(reading: Reading, text: str) -> bool:
    """Whether a day is all that a line says."""
    whole_day = reading.kind in ("day", "iso") and "day2" not in reading.values
    return whole_day and (reading.end - reading.start) >= ALONE * len(text)


def _around(document: Document, forms: DateForms, today: date | None) -> Iterator[DateFound]:
    """Dates in captions, and lines around the story that are nothing but a day."""
    for block in document.story.of_kind(BlockKind.CAPTION, BlockKind.BYLINE, BlockKind.BOILERPLATE):
        text = block.span.of(document.text)
        for reading in forms.read(text):
            if reading.kind in _OF_STORY or not (block.kind is BlockKind.CAPTION or _alone(reading, text)):
                continue
            if meant := resolve(reading, today, Tense.PAST):
                yield DateFound(Span(reading.start, reading.end).shifted(block.span.start), meant, confidence=ASIDE)


def _in_paragraph(
    paragraph: Paragraph,
    document: Document,
    forms: DateForms,
    tenses: TenseReader,
    today: date | None,
    before: Sequence[DateFound],
) -> list[DateFound]:
    doc, readings = paragraph.doc, list(forms.read(paragraph.doc.text))
    places = TokenPlaces(doc) if document.parsed and readings else None
    found: list[DateFound] = []
    for reading in readings:
        span = places.span(reading.start, reading.end) if places else None
        if reading.kind in _OF_STORY:
            known = [*before, *found]
            from_event = span and today and "number" in reading.values and reading.words.get("unit") != "year"
            meant = counted_from_event(reading, span, paragraph, document, known) if from_event else None
            if meant is None and reading.kind == "pointed":
                meant = pointed_back(reading, paragraph, known)
        else:
            tense = tenses.by_parse(span) if span else tenses.by_form(doc.text, reading.start, reading.end)
            told = _told_year(reading, tense, today, paragraph, [*before, *found])
            meant = resolve(told, today, tense)
            if meant and today and reading.kind == "weekday" and "turn" not in reading.values:
                meant = _as_before(meant, today, [*before, *found])
        if meant:
            end, parts = reading.end, _parts(reading, paragraph, meant)
            if DAY.fullmatch(meant) and (also := forms.named_day(doc.text, end)):
                parts = tuple((paragraph.characters(*at), meant) for at in ((reading.start, end), also))
                end = also[1]
            stretch = paragraph.characters(reading.start, end)
            found.append(DateFound(stretch, meant, _what(span) if span else None, parts, reading.sure))
    return found


def _as_before(meant: str, today: date, before: Sequence[DateFound]) -> str:
    """The weekday that a story has looked forward to already: "Snow will fall on Friday … Friday's snow"."""
    if not DAY.fullmatch(meant):
        return meant
    ahead = date.fromisoformat(meant) + timedelta(7)
    soon = timedelta(0) < ahead - today <= SOON
    return ahead.isoformat() if soon and any(d.date == ahead.isoformat() for d in before) else meant


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


def _what(span: Any) -> str | None:
    """What happened then: the noun that the date modifies ("the protests on July 11"), in the text's words."""
    head = span.root.head
    if span.root.dep_ == "poss" and head.pos_ == "NOUN":
        return str(head.doc[span.end : head.i + 1].text).removeprefix("'s ").removeprefix("’s ")
    if head.pos_ == "ADP":
        head = head.head
    if head.pos_ != "NOUN" or head.ent_type_ == "DATE" or head.i > span.start or span.start - head.i > 4:
        return None
    left = [t for t in head.lefts if t.dep_ in ("compound", "amod")]
    words = head.doc[min([head.i, *(t.i for t in left)]) : span.start]
    while len(words) and words[-1].pos_ in ("ADP", "PUNCT", "DET"):
        words = words[:-1]
    return words.text if len(words) and words.text.replace(" ", "").isalpha() else None
