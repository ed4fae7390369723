"""YAML as nutgraf reads it: guarded, with the place of every node, and with all scalars as text.

libyaml only ever tells events; the tree is built here without recursion, so no input can exhaust the stack. There are
no anchors, aliases or tags, a key stands once in its mapping, and depth and size are bounded.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import yaml

from nutgraf.formats import slips
from nutgraf.formats.plain_yaml import NULLS, plain_places, plain_tree
from nutgraf.model.brief import ItemKey
from nutgraf.model.diagnostic import Diagnostic, Location, Position
from nutgraf.model.findings import report

MAX_SIZE = 1_000_000
"""Code points of YAML in one file."""
MAX_DEPTH = 24
MAX_BRACKETS = 200
"""Open brackets, those of badly quoted prose included, that libyaml is still given."""
FENCE = "---"
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_REASONS = (
    ("yaml-colon", "mapping values are not allowed", "a second colon in one value", "put the value in double quotes"),
    (
        "yaml-start",
        "cannot start any token",
        "a value cannot start with this character",
        "put the value in double quotes",
    ),
    (
        "yaml-bracket",
        "did not find expected ',' or",
        "this part of a list or an item in brackets cannot be read",
        'close the bracket; put a value with a colon, comma or bracket in double quotes, and \\" for each inside',
    ),
    (
        "yaml-indent",
        "did not find expected key",
        "this line cannot be read as a key and its value",
        "indent all keys alike",
    ),
    ("yaml-colon", "could not find expected ':'", "a key without its colon", "write key: value"),
    (
        "yaml-quotation",
        "while scanning a quoted scalar",
        "a quotation that is not closed",
        'close it; a quotation mark inside is \\"',
    ),
    (
        "yaml-quotation",
        "while parsing a quoted scalar",
        "a quotation that cannot be read",
        'a quotation mark inside is \\", a backslash \\\\',
    ),
    *(
        (
            "yaml-indent",
            sign,
            "this line is indented in another way than those above",
            "indent all items alike",
        )
        for sign in ("expected <block end>", "did not find expected '-'", "block sequence entries are not allowed")
    ),
)
"""Code of the finding, what libyaml says, what it means, and what to do."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """A mapping, list or text read from YAML, and where its parts are."""

    value: Any
    positions: Mapping[ItemKey, Position] = field(default_factory=dict)
    """Start of each value by its path."""
    keys: Mapping[ItemKey, Position] = field(default_factory=dict)
    """Start of each key by the path of its value."""
    ends: Mapping[ItemKey, Position] = field(default_factory=dict)
    """Just behind each value by its path; of use for text and for what stands in brackets."""
    plain: bool = False
    """Whether each item is on a line of its own, in braces, and nothing is written in another way than by nutgraf."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A file with front matter, cut in two."""

    yaml: str
    yaml_line: int
    """1-based line of the file on which `yaml` starts."""
    body: str
    body_line: int


def diagnostic(
    code: str, message: str, path: str, lines: tuple[str, ...], at: Position | None, help_: str = "", width: int = 1
) -> Diagnostic:
    """An error with its line of text."""
    line = lines[at.line - 1] if at and at.line <= len(lines) else ""
    return report(code, message, Location(path, at, line, width), help_)


def split_lines(text: str) -> tuple[str, ...]:
    """Lines as editors count them."""
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def undecodable(text: str, path: str) -> Diagnostic | None:
    """A finding where the file's bytes were no UTF-8 (they reach us as lone surrogates)."""
    try:
        text.encode()
    except UnicodeEncodeError as problem:
        before = split_lines(text[: problem.start])
        line = re.sub("[\ud800-\udfff]", "\ufffd", split_lines(text)[len(before) - 1])
        location = Location(path, Position(len(before), len(before[-1]) + 1), line)
        return report("not-utf8", "the file is not UTF-8 here", location, "save it as UTF-8")
    return None


def split_front(text: str, path: str) -> tuple[Parts | None, tuple[Diagnostic, ...]]:
    """Front matter and body of a file; a byte order mark and any kind of line end are read."""
    if problem := undecodable(text, path):
        return None, (problem,)
    lines = split_lines(text.removeprefix("\ufeff"))
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[start].rstrip() != FENCE:
        help_ = "the first line is three hyphens: ---"
        return None, (
            diagnostic("no-front-matter", "the file has no front matter", path, lines, Position(start + 1, 1), help_),
        )
    end = next((i for i in range(start + 1, len(lines)) if lines[i].rstrip() in (FENCE, "...")), None)
    if end is None:
        slip = slips.unclosed(lines, start)
        width = len(lines[slip.at.line - 1])
        return None, (diagnostic(slip.code, slip.message, path, lines, slip.at, slip.help, width),)
    return Parts("\n".join(lines[start + 1 : end]), start + 2, "\n".join(lines[end + 1 :]), end + 2), ()


