"""Frozen values pickled fast: `dataclasses` itself goes through the fields of each in Python.

What is read back is only data: classes of nutgraf's own and plain collections.
"""

import io
import pickle
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter
from typing import Any


def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass all of whose values are in slots; none of any other."""
    if not is_dataclass(kind) or kind.__dictoffset__:
        return ()
    return tuple(field.name for field in fields(kind))


def _reduced(one: Any) -> Any:
    """As pickle takes apart what it does not know."""
    return one.__reduce_ex__(5)


class _Reducers(dict[type, Callable[[Any], Any]]):
    """How values are taken apart, by class, found when one is met."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        names = _names(kind)
        if issubclass(kind, type):
            raise KeyError(kind)
        if issubclass(kind, Enum):  # by value: before Python 3.11.4 by a function, which is no data
            self[kind] = lambda one: (kind, (one.value,))
            return self[kind]
        if not names:
            self[kind] = _reduced
            return _reduced
        values = attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)
        self[kind] = lambda one: (kind, values(one))
        return self[kind]


_REDUCERS = _Reducers()


class Pickler(pickle.Pickler):
    """Pickles dataclasses with slots as calls of their class; all else as usual."""

    dispatch_table = _REDUCERS


_DATA = ("nutgraf.model.", "nutgraf.site.", "nutgraf.builder.")
"""Modules whose classes may be read."""


class Unpickler(pickle.Unpickler):
    """Reads what `Pickler` wrote; raises UnpicklingError, among others, where there is more than data."""

    def find_class(self, module: str, name: str) -> Any:
        found = _FOUND.get((module, name))
        if found is None:
            found = _FOUND[module, name] = self._data(module, name)
        return found

    def _data(self, module: str, name: str) -> Any:
        if module == "builtins" and name in ("set", "frozenset"):
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith(_DATA) and module in sys.modules else None
        if not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} is no data")
        return found


_FOUND: dict[tuple[str, str], Any] = {}
"""By module and name."""


def sealed(value: Any) -> bytes:
    """A value in bytes, the same for equal values."""
    written = io.BytesIO()
    pickler = Pickler(written)
    pickler.fast = True  # no references to what was written before
    pickler.dump(value)
    return written.getvalue()


def unsealed(raw: bytes) -> Any:
    """The value in bytes that can be relied on."""
    return Unpickler(io.BytesIO(raw)).load()
