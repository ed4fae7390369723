"""Several files of a site's content written as one: all of them or none, whenever the run is killed.

What is to be written is noted first, with what is there. The next run finds the note and goes on; where a person has
meanwhile edited a file before the killed run had come to it, what that run had written is taken back instead. Being
killed is meant, not the loss of power.
"""

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nutgraf import store


@dataclass(frozen=True, slots=True)
class Change:
    """A file of the content before and after; None where there is none."""

    path: str
    """Relative to the site's root."""
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of a run that was killed while it wrote."""

    paths: tuple[str, ...]
    finished: bool
    """False where it was taken back."""


def write(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Write files by path; None removes one."""
    wanted = {path: None if data is None else _text(data) for path, data in files.items()}
    there = ((path, text_at(root, path), after) for path, after in wanted.items())
    changes = [Change(*one) for one in there if one[1] != one[2]]
    note = store.note_of(root)
    if len(changes) > 1:
        rows = [(change.path, change.before, change.after) for change in changes]
        store.write_file(note, json.dumps(rows).encode())
    for change in changes:
        _put(root, change.path, change.after)
    note.unlink(missing_ok=True)


def recover(root: Path) -> Iterator[Recovered]:
    """Finish or take back what runs that were killed had begun to write."""
    for note in store.notes(root):
        changes = _noted(root, note)
        now = {change.path: text_at(root, change.path) for change in changes}
        forward = not any(_edited_before(change, now[change.path]) for change in changes)
        for change in changes:
            if now[change.path] in (change.before, change.after):
                _put(root, change.path, change.after if forward else change.before)
        note.unlink(missing_ok=True)
        if changes:
            yield Recovered(tuple(change.path for change in changes), forward)


def _noted(root: Path, note: Path) -> list[Change]:
    """What a note tells; nothing where it is damaged or leads out of the content."""
    inside = (root / store.CONTENT).resolve()
    try:
        changes = [Change(*row) for row in json.loads(note.read_bytes())]
        return changes if all((root / c.path).resolve().is_relative_to(inside) for c in changes) else []
    except (ValueError, TypeError):
        return []


def _edited_before(change: Change, now: str | None) -> bool:
    """Whether a person has edited the file as it was before the run came to it."""
    if now in (change.before, change.after):
        return False
    return _likeness(now, change.before) >= _likeness(now, change.after)


def _likeness(one: str | None, other: str | None) -> float:
    """Share of lines that two texts have in common, 0 to 1."""
    return difflib.SequenceMatcher(None, (one or "").splitlines(), (other or "").splitlines(), False).ratio()


def text_at(root: Path, path: str) -> str | None:
    """The text of a file to the byte; None where there is none."""
    file = root / path
    return _text(file.read_bytes()) if file.is_file() else None


def _put(root: Path, path: str, text: str | None) -> None:
    """A file that is removed takes the folder along that it leaves empty."""
    if text is None:
        store.prune(root / store.CONTENT, Path(path).relative_to(store.CONTENT).as_posix())
    else:
        store.write_file(root / path, text.encode("utf-8", "surrogateescape"))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
