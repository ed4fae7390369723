"""Annotating again: a three-way merge, field by field and item by item, spliced into the person's file.

Base is the last proposal, mine the file as it stands, theirs the new proposal. What a person did not touch follows
the machine; what a person changed, added or deleted stays; where both changed, mine stays and a question is asked.
Only changed values are replaced where a value stands on one line, else the lines of the changed item or field.
`status`, `reviewed` and `corrections` are never touched. What was spliced is read again: should it not say what the
merge meant, the file stays as it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from nutgraf.formats.brief import ORDER, field_lines, flow, item_line, parse_brief
from nutgraf.formats.front_matter import read_yaml, split_front
from nutgraf.formats.matching import pairs
from nutgraf.model.brief import Brief, FrontMatter, ItemKey, Proposal
from nutgraf.model.diagnostic import Diagnostic, Location, Position, Severity

NAMES = tuple(f.name for f in fields(FrontMatter))
LISTS = ("actors", "figures", "quotes", "sources", "dates", "related")
VALUES = ("headline", "date", "standfirst", "article", "url", "byline", "language", "topics")


@dataclass(frozen=True, slots=True)
class Merge:
    """The new text of the file, and the questions that only a person can answer."""

    text: str
    conflicts: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Splice:
    """Lines `start` to `end` (0-based, exclusive) give way to others."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge_brief(text: str, base: Proposal, new: Proposal, path: str) -> Merge:
    """The file's text after another run of the machine. A file that cannot be read stays as it is."""
    brief, problems = parse_brief(text, path)
    if brief is None:
        return Merge(text, problems)
    merging = _Merging(brief, path, _ends(text, path))
    for name in VALUES:
        merging.value(name, getattr(base.front, name), getattr(new.front, name))
    for name in LISTS:
        merging.items(name, getattr(base.front, name), getattr(new.front, name))
    merging.body(base.body, new.body)
    merged = spliced(text, merging.splices)
    again, _ = parse_brief(merged, path)
    body = brief.body.markdown if merging.new_body is None else merging.new_body
    as_meant = again and (again.front, again.body.markdown.strip()) == (
        replace(brief.front, **merging.values),
        body.strip(),
    )
    if not as_meant:
        merging.ask((), "front matter", "one key or item a line", "another layout", "changes that were not merged in")
        return Merge(text, tuple(merging.questions))
    return Merge(merged, tuple(merging.questions))


def _ends(text: str, path: str) -> Mapping[ItemKey, Position]:
    parts, _ = split_front(text, path)
    node, _ = read_yaml(parts.yaml, path, parts.yaml_line) if parts else (None, ())
    return node.ends if node else {}


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


@dataclass(frozen=True, slots=True)
class Edit:
    """Columns `start` to `end` (0-based, exclusive) of a line give way to a text."""

    line: int
    start: int
    end: int
    text: str


