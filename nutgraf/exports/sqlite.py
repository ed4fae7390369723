"""A SQLite database of everything, with FTS5 indexes that fold accents."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import astuple, fields

from nutgraf.exports.rows import FigureRow, QuoteRow, figure_rows, quote_rows
from nutgraf.model.views import Artifact
from nutgraf.site.link import Site
from nutgraf.site.published import address, published_text

SCHEMA = """
CREATE TABLE briefs (slug TEXT PRIMARY KEY, url TEXT, date TEXT, headline TEXT, standfirst TEXT, language TEXT,
  byline TEXT, reviewed TEXT, original TEXT, body TEXT);
CREATE TABLE actors (slug TEXT PRIMARY KEY, name TEXT, kind TEXT, aliases TEXT);
CREATE TABLE appearances (brief TEXT REFERENCES briefs, actor TEXT REFERENCES actors, name TEXT, role TEXT,
  PRIMARY KEY (brief, actor));
CREATE TABLE sources (brief TEXT REFERENCES briefs, name TEXT, kind TEXT, text TEXT);
CREATE TABLE dates (brief TEXT REFERENCES briefs, date TEXT, what TEXT, text TEXT);
CREATE TABLE topics (brief TEXT REFERENCES briefs, topic TEXT);
CREATE TABLE corrections (brief TEXT REFERENCES briefs, date TEXT, text TEXT);
"""
INDEXES = """
CREATE INDEX quotes_brief ON quotes (brief);
CREATE INDEX quotes_by ON quotes (by_slug);
CREATE INDEX figures_brief ON figures (brief);
CREATE INDEX figures_what ON figures (what);
CREATE INDEX appearances_actor ON appearances (actor);
CREATE VIRTUAL TABLE briefs_fts USING fts5
  (headline, standfirst, body, content='briefs', tokenize='unicode61 remove_diacritics 2');
INSERT INTO briefs_fts (briefs_fts) VALUES ('rebuild');
CREATE VIRTUAL TABLE quotes_fts USING fts5
  (by, text, sentence, content='quotes', tokenize='unicode61 remove_diacritics 2');
INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild');
"""
"""External-content indexes; Datasette finds and uses them by the name of their table."""


def make(site: Site) -> Iterator[Artifact]:
    """nutgraf.db."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(SCHEMA)
        for kind in (FigureRow, QuoteRow):
            db.execute(f"CREATE TABLE {_name(kind)} ({', '.join(f.name for f in fields(kind))})")
        _fill(db, "briefs", _briefs(site))
        _fill(db, "actors", ((a.slug, a.name, a.kind, ", ".join(a.aliases)) for a in site.actors.values()))
        _fill(db, "appearances", _appearances(site))
        _fill(db, "figures", map(astuple, figure_rows(site)))
        _fill(db, "quotes", map(astuple, quote_rows(site)))
        for reading in site.wholes:
            slug, front = reading.brief.slug, reading.brief.front
            _fill(db, "sources", ((slug, s.name, s.kind, s.text) for s in front.sources))
            _fill(db, "dates", ((slug, d.date, d.what, d.text) for d in front.dates))
            _fill(db, "topics", ((slug, topic) for topic in front.topics))
            _fill(db, "corrections", ((slug, c.date, c.text) for c in front.corrections))
        db.executescript(INDEXES)
        db.commit()
        yield Artifact("nutgraf.db", db.serialize())


def _name(kind: type[FigureRow] | type[QuoteRow]) -> str:
    return {FigureRow: "figures", QuoteRow: "quotes"}[kind]


def _fill(db: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    for row in rows:
        db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _briefs(site: Site) -> Iterator[tuple[object, ...]]:
    for reading in site.wholes:
        slug, f = reading.brief.slug, reading.brief.front
        told = (f.date, f.headline, f.standfirst, f.language, f.byline, f.reviewed, f.url)
        yield slug, address(site, reading), *told, published_text(site, reading)


def _appearances(site: Site) -> Iterator[tuple[object, ...]]:
    for reading in site.wholes:
        listed = zip(reading.brief.front.actors, reading.cast.slugs, strict=True)
        yield from {slug: (reading.brief.slug, slug, a.name, a.role) for a, slug in listed}.values()
