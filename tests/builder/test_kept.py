"""Whether anything has changed since a build, told without building."""

from pathlib import Path

import pytest

from nutgraf import store
from nutgraf.builder import kept
from nutgraf.builder.publish import BuildOptions
from nutgraf.builder.session import Session
from nutgraf.builder.stamps import Known
from nutgraf.memo import Memo, Table
from tests.builder.test_session import put

OPTIONS = BuildOptions("2031-06-01")


def unchanged(root: Path) -> bool:
    return kept.unchanged(root, store.SETTINGS, None, OPTIONS.flags, OPTIONS.today) is not None


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
        files: Table[str, Known] = Table(kept.FILES, memo.read)
        return {path for path, one in files.items() if one.racy}

    assert "content/briefs/one.md" in young()
    later = (tmp_path / "content/briefs/one.md").stat().st_mtime_ns + 60_000_000_000
    monkeypatch.setattr(kept, "now", lambda folder: later)
    assert unchanged(tmp_path)
    assert young() == set()
    assert unchanged(tmp_path)
