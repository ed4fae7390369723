"""Values read from YAML against the dataclasses of the model; what pydantic finds wrong is told at its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from nutgraf.formats import slips
from nutgraf.formats.front_matter import Node, diagnostic, nearest_position
from nutgraf.formats.plain_values import plainly
from nutgraf.model.brief import ItemKey
from nutgraf.model.diagnostic import Diagnostic, Position
from nutgraf.model.nearest import asked

Model = TypeVar("Model")
_WANTED = {
    "int_parsing": "a number",
    "int_parsing_size": "a number of fewer digits",
    "float_parsing": "a number",
    "finite_number": "a number",
    "string_type": "words",
    "tuple_type": "a list: [one, two]",
    "dataclass_type": "keys and values: {key: value}",
    "dict_type": "keys and values: {key: value}",
    "mapping_type": "keys and values: {key: value}",
}


@cache
def _adapter(model: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(model)


def json_schema(model: type) -> dict[str, Any]:
    """The JSON Schema of a dataclass of the model, for editors that check while one types."""
    adapter: Any = _adapter
    schema: dict[str, Any] = adapter(model).json_schema()
    return schema


def validate(
    model: type[Model], node: Node, path: str, lines: tuple[str, ...]
) -> tuple[Model | None, tuple[Diagnostic, ...]]:
    """The value as `model`, or every problem it has."""
    plain: Model | None = plainly(model, node.value)
    if plain is not None:
        return plain, ()
    from pydantic import ValidationError

    unknown = tuple(_unknown_and_empty(model, node, path, lines))
    try:
        adapter: Any = _adapter
        value: Model = adapter(model).validate_python(_told(node.value) if node.value is not None else {})
        return (None, unknown) if unknown else (value, ())
    except ValidationError as problems:
        found: dict[tuple[ItemKey, str], Diagnostic] = {}
        for error in problems.errors(include_url=False, include_context=True):
            one = _problem(model, error, node, path, lines)
            key = (
                _known(error["loc"], node),
                f"{one.code} {error['loc'][-1]}" if one.code == "missing-key" else one.code,
            )
            found.setdefault(key, one)
        told = [d for (place, code), d in found.items() if code != "wrong-type" or not _nearer(place, found)]
        meant = {d.help for d in told if d.code == "unknown-key"}
        told = [d for d in told if d.code != "missing-key" or f"did you mean {_missing(d)}?" not in meant]
        return None, tuple(sorted((*told, *unknown), key=lambda d: d.location.position or Position(1, 1)))


def _missing(problem: Diagnostic) -> str:
    """The key that is missing."""
    return problem.help.removeprefix("add ").removesuffix(": …")


def _unknown_and_empty(model: type, node: Node, path: str, lines: tuple[str, ...]) -> Iterable[Diagnostic]:
    """Keys that there are not and that have nothing behind them, as `{value:40}` has; pydantic is not given them."""
    for place in _empty(node.value, ()):
        name = str(place[-1])
        known = _keys(model, place[:-1]) if len(place) < 2 or isinstance(place[-2], int) else []
        if known and name not in known:
            key, colon, rest = name.partition(":")
            help_ = f"write {key}: {rest}" if colon and key in known else slips.thousands(name) or _near(name, known)
            message = f"there is no key {name}"
            yield diagnostic("unknown-key", message, path, lines, node.keys[place], help_, len(name))


def _empty(value: Any, place: ItemKey) -> Iterator[ItemKey]:
    """The paths of keys that have nothing behind them."""
    if isinstance(value, dict):
        for key, held in value.items():
            if held is None:
                yield (*place, key)
            elif not isinstance(held, str):
                yield from _empty(held, (*place, key))
    elif isinstance(value, list):
        for i, held in enumerate(value):
            yield from _empty(held, (*place, i))


def _nearer(place: ItemKey, found: Iterable[tuple[ItemKey, str]]) -> bool:
    """Whether more is said of a place or what is in it: of "a word or a mapping", only one was meant."""
    return any(code != "wrong-type" and other[: len(place)] == place for other, code in found)


def _told(value: Any) -> Any:
    """The value without keys that say nothing (`topics:`)."""
    if isinstance(value, dict):
        return {key: _told(held) for key, held in value.items() if held is not None}
    return [_told(held) for held in value] if isinstance(value, list) else value


def _known(loc: tuple[str | int, ...], node: Node) -> ItemKey:
    """The part of pydantic's location that is a path in the file (it adds the members of unions)."""
    for length in range(len(loc), -1, -1):
        if loc[:length] in node.positions or loc[:length] in node.keys:
            return loc[:length]
    return ()


