"""Changing a brief's file without touching what does not change.

Only changed values are replaced where a value stands on one line, else the lines of the changed item or field. What
cannot be changed so, or would cost a comment, is refused.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from nutgraf.formats.brief import ORDER, field_lines, flow, item_line
from nutgraf.formats.front_matter import read_yaml, split_front
from nutgraf.model.brief import Brief, FrontMatter, ItemKey
from nutgraf.model.diagnostic import Position

NAMES = tuple(f.name for f in fields(FrontMatter))
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'', re.S)


@dataclass(frozen=True, slots=True)
class Splice:
    """Lines `start` to `end` (0-based, exclusive) give way to others."""

    start: int
    end: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """Columns `start` to `end` (0-based, exclusive) of a line give way to a text."""

    line: int
    start: int
    end: int
    text: str


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """The text with the splices applied, in its own kind of line end; every other byte as it was."""
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
    ending = re.search(r"\r\n|\r|\n", text)
    end = ending[0] if ending else "\n"
    ordered = sorted(enumerate(splices), key=lambda s: (s[1].start, s[1].end, s[0]), reverse=True)
    for _, one in ordered:
        if one.start == len(lines) and lines and not lines[-1].endswith(("\n", "\r")):
            lines[-1] += end
        lines[one.start : one.end] = [line + end for line in one.lines]
    return "".join(lines)


class Layout:
    """Where the fields and items of one brief stand in its file."""

    def __init__(self, brief: Brief, text: str) -> None:
        self.brief, self.lines, self.positions = brief, brief.lines, brief.positions
        self.ends = _ends(text, brief.path)
        starts = {str(key[0]): at.line - 1 for key, at in brief.positions.items() if len(key) == 1}
        self.keys = {name: self._key_line(name, line) for name, line in starts.items()}
        self.fence = brief.body.line - 2

    def _key_line(self, name: str, line: int) -> int:
        while line > 0 and not re.match(rf"[\"']?{name}[\"']?\s*:", self.lines[line].removeprefix("\ufeff")):
            line -= 1
        return line

    def region(self, name: str) -> tuple[int, int]:
        """The lines of a field, comments and blank lines after it left out."""
        start = self.keys[name]
        end = min([line for line in self.keys.values() if line > start], default=self.fence)
        return start, self._trimmed(start, end)

    def _trimmed(self, start: int, end: int) -> int:
        while end > start + 1 and re.match(r"\s*(#|$)", self.lines[end - 1]):
            end -= 1
        return end

    def _place_for(self, name: str) -> int:
        """Where a field that the file lacks belongs: behind the one that goes before it."""
        earlier = [self.region(n)[1] for n in NAMES[: NAMES.index(name)] if n in self.keys]
        return max(earlier, default=self.fence)

    def commented(self, start: int, end: int) -> bool:
        """Whether a comment stands within these lines (a `#` behind a space that is not in a quoted value)."""
        return bool(re.search(r"(^|\s)#", _QUOTED.sub("", "\n".join(self.lines[start:end]))))

    def value(self, name: str, value: Any) -> Splice | None:
        """A field with one value, or a list of names, gets another; with None or nothing in it, the field goes."""
        told = value not in (None, ())
        lines = tuple(field_lines(name, value)) if told else ()
        if name not in self.keys:
            at = self._place_for(name)
            return Splice(at, at, lines)
        start, end = self.region(name)
        edit = self._edit((name,), value) if told and end == start + 1 else None
        if edit:
            return Splice(start, end, self._edited(start, end, [edit]))
        return None if end > start + 1 and self.commented(start, end) else Splice(start, end, lines)

    def items(self, name: str) -> tuple[tuple[int, int], ...] | None:
        """The lines of each item of a list; None where they are not each on lines of their own."""
        count = len(getattr(self.brief.front, name))
        if not count:
            return ()
        starts = [self.positions[name, i].line - 1 for i in range(count)]
        if len(set(starts)) < count or not all(self.lines[s].lstrip().startswith("-") for s in starts):
            return None
        ends = [*starts[1:], self.region(name)[1]]
        return tuple((start, self._trimmed(start, end)) for start, end in zip(starts, ends, strict=True))

    def item(self, key: tuple[str, int], mine: Any, result: Any) -> Splice | None:
        """An item gets other values; None where a comment within it would be lost, or it shares its lines."""
        places = self.items(key[0])
        if places is None:
            return None
        start, end = places[key[1]]
        changed = [name for name in ORDER[type(mine)] if getattr(mine, name) != getattr(result, name)]
        edits = [self._field(key, name, result) for name in changed]
        known = [edit for edit in edits if edit]
        if len(known) == len(changed):
            return Splice(start, end, self._edited(start, end, known))
        if whole := self._edit(key, result):
            line = item_line(result).removeprefix("- ")
            return Splice(start, end, self._edited(start, end, [replace(whole, text=line)]))
        return None if self.commented(start, end) else Splice(start, end, (self._indent(start) + item_line(result),))

    def _indent(self, line: int) -> str:
        return self.lines[line][: len(self.lines[line]) - len(self.lines[line].lstrip())]

    def commented_item(self, key: tuple[str, int]) -> bool:
        """Whether a person wrote a comment into the lines of an item."""
        places = self.items(key[0])
        return self.commented(*places[key[1]]) if places else False

    def removed(self, name: str, gone: Sequence[int], left: bool) -> tuple[Splice, ...]:
        """Items go; with `left` False the key goes too, as nothing is left under it."""
        places, start = self.items(name) or (), self.keys.get(name)
        key = start is not None and gone and not left and re.fullmatch(rf"{name}\s*:\s*", self.lines[start])
        return (*(Splice(*places[m], ()) for m in gone), *((Splice(start, start + 1, ()),) if start and key else ()))

    def added(self, name: str, items: Sequence[Any]) -> Splice:
        """New items behind those that are there, under a key of their own where the file has none."""
        lines, at = [item_line(item) for item in items], self.keys.get(name)
        if at is None:
            return Splice(self._place_for(name), self._place_for(name), (f"{name}:", *lines))
        start, end = self.region(name)
        if places := self.items(name):
            indent = self._indent(places[-1][0])
            return Splice(end, end, tuple(indent + line for line in lines))
        bare = re.fullmatch(rf"{name}\s*:\s*", self.lines[start])
        return Splice(end, end, tuple(lines)) if bare else Splice(start, end, (f"{name}:", *lines))

    def _edit(self, key: ItemKey, value: Any) -> Edit | None:
        """How the value at `key` gives way to another on its line; None where that takes more than one line."""
        start, end = self.positions.get(key), self.ends.get(key)
        if not start or not end or start.line != end.line or start == end:
            return None
        bracket = self.lines[start.line - 1][start.column - 1] in "[{"
        if isinstance(value, tuple) and not bracket:
            return None
        return Edit(start.line - 1, start.column - 1, end.column - 1, flow(value, str(key[-1])))

    def _field(self, key: ItemKey, name: str, item: Any) -> Edit | None:
        """The edit that gives a field of an item its value, or that adds it behind the one that goes before it."""
        value = getattr(item, name)
        if value in (None, ()):
            return None
        if (*key, name) in self.positions:
            return self._edit((*key, name), value)
        order = ORDER[type(item)]
        before = [n for n in order[: order.index(name)] if (*key, n) in self.positions]
        start, end = self.positions[key], self.ends.get((*key, before[-1])) if before else None
        if end is None or self.lines[start.line - 1][start.column - 1] != "{":
            return None
        return Edit(end.line - 1, end.column - 1, end.column - 1, f", {name}: {flow(value, name)}")

    def _edited(self, start: int, end: int, edits: Sequence[Edit]) -> tuple[str, ...]:
        lines = list(self.lines[start:end])
        for _, one in sorted(enumerate(edits), key=lambda e: (e[1].line, e[1].start, e[0]), reverse=True):
            line = lines[one.line - start]
            lines[one.line - start] = line[: one.start] + one.text + line[one.end :]
        return tuple(lines)


def _ends(text: str, path: str) -> Mapping[ItemKey, Position]:
    parts, _ = split_front(text, path)
    node, _ = read_yaml(parts.yaml, path, parts.yaml_line) if parts else (None, ())
    return node.ends if node else {}
