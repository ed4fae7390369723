"""Where a build is remembered, and whether anything has changed since it. Imports next to nothing: it is the whole of a
run that finds nothing to do."""

import gc
import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from nutgraf import store
from nutgraf.builder.aside import Aside
from nutgraf.builder.stamps import Known, Stamp, differing, inputs, known, now, walk
from nutgraf.memo import PIECES, LostError, Memo, Table

HEAD, TURN = "head", "turn"
"""Keys of the memo: the last build in short, and what stands for the last time that anything was kept."""
FILES, OUTPUTS = "files", "outputs"
"""Tables of the memo: inputs as they were read, files of the site as they were written."""
MANY = 5_000
"""Files of the output folder that are looked at by a process of their own."""
PACKAGES = ("jinja2", "markupsafe", "markdown_it_py", "pyyaml", "pydantic", "trafilatura", "lxml")
"""What output rests on besides nutgraf's own code: beginnings of the names of their folders."""


@dataclass(frozen=True, slots=True)
class Head:
    """A build that came out well, in short."""

    today: str
    later: bool
    """Whether it holds on later days too: no brief tells of a day that is yet to come."""
    files: int
    """How many there are in the output folder."""
    output: str
    pages: int
    diagnostics: tuple[Any, ...]
    folder: str
    """Name of the folder it is in."""
    waiting: bool
    """Whether there are articles of which no brief has been made."""


def memo_at(root: Path, settings: str, output: Path | None, flags: tuple[bool, ...]) -> tuple[Path, str]:
    """The file in which builds of one kind are remembered, and the stamp of what made it."""
    kind = repr((settings, str(output) if output else "", flags))
    name = hashlib.sha256(kind.encode()).hexdigest()[:8]
    return root / store.CACHES / f"memo-{name}.db", hashlib.sha256(f"{engine_stamp()} {kind}".encode()).hexdigest()


def finished_at(root: Path, output: Path | None) -> Path:
    """The file that is there while search and cards of a built site are up to date."""
    name = hashlib.sha256(str(output.resolve() if output else "").encode()).hexdigest()[:8]
    return root / store.CACHES / f"finished-{name}.json"


@cache
def engine_stamp() -> str:
    """Stands for this engine: its sources, its interpreter and the packages that output rests on."""
    package = Path(__file__).resolve().parent.parent
    told = [sys.version, *sorted(_packages())]
    told += [f"{name} {stamp[:2]}" for name, stamp in sorted(walk(str(package), "")) if name.endswith((".py", ".yaml"))]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _packages() -> Iterator[str]:
    for folder in sys.path:
        if folder and Path(folder).is_dir():
            for entry in os.scandir(folder):
                if entry.name.endswith(".dist-info") and entry.name.lower().startswith(PACKAGES):
                    yield entry.name


@contextmanager
def no_collection() -> Iterator[None]:
    """Without the collector of cyclic garbage, which would go through all that is loaded again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a site's files found; a build that follows need not look again."""

    turn: Any
    taken: int
    """The time, before anything was looked at."""
    files: Table[str, Known]
    """The inputs as they were read."""
    found: Mapping[str, Stamp]
    """The inputs as they are."""
    output: str
    aside: Aside | None
    """What looks at the files of the site."""
    rest: range
    """The pieces of their table that it does not look at."""

    def drop(self) -> None:
        """Nobody needs it any more."""
        if self.aside:
            self.aside.drop()


@no_collection()
def look(root: Path, settings: str, output: Path | None, flags: tuple[bool, ...], today: str) -> Head | Look | None:
    """The last build, where another one would give the same; else what was seen, where anything is known."""
    path, stamp = memo_at(root, settings, output, flags)
    if not path.is_file():
        return None
    memo, aside = Memo(path, stamp), None
    try:
        turn, (head,) = memo.read(TURN), memo.read(HEAD) or (None,)
        if not isinstance(head, Head):
            return None
        lost = partial(lost_outputs, (path, stamp), str(root / head.output))
        # A look at an input takes longer, so that both processes have as much to do.
        own = range(PIECES // 4) if head.files > MANY else range(PIECES)
        aside = Aside(partial(lost, range(len(own), PIECES))) if head.files > MANY else None
        taken, found = now(root / store.CACHES), inputs(root, settings)
        seen = Look(turn, taken, Table(FILES, memo.read), found, str(root / head.output), aside, own)
        in_time = today == head.today or (head.later and today > head.today)
        same = _same_inputs(root, memo, seen) and in_time and not lost(own) and not (aside and aside.answer())
        return head if same else seen
    except LostError:
        if aside:
            aside.drop()
        return None
    finally:
        memo.close()


def lost_outputs(kept_at: tuple[Path, str], output: str, pieces: range = range(PIECES)) -> set[str]:
    """Files of the site, of those in some pieces of their table, that are not there as they were written."""
    memo = Memo(*kept_at)  # a process that was forked opens it for itself
    try:
        outputs: Table[str, Stamp] = Table(OUTPUTS, memo.read)
        return {path for number in pieces for path in differing(output, outputs.piece(number))}
    finally:
        memo.close()


def _same_inputs(root: Path, memo: Memo, seen: Look) -> bool:
    before, found = seen.files.whole(), seen.found
    if found.keys() != before.keys() or any(found[path] != stamp for path, (stamp, _, _) in before.items()):
        return False
    again = {path: known(root, path, one.stamp, seen.taken) for path, one in before.items() if one.racy}
    if any(before[path].digest != one.digest for path, one in again.items()):
        return False
    if again:
        for path, one in again.items():
            seen.files[path] = one
        memo.write(seen.files.written(), expected=(TURN, seen.turn))  # they need not be read again
    return True
