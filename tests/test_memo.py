"""What is kept comes back, or nothing does."""

import random
from pathlib import Path

import pytest

from nutgraf.memo import Memo, frozen, thawed


def kept(path: Path) -> bytes:
    memo = Memo(path, "stamp")
    memo.write({f"key {n}": frozen(("a value", n, "x" * 400)) for n in range(40)}.items())
    memo.close()
    return path.read_bytes()


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_gives_true_values_or_none(tmp_path: Path, seed: int) -> None:
    path, draw = tmp_path / "memo.db", random.Random(seed)
    raw = bytearray(kept(path))
    # The head of the file and of its pages is where SQLite reads texts and lengths.
    for _ in range(draw.randrange(1, 40)):
        raw[draw.randrange(draw.choice((100, 4096, len(raw))))] = draw.randrange(256)
    path.write_bytes(raw[: draw.choice((len(raw), draw.randrange(len(raw))))])
    memo = Memo(path, "stamp")
    for n in range(40):
        assert memo.read(f"key {n}") in (None, ("a value", n, "x" * 400))
    memo.write([("new", frozen(1))])
    memo.close()


def test_another_stamp_gives_nothing(tmp_path: Path) -> None:
    kept(tmp_path / "memo.db")
    assert Memo(tmp_path / "memo.db", "other").read("key 1") is None


class Foreign:
    """What no memory may hold."""


def test_only_data_is_read() -> None:
    assert thawed(frozen({"a": (1, frozenset({"b"}))})) == {"a": (1, frozenset({"b"}))}
    assert thawed(frozen(Foreign())) is None
    assert thawed(frozen(print)) is None
