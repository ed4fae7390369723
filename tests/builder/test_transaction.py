"""Files written as one: killed at whatever moment, the next run makes all of it or none, and no edit is lost."""

import os
import shutil
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.builder import convert as converting
from nutgraf.builder import transaction
from nutgraf.cli import main
from nutgraf.cli.common import open_site
from nutgraf.model.brief import Proposal
from tests.builder.killing import killed_at
from tests.formats.test_merge_runs import Edit, Promises, edited, edits, kept, runs

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process of its own")
NAMES = ("content/briefs/a.md", "content/briefs/b.md", "content/actors/c.md", "content/proposals/a.json")
texts = st.sampled_from([None, b"one\n", b"one\ntwo\n", b"three\n", b"\xff\r\n"])


def put(root: Path, files: Mapping[str, bytes | None]) -> None:
    (root / "content").mkdir(parents=True)
    for path, data in files.items():
        (root / path).parent.mkdir(exist_ok=True)
        if data is not None:
            (root / path).write_bytes(data)


def content(root: Path) -> dict[str, bytes]:
    """What can be seen of the content."""
    found = (p for p in (root / "content").rglob("*") if p.is_file() and not p.name.startswith("."))
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found}


def known(files: Mapping[str, bytes | None]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if data is not None}


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_all_files_or_none(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    before, after = ({name: data.draw(texts) for name in NAMES} for _ in range(2))
    for moment in range(100):
        root = tmp_path_factory.mktemp("site")
        put(root, before)
        killed = killed_at(moment, root, lambda at=root: transaction.write(at, after))  # type: ignore[misc]
        open_site(root)
        assert content(root) in (known(before), known(after))
        assert killed or content(root) == known(after)
        shutil.rmtree(root)
        if not killed:
            return
    raise AssertionError("it never ends")


def annotate(root: Path, said: tuple[Proposal, Proposal]) -> int:
    """Annotate all articles, of which the machine says this."""
    named = zip(("a.txt", "b.txt"), said, strict=True)
    rows = [(replace(one, article=name, front=replace(one.front, article=name)), ()) for name, one in named]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(converting, "annotated", lambda *_: rows)
        return main(["annotate", "-q"], root=root)


def changed_by_hand(root: Path, changes: list[Edit], promises: Promises) -> None:
    for edit in changes:
        file = root / "content/briefs/a.md"
        file.write_text(edited(file.read_text(encoding="utf-8"), edit, promises), encoding="utf-8")


@settings(max_examples=8, deadline=None)
@given(st.tuples(runs(), runs()), st.lists(edits, max_size=4), st.tuples(runs(), runs()), st.lists(edits, max_size=2))
def test_a_killed_run_is_mended_by_the_next(
    tmp_path_factory: pytest.TempPathFactory,
    first: tuple[Proposal, Proposal],
    changes: list[Edit],
    second: tuple[Proposal, Proposal],
    meanwhile: list[Edit],
) -> None:
    scratch = tmp_path_factory.mktemp("sites")
    start, made, whole = scratch / "start", scratch / "made", scratch / "whole"
    put(start, {"content/articles/a.txt": b"A.\n", "content/articles/b.txt": b"B.\n"})
    (start / "site.yaml").write_text("title: Port\n", encoding="utf-8")
    shutil.copytree(start, made)
    annotate(made, first)
    for moment, again in each_moment(start, scratch / "again", first):
        annotate(again, first)
        assert content(again) == content(made), moment
    promises = Promises()
    changed_by_hand(made, changes, promises)
    shutil.copytree(made, whole)
    annotate(whole, second)
    for moment, again in each_moment(made, scratch / "again", second):
        annotate(again, second)
        assert content(again) == content(whole), moment
    for _, again in each_moment(made, scratch / "again", second):
        promised = deepcopy(promises)
        changed_by_hand(again, meanwhile, promised)
        annotate(again, second)
        kept((again / "content/briefs/a.md").read_text(encoding="utf-8"), promised)


def each_moment(site: Path, copy: Path, said: tuple[Proposal, Proposal]) -> Iterator[tuple[int, Path]]:
    """The site as a run leaves it that is killed at the first moment, the second, and so on."""
    for moment in range(100):
        shutil.copytree(site, copy)
        killed = killed_at(moment, copy, lambda: annotate(copy, said))
        yield moment, copy
        shutil.rmtree(copy)
        if not killed:
            return
    raise AssertionError("it never ends")


def test_a_note_that_is_damaged_or_leads_elsewhere_changes_nothing(tmp_path: Path) -> None:
    put(tmp_path, {"content/briefs/a.md": b"a"})
    for text in ("", "[", "[1]", '[["../a", null, "b"]]'):
        note = tmp_path / "content/.nutgraf-1.journal"
        note.write_text(text)
        assert open_site(tmp_path) and not note.exists()
    assert content(tmp_path) == {"content/briefs/a.md": b"a"} and not (tmp_path.parent / "a").exists()
