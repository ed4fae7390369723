"""The worklist: worst first, with its places; and the answers to what a merge asked."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nutgraf.builder import review as desk
from nutgraf.cli import main
from nutgraf.formats.brief import write_brief
from nutgraf.formats.merge import merge_brief
from nutgraf.formats.proposal import write_proposal
from nutgraf.model.brief import Actor, Figure, FrontMatter, Proposal, Quote, Source

BODY = "Some 40 boats left, said Ann Lee.\n\nExperts see trouble. “We saw it,” she said.\n"
FRONT = FrontMatter(
    "40 boats leave",
    "2031-05-14",
    article="a.txt",
    actors=(Actor("Ann Lee", "person"), Actor("Vell", "place")),
    figures=(Figure("Some 40 boats", 40, what="boats", by="Ann Lee"),),
    quotes=(Quote("We saw it", "Ann Lee"), Quote("Experts see trouble", "Experts", kind="indirect")),
    sources=(Source("Experts", "unnamed"),),
)
SURE = {"actors": (0.9, 0.45), "figures": (0.8,), "quotes": (0.7, 0.9), "sources": (0.9,)}
LAST = Proposal("a.txt", "0", "test", FRONT, BODY, SURE)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A brief with an open question, one that says the same and is confirmed, and one by a single source."""
    mine = write_brief(FRONT, BODY).replace("value: 40", "value: 38")
    figure = Figure("Some 40 boats", 41, what="boats", by="Ann Lee")
    new = Proposal("a.txt", "1", "test", replace(FRONT, figures=(figure,)), BODY, SURE)
    merge = merge_brief(mine, LAST, new, "content/briefs/a.md")
    sole = FrontMatter(
        "Boats", "2031-05-15", quotes=(Quote("We saw it", "Ann Lee"), Quote("Nobody did", "Ann Lee")), reviewed=None
    )
    files = {
        "content/briefs/a.md": merge.text,
        "content/proposals/a.json": write_proposal(merge.proposal),
        "content/briefs/b.md": write_brief(FRONT, BODY).replace("language: en", "reviewed: 2031-05-15"),
        "content/briefs/c.md": write_brief(sole, BODY),
        "site.yaml": "title: Port\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def run(site: Path, *arguments: str) -> int:
    return main(["review", *arguments], root=site)


def test_worst_first_with_places_and_versions(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site) == 0
    assert (
        capsys.readouterr().out
        == """\
content/briefs/a.md:11:11: conflict: value of this figure
      it was       40
      you have     38
      machine now  41
content/briefs/a.md:11:3: headline-figure: in the headline, not confirmed: Some 40 boats
content/briefs/c.md:7:3: single-source: every claim rests on Ann Lee alone
content/briefs/a.md:14:3: unnamed-speaker: Experts, without a name: Experts see trouble
content/briefs/a.md:9:3: low-confidence: the machine is not sure of this actor (45%): Vell
content/briefs/c.md:2:11: unreviewed: not confirmed as a whole: Boats
content/briefs/a.md:2:11: unreviewed: not confirmed as a whole: 40 boats leave
7 to look at: 1 conflict, 1 headline-figure, 1 single-source, 1 unnamed-speaker, 1 low-confidence, 2 unreviewed
"""
    )
    run(site, "a:11", "--format", "json")
    rows = json.loads(capsys.readouterr().out)
    assert [(row["concern"], row.get("theirs")) for row in rows] == [("conflict", "41"), ("headline-figure", None)]


@pytest.mark.parametrize(("how", "value"), [("--keep", "value: 38"), ("--take", "value: 41")])
def test_an_answer_closes_a_question_for_good(
    site: Path, how: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, how, "a:9") == 1
    assert "there is no question at line 9; open ones are at 11" in capsys.readouterr().err
    assert run(site, how, "content/briefs/a.md:11") == 0
    assert "1 answered, 0 open" in capsys.readouterr().out
    assert value in (site / "content/briefs/a.md").read_text(encoding="utf-8")
    run(site, "a")
    assert "conflict" not in capsys.readouterr().out


def test_confirming_the_item_answers_too(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = site / "content/briefs/a.md"
    text = file.read_text(encoding="utf-8").replace('boats"}', 'boats", reviewed: 2031-05-16}')
    file.write_text(text, encoding="utf-8")
    run(site, "a")
    told = capsys.readouterr().out
    assert "conflict" not in told and "headline-figure" not in told


def test_what_is_no_brief_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(site, "zzz") == 1
    assert "there is no brief content/briefs/zzz.md" in capsys.readouterr().err
    assert run(site, "--keep") == 2


def test_of_several_answers_each_rests_on_the_one_before(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = site / "content/briefs/a.md"
    mine = write_brief(replace(FRONT, headline="Many boats leave"), BODY).replace("value: 40", "value: 38")
    figure = Figure("Some 40 boats", 41, what="boats", by="Ann Lee")
    new = Proposal("a.txt", "1", "test", replace(FRONT, headline="41 boats leave", figures=(figure,)), BODY, SURE)
    merge = merge_brief(mine, LAST, new, "content/briefs/a.md")
    file.write_text(merge.text, encoding="utf-8")
    (site / "content/proposals/a.json").write_text(write_proposal(merge.proposal), encoding="utf-8")
    assert run(site, "--keep", "a:2", "a:11") == 0
    assert file.read_text(encoding="utf-8") == mine
    run(site, "a")
    assert "conflict" not in capsys.readouterr().out


def test_only_files_that_have_changed_are_read_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noted(root: Path, path: str) -> bytes:
        read.append(path)
        return (root / path).read_bytes()

    monkeypatch.setattr(desk, "read_input", noted)
    sheets = desk.Sheets(site)
    before = desk.review(site, sheets.pairs())
    assert len(read) == 4 and before == desk.review(site, sheets.pairs()) and len(read) == 4
    (site / "content/briefs/c.md").write_text(write_brief(FRONT, BODY), encoding="utf-8")
    assert desk.review(site, sheets.pairs()) != before and read[4:] == ["content/briefs/c.md"]
    (site / "content/briefs/c.md").unlink()
    assert {task.path for task in desk.review(site, sheets.pairs())} == {"content/briefs/a.md"}
