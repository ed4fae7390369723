"""Frozen values pickled fast: what `dataclasses` does field by field in Python, with the descriptors of their slots."""

import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, BinaryIO


class Pickler(pickle.Pickler):
    """Pickles dataclasses with slots as their class and values; all else as usual."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, 5)
        self.dispatch_table = _REDUCERS


def restored(kind: type, *values: Any) -> Any:
    """The object of a pickled dataclass."""
    found: Any = object.__new__(kind)
    for put, value in zip(_putters(kind), values, strict=True):
        put(found, value)
    return found


@cache
def _putters(kind: type) -> tuple[Callable[[Any, Any], None], ...]:
    return tuple(getattr(kind, name).__set__ for name in _names(kind))


def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass all of whose values are in slots; none of any other."""
    if not is_dataclass(kind) or kind.__dictoffset__:
        return ()
    return tuple(field.name for field in fields(kind))


class _Reducers(dict[type, Callable[[Any], Any]]):
    """How values are taken apart, by class, found when one is met."""

    def __missing__(self, kind: type) -> Callable[[Any], Any]:
        names = _names(kind)
        if not names:
            raise KeyError(kind)
        values = attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)
        self[kind] = lambda one: (restored, (kind, *values(one)))
        return self[kind]


_REDUCERS = _Reducers()
