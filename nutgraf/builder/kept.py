"""Where a build is remembered, and whether anything has changed since it. Imports next to nothing: it is the whole of a
run that finds nothing to do."""

import gc
import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from nutgraf import store
from nutgraf.builder.aside import Aside
from nutgraf.builder.stamps import Inputs, Known, Outputs, changed, differing, inputs, now
from nutgraf.memo import PIECES, LostError, Memo

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
    sources = [(name, entry.stat()) for name, entry in store.walk(str(package), "") if name.endswith((".py", ".yaml"))]
    told = [sys.version, *sorted(_packages())]
    told += sorted(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in sources)
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
    files: Inputs
    """The inputs as they were read."""
    changed: Mapping[str, Known | None]
    """Those that are not as they were, or may not be, as they are."""
    output: str
    aside: Aside | None
    """What looks at the files of the site."""

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
        site = str(root / head.output)
        lost = partial(lost_outputs, (path, stamp), site)
        aside = Aside(lost, PIECES) if head.files > MANY else None
        taken, files = now(root / store.CACHES), Inputs(FILES, memo.read)
        seen = Look(turn, files, changed(root, files, inputs(root, settings), taken), site, aside)
        in_time = today == head.today or (head.later and today > head.today)
        return head if in_time and _same_inputs(memo, seen) and not _lost(lost, aside) else seen
    except LostError:
        if aside:
            aside.drop()
        return None
    finally:
        memo.close()


def lost_outputs(kept_at: tuple[Path, str], output: str, pieces: Iterable[int] = range(PIECES)) -> set[str]:
    """Files of the site, of those in some pieces of their table, that are not there as they were written."""
    memo = Memo(*kept_at)  # a process that was forked opens it for itself
    try:
        return set(differing(output, Outputs(OUTPUTS, memo.read), pieces))
    finally:
        memo.close()


def _lost(lost: Callable[[], set[str]], aside: Aside | None) -> set[str]:
    if aside is None:
        return lost()
    aside.help()
    return aside.answer()


def _same_inputs(memo: Memo, seen: Look) -> bool:
    """Whether all inputs have the bytes that they had; those that had to be read for that need not be read again."""
    files = seen.files
    again = {p: new for p, new in seen.changed.items() if new and (old := files.get(p)) and new.digest == old.digest}
    if len(again) < len(seen.changed):
        return False
    if again:
        for path, known in again.items():
            files[path] = known
        memo.write(files.written(), expected=(TURN, seen.turn))
    return True
