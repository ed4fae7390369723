"""Where a build is remembered, and whether anything has changed since it. Imports next to nothing: it is the whole of a
run that finds nothing to do."""

import hashlib
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nutgraf import store
from nutgraf.builder.stamps import Known, Stamp, differing, digest_bytes, inputs, read_input, walk
from nutgraf.memo import LostError, Memo, Table

HEAD = "head"
FILES, OUTPUTS = "files", "outputs"
"""Tables of the memo: inputs as they were read, files of the site as they were written."""
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


def engine_stamp() -> str:
    """Stands for this engine: its sources, its interpreter and the packages that output rests on."""
    package = Path(__file__).resolve().parent.parent
    told = [platform.python_version(), *sorted(_packages())]
    told += [f"{name} {stamp[:2]}" for name, stamp in sorted(walk(str(package), "")) if name.endswith((".py", ".yaml"))]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _packages() -> Iterator[str]:
    for folder in sys.path:
        if folder and Path(folder).is_dir():
            for entry in os.scandir(folder):
                if entry.name.endswith(".dist-info") and entry.name.lower().startswith(PACKAGES):
                    yield entry.name


def unchanged(root: Path, settings: str, output: Path | None, flags: tuple[bool, ...], today: str) -> Head | None:
    """The last build, where another one would give the same; None where that cannot be told without building."""
    path, stamp = memo_at(root, settings, output, flags)
    if not path.is_file():
        return None
    memo = Memo(path, stamp)
    try:
        (head,) = memo.read(HEAD) or (None,)
        if not isinstance(head, Head) or not (today == head.today or (head.later and today > head.today)):
            return None
        files: Table[str, Known] = Table(FILES, memo.read)
        outputs: Table[str, Stamp] = Table(OUTPUTS, memo.read)
        same = _same_inputs(root, files.whole(), inputs(root, settings))
        return head if same and not differing(str(root / head.output), outputs.whole()) else None
    except LostError:
        return None
    finally:
        memo.close()


def _same_inputs(root: Path, known: Mapping[str, Known], found: Mapping[str, Stamp]) -> bool:
    if found.keys() != known.keys():
        return False
    for path, (stamp, digest, racy) in known.items():
        if found[path] != stamp or (racy and digest_bytes(read_input(root, path)) != digest):
            return False
    return True
