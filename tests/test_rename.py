"""Renaming and merging over a site: what changes, what stays to the byte, and the way back."""

from pathlib import Path

import pytest

from nutgraf.cli import main

BRIEF = """---
headline: Strike ends
date: 2031-05-14
status: published
topics: [ports, 'Vell']   # two
actors:
  - { name: "Ngozi Okafor",  kind: person, aka: [Okafor] }  # sure
- &
quotes:
- {text: "We held out", by: Ngozi Okafor, cue: said}
sources:
- {name: Reuters, kind: agency}
---

“We held out,” said [[Ngozi Okafor]], and [[Ngozi Okafor|she]] left. Okafor is from Vell.
""".replace("- &\n", "")
OTHER = """---\r
headline: Okafor speaks\r
date: 2031-05-15\r
status: published\r
actors:\r
- name: Ngozi Okafor\r
  kind: person\r
- {name: Vell, kind: place}\r
figures:\r
- {value: 3, by: Reuters, text: three boats}\r
sources:\r
- {name: Reuters, kind: agency}\r
---\r
\r
Ngozi Okafor saw three boats in Vell.\r
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, text in {"one": BRIEF, "two": OTHER}.items():
        file = tmp_path / f"content/briefs/{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    (tmp_path / "site.yaml").write_text("title: Port\nurl: https://port.example\n")
    return tmp_path


def run(site: Path, *arguments: str) -> int:
    return main([*arguments], root=site)


def content(site: Path) -> dict[str, bytes]:
    folder = site / "content"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*.md"))}


def test_only_labels_change_and_renaming_back_gives_the_same_bytes(site: Path) -> None:
    before = content(site)
    assert run(site, "rename", "Ngozi Okafor", "Ngozi Okafor-Bell", "--yes") == 0
    after = content(site)
    one = BRIEF.replace('name: "Ngozi Okafor"', 'name: "Ngozi Okafor-Bell"').replace(
        "by: Ngozi Okafor,", "by: Ngozi Okafor-Bell,"
    )
    one = one.replace("[[Ngozi Okafor|", "[[Ngozi Okafor-Bell|")
    assert after["briefs/one.md"].decode() == one
    assert after["briefs/two.md"].decode() == OTHER.replace("- name: Ngozi Okafor", "- name: Ngozi Okafor-Bell")
    assert b"was: [Ngozi Okafor]" in after["actors/ngozi-okafor-bell.md"]
    assert run(site, "rename", "Ngozi Okafor-Bell", "Ngozi Okafor", "--yes") == 0
    assert content(site) == before
    assert not (site / "content/actors").exists(), "no empty folder stays"


def test_the_old_address_leads_to_the_new_and_the_old_name_still_links(site: Path) -> None:
    run(site, "rename", "Ngozi Okafor", "Ngozi Okafor-Bell", "--yes")
    assert run(site, "build", "--future", "-q") == 0
    moved = (site / "public/actors/ngozi-okafor/index.html").read_text(encoding="utf-8")
    assert 'content="0; url=../../actors/ngozi-okafor-bell/"' in moved
    assert '<link rel="canonical" href="https://port.example/actors/ngozi-okafor-bell/">' in moved
    assert "/actors/ngozi-okafor/" not in (site / "public/sitemap.xml").read_text(encoding="utf-8")
    brief = (site / "public/briefs/one/index.html").read_text(encoding="utf-8")
    assert brief.count("actors/ngozi-okafor-bell/") >= 3


def test_nothing_is_written_before_it_was_shown(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = content(site)
    assert run(site, "rename", "Reuters", "Thomson Reuters") == 0
    told = capsys.readouterr()
    assert "-- {name: Reuters, kind: agency}" in told.out and "+- {name: Thomson Reuters, kind: agency}" in told.out
    assert "by: Thomson Reuters" in told.out and "--yes" in told.err
    assert run(site, "rename", "Reuters", "Thomson Reuters", "--dry-run") == 0
    assert content(site) == before


def test_a_file_that_is_saved_between_the_question_and_the_answer_is_not_written_over(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def agreed() -> bool:
        (site / "content/briefs/two.md").write_bytes(OTHER.replace("saw", "met").encode())
        return True

    monkeypatch.setattr("nutgraf.cli.rename.agreed", agreed)
    assert run(site, "rename", "Ngozi Okafor", "N. Okafor-Bell") == 1
    assert "content/briefs/two.md changed meanwhile; nothing was renamed" in capsys.readouterr().err
    edited = {"briefs/one.md": BRIEF.encode(), "briefs/two.md": OTHER.replace("saw", "met").encode()}
    assert content(site) == edited


def test_a_page_of_the_editors_own_moves_and_comes_back(site: Path) -> None:
    page = site / "content/actors/ngozi-okafor.md"
    page.parent.mkdir()
    page.write_text("---\nname: Ngozi Okafor   # she\naliases: [N. O.]\ntype: person\n---\n\nLeads a union.\n")
    before = content(site)
    run(site, "rename", "ngozi okafor", "N. Okafor-Bell", "--yes")
    moved = (site / "content/actors/n-okafor-bell.md").read_text()
    assert moved.startswith("---\nname: N. Okafor-Bell   # she\naliases: [N. O.]\nwas: [Ngozi Okafor]\n")
    assert not page.exists()
    run(site, "rename", "N. Okafor-Bell", "Ngozi Okafor", "--yes")
    assert content(site) == before


def test_merge_keeps_the_words_of_briefs_and_undo_gives_the_same_bytes(site: Path) -> None:
    text = BRIEF.replace("Ngozi Okafor", "Mrs Okafor")
    (site / "content/briefs/three.md").write_text(text, encoding="utf-8")
    before = content(site)
    assert run(site, "merge", "Mrs Okafor", "Ngozi Okafor", "--yes") == 0
    assert {path for path, raw in content(site).items() if before.get(path) != raw} == {"actors/ngozi-okafor.md"}
    assert run(site, "build", "--future", "-q") == 0
    assert "ngozi-okafor/" in (site / "public/briefs/three/index.html").read_text(encoding="utf-8")
    assert "url=../../actors/ngozi-okafor/" in (site / "public/actors/mrs-okafor/index.html").read_text(
        encoding="utf-8"
    )
    assert run(site, "merge", "Mrs Okafor", "Ngozi Okafor", "--yes") == 1, "they are one already"
    assert run(site, "merge", "Ngozi Okafor", "ngozi okafor", "--yes") == 1, "nobody is merged into themselves"
    assert run(site, "merge", "Mrs Okafor", "Ngozi Okafor", "--undo", "--yes") == 0
    assert content(site) == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("Ngozi Okaffor", "X"), "did you mean Ngozi Okafor?"),
        (("Reuters", " "), "the new name has to have a letter or a digit"),
        (("Reuters", "A\nB"), "on one line"),
        (("Vell", "Well"), "an actor and of a topic: say --kind actor or --kind topic"),
        (("Ngozi Okafor", "Vell", "--kind", "actor"), "there is an actor Vell already; to make one of the two: merge"),
    ],
)
def test_what_cannot_be_renamed_is_told(
    site: Path, arguments: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = content(site)
    assert run(site, "rename", *arguments, "--yes") == 1
    assert told in capsys.readouterr().err
    assert content(site) == before


def test_a_topic_of_the_same_name_is_left_alone(site: Path) -> None:
    run(site, "rename", "Vell", "Port Vell", "--kind", "topic", "--yes")
    after = content(site)
    assert b"topics: [ports, 'Port Vell']   # two" in after["briefs/one.md"]
    assert after["briefs/two.md"] == OTHER.encode()


def test_a_file_that_cannot_be_read_stops_the_whole(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "content/briefs/bad.md").write_text("---\nheadline: a: Ngozi Okafor\n---\n")
    before = content(site)
    assert run(site, "rename", "Ngozi Okafor", "X", "--yes") == 1
    assert "content/briefs/bad.md:2:" in capsys.readouterr().err
    assert content(site) == before
