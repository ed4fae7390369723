"""Lists of items of three runs, item by item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from nutgraf.formats.markdown import parse_body
from nutgraf.formats.matching import pairs
from nutgraf.formats.question import Kind, bare
from nutgraf.formats.splice import Change, Layout
from nutgraf.formats.three_way import SETS, Asking, itself
from nutgraf.model.brief import Actor

TOGETHER: Mapping[str, tuple[str, ...]] = {"value": ("value", "low", "high"), "text": ("text", "near")}
"""Fields that mean something together only, by the first of them."""
Whose = tuple[int | None, int | None]
"""Index of an item in the base and in the person's list, where it is there."""


@dataclass(frozen=True, slots=True)
class MergedList:
    """What becomes of a list, the splices that make it so, and its next base."""

    items: tuple[Any, ...]
    splices: tuple[Change, ...]
    base: tuple[Any, ...]


class ItemMerge:
    """Merges the lists of one brief whose body is to be `body`, while the machine's is `machine_body`."""

    def __init__(self, asking: Asking, layout: Layout, body: str, machine_body: str) -> None:
        self.asking, self.layout = asking, layout
        self._body, self._machine_body = body, machine_body
        self.splices: list[Change] = []

    def merged(self, name: str, base: Sequence[Any], new: Sequence[Any]) -> MergedList:
        """One list."""
        mine: tuple[Any, ...] = getattr(self.asking.brief.front, name)
        if not self.layout.mergeable(name) and tuple(base) != tuple(new):
            answer = self.asking.ask("layout", (name,), base, mine, new)
            return MergedList(mine, (), tuple(new if answer else base))
        self.splices, kept, added, next_base = [], dict(enumerate(mine)), [], []
        known, left = matched(base, mine, new)
        for (b, m), item in zip(known, new, strict=True):
            remembered: Any = item
            if b is not None and m is not None:
                kept[m], remembered = self._item((name, m), base[b], mine[m], item)
            elif b is None and m is None:
                taken, remembered = self._found(name, item)
                added += [item] if taken else []
            next_base.append(remembered)
        struck = [(base[b], item) for (b, m), item in zip(known, new, strict=True) if b is not None and m is None]
        next_base += [old for old, item in struck if _renamed(old, item)]
        gone = []
        for b, m in left:
            stays, remembered = (False, base[b]) if m is None else self._gone((name, m), base[b], mine[m])
            gone += [] if m is None or stays else [m]
            next_base.append(remembered)
        result = (*(item for m, item in kept.items() if m not in gone), *added)
        splices = [*self.splices, *(self.layout.relisted(name, gone, added, bool(result)) if gone or added else ())]
        return MergedList(result, tuple(splices), tuple(item for item in next_base if item is not None))

    def _item(self, key: tuple[str, int], base: Any, mine: Any, new: Any) -> tuple[Any, Any]:
        """What becomes of an item that all three have, and its next base."""
        asking, asked, since = self.asking, len(self.asking.open), _since(base, mine)
        sure = asking.reviewed or getattr(mine, "reviewed", None)
        values: dict[str, Any] = {}
        known: dict[str, Any] = {}
        for names in _groups(type(new)):
            told = tuple(_of(item, names) for item in (base, mine, new))
            if names[0] in SETS:
                result, remembered = asking.names((*key, names[0]), told, sure, since)
            else:
                field, show = _differing(names, told)
                result, remembered = asking.value((*key, field), told, sure, since, show)
            values |= _named(names, result)
            known |= _named(names, remembered)
        merged = replace(mine, **values)
        splices = self.layout.item(key, mine, merged) if merged != mine else None
        unplaced = self._unplaced(merged) and not self._unplaced(mine)
        if merged != mine and (splices is None or unplaced):
            del asking.open[asked:]
            kind: Kind = "unplaced" if unplaced else "layout"
            answer = asking.ask(kind, key, bare(base), bare(mine), new, since)
            return mine, new if answer else _remembered(bare(base), mine)
        self.splices += splices or ()
        next_base = replace(bare(base), **known)
        return merged, _remembered(next_base, mine) if len(asking.open) > asked else next_base

    def _found(self, name: str, item: Any) -> tuple[bool, Any]:
        """Whether an item that only the machine has goes into the brief, and its next base."""
        unplaced = self._unplaced(item)
        if not unplaced and not self.asking.reviewed:
            return True, item
        answer = self.asking.ask("unplaced" if unplaced else "offered", (name,), theirs=item)
        return answer == "take", item if answer else None

    def _gone(self, key: tuple[str, int], base: Any, mine: Any) -> tuple[bool, Any]:
        """Whether an item that the machine no longer finds stays in the brief, and its next base."""
        sure = self.asking.reviewed or getattr(mine, "reviewed", None)
        touched = bare(base) != bare(mine) or self.layout.commented_item(key)
        if not (touched or sure or self._left_behind(mine)):
            return False, None
        answer = self.asking.ask("gone", key, bare(base), bare(mine), since=_since(base, mine))
        return answer != "take", None if answer else _remembered(bare(base), mine)

    def _unplaced(self, item: Any) -> bool:
        """Whether an item's words stand in the machine's body and not in the merged one."""
        return any(_letters(p) in self._theirs and _letters(p) not in self._mine for p in _pieces(item))

    def _left_behind(self, item: Any) -> bool:
        """Whether an item's words stand in the merged body and no longer in the machine's."""
        return any(_letters(p) in self._mine and _letters(p) not in self._theirs for p in _pieces(item))

    @cached_property
    def _mine(self) -> str:
        return _letters(parse_body(self._body).plain)

    @cached_property
    def _theirs(self) -> str:
        return _letters(parse_body(self._machine_body).plain)


