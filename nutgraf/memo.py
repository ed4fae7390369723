"""What an earlier run found out, kept on disk: a table of values by key in one SQLite file.

It can be deleted at any time, and is not believed where it is damaged, made by another version, or tampered with:
every value carries a digest, and only data, no code, is ever read from it.
"""

import hashlib
import io
import pickle
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_DATA = ("nutgraf.model.", "nutgraf.site.", "nutgraf.builder.")
"""Modules whose classes may be read."""
DAMAGED = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file gives: SQLite may quote its bytes in a message that is then no UTF-8."""
_DIGEST = 8
"""Bytes of the digest before each value."""


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
        db.execute("PRAGMA journal_mode = MEMORY")
        db.execute("PRAGMA synchronous = OFF")
        return db

    def read(self, key: str) -> Any:
        """The value of a key; None where there is none that can be believed."""
        with suppress(*DAMAGED):
            row = self._db.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
            return thawed(row[0]) if row else None
        return None

    def write(self, values: Mapping[str, bytes], gone: Iterable[str] = ()) -> None:
        """Keep frozen values and forget keys, all at once or not at all."""
        with suppress(*DAMAGED), self._db:
            self._db.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", values.items())
            self._db.executemany("DELETE FROM kept WHERE key = ?", ((key,) for key in gone))

    def close(self) -> None:
        self._db.close()


def frozen(value: Any) -> bytes:
    """A value as it is kept."""
    raw = pickle.dumps(value, 5)
    return hashlib.blake2b(raw, digest_size=_DIGEST).digest() + raw


def thawed(kept: Any) -> Any:
    """The value that was frozen; None where this is not what was kept, or holds more than data."""
    if not isinstance(kept, bytes):
        return None
    raw = kept[_DIGEST:]
    if hashlib.blake2b(raw, digest_size=_DIGEST).digest() != kept[:_DIGEST]:
        return None
    try:
        return _Data(io.BytesIO(raw)).load()
    except (pickle.UnpicklingError, AttributeError, EOFError, ImportError, IndexError, TypeError, ValueError):
        return None


class _Data(pickle.Unpickler):
    """Reads nutgraf's own values and plain collections."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "builtins" and name in ("set", "frozenset"):
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith(_DATA) and module in sys.modules else None
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} is no data")
        return found
