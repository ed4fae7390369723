"""The feed of changes, read back from its bytes as a feed reader would."""

import json
from collections.abc import Mapping
from xml.etree import ElementTree as ET

import pytest

from nutgraf.model.config import Config
from nutgraf.render.pages import render_feed
from nutgraf.site import urls
from tests.site.sites import library, story, words
from tests.whole_site import build_views

BASE = "https://example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
CAST = "actors:\n- {name: Ada Brandt, kind: person}\n- {name: Port Board, kind: organisation}\n"
FIGURE = 'figures:\n- {{value: {0}, what: waiting ships, by: Port Board, text: "{0} ships"}}\n'
QUOTE = 'quotes:\n- {by: Ada Brandt, cue: said, text: "The port is open"}\n'
CORRECTED = """corrections:
- {date: 2031-05-20, text: The number of ships was wrong.}
- {date: 2031-05-20, text: The name of the board was <wrong> & late.}
"""
FILES = {
    "content/briefs/one.md": story(CAST + FIGURE.format(40), "The Port Board counted 40 ships.", "Port shut"),
    "content/briefs/two.md": story(
        CAST + FIGURE.format(55) + QUOTE + CORRECTED,
        "Now 55 ships wait. “The port is open,” Ada Brandt said.",
        "Port opens",
        "2031-05-16",
    ),
}


def made(files: Mapping[str, str], language: str = "en") -> dict[str, bytes]:
    """The feed of changes in both its forms, by path."""
    config = Config(title="The Vell Ledger", url=BASE, language=language)
    views = build_views(library(files), config, "2031-06-01", False, words(language))
    [feed] = [feed for feed in views.feeds if feed.page_url == urls.CHANGES]
    return {artifact.path: artifact.content for artifact in render_feed(feed, views.frame)}


def test_the_feed_of_changes_tells_what_the_page_shows_latest_first() -> None:
    items = json.loads(made(FILES)["changes/feed.json"])["items"]
    assert [(item["title"], item["content_text"], item["date_published"][:10]) for item in items] == [
        ("Correction: Port opens", "The number of ships was wrong.", "2031-05-20"),
        ("Correction: Port opens", "The name of the board was <wrong> & late.", "2031-05-20"),
        ("Figure revised: 40 → 55 waiting ships", "Port opens", "2031-05-16"),
        ("New speaker: Ada Brandt", "Port opens", "2031-05-16"),
        ("New figure: 40 waiting ships", "Port shut", "2031-05-14"),
    ]
    assert items[2]["url"] == f"{BASE}/briefs/two/#figure-55-waiting-ships"
    assert len({item["id"] for item in items}) == len(items)
    assert all(item["id"].startswith(f"{BASE}/briefs/") for item in items)


def test_atom_and_json_say_the_same() -> None:
    files = made(FILES)
    told, root = json.loads(files["changes/feed.json"]), ET.fromstring(files["changes/feed.xml"])
    assert root.findtext(f"{ATOM}title") == told["title"] == "What changed – The Vell Ledger"
    assert root.findtext(f"{ATOM}updated") == "2031-05-20T00:00:00Z"
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "self": f"{BASE}/changes/feed.xml",
        "alternate": f"{BASE}/changes/",
    }
    read = [
        (
            entry.findtext(f"{ATOM}id"),
            entry.find(f"{ATOM}link").get("href"),  # type: ignore[union-attr]
            *(entry.findtext(f"{ATOM}{name}") for name in ("title", "summary", "updated")),
        )
        for entry in root.findall(f"{ATOM}entry")
    ]
    names = ("id", "url", "title", "content_text", "date_published")
    assert read == [tuple(item[name] for name in names) for item in told["items"]]


def test_a_change_keeps_its_identity_when_others_come() -> None:
    before = {item["id"] for item in json.loads(made(FILES)["changes/feed.json"])["items"]}
    third = story(CAST + FIGURE.format(70), "Now 70 ships.", "Port shut again", "2031-05-18")
    after = [
        item["id"]
        for item in json.loads(made(FILES | {"content/briefs/three.md": third})["changes/feed.json"])["items"]
    ]
    assert before < set(after) and len(after) == len(before) + 1


@pytest.mark.parametrize(
    ("language", "title"), [("en", "New speaker: Ada Brandt"), ("es", "Nuevo hablante: Ada Brandt")]
)
def test_it_speaks_the_language_of_the_pages(language: str, title: str) -> None:
    assert title in [item["title"] for item in json.loads(made(FILES, language)["changes/feed.json"])["items"]]


def test_a_site_without_briefs_has_a_feed_without_entries() -> None:
    files = made({})
    assert json.loads(files["changes/feed.json"])["items"] == []
    assert ET.fromstring(files["changes/feed.xml"]).findall(f"{ATOM}entry") == []
