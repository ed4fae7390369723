"""Changing a brief's file without touching what does not change.

Only changed values are replaced where a value stands on one line, else the lines of the changed item or field. A list
in brackets keeps its brackets. What cannot be changed so, or would cost a comment, is refused.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
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
    """The text between two places gives way to another."""

    start: Position
    end: Position
    text: str


Change = Splice | Edit


def spliced(text: str, changes: Sequence[Change]) -> str:
    """The text with the changes applied, in its own kind of line end; every other byte as it was."""
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
    ending = re.search(r"\r\n|\r|\n", text)
    end = ending[0] if ending else "\n"
    for _, one in sorted(enumerate(changes), key=lambda c: (*_from(c[1]), c[0]), reverse=True):
        if isinstance(one, Edit):
            first, last = one.start.line - 1, one.end.line - 1
            told = one.text.replace("\n", end)
            lines[first : last + 1] = [lines[first][: one.start.column - 1] + told + lines[last][one.end.column - 1 :]]
        else:
            if one.start == len(lines) and lines and not lines[-1].endswith(("\n", "\r")):
                lines[-1] += end
            lines[one.start : one.end] = [line + end for line in one.lines]
    return "".join(lines)


def _from(change: Change) -> tuple[int, int, int]:
    """Where a change begins, so that later ones are made first."""
    if isinstance(change, Edit):
        return change.start.line - 1, change.start.column, change.end.line
    return change.start, 0, change.end


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

    def value(self, name: str, value: Any) -> Change | None:
        """A field with one value, or a list of names, gets another; with None or nothing in it, the field goes."""
        told = value not in (None, ())
        lines = tuple(field_lines(name, value)) if told else ()
        if name not in self.keys:
            at = self._place_for(name)
            return Splice(at, at, lines)
        start, end = self.region(name)
        edit = self._edit((name,), value) if told and end == start + 1 else None
        if edit:
            return edit
        return None if end > start + 1 and self.commented(start, end) else Splice(start, end, lines)

    def in_brackets(self, name: str) -> bool:
        """Whether a list is written as `[…]`."""
        at = self.positions.get((name,))
        return at is not None and self.lines[at.line - 1].startswith("[", at.column - 1)

    def mergeable(self, name: str) -> bool:
        """Whether items of a list can be changed one by one."""
        return self.in_brackets(name) or self.items(name) is not None

    def items(self, name: str) -> tuple[tuple[int, int], ...] | None:
        """The lines of each item of a list; None where they are not each on lines of their own behind a hyphen."""
        count = len(getattr(self.brief.front, name))
        if not count:
            return ()
        starts = [self.positions[name, i].line - 1 for i in range(count)]
        if len(set(starts)) < count or not all(self.lines[s].lstrip().startswith("-") for s in starts):
            return None
        ends = [*starts[1:], self.region(name)[1]]
        return tuple((start, self._trimmed(start, end)) for start, end in zip(starts, ends, strict=True))

    def item(self, key: tuple[str, int], mine: Any, result: Any) -> tuple[Change, ...] | None:
        """An item gets other values; None where a comment within it would be lost, or it shares its lines."""
        places = self.items(key[0])
        if places is None and not self.in_brackets(key[0]):
            return None
        changed = [name for name in ORDER[type(mine)] if getattr(mine, name) != getattr(result, name)]
        edits = [self._field(key, name, result) for name in changed]
        known = tuple(edit for edit in edits if edit)
        if len(known) == len(changed):
            return known
        line = item_line(result)
        if whole := self._edit(key, result):
            return (replace(whole, text=line.removeprefix("- ")),)
        if self.commented_item(key):
            return None
        if places is None:
            return (Edit(self.positions[key], self.ends[key], line.removeprefix("- ")),)
        start, end = places[key[1]]
        return (Splice(start, end, (self._indent(start) + line,)),)

    def _indent(self, line: int) -> str:
        return self.lines[line][: len(self.lines[line]) - len(self.lines[line].lstrip())]

    def commented_item(self, key: tuple[str, int]) -> bool:
        """Whether a person wrote a comment into the lines of an item, or in brackets behind it."""
        places = self.items(key[0])
        if places is not None:
            return self.commented(*places[key[1]])
        last = self.ends[key]
        behind = self.positions.get((key[0], key[1] + 1), Position(last.line, len(self.lines[last.line - 1]) + 1))
        return "#" in _QUOTED.sub("", self._text(self.positions[key], min(behind, self.ends[key[0],])))

    def relisted(self, name: str, gone: Sequence[int], added: Sequence[Any], left: bool) -> tuple[Change, ...]:
        """Items of a list go, others come; with `left` False none is left."""
        if self.in_brackets(name):
            return tuple(self._in_brackets(name, gone, added))
        return (*self._removed(name, gone, left), *((self._added(name, added),) if added else ()))

    def _removed(self, name: str, gone: Sequence[int], left: bool) -> tuple[Splice, ...]:
        """Items go; with nothing left under it the key goes too."""
        places, start = self.items(name) or (), self.keys.get(name)
        key = start is not None and gone and not left and re.fullmatch(rf"{name}\s*:\s*", self.lines[start])
        return (*(Splice(*places[m], ()) for m in gone), *((Splice(start, start + 1, ()),) if start and key else ()))

    def _added(self, name: str, items: Sequence[Any]) -> Splice:
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

    def _in_brackets(self, name: str, gone: Sequence[int], added: Sequence[Any]) -> Iterator[Edit]:
        """Items go with the comma behind them, the last ones with the comma before; new ones are set off as others."""
        told = [item_line(item).removeprefix("- ") for item in added]
        keys: list[tuple[str, int]] = [(name, i) for i in range(len(getattr(self.brief.front, name)))]
        if not keys:
            opening = self.positions[name,]
            at = Position(opening.line, opening.column + 1)
            yield from [Edit(at, at, ", ".join(told))] if told else []
            return
        comma = self._comma(keys)
        last = max((i for i in range(len(keys)) if i not in gone), default=-1)
        yield from (Edit(self.positions[keys[i]], self.positions[keys[i + 1]], "") for i in gone if i < last)
        start, end = self.ends[keys[last]], self.ends[keys[-1]]
        if last < 0 or (last + 1 < len(keys) and "#" in self._text(start, self.positions[keys[last + 1]])):
            trailing = re.match(r"\s*,", self.lines[end.line - 1][end.column - 1 :]) if not told else None
            end = Position(end.line, end.column + (len(trailing[0]) if trailing else 0))
            yield Edit(self.positions[keys[last + 1]], end, comma.join(told))
        elif start != end or not self._noted(name, end):
            yield Edit(start, end, "".join(comma + text for text in told))
        elif told:
            line = self.lines[end.line - 1]
            behind, indent = Position(end.line, len(line) + 1), "\n" + self._indent(end.line - 1)
            yield Edit(end, end, "" if line.startswith(",", end.column - 1) else ",")
            yield Edit(behind, behind, indent + f",{indent}".join(told))

    def _noted(self, name: str, end: Position) -> bool:
        """Whether a comment stands behind the last item of a list in brackets, on its line."""
        return end.line < self.ends[name,].line and "#" in self.lines[end.line - 1][end.column - 1 :]

    def _comma(self, keys: Sequence[tuple[str, int]]) -> str:
        """What stands between two items of a list in brackets."""
        if len(keys) > 1:
            between = self._text(self.ends[keys[-2]], self.positions[keys[-1]])
            if "#" not in between:
                return between
        first = self.positions[keys[0]]
        return ", " if first.line == self.positions[keys[0][0],].line else ",\n" + self._indent(first.line - 1)

    def _text(self, start: Position, end: Position) -> str:
        lines = list(self.lines[start.line - 1 : end.line])
        lines[-1] = lines[-1][: end.column - 1]
        lines[0] = lines[0][start.column - 1 :]
        return "\n".join(lines)

    def _edit(self, key: ItemKey, value: Any) -> Edit | None:
        """How the value at `key` gives way to another on its line; None where that takes more than one line."""
        start, end = self.positions.get(key), self.ends.get(key)
        if not start or not end or start.line != end.line or start == end:
            return None
        bracket = self.lines[start.line - 1][start.column - 1] in "[{"
        if isinstance(value, tuple) and not bracket:
            return None
        return Edit(start, end, flow(value, str(key[-1])))

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
        return Edit(end, end, f", {name}: {flow(value, name)}")


def _ends(text: str, path: str) -> Mapping[ItemKey, Position]:
    parts, _ = split_front(text, path)
    node, _ = read_yaml(parts.yaml, path, parts.yaml_line) if parts else (None, ())
    return node.ends if node else {}
