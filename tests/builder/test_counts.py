"""How much is done for each kind of edit on a small site: exact counts, so that no clock is needed to see a loss."""

import shutil
from pathlib import Path

import pytest

from nutgraf.builder.publish import BuildOptions
from nutgraf.builder.session import Session
from nutgraf.cli import main

ACTORS = ("Ada Ruiz", "Ben Okri", "Vell Port")


def brief(number: int, body: str = "", headline: str = "") -> str:
    cast = [ACTORS[number % 3], ACTORS[(number + 1) % 3]]
    lines = [
        "---",
        f"headline: {headline or f'Story {number}'}",
        f"date: 2031-05-{number + 10}",
        f"standfirst: What happened on day {number}.",
        "status: published",
        f"topics: [topic {number % 2}]",
        "actors:",
        *(f"- {{name: {name}, kind: person}}" for name in cast),
        "figures:",
        f'- {{value: {number + 5}, what: boats {number}, by: {cast[0]}, text: "Some {number + 5} boats"}}',
        "---",
        f"{cast[0]} met {cast[1]}. Some {number + 5} boats left.",
        body,
    ]
    return "\n".join(lines) + "\n"


def put(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


EDITS = {
    "nothing": ("", "", (0, 0, 0, 0)),
    "body": ("content/briefs/b3.md", brief(3, "\nIt rained."), (1, 1, 1, 2)),
    "headline": ("content/briefs/b3.md", brief(3, headline="Another"), (1, 1, 20, 24)),
    "mention": ("content/briefs/b3.md", brief(3, "\nAda Ruiz came back."), (1, 1, 2, 3)),
    "css": ("static/own.css", "p { margin: 0 }", (1, 0, 0, 1)),
    "template": ("templates/about.html", '{% extends "base.html" %}{% block content %}x{% endblock %}', (1, 0, 1, 1)),
    "page": ("content/actors/ada-ruiz.md", "---\nname: Ada Ruiz\n---\nA sailor.\n", (1, 4, 1, 1)),
}
"""What is written, and: files read, briefs scanned, pages drawn, files written."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    for number in range(6):
        put(root, f"content/briefs/b{number}.md", brief(number))
    put(root, "site.yaml", "title: A site\n")
    return root


@pytest.mark.parametrize("name", EDITS)
def test_only_what_shows_an_edit_is_made_again(site: Path, name: str) -> None:
    path, text, wanted = EDITS[name]
    before = (site / path).read_text(encoding="utf-8") if path and (site / path).is_file() else None
    options = BuildOptions("2031-06-01")
    Session(site, options, jobs=1).rebuild()
    if path:
        put(site, path, text)
    session = Session(site, options, jobs=1)
    session.rebuild()
    if path and before is None:
        (site / path).unlink()
    elif before is not None:
        put(site, path, before)
    keys = ("files read", "briefs scanned", "pages drawn", "files written")
    assert tuple(session.counts[key] for key in keys) == wanted


@pytest.mark.parametrize("kind", ["actors", "sources", "topics"])
def test_a_site_with_an_editors_page_is_remembered(site: Path, tmp_path: Path, kind: str) -> None:
    shutil.copytree(site / "content", tmp_path / "content")
    put(tmp_path, f"content/{kind}/own.md", "---\nname: Own\naliases: [A, B]\n---\nSomething.\n")
    for _ in range(2):
        session = Session(tmp_path, BuildOptions("2031-06-01"), jobs=1)
        session.rebuild()
    assert (session.counts["files read"], session.counts["pages drawn"]) == (0, 0)


def test_explain_names_what_changed_and_what_a_page_rests_on(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "-q", "--future"], root=site) == 0
    put(site, "content/briefs/b3.md", brief(3, "\nAda Ruiz came back."))
    assert main(["build", "-q", "--future"], root=site) == 0
    assert main(["explain", "--future", "/actors/ada-ruiz/"], root=site) == 0
    told = capsys.readouterr().out
    assert "brief b3: what it tells of actor ada-ruiz changed" in told
    assert "content/briefs/b2.md" in told and "templates/actor.html" in told
    assert main(["explain", "--future", "/briefs/b3/annotations.json"], root=site) == 0
    assert "by templates/brief.html" in capsys.readouterr().out
    assert main(["explain", "--future", "/nowhere/"], root=site) == 2