class _Merging:
    """Collects the splices and questions of one file."""

    def __init__(self, brief: Brief, path: str, ends: Mapping[ItemKey, Position]) -> None:
        self.brief, self.path, self.ends = brief, path, ends
        self.values: dict[str, Any] = {}
        self.new_body: str | None = None
        self.splices: list[Splice] = []
        self.questions: list[Diagnostic] = []
        starts = {str(key[0]): at.line - 1 for key, at in brief.positions.items() if len(key) == 1}
        self.keys = {name: self._key_line(name, line) for name, line in starts.items()}
        self.fence = brief.body.line - 2

    def _key_line(self, name: str, line: int) -> int:
        while line > 0 and not re.match(rf"[\"']?{name}[\"']?\s*:", self.brief.lines[line].removeprefix("\ufeff")):
            line -= 1
        return line

    def region(self, name: str) -> tuple[int, int]:
        """The lines of a field, comments and blank lines after it left out."""
        start = self.keys[name]
        end = min([line for line in self.keys.values() if line > start], default=self.fence)
        return start, self._trimmed(start, end)

    def _trimmed(self, start: int, end: int) -> int:
        while end > start + 1 and re.match(r"\s*(#|$)", self.brief.lines[end - 1]):
            end -= 1
        return end

    def place_for(self, name: str) -> int:
        """Where a field that the file lacks belongs: behind the one that goes before it."""
        earlier = [self.region(n)[1] for n in NAMES[: NAMES.index(name)] if n in self.keys]
        return max(earlier, default=self.fence)

    def value(self, name: str, base: Any, new: Any) -> None:
        """A field with one value, or a list of names."""
        mine = getattr(self.brief.front, name)
        if new in (base, mine):
            return
        if mine != base:
            self.ask((name,), name, base, mine, new)
            return
        self.values[name] = new
        told = new not in (None, ())
        if name in self.keys:
            start, end = self.region(name)
            edit = self._edit((name,), new) if told and end == start + 1 else None
            lines = tuple(field_lines(name, new)) if told else ()
            self.splices.append(Splice(start, end, self._edited(start, end, [edit]) if edit else lines))
        elif told:
            at = self.place_for(name)
            self.splices.append(Splice(at, at, tuple(field_lines(name, new))))

    def _edit(self, key: ItemKey, value: Any) -> Edit | None:
        """How the value at `key` gives way to another on its line; None where that takes more than one line."""
        start, end = self.brief.positions.get(key), self.ends.get(key)
        if not start or not end or start.line != end.line or start == end:
            return None
        bracket = self.brief.lines[start.line - 1][start.column - 1] in "[{"
        if isinstance(value, tuple) and not bracket:
            return None
        return Edit(start.line - 1, start.column - 1, end.column - 1, flow(value, str(key[-1])))

    def _edited(self, start: int, end: int, edits: Sequence[Edit]) -> tuple[str, ...]:
        lines = list(self.brief.lines[start:end])
        for one in sorted(edits, key=lambda e: (e.line, e.start), reverse=True):
            line = lines[one.line - start]
            lines[one.line - start] = line[: one.start] + one.text + line[one.end :]
        return tuple(lines)

    def items(self, name: str, base: Sequence[Any], new: Sequence[Any]) -> None:
        """A list of items."""
        mine: Sequence[Any] = getattr(self.brief.front, name)
        lines = self._item_lines(name, len(mine))
        if lines is None:
            if tuple(base) != tuple(new):
                self.ask((name,), name, "one item a line", "another layout", "changes that were not merged in")
            return
        of_mine, of_new = pairs(base, mine), pairs(base, new)
        gone = {m for b, m in of_mine.items() if b not in of_new and base[b] == mine[m]}
        kept = dict(enumerate(mine))
        for b, n in of_new.items():
            if b in of_mine:
                m = of_mine[b]
                kept[m] = self._item((name, m), base[b], mine[m], new[n], lines[m])
        unmatched = [item for n, item in enumerate(new) if n not in of_new.values()]
        by_hand = [item for m, item in enumerate(mine) if m not in of_mine.values()]
        known = pairs(unmatched, by_hand)
        added = [item for i, item in enumerate(unmatched) if i not in known]
        self.values[name] = (*(item for m, item in kept.items() if m not in gone), *added)
        self.splices += [Splice(*lines[m], ()) for m in sorted(gone)]
        self._add(name, [item_line(item) for item in added], len(mine) > 0, bool(self.values[name]))

    def _add(self, name: str, added: Sequence[str], had: bool, has: bool) -> None:
        """Lines for new items, under a key where the file has none; a key left without items goes."""
        at = self.keys.get(name)
        bare = at is not None and re.fullmatch(rf"{name}\s*:\s*", self.brief.lines[at])
        if at is not None and bare and had and not has:
            self.splices.append(Splice(at, at + 1, ()))
        elif at is not None and added and (bare or had):
            end = self.region(name)[1]
            self.splices.append(Splice(end, end, tuple(added)))
        elif added:
            start, end = self.region(name) if at is not None else (self.place_for(name),) * 2
            self.splices.append(Splice(start, end, (f"{name}:", *added)))

    def _item_lines(self, name: str, count: int) -> list[tuple[int, int]] | None:
        """The lines of each item; None where they are not each on lines of their own."""
        if not count:
            return []
        starts = [self.brief.positions[name, i].line - 1 for i in range(count)]
        if len(set(starts)) < count or not all(self.brief.lines[s].lstrip().startswith("-") for s in starts):
            return None
        ends = [*starts[1:], self.region(name)[1]]
        return [(start, self._trimmed(start, end)) for start, end in zip(starts, ends, strict=True)]

    def _item(self, key: tuple[str, int], base: Any, mine: Any, new: Any, lines: tuple[int, int]) -> Any:
        """What becomes of an item that all three have."""
        if new in (base, mine):
            return mine
        merged = {}
        for field in fields(base):
            b, m, n = (getattr(item, field.name) for item in (base, mine, new))
            merged[field.name] = n if m == b else m
            if b not in (m, n) and m != n:
                self.ask((*key, field.name), f"{field.name} of this {key[0].rstrip('s')}", b, m, n)
        result = type(base)(**merged)
        if result == mine:
            return mine
        text = self._item_text(key, mine, result, *lines)
        if text is None:
            self.ask(key, f"this {key[0].rstrip('s')}", base, mine, new)
            return mine
        self.splices.append(Splice(*lines, text))
        return result

    def _item_text(self, key: ItemKey, mine: Any, result: Any, start: int, end: int) -> tuple[str, ...] | None:
        """The lines of an item with its changed values; None where a comment within it would be lost."""
        changed = [name for name in ORDER[type(mine)] if getattr(mine, name) != getattr(result, name)]
        edits = [self._field(key, name, result) for name in changed]
        known = [edit for edit in edits if edit]
        if len(known) == len(changed):
            return self._edited(start, end, known)
        whole = self._edit(key, result)
        if whole:
            return self._edited(start, end, [replace(whole, text=item_line(result).removeprefix("- "))])
        old = self.brief.lines[start:end]
        unquoted = re.sub(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'', "", "\n".join(old))
        if re.search(r"(^|\s)#", unquoted):
            return None
        return (old[0][: len(old[0]) - len(old[0].lstrip())] + item_line(result),)

    def _field(self, key: ItemKey, name: str, item: Any) -> Edit | None:
        """The edit that gives a field of an item its value, or that adds it behind the one that goes before it."""
        value = getattr(item, name)
        if value in (None, ()):
            return None
        if (*key, name) in self.brief.positions:
            return self._edit((*key, name), value)
        order = ORDER[type(item)]
        before = [n for n in order[: order.index(name)] if (*key, n) in self.brief.positions]
        start, end = self.brief.positions[key], self.ends.get((*key, before[-1])) if before else None
        if end is None or self.brief.lines[start.line - 1][start.column - 1] != "{":
            return None
        return Edit(end.line - 1, end.column - 1, end.column - 1, f", {name}: {flow(value, name)}")

    def body(self, base: str, new: str) -> None:
        """The body follows the machine only while nobody has touched it."""
        mine = self.brief.body.markdown.strip()
        if new.strip() in (base.strip(), mine):
            return
        start = self.brief.body.line - 1
        if mine == base.strip():
            self.new_body = new
            self.splices.append(Splice(start, len(self.brief.lines), ("", *new.strip("\n").split("\n"))))
        else:
            self.ask(("body",), "body", "", "your body stays", "the article's text changed")

    def ask(self, key: tuple[str | int, ...], what: str, base: Any, mine: Any, theirs: Any) -> None:
        """A question: what both changed."""
        known = self.brief.positions
        at = next((known[key[:n]] for n in range(len(key), 0, -1) if key[:n] in known), None)
        at = at or Position(self.brief.body.line if key == ("body",) else 1, 1)
        line = self.brief.lines[at.line - 1] if at.line <= len(self.brief.lines) else ""
        message = f"{what}: you have {_shown(mine)}, the machine now says {_shown(theirs)} (it was {_shown(base)})"
        location = Location(self.path, at, line)
        help_ = "yours stays; change it if the machine is right"
        self.questions.append(Diagnostic("merge-conflict", Severity.WARNING, message, location, help_))


def _shown(value: Any) -> str:
    if value in (None, (), ""):
        return "nothing"
    return item_line(value).removeprefix("- ") if type(value) in ORDER else flow(value)