def read_yaml(text: str, path: str, first_line: int = 1) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The tree of a YAML text that starts on line `first_line` of its file. All scalars are text, or None for null."""
    tree = plain_tree(text) if len(text) <= MAX_SIZE else None
    if tree is None:
        return _read_yaml(text, path, first_line)
    keys, ends = (_Late(partial(_places_read, text, first_line, part)) for part in ("keys", "ends"))
    return Node(tree, _Late(partial(_plain_positions, text, first_line)), keys, ends, plain=True), ()


def _plain_positions(text: str, first_line: int) -> Mapping[ItemKey, Position]:
    return _Positions(plain_places(text), _Places(text, first_line))


def _places_read(text: str, first_line: int, part: str) -> Mapping[ItemKey, Position]:
    node, _ = _read_yaml(text, "", first_line)
    found: Mapping[ItemKey, Position] = getattr(node, part)
    return found


def _read_yaml(text: str, path: str, first_line: int) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    lines = ("",) * (first_line - 1) + split_lines(text)
    if problem := guard(text, path, lines, first_line):
        return None, (problem,)
    builder = _Builder(path, lines, _Places(text, first_line))
    try:
        for event in iter(yaml.CSafeLoader(text).get_event, None):
            builder.take(event)
    except _StopError:
        pass
    except yaml.YAMLError as problem_:
        builder.problems.append(_syntax(problem_, path, lines, builder.places))
    if builder.problems:
        return None, tuple(builder.problems)
    return builder.node(), ()


def guard(text: str, path: str, lines: tuple[str, ...], first_line: int) -> Diagnostic | None:
    """What is wrong with a text that libyaml must not be given."""
    if len(text) > MAX_SIZE:
        return diagnostic(
            "yaml-too-large", f"more than {MAX_SIZE:,} characters of YAML", path, lines, Position(first_line, 1)
        )
    if not _CONTROL.search(text) and text.count("[") + text.count("{") <= MAX_BRACKETS:
        return None
    depth = 0
    for number, line in enumerate(lines, 1):
        if control := _CONTROL.search(line):
            at = Position(number, control.start() + 1)
            message = f"an invisible control character (U+{ord(control[0]):04X})"
            return diagnostic("control-character", message, path, lines, at, "delete it")
        if "[" in line or "{" in line:
            for found in re.finditer(r"[\[{\]}]", _QUOTED.sub(lambda m: "x" * len(m[0]), line)):
                depth = max(0, depth + (1 if found[0] in "[{" else -1))
                if depth > MAX_BRACKETS:
                    return diagnostic(
                        "yaml-too-deep", "too many open brackets", path, lines, Position(number, found.start() + 1)
                    )
    return None


def _syntax(problem: yaml.YAMLError, path: str, lines: tuple[str, ...], places: "_Places") -> Diagnostic:
    mark = getattr(problem, "problem_mark", None) or getattr(problem, "context_mark", None)
    at = places.at(mark.index) if mark else places.at(0)
    opened = getattr(problem, "context_mark", None)
    if opened and "while parsing a flow" in str(getattr(problem, "context", "")):
        start = places.at(opened.index)
        at = at if at.line == start.line else start  # the bracket, where it is not closed on its line
    told = " ".join(str(part) for part in (getattr(problem, "context", ""), getattr(problem, "problem", "")) if part)
    told = told or " ".join(str(problem).split())[:120]
    known = ((code, m, h) for code, sign, m, h in _REASONS if sign in told)
    code, message, help_ = next(known, ("yaml-syntax", f"this is no YAML: {told}", ""))
    if slip := slips.slip_at(lines, at.line):
        code, message, help_, at = slip
    elif lines[at.line - 1][at.column - 1 : at.column] == "\t":
        code, message, help_ = "yaml-tab", "a tab", "indent with spaces, not with a tab"
    elif code == "yaml-indent" and lines[at.line - 1][: at.column - 1].rstrip().endswith(('"', "'")):
        code, message = "yaml-quotation", "something stands behind a closing quotation mark"
        help_ = 'put the whole value in double quotes, with \\" for each quotation mark inside'
    elif code == "yaml-bracket" and (word := slips.undivided(lines[at.line - 1], at.column)):
        help_ = f"put a comma before {word}, or the value in double quotes where the colon belongs to it"
    return diagnostic(code, message, path, lines, at, help_)


class _Places:
    """Lines and columns in the file of offsets into its YAML. libyaml's own lines also end at U+2028 and the like."""

    def __init__(self, text: str, first_line: int) -> None:
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.first_line = first_line
        self.size = len(text)

    def at(self, offset: int) -> Position:
        offset = min(offset, self.size)
        line = bisect_right(self.starts, offset) - 1
        return Position(line + self.first_line, offset - self.starts[line] + 1)


