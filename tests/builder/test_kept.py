"""Whether anything has changed since a build, told without building."""

import subprocess
import sys
from pathlib import Path

import pytest

from nutgraf import store
from nutgraf.builder import kept, session
from nutgraf.builder.aside import Aside
from nutgraf.builder.publish import BuildOptions
from nutgraf.builder.session import Session
from nutgraf.builder.stamps import Inputs
from nutgraf.memo import Memo
from tests.builder.test_session import put

OPTIONS = BuildOptions("2031-06-01")


def unchanged(root: Path) -> bool:
    found = kept.look(root, store.SETTINGS, None, OPTIONS.flags, OPTIONS.today)
    if isinstance(found, kept.Look):
        found.drop()
    return isinstance(found, kept.Head)


@pytest.mark.parametrize("many", [kept.MANY, 0], ids=["by one process", "by two"])
def test_a_change_of_any_file_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(kept, "MANY", many)
    put(tmp_path, "one", "First")
    Session(tmp_path, OPTIONS).rebuild()
    assert unchanged(tmp_path)
    for path in (tmp_path / "public").rglob("*.html"):
        before = path.read_bytes()
        path.write_bytes(before[:-1])
        assert not unchanged(tmp_path)
        path.write_bytes(before)
        Session(tmp_path, OPTIONS).rebuild()
        assert unchanged(tmp_path)
    put(tmp_path, "one", "Other")
    assert not unchanged(tmp_path)


def test_files_that_were_too_young_are_read_once_more_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "one", "First")
    Session(tmp_path, OPTIONS).rebuild()

    def young() -> set[str]:
        memo = Memo(*kept.memo_at(tmp_path, store.SETTINGS, None, OPTIONS.flags))
        return {path for path, one in Inputs(kept.FILES, memo.read).items() if one.racy}

    assert "content/briefs/one.md" in young()
    later = (tmp_path / "content/briefs/one.md").stat().st_mtime_ns + 60_000_000_000
    monkeypatch.setattr(kept, "now", lambda folder: later)
    assert unchanged(tmp_path)
    assert young() == set()
    assert unchanged(tmp_path)


@pytest.mark.parametrize("many", [kept.MANY, 0], ids=["by one process", "by two"])
def test_a_build_mends_what_somebody_else_did_to_the_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    for module in (kept, session):
        monkeypatch.setattr(module, "MANY", many)
    put(tmp_path, "one", "First")
    Session(tmp_path, OPTIONS).rebuild()
    page, listed = tmp_path / "public/briefs/one/index.html", tmp_path / "public" / store.MANIFEST
    before = page.read_bytes(), listed.read_bytes()
    page.unlink()
    (tmp_path / "public/other.html").write_text("of another build")
    listed.write_bytes(before[1] + b"other.html\n")
    built = Session(tmp_path, OPTIONS).rebuild()
    assert built.written and built.written.written == ("briefs/one/index.html",)
    assert built.written.pruned == ("other.html",)
    assert (page.read_bytes(), listed.read_bytes()) == before


def test_work_aside_gives_what_it_gives_here() -> None:
    assert Aside(lambda parts: [f"ü\udc80{part}" for part in parts], 2).answer() == {"ü\udc800", "ü\udc801"}
    assert Aside(lambda _: (), 1).answer() == set()
    dropped = Aside(lambda _: ["a"], 1)
    dropped.drop()
    with pytest.raises(ZeroDivisionError):
        Aside(lambda parts: [str(1 // part) for part in parts], 2).answer()


def test_work_is_shared_with_the_one_aside() -> None:
    shared = Aside(lambda parts: map(str, parts), 200)
    shared.help()
    assert shared.answer() == {*map(str, range(200))}


def test_findings_of_a_site_that_is_remembered_load_nothing_that_draws(tmp_path: Path) -> None:
    put(tmp_path, "one", "First")
    (tmp_path / "site.yaml").write_text("title: Port\n", encoding="utf-8")
    code = """
import sys
from pathlib import Path
from nutgraf.cli import main
main([sys.argv[1], "-q"], root=Path(sys.argv[2]))
print("jinja2" in sys.modules)
"""
    runs = [[sys.executable, "-c", code, verb, str(tmp_path)] for verb in ("build", "check")]
    told = [subprocess.run(run, capture_output=True, text=True, check=True).stdout for run in runs]
    assert [one.split()[-1] for one in told] == ["True", "False"]
