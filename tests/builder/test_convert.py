"""Articles to briefs: one that fails, a run that is interrupted."""

from pathlib import Path

import pytest

from nutgraf.cli import main
from nutgraf.engine import Engine
from nutgraf.model.annotation import Annotations
from nutgraf.model.article import Article, Document

ARTICLE = """Strike of {}

The Harbour Board of Vell said that nine days without work had cost the town some 3 million euros.

The unions had asked for higher wages in the spring, and said that they would ask again. The strike ended on Thursday.
"""
MORE = "Trams in the harbour of Vell ran again on Friday after nine days."
NAMES = ("2031-05-14-ferries.txt", "2031-05-15-pilots.txt", "2031-05-16-trams.txt")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    main(["new", str(tmp_path), "-q"])
    for name in NAMES:
        (tmp_path / "content/articles" / name).write_text(ARTICLE.format(name[11:-4]))
    return tmp_path


def briefs(site: Path) -> list[str]:
    return sorted(path.stem[11:] for path in (site / "content/briefs").glob("2031*.md"))


def break_down(monkeypatch: pytest.MonkeyPatch, name: str, problem: type[BaseException]) -> None:
    """Let annotating one article raise."""
    whole = Engine.annotate

    def annotate(self: Engine, article: Article) -> tuple[Document, Annotations]:
        if article.name == name:
            raise problem
        return whole(self, article)

    monkeypatch.setattr(Engine, "annotate", annotate)


def test_an_article_that_fails_is_told_of_and_the_others_are_made(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    break_down(monkeypatch, NAMES[1], ZeroDivisionError)
    assert main(["annotate", "-q"], root=site) == 1
    assert f"content/articles/{NAMES[1]}: error: not annotated: ZeroDivisionError" in capsys.readouterr().err
    assert briefs(site) == ["ferries", "trams"]


def test_an_interrupted_run_goes_on_where_it_stopped(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        break_down(patch, NAMES[1], KeyboardInterrupt)
        assert main(["--drafts", "--future", "-q"], root=site) == 130
    assert briefs(site) == ["ferries"]
    before = {path: path.stat().st_mtime_ns for path in (site / "content").rglob("*ferries*")}
    assert main(["--drafts", "--future", "-q"], root=site) == 0
    assert briefs(site) == ["ferries", "pilots", "trams"]
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_brief_whose_proposal_is_lost_stays_and_is_merged_from_the_next_version_on(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = NAMES[0]
    article, brief = site / "content/articles" / name, site / "content/briefs" / name.replace(".txt", ".md")
    main(["annotate", "-q", name], root=site)
    mine = brief.read_text(encoding="utf-8").replace("headline: ", "headline: Mine, ")
    brief.write_text(mine, encoding="utf-8")
    (site / "content/proposals" / name.replace(".txt", ".json")).write_text("{", encoding="utf-8")
    assert main(["annotate", "-q", name], root=site) == 0
    assert "[not-merged]" in capsys.readouterr().err and brief.read_text(encoding="utf-8") == mine
    article.write_text(
        article.read_text(encoding="utf-8") + "\nTrams in the harbour of Vell ran again on Friday after nine days.\n",
        encoding="utf-8",
    )
    assert main(["annotate", "-q", name], root=site) == 0
    text = brief.read_text(encoding="utf-8")
    assert "headline: Mine, " in text and text.endswith("after nine days.\n"), "the edit stays, the new sentence comes"


def test_of_two_briefs_of_an_article_the_one_it_was_made_into_is_merged(site: Path) -> None:
    name = NAMES[0]
    article, brief = site / "content/articles" / name, site / "content/briefs" / name.replace(".txt", ".md")
    main(["annotate", "-q", name], root=site)
    text = brief.read_text(encoding="utf-8")
    copies = [brief.with_name("a-copy.md"), brief.with_name("z-copy.md")]
    for copy in copies:
        copy.write_text(text, encoding="utf-8")
    article.write_text(
        article.read_text(encoding="utf-8") + "\nTrams in the harbour of Vell ran again on Friday after nine days.\n",
        encoding="utf-8",
    )
    main(["annotate", "-q", name], root=site)
    assert "Trams in the harbour of Vell ran again on Friday after nine days." in brief.read_text(encoding="utf-8")
    assert [copy.read_text(encoding="utf-8") for copy in copies] == [text, text]


@pytest.mark.parametrize("place", ["2031/ferries.md", "other.md", "Ferries.MD"])
def test_a_brief_that_was_moved_or_renamed_is_merged_where_it_is(site: Path, place: str) -> None:
    name = NAMES[0]
    article, brief = site / "content/articles" / name, site / "content/briefs" / name.replace(".txt", ".md")
    main(["annotate", "-q", name], root=site)
    moved = site / "content/briefs" / place
    moved.parent.mkdir(exist_ok=True)
    brief.rename(moved)
    article.write_text(article.read_text(encoding="utf-8") + f"\n{MORE}\n", encoding="utf-8")
    main(["annotate", "-q", name], root=site)
    assert moved.read_text(encoding="utf-8").endswith(f"{MORE}\n") and not brief.exists()


def test_articles_of_one_name_have_a_brief_each(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    articles, text = site / "content/articles", (site / "content/articles" / NAMES[0]).read_text(encoding="utf-8")
    (articles / "old").mkdir()
    (articles / "old" / NAMES[0]).write_text(text.replace("ended", "began"), encoding="utf-8")
    (articles / NAMES[0]).with_suffix(".md").write_text(text.replace("ended", "went on"), encoding="utf-8")
    for _ in range(2):
        assert main(["annotate", "-q"], root=site) == 0
        assert "not-merged" not in capsys.readouterr().err
        assert briefs(site) == ["ferries", "ferries-2", "ferries-3", "pilots", "trams"]
    told = {
        path.read_text(encoding="utf-8").split("The strike ")[-1] for path in (site / "content/briefs").glob("*fer*")
    }
    assert told == {"ended on Thursday.\n", "began on Thursday.\n", "went on on Thursday.\n"}


def test_a_brief_by_hand_of_an_articles_name_is_its_brief(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brief = site / "content/briefs" / NAMES[0].replace(".txt", ".md")
    brief.parent.mkdir(exist_ok=True)
    brief.write_text("---\nheadline: Mine\ndate: 2031-05-14\n---\nMine.\n", encoding="utf-8")
    main(["annotate", "-q"], root=site)
    assert "[not-merged]" in capsys.readouterr().err and briefs(site) == ["ferries", "pilots", "trams"]
    assert brief.read_text(encoding="utf-8").endswith("Mine.\n")
