"""Tables of stamps: kept in pieces that follow each other in order of path, and compared piece by piece."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nutgraf import store
from nutgraf.builder.stamps import ROOM, Inputs, Known, Outputs, Stamp, changed, differing, inputs, stamp_of
from nutgraf.memo import PIECES, LostError, thawed

ODD = ("", "é", "a/\udc80", "a\nb", "a b/c", "z" * 300)


def kept(table: Outputs | Inputs, rows: dict[str, bytes]) -> Callable[[str], Any]:
    rows |= dict(table.written())
    return lambda key: thawed(rows.get(key))


@pytest.mark.parametrize("most", [1, 2**63, -(2**70)], ids=["usual", "inode of 64 bits", "number of more"])
def test_what_is_kept_is_read_again(most: int) -> None:
    stamps: dict[str, Stamp] = {path: (number, -5, 7, most) for number, path in enumerate(ODD)}
    outputs, files = Outputs("o", None), Inputs("f", None)
    for path, stamp in stamps.items():
        outputs[path] = stamp
        files[path] = Known(stamp, path.encode("utf-8", "surrogateescape")[:16].ljust(16), path == "é")
    again = Outputs("o", kept(outputs, {}))
    assert again.whole() == stamps
    assert list(again) == sorted(stamps)
    assert Inputs("f", kept(files, {})).whole() == files.whole()


def test_pieces_stay_of_one_size_and_in_order() -> None:
    rows: dict[str, bytes] = {}
    table, expected = Outputs("o", None), {}
    for turn in range(30):
        for number in range(200):  # new ones lie next to each other, as those of one day do
            path = f"{turn % 3}/{turn:03}/{number:03}"
            table[path] = expected[path] = (number, turn, 0, 0)
        for path in [path for path in expected if path.endswith(f"{turn % 10}7")]:
            assert table.pop(path) == expected.pop(path)
        table = Outputs("o", kept(table, rows))
        assert len(table) == len(expected)
        assert [path for number in range(PIECES) for path in sorted(table.piece(number))] == sorted(expected)
        assert max(len(table.piece(number)) for number in range(PIECES)) <= 2 * len(expected) / PIECES + ROOM + 2
    assert table.whole() == expected
    assert all(table.get(path) == stamp for path, stamp in expected.items())


def test_a_small_change_writes_one_piece() -> None:
    rows: dict[str, bytes] = {}
    table = Outputs("o", None)
    for number in range(1000):
        table[f"{number:04}"] = (number, 0, 0, 0)
    again = Outputs("o", kept(table, rows))
    again["0500"] = (1, 1, 1, 1)
    assert len(list(again.written())) == 1


def test_a_piece_that_is_gone_is_missed() -> None:
    rows: dict[str, bytes] = {}
    read = kept(Outputs("o", None), rows)
    for key in list(rows):
        value = rows.pop(key)
        with pytest.raises(LostError):
            Outputs("o", read).whole()
            Outputs("o", read).get("a")
        rows[key] = value


def test_files_that_differ_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Outputs("o", None)
    for name in "abcd":
        file = tmp_path / f"public/{name}/index.html"
        file.parent.mkdir(parents=True)
        file.write_text(name)
        table[f"{name}/index.html"] = stamp_of(file.stat())
    (tmp_path / "public/b/index.html").write_text("other")
    (tmp_path / "public/d/index.html").unlink()
    for folder in (tmp_path, tmp_path / "public", tmp_path / "public/a", tmp_path.parent):
        monkeypatch.chdir(folder)
        assert set(differing(str(tmp_path / "public"), table)) == {"b/index.html", "d/index.html"}


def test_inputs_are_told_apart_by_what_has_changed(tmp_path: Path) -> None:
    def look() -> dict[str, Known | None]:
        return changed(tmp_path, files, inputs(tmp_path, "../site.yaml"), taken=2**62)

    own = {f"content/briefs/{name}.md": name for name in "abc"}
    for path, text in own.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path.parent / "site.yaml").write_text("title: Site")
    files = Inputs("f", None)
    for path, known in look().items():
        assert known
        files[path] = known
    assert {*own, "../site.yaml"} <= set(files)
    assert look() == {}
    (tmp_path / "content/briefs/b.md").unlink()
    (tmp_path / "content/briefs/c.md").write_text("other")
    os.utime(tmp_path / "content/briefs/a.md", ns=(1, 1))
    (tmp_path / store.BRIEFS / ".hidden").write_text("")
    (tmp_path / store.BRIEFS / "new.md").write_text("new")
    found = look()
    assert set(found) == {f"content/briefs/{name}.md" for name in ("a", "b", "c", "new")}
    assert found["content/briefs/b.md"] is None
    same = found["content/briefs/a.md"]
    assert same and same.digest == files["content/briefs/a.md"].digest
