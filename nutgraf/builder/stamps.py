"""Which files have changed since an earlier run, found without reading those that have not."""

import hashlib
import os
import time
from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from nutgraf import store
from nutgraf.memo import PIECES, Table, frozen

Stamp = tuple[int, int, int, int]
"""Size, times of last modification and of last change of a file's metadata in ns, inode."""
RACY = 2_000_000_000
"""Nanoseconds: a file changed so shortly before it was looked at may have changed again within one tick of a clock."""
ROOM = 50
"""Files that a piece of a table may have more than twice its share."""
DIGEST = 16
"""Bytes of a file's digest."""
THEME = "theme:"
"""Before the paths of the theme's own files, where the theme is not the site's folder."""


class Known(NamedTuple):
    """A file as it was read."""

    stamp: Stamp
    digest: bytes
    racy: bool
    """Whether the stamp is too young to be relied on."""


_STAMP = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")


def stamp_of(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


V = TypeVar("V")


class Stamped(Table[str, V]):
    """Files by path, kept so that a piece can be compared at once: all paths, all stamps, all that is known besides.

    Pieces follow each other in order of path: files of neighbours are looked at faster.
    """

    def __init__(self, name: str, read: Callable[[str], Any] | None) -> None:
        super().__init__(name, read)
        self._as_kept: dict[int | str, Any] = {} if read else {"order": ((), 0)}

    def _kept(self, part: int | str) -> Any:
        if part not in self._as_kept:
            self._as_kept[part] = super()._kept(part)
        return self._as_kept[part]

    def piece(self, number: int) -> dict[str, V]:
        piece = super().piece(number)
        self._as_kept.pop(number, None)  # not held twice
        return piece

    def _place(self, key: str) -> int:
        return bisect_right(self._kept("order")[0], key)

    def written(self) -> Iterator[tuple[str, bytes]]:
        limit = self._kept("order")[1] if self._changed else 0
        if any(len(self.piece(number)) > limit for number in self._changed):
            yield f"{self._name} order", frozen(self._divided())
        yield from super().written()

    def _divided(self) -> tuple[tuple[str, ...], int]:
        """Make all pieces of one size: the first path of each but the first, and the size from which they have to be
        made anew."""
        whole = sorted(self.whole().items())
        size = len(whole) // PIECES + 1
        for number in range(PIECES):
            self._pieces[number] = dict(whole[number * size : (number + 1) * size])
        self._changed = set(range(PIECES))
        self._as_kept["order"] = found = tuple(path for path, _ in whole[size::size]), 2 * size + ROOM
        return found

    def packed(self, number: int) -> tuple[Any, ...]:
        """A piece as it is kept: paths with NUL before each, stamps, then what else is known."""
        piece = self._pieces[number]
        packed: tuple[Any, ...] = self._kept(number) if piece is None else self._packed(piece)
        return packed

    def paths(self, number: int) -> list[str]:
        """Of a piece, in order."""
        return _cut(self.packed(number)[0])

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(map(self.paths, range(PIECES)))


class Outputs(Stamped[Stamp]):
    """Files of a site as they were written."""

    def _packed(self, piece: dict[str, Stamp]) -> tuple[Any, ...]:
        return _joined(piece), _flat(piece.values())

    def _unpacked(self, kept: Any) -> dict[str, Stamp]:
        return dict(zip(_cut(kept[0]), _unflat(kept[1]), strict=True))


class Inputs(Stamped[Known]):
    """Files that a site is built from, as they were read."""

    def _packed(self, piece: dict[str, Known]) -> tuple[Any, ...]:
        stamps, digests, racy = zip(*piece.values(), strict=True) if piece else ((), (), ())
        return _joined(piece), _flat(stamps), b"".join(digests), bytes(racy)

    def _unpacked(self, kept: Any) -> dict[str, Known]:
        paths, stamps, joined, racy = kept
        digests = (joined[at : at + DIGEST] for at in range(0, len(joined), DIGEST))
        return dict(zip(_cut(paths), map(Known, _unflat(stamps), digests, map(bool, racy)), strict=True))


def _joined(paths: Iterable[str]) -> str:
    return "".join(f"\0{path}" for path in paths)


def _cut(joined: str) -> list[str]:
    return joined.split("\0")[1:]


def _flat(stamps: Iterable[Stamp]) -> Any:
    """Stamps as they are kept; where one has a number of more than 64 bits, as they are."""
    found = tuple(stamps)
    try:
        return array("q", chain.from_iterable(found)).tobytes()
    except OverflowError:
        return found


def _unflat(kept: Any) -> Iterable[Stamp]:
    return zip(*[iter(array("q", kept))] * 4, strict=True) if isinstance(kept, bytes) else kept


def differing(folder: str, known: Outputs, pieces: Iterable[int] = range(PIECES)) -> Iterator[str]:
    """The files below a folder, of those in some pieces of a table, that are not there as they were. Faster than a
    walk."""
    here = _from_here(folder)
    for number in pieces:
        joined, stamps = known.packed(number)
        if not _as_they_were(joined.replace("\0", f"\0{here}"), stamps):
            for path, stamp in known.piece(number).items():
                if _stamp_at(f"{folder}/{path}") != stamp:
                    yield path


def _from_here(folder: str | Path) -> str:
    """A folder as the beginning of a path, which the system finds the faster the shorter it is."""
    return f"{folder}/".removeprefix(f"{Path.cwd()}/")


def _as_they_were(joined: str, stamps: Any) -> bool:
    """Whether all files, by their full paths, have these stamps."""
    try:
        return bool(_flat(map(_STAMP, map(os.stat, _cut(joined)))) == stamps)
    except OSError:
        return False


def _stamp_at(path: str) -> Stamp | None:
    try:
        return stamp_of(os.stat(path))  # noqa: PTH116 (see `store`)
    except OSError:
        return None


def inputs(root: Path, settings: str) -> set[str]:
    """All files that a site is built from, by path relative to its root."""
    found = {path for path, _ in store.walk(str(root / "content"), "content/")}
    theme = store.theme_folder()
    for folder in ("templates", "static"):
        found.update(path for path, _ in store.walk(str(root / folder), f"{folder}/"))
        if theme != root:
            found.update(path for path, _ in store.walk(str(theme / folder), f"{THEME}{folder}/"))
    if (root / settings).is_file():
        found.add(settings)
    return found


def _full(root: Path, joined: str) -> str:
    """Paths of inputs, with NUL before each, as the system finds them, save settings from another folder."""
    found = joined.replace("\0", f"\0{_from_here(root)}")
    return found.replace(f"\0{_from_here(root)}{THEME}", f"\0{store.theme_folder()}/") if THEME in joined else found


def _file(root: Path, path: str) -> str:
    if path.startswith(THEME):
        return f"{store.theme_folder()}/{path.removeprefix(THEME)}"
    return os.path.join(root, path)  # noqa: PTH118 (see `store`)


def read_input(root: Path, path: str) -> bytes:
    """The bytes of an input; empty where it has just vanished."""
    try:
        with open(_file(root, path), "rb", 0) as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return b""


def digest_bytes(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=DIGEST).digest()


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


def changed(root: Path, before: Inputs, found: Iterable[str], taken: int) -> dict[str, Known | None]:
    """The files that are not as they were before, as they are now; None for those that are gone.

    Those with other stamps and the same bytes are among them too, with the digest they had; so are those that were
    too young.
    """
    other: dict[str, Known | None] = {}
    new = set(found)
    for number in range(PIECES):
        joined, stamps, _, racy = before.packed(number)
        paths = before.paths(number)
        there = new.issuperset(paths)
        if not there or any(racy) or not _as_they_were(_full(root, joined), stamps):
            piece = before.piece(number)
            other |= changed_of(root, piece, piece.keys() if there else piece.keys() & new, taken)
        new.difference_update(paths)
    return other | changed_of(root, {}, new, taken)


def changed_of(root: Path, before: Mapping[str, Known], found: Collection[str], taken: int) -> dict[str, Known | None]:
    """The same of some files."""
    other: dict[str, Known | None] = dict.fromkeys(before.keys() - found)
    for path in found:
        old, stamp = before.get(path), _stamp_at(_file(root, path))
        if stamp is None and old:
            other[path] = None
        elif stamp and (old is None or old.racy or old.stamp != stamp):
            other[path] = known(root, path, stamp, taken)
    return other
