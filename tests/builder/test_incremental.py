"""After any sequence of edits, what a build with a memory makes is, to the byte, what one without makes."""

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from nutgraf import store
from nutgraf.builder import kept, session
from nutgraf.builder.content import read_content
from nutgraf.builder.publish import findings
from nutgraf.builder.session import Session
from nutgraf.model.diagnostic import Diagnostic
from tests.builder.edits import Edits, clean, files_of, options

STEPS = int(os.environ.get("NUTGRAF_EDITS", "14"))
"""Edits a seed; `bench/speed.py --edits` takes many more."""


def told(found: Iterable[Diagnostic]) -> list[tuple[str, str, str, object]]:
    return [(str(d.severity), d.code, d.message + d.help, d.location) for d in found]


@pytest.mark.parametrize("seed", range(int(os.environ.get("NUTGRAF_SEEDS", "3"))))
def test_incremental_builds_are_clean_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    for module in (kept, session):
        monkeypatch.setattr(module, "MANY", 0)
    root = tmp_path / "site"
    edits = Edits(root, seed)
    live = Session(root, options(root / "live"), jobs=1)
    live.rebuild()
    Session(root, options(root / "public"), jobs=1).rebuild()
    for step in range(STEPS):
        name, paths = edits.edit()
        if edits.draw.random() < 0.15:
            interrupted(root, edits.draw.random() * 0.4)
            name += " interrupted"
        if edits.draw.random() < 0.5:
            live.glance(paths)  # what is drawn ahead must not show afterwards
        wanted, files = clean(root, tmp_path / "scratch")
        checked = Session(root, options(root / "public"), jobs=1).findings()
        assert told(checked) == told(findings(read_content(root), options(root / "public"))), f"{seed}, {step}, {name}"
        for folder, built in (
            ("public", Session(root, options(root / "public"), jobs=1, look=seen(root, edits)).rebuild()),
            ("live", live.rebuild(paths if "interrupted" not in name else None)),
        ):
            where = f"seed {seed}, step {step}, {name}, {folder}"
            assert told(built.diagnostics) == told(wanted.diagnostics), where
            assert (built.written is None) == (wanted.written is None), where
            if built.written and wanted.written:
                made = files_of(root / folder)
                assert made.keys() == files.keys(), where
                assert {path for path in files if made[path] != files[path]} == set(), where


def seen(root: Path, edits: Edits) -> kept.Look | None:
    """What a command has seen of the files before it builds."""
    how = options(root / "public")
    found = kept.look(root, store.SETTINGS, how.output, how.flags, how.today) if edits.draw.random() < 0.5 else None
    return found if isinstance(found, kept.Look) else None


def interrupted(root: Path, seconds: float) -> None:
    """A build that is killed in the middle."""
    child = os.fork()
    if child == 0:
        Session(root, options(root / "public"), jobs=1).rebuild()
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
