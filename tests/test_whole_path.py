"""The whole path on a small site of its own: articles to briefs, edits, pages, findings, preview."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from nutgraf.cli import main

sys.path.insert(0, str(Path(__file__).parent))
from sitecheck import broken_links, read_site

ARTICLE = """Harbour strike ends after nine days

VELL, May 14 (Reuters) - Dock workers in Vell went back to work on Tuesday, the port said.

“We held out for nine days,” said Ngozi Okafor, who leads the Dockers' Union. Some 3,200 people took part.
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    assert main(["new", str(tmp_path / "site"), "-q"]) == 0
    (tmp_path / "site/content/articles/2031-05-14-harbour.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path / "site"


def run(site: Path, *arguments: str) -> int:
    return main([*arguments], root=site)


def brief_of(site: Path) -> Path:
    return site / "content/briefs/2031-05-14-harbour.md"


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file but caches and the search index, which Pagefind never writes the same way twice."""
    files = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith((".nutgraf/", "pagefind/"))}


def test_article_to_site(site: Path) -> None:
    assert run(site, "--drafts", "--future") == 0
    brief = brief_of(site).read_text(encoding="utf-8")
    assert "headline: Harbour strike ends after nine days" in brief
    assert "{name: Reuters, kind: agency" in brief
    assert (site / "content/proposals/2031-05-14-harbour.json").exists()
    assert (site / "public/briefs/2031-05-14-harbour/index.html").exists()
    assert list(broken_links(read_site(site / "public"))) == []


def test_second_run_changes_nothing(site: Path) -> None:
    run(site, "--drafts", "--future")
    before = snapshot(site)
    assert run(site, "annotate") == 0
    assert run(site, "--drafts", "--future") == 0
    assert snapshot(site) == before


def test_same_bytes_from_another_folder(site: Path, tmp_path: Path) -> None:
    run(site, "--drafts", "--future")
    copy = tmp_path / "elsewhere"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("public", ".nutgraf"))
    run(copy, "--drafts", "--future")
    assert snapshot(copy / "public") == snapshot(site / "public")


def test_edit_survives_another_run_on_a_changed_article(site: Path) -> None:
    run(site, "annotate", "-q")
    file = brief_of(site)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("headline: Harbour strike ends after nine days", "headline: My words  # kept"), encoding="utf-8"
    )
    article = site / "content/articles/2031-05-14-harbour.txt"
    article.write_text(ARTICLE.replace("Harbour strike ends", "Harbour strike is over"), encoding="utf-8")
    run(site, "annotate", "-q")
    assert "headline: My words  # kept\n" in file.read_text(encoding="utf-8")


def test_a_question_is_asked_until_it_is_answered_and_a_dry_run_writes_nothing(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(site, "annotate", "-q")
    file, article = brief_of(site), site / "content/articles/2031-05-14-harbour.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("value: 3200", "value: 3000"), encoding="utf-8")
    article.write_text(ARTICLE.replace("3,200", "3,400"), encoding="utf-8")
    before = snapshot(site / "content")
    capsys.readouterr()
    assert run(site, "annotate", "--dry-run") == 0
    assert snapshot(site / "content") == before
    told = capsys.readouterr()
    assert "+“We held out" in told.out and "Some 3,400 people took part." in told.out
    question = "value of this figure: you have 3000, the machine now says 3400 (it was 3200)"
    assert question in told.err
    for _ in range(2):
        run(site, "annotate")
        assert question in capsys.readouterr().err
    text = file.read_text(encoding="utf-8")
    assert re.search(r"value: 3000.*3,400", text)
    file.write_text(re.sub(r"(value: 3000.*)}", r"\1, reviewed: 2031-05-15}", text), encoding="utf-8")
    for _ in range(2):
        run(site, "annotate")
        assert "merge-conflict" not in capsys.readouterr().err


def test_a_brief_under_another_name_is_still_merged_with(site: Path) -> None:
    run(site, "annotate", "-q")
    moved = brief_of(site).rename(site / "content/briefs/strike.md")
    before = snapshot(site / "content")
    run(site, "annotate", "-q")
    assert snapshot(site / "content") == before
    (site / "content/articles/2031-05-14-harbour.txt").write_text(ARTICLE.replace("3,200", "3,400"), encoding="utf-8")
    run(site, "annotate", "-q")
    assert "value: 3400" in moved.read_text(encoding="utf-8")


def test_a_brief_that_cannot_be_read_is_left_alone_under_any_name(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(site, "annotate", "-q")
    moved = brief_of(site).rename(site / "content/briefs/strike.md")
    moved.write_text(moved.read_text(encoding="utf-8").replace("status: draft", "status: draught"), encoding="utf-8")
    before = snapshot(site / "content")
    run(site, "annotate")
    assert snapshot(site / "content") == before
    told = capsys.readouterr().err
    assert "did you mean draft?" in told and "left alone: the brief cannot be read" in told


def test_deleted_brief_is_not_made_again_by_itself(site: Path) -> None:
    run(site, "annotate", "-q")
    brief_of(site).unlink()
    assert run(site, "-q") == 0
    assert not brief_of(site).exists()
    run(site, "annotate", "2031-05-14-harbour.txt", "-q")
    assert brief_of(site).exists()


def test_broken_brief_keeps_the_last_good_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(site, "--drafts", "--future", "-q")
    good = snapshot(site / "public")
    text = brief_of(site).read_text(encoding="utf-8")
    brief_of(site).write_text(text.replace("status: draft", "status: draught"), encoding="utf-8")
    assert run(site, "build", "--drafts", "--future") == 1
    told = capsys.readouterr().err
    assert "content/briefs/2031-05-14-harbour.md:" in told and "did you mean draft?" in told
    assert snapshot(site / "public") == good


@pytest.mark.parametrize("template", ["{% if %}", "{{ view.no_such_thing }}"])
def test_broken_template_is_a_finding(site: Path, template: str, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "templates").mkdir()
    (site / "templates/about.html").write_text(f"\n{template}", encoding="utf-8")
    assert run(site, "build") == 1
    told = capsys.readouterr().err
    assert "templates/" in told and "[template-error]" in told and "Traceback" not in told


def test_stale_pages_go_and_foreign_files_stay(site: Path) -> None:
    run(site, "--drafts", "--future", "-q")
    (site / "public/CNAME").write_text("example.org")
    brief_of(site).unlink()
    run(site, "build", "--drafts", "--future", "-q")
    assert not (site / "public/briefs/2031-05-14-harbour").exists()
    assert (site / "public/CNAME").exists()


def test_findings_in_every_format(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(site, "annotate", "-q")
    text = brief_of(site).read_text(encoding="utf-8")
    text = text.replace("date: 2031-05-14", "date: 2031-13-14", 1)
    brief_of(site).write_text(text, encoding="utf-8")
    assert run(site, "check", "-q") == 0, "what a draft says wrong stops nobody"
    brief_of(site).write_text(text.replace("status: draft", "status: published"), encoding="utf-8")
    capsys.readouterr()
    assert run(site, "check", "-q") == 1
    assert "[invalid-date]" in capsys.readouterr().out
    run(site, "check", "--format", "json")
    assert any(row["code"] == "invalid-date" for row in json.loads(capsys.readouterr().out))
    run(site, "check", "--format", "github")
    assert "::error file=content/briefs/2031-05-14-harbour.md,line=" in capsys.readouterr().out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_batch_gives_the_same_for_any_number_of_jobs_and_never_dies(tmp_path: Path, jobs: str) -> None:
    rows = [{"id": f"a{i}", "text": ARTICLE.replace("nine", str(i + 2)), "date": "2031-05-14"} for i in range(5)]
    lines = [json.dumps(row) for row in rows]
    lines[2:2] = ["not json", json.dumps({"id": "empty"}), json.dumps({"id": "blank", "text": ""})]
    source, target, first = tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "first.jsonl"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["annotate", "--jsonl", str(source), str(target), "--jobs", jobs]) == 1
    main(["annotate", "--jsonl", str(source), str(first)])
    assert target.read_bytes() == first.read_bytes()
    records = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [r["id"] for r in records] == ["a0", "a1", None, "empty", "blank", "a2", "a3", "a4"]
    assert "error" in records[2] and "error" in records[3]
    agency = records[0]["agencies"][0]
    assert rows[0]["text"][agency["start"] : agency["end"]] == "Reuters"
