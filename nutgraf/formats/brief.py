"""A brief's file to its value and back."""

import json
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any

from nutgraf.formats.annotated_file import read_annotated
from nutgraf.model.brief import Actor, Brief, Correction, DatedEvent, Figure, FrontMatter, Quote, Source, Teaser
from nutgraf.model.diagnostic import Diagnostic, Location, Position
from nutgraf.model.findings import report

ORDER: dict[type, tuple[str, ...]] = {
    Actor: ("name", "kind", "role", "aka", "reviewed"),
    Figure: (
        "value",
        "low",
        "high",
        "what",
        "unit",
        "when",
        "by",
        "approx",
        "change",
        "base",
        "record",
        "text",
        "near",
        "reviewed",
    ),
    Quote: ("by", "cue", "kind", "text", "near", "reviewed"),
    Source: ("name", "kind", "text", "near", "reviewed"),
    DatedEvent: ("date", "what", "text", "near", "reviewed"),
    Teaser: ("headline", "url"),
    Correction: ("date", "text"),
}
"""Keys of an item in the order in which they are written."""
ITEMS = frozenset({"actors", "figures", "quotes", "sources", "dates", "related", "corrections"})
ALWAYS = frozenset({"kind", "status", "language"})
"""Keys that are written although they have their default, but for the kind of a direct quotation."""
PROSE = frozenset({"text", "near"})
_PLAIN = re.compile(r"[^\W_][^,\[\]{}#:&*!|>%@`\"\\\x00-\x1f\x7f-\xa0\u2000-\u200f\u2028-\u202f\u3000\ufeff]*(?<! )")
_TYPED = re.compile(
    r"[-+]?[\d_.,]+(?:[eE][-+]?\d+)?|0[xob]\w+|[-+]?\.?(?:inf|nan)|true|false|null|yes|no|on|off|y|n", re.I
)
_CUT = re.compile(r"(?:headline|standfirst|byline)\s*:\s+(?![\"'\[{|>#])\S.*?\s(?P<rest>#[^\s#].*)")
"""Prose without quotation marks, and a `#` in it that has a letter or digit right behind it."""
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def parse_brief(text: str, path: str) -> tuple[Brief | None, tuple[Diagnostic, ...]]:
    """The brief in a file's text, or all that keeps it from being read. `path` is relative to the site's root."""
    file, problems = read_annotated(FrontMatter, text, path)
    if file is None:
        return None, problems
    brief = Brief(file.slug, path, file.front, file.body, file.positions, file.lines)
    return brief, (*_layout(brief, text, file.plain), *_misread(brief))


def _misread(brief: Brief) -> Iterator[Diagnostic]:
    """What a person means to say and YAML does not: words behind a `#`, keys below the second fence."""
    for number, line in enumerate(brief.lines[: brief.body.line - 1], 1):
        if cut := _CUT.match(line):
            at = Location(brief.path, Position(number, cut.start("rest") + 1), line, len(cut["rest"]))
            help_ = "put the value in double quotes; a comment has a space behind its #"
            yield report("comment-in-value", f"{cut['rest'].split()[0]} and what follows is a comment", at, help_)
    for number, line in enumerate(brief.lines[brief.body.line - 1 : -1], brief.body.line):
        if line.endswith(":") and line[:-1] in ITEMS and brief.lines[number].lstrip().startswith("- "):
            at = Location(brief.path, Position(number, 1), line, len(line))
            help_ = "it is read as text: a line --- stands above it too early, or the whole was pasted twice"
            yield report("keys-in-body", f"{line} stands below the front matter", at, help_)


def _layout(brief: Brief, text: str, plain: bool) -> Iterator[Diagnostic]:
    """What another program made of the file, which is read and merged all the same."""
    wishes = ["a byte order mark"] if text.startswith("\ufeff") else []
    wishes += ["line ends of Windows"] if "\r" in text else []
    keys = () if plain else (key for key in brief.positions if len(key) == 2 and key[0] in ITEMS)
    starts = (brief.positions[key] for key in keys)
    spread = next((at for at in starts if brief.lines[at.line - 1][at.column - 1] != "{"), None)
    wishes += ["items over several lines"] if spread else []
    if wishes:
        at = spread or Position(1, 1)
        location = Location(brief.path, at, brief.lines[at.line - 1])
        help_ = "read and merged all the same; best are UTF-8 without a mark, plain line ends, one line an item"
        yield report("unusual-layout", f"the file has {' and '.join(wishes)}", location, help_)


def write_brief(front: FrontMatter, body: str) -> str:
    """The text of a new brief: flat front matter, one line an item, then the body."""
    return "---\n" + "".join(f"{line}\n" for line in front_lines(front)) + "---\n\n" + body.strip("\n") + "\n"


def front_lines(front: FrontMatter) -> Iterator[str]:
    """The lines of a front matter; keys that have nothing to say are left out."""
    for field in fields(front):
        value = getattr(front, field.name)
        if field.name not in ALWAYS and (value == field.default or value in (None, ())):
            continue
        yield from field_lines(field.name, value)


def field_lines(name: str, value: Any) -> Iterator[str]:
    """One field: a line, or for a list of items a line and one for each item."""
    if isinstance(value, tuple) and value and type(value[0]) in ORDER:
        yield f"{name}:"
        yield from (item_line(item) for item in value)
    else:
        yield f"{name}: {flow(value)}"


def item_line(item: Any) -> str:
    """An item as a flow mapping on a line of its own."""
    defaults = {f.name: f.default for f in fields(item)}
    kept = [(key, getattr(item, key)) for key in ORDER[type(item)]]
    pairs = [f"{key}: {flow(value, key)}" for key, value in kept if _told(item, key, value, defaults[key])]
    return "- {" + ", ".join(pairs) + "}"


def _told(item: Any, key: str, value: Any, default: Any) -> bool:
    if key == "kind" and not (isinstance(item, Quote) and value == "direct"):
        return True
    return default is MISSING or value != default


def flow(value: Any, key: str = "") -> str:
    """A value in flow style."""
    if isinstance(value, tuple):
        return "[" + ", ".join(flow(v, key) for v in value) + "]"
    if isinstance(value, str):
        return scalar(value, key in PROSE)
    return repr(value)


def scalar(text: str, prose: bool = False) -> str:
    """Text in YAML: plain where nobody could take it for anything else, quoted otherwise and where it is prose."""
    if not prose and _PLAIN.fullmatch(text) and not _TYPED.fullmatch(text):
        return text
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))
