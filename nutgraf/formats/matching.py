"""Which item of one list is which of another: how a merge knows the items of three runs."""

import difflib
import unicodedata
from collections.abc import Sequence
from typing import Any

from nutgraf.model.brief import Actor, DatedEvent, Figure, Quote, Source, Teaser

ALIKE = 0.6
"""How much of two anchors must be the same for them to be one item with corrected words."""
WORDS = 3
"""Words that an anchor must have to be the same item as a longer one that holds it."""


def pairs(left: Sequence[Any], right: Sequence[Any]) -> dict[int, int]:
    """Which item on the left is which on the right: equal ones, then those of the same key, then the most alike."""
    found: dict[int, int] = {}
    for same in (lambda a: a, _key):
        places: dict[Any, list[int]] = {}
        for j, b in enumerate(right):
            if j not in found.values():
                places.setdefault(same(b), []).append(j)
        for i, a in enumerate(left):
            if i not in found and places.get(same(a)):
                found[i] = places[same(a)].pop(0)
    free = [j for j in range(len(right)) if j not in found.values()]
    scored = ((_alike(left[i], right[j]), -i, -j) for i in range(len(left)) if i not in found for j in free)
    for _, i, j in sorted((score for score in scored if score[0] > 0), reverse=True):
        if -i not in found and -j not in found.values():
            found[-i] = -j
    return dict(sorted(found.items()))


def _key(item: Any) -> tuple[Any, ...]:
    if isinstance(item, Actor | Source):
        return (_fold(item.name),)
    if isinstance(item, Teaser):
        return (_fold(item.headline),)
    if isinstance(item, Figure):
        return (_fold(item.text), item.near, item.value, item.low, item.high)
    return (_fold(_words(item)), item.near)


def _alike(a: Any, b: Any) -> float:
    """How much two items of one list are the same, 0 to 1; 0 where they are two."""
    if isinstance(a, Actor):
        shared = {_fold(n) for n in (a.name, *a.aka)} & {_fold(n) for n in (b.name, *b.aka)}
        return float(bool(shared & {_fold(a.name), _fold(b.name)}))  # two people may share a surname
    if isinstance(a, Source | Teaser):
        return 0.0
    if isinstance(a, DatedEvent):
        return float(_words(a) == _words(b))
    one, other = sorted((_fold(_words(a)), _fold(_words(b))), key=len)
    if one == other:
        return float(isinstance(a, Figure) or a.near == b.near or None in (a.near, b.near))
    if f" {one} " in f" {other} " and len(one.split()) >= WORDS:
        return len(one) / len(other) + 1 - ALIKE
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= ALIKE else 0.0


def _words(item: Figure | Quote | DatedEvent) -> str:
    return item.text if isinstance(item.text, str) else " ".join(item.text)


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
