"""What other programs get: read back with their own tools or the standard library."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from nutgraf.cli.export import FORMATS as CHOICES
from nutgraf.exports import FORMATS
from nutgraf.formats.ninjs import read_ninjs
from nutgraf.model.config import Config
from nutgraf.site.link import Site, link
from nutgraf.site.web_annotation import annotation_page

from ..site.sites import library, story, words

FRONT = """
topics: [harbour]
actors:
- {name: Åsa Björk, kind: person, role: harbour master, aka: [Björk]}
- {name: Port Authority, kind: organisation}
- {name: Nordvik, kind: place}
figures:
- {value: 1200, what: containers, when: 2031-04, by: Port Authority, text: "1,200 containers"}
quotes:
- {by: Åsa Björk, cue: said, text: ["We stay open", "whatever the ice does"]}
sources:
- {name: EFE, kind: agency, text: "With information from EFE"}
"""
BODY = """
The harbour of Nordvik stays open. Nobody disputed it.

“We stay open,” Björk said, “whatever the ice does.” The weather was mild.

In April 1,200 containers passed, according to the Port Authority.

With information from EFE.
"""


def site(**config: Any) -> Site:
    files = {
        "content/briefs/2031-05-14-harbour.md": story(FRONT, BODY, "Harbour stays open"),
        "content/briefs/2031-05-15-secret.md": story(FRONT, BODY, "Not yet").replace("published", "draft"),
    }
    return link(
        library(files),
        Config(url="https://example.org", **config),
        "2032-01-01",
        drafts=False,
        words=words(config.get("language", "en")),
    )


def files(name: str, **config: Any) -> dict[str, bytes]:
    return {artifact.path: artifact.content for artifact in FORMATS[name].make(site(**config))}


def test_the_verb_offers_every_format() -> None:
    assert set(CHOICES) >= set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_twice_the_same_bytes_and_no_drafts(name: str) -> None:
    made = files(name)
    assert made == files(name)
    assert not any(b"Not yet" in content for content in made.values())


def test_csv_has_each_figure_and_quote_with_its_sentence() -> None:
    made = files("csv")
    figures = list(csv.DictReader(io.StringIO(made["figures.csv"].decode())))
    assert [(f["value"], f["what"], f["by_slug"], f["low"]) for f in figures] == [
        ("1200", "containers", "port-authority", "")
    ]
    assert figures[0]["sentence"] == "In April 1,200 containers passed, according to the Port Authority."
    assert figures[0]["url"] == "https://example.org/briefs/2031-05-14-harbour/#figure-1200-containers"
    quote = next(csv.DictReader(io.StringIO(made["quotes.csv"].decode())))
    assert (quote["by_slug"], quote["text"]) == ("asa-bjork", "We stay open … whatever the ice does")


def test_sqlite_finds_words_without_their_accents() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(files("sqlite")["nutgraf.db"])
        said = "SELECT q.text FROM quotes_fts f JOIN quotes q ON q.rowid = f.rowid WHERE quotes_fts MATCH 'bjork'"
        assert db.execute(said).fetchall() == [("We stay open … whatever the ice does",)]
        assert db.execute("SELECT actor, role FROM appearances ORDER BY actor").fetchall() == [
            ("asa-bjork", "harbour master"),
            ("nordvik", None),
            ("port-authority", None),
        ]


def test_ninjs_reads_back_as_the_same_article() -> None:
    raw = files("ninjs")["ninjs/2031-05-14-harbour.json"]
    article, problem = read_ninjs("harbour.json", raw.decode(), raw)
    assert not problem
    assert (article.title, article.published, article.url) == (
        "Harbour stays open",
        "2031-05-14",
        "https://example.org/briefs/2031-05-14-harbour/",
    )
    assert article.text == next(site().wholes).brief.body.plain


def test_follow_the_money_links_point_at_entities_of_the_export() -> None:
    lines = files("ftm")["entities.ftm.json"].decode().splitlines()
    told = {entity["id"]: entity for entity in map(json.loads, lines)}
    assert len(told) == len(lines)
    links = [e["properties"] for e in told.values() if e["schema"] == "Documentation"]
    assert sorted(link["role"][0] for link in links) == [
        "gave a figure",
        "harbour master",
        "mentioned",
        "mentioned",
        "said",
    ]
    for ends in links:
        assert told[ends["document"][0]]["schema"] == "Article"
        assert told[ends["entity"][0]]["properties"]["name"]


def test_web_annotations_quote_the_published_text_to_the_letter() -> None:
    for body in ("full", "digest"):
        one = site(body=body)
        page = annotation_page(one, next(one.wholes))
        ids = [item["id"] for item in page["items"]]
        assert len(ids) == len(set(ids)) and len(ids) >= 5
        reading = next(one.wholes)
        excerpt = one.excerpt(reading)
        assert (excerpt is not None) == (body == "digest")
        text = excerpt.plain if excerpt else reading.brief.body.plain
        for item in page["items"]:
            for target in item["target"]:
                words = target["selector"]
                assert words["prefix"] + words["exact"] + words["suffix"] in text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                "Quote: Åsa Björk (said)",
                "1,200 containers, April 2031, according to Port Authority",
                "news agency: EFE",
            ],
        ),
        (
            "es",
            [
                "Cita: Åsa Björk (said)",
                "1.200 containers, abril de 2031, según Port Authority",
                "agencia de noticias: EFE",
            ],
        ),
    ],
)
def test_web_annotations_speak_as_the_pages(language: str, told: list[str]) -> None:
    one = site(language=language)
    bodies = [item["body"][0] for item in annotation_page(one, next(one.wholes))["items"] if type(item["body"]) is list]
    assert [body["value"] for body in bodies] == told
    assert {body["language"] for body in bodies} == {language}


def test_a_digest_gives_away_no_more_than_its_pages() -> None:
    for name in FORMATS:
        given = b"".join(files(name, body="digest").values())
        assert b"The weather was mild" not in given, name
