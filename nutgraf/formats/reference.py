"""What may stand in the files of a site, told from the model: JSON Schemas, and the tables of docs/brief-format.md."""

import ast
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from itertools import pairwise
from textwrap import dedent
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from nutgraf.formats.page import FRONTS
from nutgraf.formats.schema import json_schema
from nutgraf.model.brief import Actor, Correction, DatedEvent, Figure, FrontMatter, Quote, Role, Source, Teaser
from nutgraf.model.config import AnnotateConfig, Config, Levels
from nutgraf.model.findings import KINDS

SCHEMAS: Mapping[str, type] = {"brief": FrontMatter, **dict(FRONTS.items()), "site": Config}
"""By name: brief.schema.json, …"""
TABLES: Mapping[str, type] = {
    one.__name__: one
    for one in (
        *(FrontMatter, Actor, Figure, Quote, Source, DatedEvent, Teaser, Correction),
        *(*FRONTS.values(), Role, Config, AnnotateConfig, Levels),
    )
}
_TABLE = re.compile(r"(<!-- keys of (\w+) -->\n).*?(<!-- end -->)", re.S)


def schema_files() -> Iterator[tuple[str, str]]:
    """(file name, JSON Schema) of each kind of file."""
    for name, model in SCHEMAS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_widened(_described(model))}
        if model is Config:
            level = schema["properties"]["findings"].pop("additionalProperties")
            codes = sorted(code for code, kind in KINDS.items() if kind.settable)
            known = {"properties": dict.fromkeys(codes, level), "additionalProperties": False}
            schema["properties"]["findings"] |= known
        yield f"{name}.schema.json", json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _described(model: type) -> dict[str, Any]:
    """The schema with the texts that stand under the fields of the model."""
    schema = json_schema(model)
    for name, part in {model.__name__: schema, **schema.get("$defs", {})}.items():
        for key, text in texts(TABLES[name]).items():
            part["properties"][key]["description"] = text
    return schema


def texts(model: type) -> dict[str, str]:
    """The text under each field, by its name. pydantic can read these too, for 15 ms at each start."""
    body = ast.parse(dedent(inspect.getsource(model))).body[0]
    assert isinstance(body, ast.ClassDef)
    return {
        field.target.id: " ".join(str(text.value.value).split())
        for field, text in pairwise(body.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
    }


def _widened(schema: Any) -> Any:
    """The schema as an editor must apply it: it takes `when: 2022` for a number, where nutgraf reads text."""
    if isinstance(schema, dict):
        told = {key: _widened(value) for key, value in schema.items() if key != "title" or not isinstance(value, str)}
        if told.get("type") == "string" and not {"enum", "const"} & told.keys():
            told["type"] = ["string", "number"]
        return told
    return [_widened(value) for value in schema] if isinstance(schema, list) else schema


def fill_tables(text: str) -> str:
    """A document with its tables of keys made anew: they stand between `<!-- keys of Figure -->` and `<!-- end -->`."""
    return _TABLE.sub(lambda m: f"{m[1]}{_table(TABLES[m[2]])}{m[3]}", text)


def _table(model: type) -> str:
    about = texts(model)
    kinds = get_type_hints(model)
    rows = ["| key | value | default | |", "| --- | --- | --- | --- |"]
    for field in fields(model):
        text = about.get(field.name, "").replace("|", "\\|")
        rows.append(f"| `{field.name}` | {_value(kinds[field.name])} | {_default(field)} | {text} |")
    return "\n".join(rows) + "\n"


def _value(kind: Any) -> str:
    """A type in plain words."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    origin, inner = get_origin(kind), [a for a in get_args(kind) if a not in (type(None), Ellipsis)]
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in inner)
    if origin in (UnionType, Union):
        return " or ".join(dict.fromkeys(_value(a) for a in inner))
    if origin is tuple:
        return "items" if is_dataclass(inner[0]) else f"list of {_value(inner[0])}"
    named = inner and get_origin(inner[0]) is Literal
    return f"keys ({_value(inner[0])}) and values" if named else "keys and values"


_PLAIN = {str: "text", int: "number", float: "number", bool: "`true`, `false`"}


def _default(field: Field[Any]) -> str:
    if field.default in (MISSING, None, "") or isinstance(field.default, tuple) or is_dataclass(field.default):
        return ""
    return f"`{field.default}`"
