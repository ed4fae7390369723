"""Values without a fault, read straight by the types of the model: most files have none.

pydantic, which tells what is wrong, need not be loaded for these. Whatever is not clear at once is left to it.
"""

import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Reader = Callable[[Any], Any]
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
_BROKEN = re.compile(r"-?(?:0|[1-9][0-9]{0,8})\.[0-9]{0,8}[1-9]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class DoubtError(Exception):
    """A value that may have a fault."""


def plainly(model: type, value: Any) -> Any:
    """The value, all of whose scalars are text, as `model`; None where it is not plain that it is one."""
    read = _reader(model)
    if read is None:
        return None
    try:
        return read(value)
    except DoubtError:
        return None


@cache
def _reader(kind: Any) -> Reader | None:
    """What reads a value of a type; None where that is left to pydantic."""
    origin, members = get_origin(kind), tuple(member for member in get_args(kind) if member is not NoneType)
    if is_dataclass(kind) and isinstance(kind, type):
        return _of_dataclass(kind)
    if kind is str:
        return _text
    if kind is float:
        return _float
    if origin is Literal:
        return _one_of(members)
    if origin is tuple:
        return _list_of(_reader(members[0]))
    if origin not in (Union, UnionType):
        return None
    if members == (int, float):
        return _number
    if len(members) == 2 and members[0] is str:
        return _text_or(_reader(members[1]))
    return _reader(members[0]) if len(members) == 1 else None


def _of_dataclass(kind: type) -> Reader | None:
    hints = get_type_hints(kind)
    known = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    required = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING}
    readers = {name: reader for name, reader in known.items() if reader}
    if len(readers) < len(known):
        return None

    def read(value: Any) -> Any:
        if type(value) is not dict or not required <= value.keys() <= readers.keys():
            raise DoubtError
        return kind(**{name: readers[name](held) for name, held in value.items()})

    return read


def _list_of(read: Reader | None) -> Reader | None:
    if read is None:
        return None

    def read_all(value: Any) -> Any:
        if type(value) is not list:
            raise DoubtError
        return tuple([read(item) for item in value])

    return read_all


def _one_of(choices: tuple[Any, ...]) -> Reader:
    def read(value: Any) -> Any:
        if type(value) is not str or value not in choices:
            raise DoubtError
        return value

    return read


def _text_or(read: Reader | None) -> Reader | None:
    return read and (lambda value: _text(value) if type(value) is str else read(value))


def _text(value: Any) -> str:
    if type(value) is not str or _SURROGATE.search(value):
        raise DoubtError
    return value


def _number(value: Any) -> float:
    return int(value) if type(value) is str and _WHOLE.fullmatch(value) else _broken(value)


def _float(value: Any) -> float:
    return float(_number(value))


def _broken(value: Any) -> float:
    if type(value) is not str or not _BROKEN.fullmatch(value):
        raise DoubtError
    return float(value)
