"""The facts of all briefs as rows of tables: plain values, one frozen type a table."""

from collections.abc import Iterator
from dataclasses import dataclass

from nutgraf.model.brief import Figure, Quote
from nutgraf.site.link import Site
from nutgraf.site.published import address, sentence
from nutgraf.site.reading import Placed, Reading, pieces

GAP = " … "
"""Between the pieces of a divided quotation."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of one brief."""

    url: str
    """Lasting address of its note."""
    brief: str
    """Slug."""
    date: str
    """Of the brief, ISO 8601."""
    headline: str
    value: int | float | None
    low: int | float | None
    high: int | float | None
    unit: str | None
    what: str | None
    period: str | None
    """EDTF."""
    by: str | None
    by_slug: str | None
    approx: str | None
    change: str | None
    base: str | None
    record: str | None
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One quotation or reported statement of one brief."""

    url: str
    brief: str
    date: str
    headline: str
    by: str | None
    by_slug: str | None
    cue: str | None
    kind: str
    text: str
    sentence: str


def figure_rows(site: Site) -> Iterator[FigureRow]:
    """Every figure, briefs latest first, in text order."""
    for reading, note in _notes(site, "figures"):
        f = note.item
        if not isinstance(f, Figure):
            continue
        yield FigureRow(
            *_place(site, reading, note),
            value=f.value,
            low=f.low,
            high=f.high,
            unit=f.unit,
            what=f.what,
            period=f.when,
            by=f.by,
            by_slug=speaker(reading, f.by),
            approx=f.approx,
            change=f.change,
            base=f.base,
            record=f.record,
            text=f.text,
            sentence=sentence(site, reading, note),
        )


def quote_rows(site: Site) -> Iterator[QuoteRow]:
    """Every quotation and reported statement, briefs latest first, in text order."""
    for reading, note in _notes(site, "quotes"):
        q = note.item
        if not isinstance(q, Quote):
            continue
        said = (q.by, speaker(reading, q.by), q.cue, q.kind)
        yield QuoteRow(*_place(site, reading, note), *said, GAP.join(pieces(q)), sentence(site, reading, note))


def speaker(reading: Reading, by: str | None) -> str | None:
    """The slug of whoever a `by` names; None where the site knows nobody of that name."""
    return reading.who(by).slug if by else None


def _notes(site: Site, name: str) -> Iterator[tuple[Reading, Placed]]:
    for reading in site.wholes:
        for note in reading.of(name):
            yield reading, note


def _place(site: Site, reading: Reading, note: Placed) -> tuple[str, str, str, str]:
    front = reading.brief.front
    return address(site, reading, note), reading.brief.slug, front.date, front.headline
