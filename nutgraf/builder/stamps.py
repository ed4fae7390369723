"""Which files have changed since an earlier run, found without reading those that have not."""

import hashlib
import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from nutgraf import store

Stamp = tuple[int, int, int, int]
"""Size, times of last modification and of last change of a file's metadata in ns, inode."""
RACY = 2_000_000_000
"""Nanoseconds: a file changed so shortly before it was looked at may have changed again within one tick of a clock."""
THEME = "theme:"
"""Before the paths of the theme's own files, where the theme is not the site's folder."""


class Known(NamedTuple):
    """A file as it was read."""

    stamp: Stamp
    digest: bytes
    racy: bool
    """Whether the stamp is too young to be relied on."""


def stamp_of(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def walk(folder: str, prefix: str) -> Iterator[tuple[str, Stamp]]:
    """Every visible file below a folder, by `prefix` and its path in the folder."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(entry.path, f"{prefix}{entry.name}/")
        elif entry.is_file():
            yield f"{prefix}{entry.name}", stamp_of(entry.stat())


def differing(folder: str, known: Mapping[str, Stamp]) -> set[str]:
    """The files below a folder, of those known, that are not there as they were. Faster than a walk."""
    found: set[str] = set()
    for path, stamp in known.items():
        try:
            if stamp_of(os.stat(f"{folder}/{path}")) != stamp:  # noqa: PTH116 (see `store`)
                found.add(path)
        except OSError:
            found.add(path)
    return found


def inputs(root: Path, settings: str) -> dict[str, Stamp]:
    """All files that a site is built from, by path relative to its root."""
    found = dict(walk(str(root / "content"), "content/"))
    theme = store.theme_folder()
    for folder in ("templates", "static"):
        found.update(walk(str(root / folder), f"{folder}/"))
        if theme != root:
            found.update(walk(str(theme / folder), f"{THEME}{folder}/"))
    if (root / settings).is_file():
        found[settings] = stamp_of((root / settings).stat())
    return found


def read_input(root: Path, path: str) -> bytes:
    """The bytes of an input; empty where it has just vanished."""
    file = store.theme_folder() / path.removeprefix(THEME) if path.startswith(THEME) else root / path
    try:
        return file.read_bytes()
    except OSError:
        return b""


def digest_bytes(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=16).digest()


def now(folder: Path) -> int:
    """The time in ns as the disk's clock tells it, which need not be the machine's."""
    probe = folder / ".clock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        return probe.stat().st_mtime_ns
    except OSError:
        return time.time_ns()


def known(root: Path, path: str, stamp: Stamp, taken: int) -> Known:
    """The file as it is now; `taken` is the time of the look at its stamp."""
    racy = max(stamp[1], stamp[2]) > taken - RACY
    return Known(stamp, digest_bytes(read_input(root, path)), racy)


def changed(root: Path, before: Mapping[str, Known], found: Mapping[str, Stamp], taken: int) -> dict[str, Known | None]:
    """The files that are not as they were before, as they are now; None for those that are gone.

    Those with other stamps and the same bytes are among them too, with the digest they had.
    """
    new: dict[str, Known | None] = dict.fromkeys(before.keys() - found.keys())
    for path, stamp in found.items():
        old = before.get(path)
        if old is None or old.racy or old.stamp != stamp:
            new[path] = known(root, path, stamp, taken)
    return new
