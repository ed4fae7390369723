"""Annotating again: a three-way merge, field by field and item by item, spliced into the person's file.

Base is the last proposal, mine the file as it stands, theirs the new proposal. What a person did not touch follows
the machine; what a person changed, added or deleted stays; where both changed, mine stays and a question is asked.
Only lines of changed items are replaced. `status`, `reviewed` and `corrections` are never touched.
"""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from nutgraf.formats.brief import field_lines, flow, item_line, parse_brief
from nutgraf.model.brief import Actor, Brief, DatedEvent, Figure, FrontMatter, Proposal, Quote, Source, Teaser
from nutgraf.model.diagnostic import Diagnostic, Location, Position, Severity

NAMES = tuple(f.name for f in fields(FrontMatter))
LISTS = ("actors", "figures", "quotes", "sources", "dates", "related")
VALUES = ("headline", "date", "standfirst", "article", "url", "byline", "language", "topics")
ALIKE = 0.6
"""How much of two anchors must be the same for them to be one item with corrected words."""


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
    merging = _Merging(brief, path)
    for name in VALUES:
        merging.value(name, getattr(base.front, name), getattr(new.front, name))
    for name in LISTS:
        merging.items(name, getattr(base.front, name), getattr(new.front, name))
    merging.body(base.body, new.body)
    return Merge(spliced(text, merging.splices), tuple(merging.questions))


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """The text with the splices applied, in its own kind of line end; every other byte as it was."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = re.findall(r"[^\n]*\n|[^\n]+$", text)
    ordered = sorted(enumerate(splices), key=lambda s: (s[1].start, s[1].end, s[0]), reverse=True)
    for _, one in ordered:
        if one.start == len(lines) and lines and not lines[-1].endswith("\n"):
            lines[-1] += end
        lines[one.start : one.end] = [line + end for line in one.lines]
    return "".join(lines)


class _Merging:
    """Collects the splices and questions of one file."""

    def __init__(self, brief: Brief, path: str) -> None:
        self.brief, self.path = brief, path
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
        """Where a field that the file lacks belongs."""
        later = [self.keys[n] for n in NAMES[NAMES.index(name) + 1 :] if n in self.keys]
        return min(later, default=self.fence)

    def value(self, name: str, base: Any, new: Any) -> None:
        """A field with one value, or a list of names."""
        mine = getattr(self.brief.front, name)
        if new in (base, mine):
            return
        if mine != base:
            self.ask((name,), name, base, mine, new)
        elif name in self.keys:
            lines = tuple(field_lines(name, new)) if new not in (None, ()) else ()
            self.splices.append(Splice(*self.region(name), lines))
        elif new not in (None, ()):
            at = self.place_for(name)
            self.splices.append(Splice(at, at, tuple(field_lines(name, new))))

    def items(self, name: str, base: Sequence[Any], new: Sequence[Any]) -> None:
        """A list of items."""
        mine: Sequence[Any] = getattr(self.brief.front, name)
        lines = self._item_lines(name, len(mine))
        if lines is None:
            if tuple(base) != tuple(new):
                self.ask((name,), name, "one item a line", "another layout", "changes that were not merged in")
            return
        of_mine, of_new = pairs(base, mine), pairs(base, new)
        gone = [lines[m] for b, m in of_mine.items() if b not in of_new and base[b] == mine[m]]
        for b, n in of_new.items():
            if b in of_mine:
                self._item((name, of_mine[b]), base[b], mine[of_mine[b]], new[n], lines[of_mine[b]])
        unmatched = [n for n in range(len(new)) if n not in of_new.values()]
        by_hand = [m for m in range(len(mine)) if m not in of_mine.values()]
        known = pairs([new[n] for n in unmatched], [mine[m] for m in by_hand])
        added = [item_line(new[n]) for i, n in enumerate(unmatched) if i not in known]
        if len(gone) == len(mine) and not added and mine:
            self.splices.append(Splice(*self.region(name), ()))
            return
        self.splices += [Splice(start, end, ()) for start, end in gone]
        if added and name in self.keys and mine:
            at = self.region(name)[1]
            self.splices.append(Splice(at, at, tuple(added)))
        elif added:
            start, end = self.region(name) if name in self.keys else (self.place_for(name),) * 2
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

    def _item(self, key: tuple[str, int], base: Any, mine: Any, new: Any, lines: tuple[int, int]) -> None:
        if new in (base, mine):
            return
        merged = {}
        for field in fields(base):
            b, m, n = (getattr(item, field.name) for item in (base, mine, new))
            merged[field.name] = n if m == b else m
            if b not in (m, n) and m != n:
                self.ask((*key, field.name), f"{field.name} of this {key[0].rstrip('s')}", b, m, n)
        result = type(base)(**merged)
        if result != mine:
            indent = re.match(r"\s*", self.brief.lines[lines[0]])
            self.splices.append(Splice(*lines, ((indent[0] if indent else "") + item_line(result),)))

    def body(self, base: str, new: str) -> None:
        """The body follows the machine only while nobody has touched it."""
        mine = self.brief.body.markdown.strip()
        if new.strip() in (base.strip(), mine):
            return
        start = self.brief.body.line - 1
        if mine == base.strip():
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
    return "nothing" if value in (None, (), "") else flow(value)


def pairs(left: Sequence[Any], right: Sequence[Any]) -> dict[int, int]:
    """Which item on the left is which on the right: equal ones, then those of the same key, then those much alike."""
    found: dict[int, int] = {}
    for same in (lambda a, b: a == b, lambda a, b: _key(a) == _key(b), _alike):
        for i, a in enumerate(left):
            if i not in found:
                taken = set(found.values())
                j = next((j for j, b in enumerate(right) if j not in taken and same(a, b)), None)
                if j is not None:
                    found[i] = j
    return found


def _key(item: Any) -> tuple[Any, ...]:
    if isinstance(item, Actor | Source):
        return (_fold(item.name),)
    if isinstance(item, Teaser):
        return (_fold(item.headline),)
    if isinstance(item, Figure):
        return (_fold(item.text), item.near, item.value, item.low, item.high)
    return (_fold(_words(item)), item.near)


def _alike(a: Any, b: Any) -> bool:
    if isinstance(a, Actor):
        return bool({_fold(n) for n in (a.name, *a.aka)} & {_fold(n) for n in (b.name, *b.aka)})
    if isinstance(a, Source | Teaser):
        return False
    if isinstance(a, DatedEvent):
        return _words(a) == _words(b)
    one, other = _fold(_words(a)), _fold(_words(b))
    if isinstance(a, Figure) and one == other:
        return True
    return one in other or other in one or difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _words(item: Figure | Quote | DatedEvent) -> str:
    return item.text if isinstance(item.text, str) else " ".join(item.text)


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