def _problem(model: type, error: Any, node: Node, path: str, lines: tuple[str, ...]) -> Diagnostic:
    loc, kind = tuple(error["loc"]), error["type"]
    name = str(loc[-1]) if loc else ""
    at: Position | None
    if kind == "missing":
        where = f" of this {str(loc[0]).rstrip('s')}" if len(loc) > 1 else ""
        if empty := node.keys.get(loc):
            message = f"the key {name}{where} has nothing behind it"
            return diagnostic("missing-key", message, path, lines, empty, f"add {name}: …", len(name))
        at = nearest_position(node.positions, loc[:-1]) or Position(1, 1)
        return diagnostic("missing-key", f"the key {name}{where} is missing", path, lines, at, f"add {name}: …")
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        at = node.keys.get(loc) or nearest_position(node.positions, loc)
        help_ = slips.thousands(name) or _near(name, _keys(model, loc[:-1]))
        return diagnostic("unknown-key", f"there is no key {name}", path, lines, at, help_, len(name))
    at = nearest_position(node.positions, loc)
    known, given = _known(loc, node), error["input"]
    key = next((str(part) for part in reversed(known) if isinstance(part, str)), "the file")
    what = f"an item of {key}" if known and isinstance(known[-1], int) else key
    width = len(given) if isinstance(given, str) else 1
    if kind == "literal_error":
        choices = [c.strip("'") for c in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        if not isinstance(given, str):
            return diagnostic("wrong-type", f"{what} wants one of {', '.join(choices)}", path, lines, at)
        message = f"{what} is one of {', '.join(choices)}, not {given}"
        return diagnostic("wrong-value", message, path, lines, at, asked(given, choices), width)
    wanted = _WANTED.get(kind, error["msg"])
    help_ = _meant(wanted, given, key, _keys(model, known)) if isinstance(given, str) else ""
    if given is None and known and isinstance(known[-1], int):
        help_ = "take the hyphen out, or write the item behind it"
    return diagnostic("wrong-type", f"{what} wants {wanted}", path, lines, at, help_, width)


def _meant(wanted: str, given: str, key: str, known: Sequence[str]) -> str:
    """How to write a text as what is wanted."""
    if wanted == "a number":
        return slips.number_meant(given)
    if wanted.startswith("a list"):
        return f"write {key}: [{given}]"
    return f"write - {{{known[0]}: {given}}}" if wanted.startswith("keys") and known else ""


def _near(name: str, known: Iterable[str]) -> str:
    names = list(known)
    if slips.SYNONYMS.get(name.casefold()) in names:
        return f"did you mean {slips.SYNONYMS[name.casefold()]}?"
    return asked(name, names, f"known: {', '.join(names)}")


def _keys(model: type, path: tuple[str | int, ...]) -> list[str]:
    """The keys of the dataclass at a path below `model`; pydantic's names of members of a union are passed by."""
    here = _dataclass(model)
    for part in path:
        kinds = get_type_hints(here) if here else {}
        here = _dataclass(kinds[part]) if part in kinds else here
    return [f.name for f in fields(here)] if here else []


def _dataclass(kind: Any) -> Any:
    """The dataclass within tuples, mappings and unions; None where there is none."""
    if is_dataclass(kind):
        return kind
    return next((found for inner in get_args(kind) if (found := _dataclass(inner))), None)