class _Positions(Mapping[ItemKey, Position]):
    """Offsets, as lines and columns where one is asked for: of a file without faults nearly none is."""

    __slots__ = ("_offsets", "_places")

    def __init__(self, offsets: Mapping[ItemKey, int], places: _Places) -> None:
        self._offsets, self._places = offsets, places

    def __getitem__(self, key: ItemKey) -> Position:
        return self._places.at(self._offsets[key])

    def __contains__(self, key: object) -> bool:
        return key in self._offsets

    def __iter__(self) -> Iterator[ItemKey]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)


class _Late(Mapping[ItemKey, Position]):
    """Places that are found when one is asked for."""

    __slots__ = ("_find", "_found")

    def __init__(self, find: Callable[[], Mapping[ItemKey, Position]]) -> None:
        self._find = find
        self._found: Mapping[ItemKey, Position] | None = None

    def _places(self) -> Mapping[ItemKey, Position]:
        if self._found is None:
            self._found = self._find()
        return self._found

    def __getitem__(self, key: ItemKey) -> Position:
        return self._places()[key]

    def __iter__(self) -> Iterator[ItemKey]:
        return iter(self._places())

    def __len__(self) -> int:
        return len(self._places())


class _StopError(Exception):
    """The rest of the text cannot be made sense of."""


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read."""

    value: dict[Any, Any] | list[Any]
    path: ItemKey
    next: ItemKey | None = None
    """In a mapping: the path of the value that follows; None where a key does."""


class _Builder:
    """Makes the tree from events."""

    def __init__(self, path: str, lines: tuple[str, ...], places: _Places) -> None:
        self.path, self.lines, self.places = path, lines, places
        self.root: Any = None
        self.positions: dict[ItemKey, int] = {}
        self.keys: dict[ItemKey, int] = {}
        self.ends: dict[ItemKey, int] = {}
        """All in code points from the start of the YAML."""
        self.problems: list[Diagnostic] = []
        self.open: list[_Open] = []
        self.documents = 0

    def node(self) -> Node:
        """The whole tree."""
        positions, keys, ends = (_Positions(offsets, self.places) for offsets in (self.positions, self.keys, self.ends))
        return Node(self.root, positions, keys, ends)

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.NodeEvent):
            self._take_node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.ends[self.open.pop().path] = _end(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop("yaml-two-documents", "a second document starts here", event, "take the line --- out")

    def _take_node(self, event: Any) -> None:
        if event.anchor:
            help_ = "put the value in double quotes, or write it out"
            self._stop("yaml-alias", "anchors and aliases (& and *) are not read", event, help_)
        if event.tag:
            self._stop("yaml-tag", f"the tag {event.tag} is not read", event, "put the value in double quotes")
        top = self.open[-1] if self.open else None
        if top is None:
            path: ItemKey = ()
            self.root = value = _made(event)
        elif isinstance(top.value, list):
            path = (*top.path, len(top.value))
            value = _made(event)
            top.value.append(value)
        elif top.next is None:
            self._take_key(top, event)
            return
        else:
            path, top.next = top.next, None
            top.value[path[-1]] = value = _made(event)
        self.positions[path] = event.start_mark.index
        self.ends[path] = _end(event)
        if value.__class__ in (dict, list):
            self.open.append(_Open(value, path))
            if len(self.open) > MAX_DEPTH:
                self._stop("yaml-too-deep", f"nested more than {MAX_DEPTH} deep", event)

    def _take_key(self, top: _Open, event: Any) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop("yaml-key", "a key must be a word", event, "put the value in double quotes")
        key = event.value
        top.next = (*top.path, key)
        if key in top.value:
            first, at = self.places.at(self.keys[top.next]), self._at(event)
            message = f"the key {key} stands here a second time (first on line {first.line})"
            help_ = slips.thousands(key) or "keep one of the two"
            self.problems.append(diagnostic("duplicate-key", message, self.path, self.lines, at, help_, len(key)))
        self.keys[top.next] = event.start_mark.index

    def _at(self, event: Any) -> Position:
        return self.places.at(event.start_mark.index)

    def _stop(self, code: str, message: str, event: Any, help_: str = "") -> None:
        self.problems.append(diagnostic(code, message, self.path, self.lines, self._at(event), help_))
        raise _StopError


def _end(event: Any) -> int:
    offset: int = event.end_mark.index
    return offset


def _made(event: Any) -> Any:
    """The value that a node begins."""
    if isinstance(event, yaml.ScalarEvent):
        value = event.value
        return None if value in NULLS and event.implicit[0] and not event.style else value
    return {} if isinstance(event, yaml.MappingStartEvent) else []


def nearest_position(positions: Mapping[ItemKey, Position], path: ItemKey) -> Position | None:
    """The place of the node at `path`, or of the nearest one that holds it."""
    return next((positions[p] for p in _upwards(path) if p in positions), None)


def _upwards(path: ItemKey) -> Iterator[ItemKey]:
    for length in range(len(path), -1, -1):
        yield path[:length]
