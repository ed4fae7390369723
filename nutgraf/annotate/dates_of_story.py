"""Days that are told from another day of the story: "six days after", "the same day", "a year earlier"."""

from collections.abc import Sequence
from datetime import date, timedelta
from re import compile as pattern
from typing import Any

from nutgraf.annotate.date_forms import Reading
from nutgraf.annotate.token_places import TokenPlaces
from nutgraf.model.annotation import DateFound
from nutgraf.model.article import Document, Paragraph

DAY = pattern(r"\d{4}-\d{2}-\d{2}")
YEAR = pattern(r"\d{4}(?:-\d{2}){0,2}")
NEAR = 240
"""Code points between a day and words that point back to it ("the same day")."""
STEM = 7
"""Letters that an event and the verb it comes from share: "announcement", "announced"."""


def pointed_back(reading: Reading, paragraph: Paragraph, known: Sequence[DateFound]) -> str | None:
    """Of "that day", "two days later", "a year earlier": counted from the last day (or year) named just before."""
    at = paragraph.block.span.start + reading.start
    count = reading.values.get("number", 1) * _direction(reading)
    whole_years = reading.words.get("unit") == "year"
    grain = YEAR if whole_years else DAY
    for found in sorted(known, key=lambda d: d.span, reverse=True):
        if at - found.span.end > NEAR:
            return None
        if found.span.end <= at and grain.fullmatch(found.date):
            if whole_years:
                return f"{int(found.date[:4]) + count:04d}"
            return (date.fromisoformat(found.date) + timedelta(count)).isoformat()
    return None


def counted_from_event(
    reading: Reading, span: Any, paragraph: Paragraph, document: Document, known: Sequence[DateFound]
) -> str | None:
    """Of "six days after", counted from the day of the clause's own event, where the text has dated it before."""
    verb = _verb(span.root)
    if verb.dep_ == "advcl":
        verb = _verb(verb.head)
    here = _dated_by(verb, paragraph, known) or _dated_before(verb, paragraph, document, known)
    if here is None:
        return None
    return (date.fromisoformat(here) + timedelta(reading.values["number"] * _direction(reading))).isoformat()


def _direction(reading: Reading) -> int:
    """-1 before, 1 after, 0 on the same day."""
    if "point" in reading.values:
        return reading.values["point"]
    return -1 if reading.words["back"] in reading.words["backward"].split() else 1


def _verb(token: Any) -> Any:
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return token


def _dated_by(verb: Any, paragraph: Paragraph, known: Sequence[DateFound]) -> str | None:
    """The day that hangs on the verb."""
    places = TokenPlaces(paragraph.doc)
    for found in known:
        if DAY.fullmatch(found.date) and paragraph.block.span.contains(found.span):
            start = found.span.start - paragraph.block.span.start
            if _verb(places.span(start, start + len(found.span)).root) == verb:
                return found.date
    return None


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