def matched(
    base: Sequence[Any], mine: Sequence[Any], new: Sequence[Any]
) -> tuple[list[Whose], list[tuple[int, int | None]]]:
    """Whose each new item is; and the items of the base that the machine no longer has, with the person's."""
    mine, base = [bare(item) for item in mine], [bare(item) for item in base]
    of_mine, of_new = pairs(base, mine), pairs(base, new)
    whose: dict[int, Whose] = {n: (b, of_mine.get(b)) for b, n in of_new.items()}
    taken = {m for _, m in whose.values()}
    base_of = {m: b for b, m in of_mine.items()}
    free_new = [n for n in range(len(new)) if n not in whose]
    free_mine = [m for m in range(len(mine)) if m not in taken]
    for i, j in pairs([new[n] for n in free_new], [mine[m] for m in free_mine]).items():
        whose[free_new[i]] = (base_of.get(free_mine[j]), free_mine[j])
    known = {b for b, _ in whose.values()}
    left = [(b, of_mine.get(b)) for b in range(len(base)) if b not in known]
    return [whose.get(n, (None, None)) for n in range(len(new))], left


def _renamed(old: Any, new: Any) -> bool:
    """Whether the machine now has another name for somebody, who is to be known by the old one too."""
    return isinstance(new, Actor) and new.name != old.name


def _since(base: Any, mine: Any) -> str | None:
    day: str | None = getattr(mine, "reviewed", None)
    return day if day != getattr(base, "reviewed", None) else None


def _remembered(base: Any, mine: Any) -> Any:
    """A base that knows how the person had confirmed the item when a question about it was asked."""
    day = getattr(mine, "reviewed", None)
    return replace(base, reviewed=day) if day else base


def _groups(model: type) -> list[tuple[str, ...]]:
    """The fields of an item that are merged, those that mean something together only in one."""
    names = [f.name for f in fields(model) if f.name != "reviewed"]
    inner = {name for first in TOGETHER if first in names for name in TOGETHER[first][1:]}
    return [
        TOGETHER.get(name, (name,)) if name != "text" or "near" in names else (name,)
        for name in names
        if name not in inner
    ]


def _of(item: Any, names: tuple[str, ...]) -> Any:
    return getattr(item, names[0]) if len(names) == 1 else tuple(getattr(item, name) for name in names)


def _named(names: tuple[str, ...], value: Any) -> dict[str, Any]:
    return dict(zip(names, (value,) if len(names) == 1 else value, strict=True))


def _differing(names: tuple[str, ...], values: tuple[Any, ...]) -> tuple[str, Any]:
    """Which field of a group a question is about, and how the group is shown in it."""
    if len(names) == 1:
        return names[0], itself
    differ = [i for i in range(len(names)) if len({repr(value[i]) for value in values}) > 1]
    if len(differ) == 1:
        return names[differ[0]], lambda value: value[differ[0]]
    return names[0], lambda value: {n: v for n, v in zip(names, value, strict=True) if v is not None}


def _pieces(item: Any) -> tuple[str, ...]:
    words = getattr(item, "text", None)
    return words if isinstance(words, tuple) else (words,) if words else ()


def _letters(text: str) -> str:
    """Letters and digits alone: enough to tell whether words stand in a text, however it is set."""
    return "".join(filter(str.isalnum, text))
