"""CSV (RFC 4180, UTF-8): every figure and every quote with its sentence."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields

from nutgraf.exports.rows import FigureRow, QuoteRow, figure_rows, quote_rows
from nutgraf.model.views import Artifact
from nutgraf.site.link import Site


def make(site: Site) -> Iterator[Artifact]:
    """figures.csv and quotes.csv."""
    yield Artifact("figures.csv", table(FigureRow, figure_rows(site)))
    yield Artifact("quotes.csv", table(QuoteRow, quote_rows(site)))


def table(kind: type[FigureRow] | type[QuoteRow], rows: Iterable[FigureRow | QuoteRow]) -> bytes:
    """One table, its columns named in the first line; an absent value is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(field.name for field in fields(kind))
    writer.writerows(astuple(row) for row in rows)
    return out.getvalue().encode()
