"""What an earlier run found out, kept on disk: a table of values by key in one SQLite file.

It can be deleted at any time, and is not believed where it is damaged, made by another version, or tampered with:
every value carries a digest, and only data, no code, is ever read from it.
"""

import hashlib
import io
import pickle
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar

from nutgraf.model.pickling import Pickler, unsealed

DAMAGED = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file gives: SQLite may quote its bytes in a message that is then no UTF-8."""
_DIGEST = 8
"""Bytes of the digest before each value."""


PIECES = 64
"""Of a table."""
K = TypeVar("K", str, tuple[str, str, str])
V = TypeVar("V")


class LostError(Exception):
    """Something that was kept cannot be read any more; nothing that was kept with it can be relied on."""


class Memo:
    """Values by key. Everything is lost where the file's stamp is not `stamp`, or the file cannot be read."""

    def __init__(self, path: Path, stamp: str) -> None:
        self._path, self._stamp = path, stamp
        self._db = self._opened()

    def _opened(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(*DAMAGED):
            db = self._connected()
            if db.execute("SELECT value FROM kept WHERE key = ''").fetchone() == (self._stamp.encode(),):
                return db
            db.close()
        self._path.unlink(missing_ok=True)
        db = self._connected()
        db.execute("CREATE TABLE kept (key TEXT PRIMARY KEY, value BLOB)")
        db.execute("INSERT INTO kept VALUES ('', ?)", (self._stamp.encode(),))
        db.commit()
        return db

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, check_same_thread=False)
        db.execute("PRAGMA page_size = 16384")  # most values fit into one page
        db.execute("PRAGMA journal_mode = MEMORY")
        db.execute("PRAGMA synchronous = OFF")
        return db

    def read(self, key: str) -> Any:
        """The value of a key; None where there is none that can be believed."""
        with suppress(*DAMAGED):
            row = self._db.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
            return thawed(row[0]) if row else None
        return None

    def read_all(self, prefix: str) -> Iterator[tuple[str, Any]]:
        """Keys with that beginning, and their values; some may be left out."""
        with suppress(*DAMAGED):
            rows = "SELECT key, value FROM kept WHERE key >= ? AND key < ?"
            for key, value in self._db.execute(rows, (prefix, f"{prefix}\U0010ffff")):
                yield key, thawed(value)

    def write(
        self, rows: Iterable[tuple[str, bytes]], gone: Iterable[str] = (), expected: tuple[str, Any] | None = None
    ) -> bool:
        """Keep frozen values and forget keys, all at once or not at all; whether it was done.

        Nothing is, where a key does not have the `expected` value any more: another process has written.
        """
        with suppress(*DAMAGED), self._db:
            self._db.execute("BEGIN IMMEDIATE")
            if expected and self.read(expected[0]) != expected[1]:
                return False
            self._db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", rows)
            self._db.executemany("DELETE FROM kept WHERE key = ?", ((key,) for key in gone))
            return True
        return False

    def copy(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep the values of some keys under other keys too: pairs of the old key and the new one."""
        with suppress(*DAMAGED), self._db:
            self._db.executemany("INSERT OR REPLACE INTO kept SELECT ?2, value FROM kept WHERE key = ?1", pairs)

    def clear(self) -> None:
        """Forget everything."""
        self._db.close()
        self._path.unlink(missing_ok=True)
        self._db = self._opened()

    def close(self) -> None:
        self._db.close()


class Table(Generic[K, V]):
    """A mapping that is kept in pieces, so that a small change reads and writes little.

    `read` gives a kept piece; None for a table that is new. Raises LostError where a piece cannot be read.
    """

    def __init__(self, name: str, read: Callable[[str], Any] | None) -> None:
        self._name, self._read = name, read
        self._pieces: list[dict[K, V] | None] = [None if read else {} for _ in range(PIECES)]
        self._changed: set[int] = set() if read else set(range(PIECES))
        self._digests: dict[tuple[int, str], bytes] = {}

    def piece(self, number: int) -> dict[K, V]:
        """One of the pieces, to be looked at."""
        piece = self._pieces[number]
        if piece is None:
            piece = self._pieces[number] = self._unpacked(self._kept(number))
        return piece

    def _place(self, key: K) -> int:
        """The number of the piece that a key is in."""
        text = key if isinstance(key, str) else "\0".join(key)
        return zlib.crc32(text.encode("utf-8", "surrogatepass")) % PIECES

    def _kept(self, part: int | str) -> Any:
        found = self._read(f"{self._name} {part}") if self._read else None
        if found is None:
            raise LostError(self._name)
        return found

    def _packed(self, piece: dict[K, V]) -> Any:
        """A piece as it is kept."""
        return piece

    def _unpacked(self, kept: Any) -> dict[K, V]:
        found: dict[K, V] = kept
        return found

    def get(self, key: K) -> V | None:
        return self.piece(self._place(key)).get(key)

    def __getitem__(self, key: K) -> V:
        return self.piece(self._place(key))[key]

    def __contains__(self, key: K) -> bool:
        return key in self.piece(self._place(key))

    def __setitem__(self, key: K, value: V) -> None:
        number = self._place(key)
        self.piece(number)[key] = value
        self._touch(number)

    def pop(self, key: K) -> V | None:
        """Forget a key; the value that it had."""
        number = self._place(key)
        self._touch(number)
        return self.piece(number).pop(key, None)

    def _touch(self, number: int) -> None:
        self._changed.add(number)
        self._digests = {place: digest for place, digest in self._digests.items() if place[0] != number}

    def digests(self, name: str, of: Callable[[dict[K, V]], bytes]) -> list[bytes]:
        """What `of`, by its name, gives for each piece; found again only for those that have changed."""
        for number in range(PIECES):
            if (number, name) not in self._digests:
                self._digests[number, name] = of(self.piece(number))
        return [self._digests[number, name] for number in range(PIECES)]

    def clear(self) -> None:
        self._pieces = [{} for _ in range(PIECES)]
        self._changed = set(range(PIECES))
        self._digests = {}

    def whole(self) -> dict[K, V]:
        """All of it, as a mapping of its own."""
        found: dict[K, V] = {}
        for number in range(PIECES):
            found.update(self.piece(number))
        return found

    def __iter__(self) -> Iterator[K]:
        return chain.from_iterable(self.piece(number) for number in range(PIECES))

    def values(self) -> Iterator[V]:
        return chain.from_iterable(self.piece(number).values() for number in range(PIECES))

    def items(self) -> Iterator[tuple[K, V]]:
        return chain.from_iterable(self.piece(number).items() for number in range(PIECES))

    def __len__(self) -> int:
        return sum(len(self.piece(number)) for number in range(PIECES))

    def __bool__(self) -> bool:
        return any(self.piece(number) for number in range(PIECES))

    def written(self) -> Iterator[tuple[str, bytes]]:
        """The pieces that have changed since this was asked last, as they are to be kept."""
        changed, self._changed = self._changed, set()
        for number in sorted(changed):
            yield f"{self._name} {number}", frozen(self._packed(self.piece(number)))


def frozen(value: Any) -> bytes:
    """A value as it is kept."""
    written = io.BytesIO()
    written.write(bytes(_DIGEST))
    Pickler(written).dump(value)
    raw = written.getbuffer()
    raw[:_DIGEST] = hashlib.blake2b(raw[_DIGEST:], digest_size=_DIGEST).digest()
    return bytes(raw)


def thawed(kept: Any) -> Any:
    """The value that was frozen; None where this is not what was kept, or holds more than data."""
    if not isinstance(kept, bytes):
        return None
    raw = kept[_DIGEST:]
    if hashlib.blake2b(raw, digest_size=_DIGEST).digest() != kept[:_DIGEST]:
        return None
    try:
        return unsealed(raw)
    except (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError):
        return None
