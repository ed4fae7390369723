"""Long lists in parts, so that no page grows without bound and a new brief changes few pages.

A part is named by what its members share, a period or the first letters of a name, and never by a running number
across the list: so members stay where they are when others come and go.
"""

import calendar
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from nutgraf.model.views import Chapter, Link
from nutgraf.model.words import Words
from nutgraf.site import edtf, urls
from nutgraf.site.text import fold

T = TypeVar("T")
PERIODS = (3, 4, 7, 9, 10)
"""Lengths of the beginnings of an ISO day that name a decade, a year, a month, up to ten days of it, a day."""
LETTERS = (1, 2, 3, 4, 6, 8)


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Members that share the beginning `key` and are not in a narrower part."""

    key: str
    items: tuple[T, ...]
    parts: tuple["Part[T]", ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """What one page of a long list shows, and where it stands."""

    url: str
    chapter: Chapter
    items: tuple[T, ...]


def divide(pairs: Sequence[tuple[str, T]], most: int, cuts: Sequence[int], key: str = "") -> Part[T]:
    """Members with their keys, divided by ever longer beginnings of the keys until no part has more than `most`.

    Members whose key is no longer than the part's stay in it; those with one and the same key are divided by number.
    """
    if len(pairs) <= most:
        return Part(key, tuple(item for _, item in pairs))
    if not cuts:
        numbered = [pairs[i : i + most] for i in range(0, len(pairs), most)]
        return Part(key, (), tuple(Part(f"{key}.{n}", tuple(x for _, x in some)) for n, some in enumerate(numbered, 1)))
    cut, *narrower = cuts
    own = [pair for pair in pairs if len(pair[0]) < cut]
    groups: dict[str, list[tuple[str, T]]] = {}
    for pair in pairs:
        if len(pair[0]) >= cut:
            groups.setdefault(pair[0][:cut], []).append(pair)
    if not own and len(groups) == 1:
        return divide(pairs, most, narrower, key)
    left = divide(own, most, (), key)
    return Part(key, left.items, (*left.parts, *(divide(some, most, narrower, name) for name, some in groups.items())))


def leaves(
    whole: Part[T], front: str, below: str, title: str, label: Callable[[str], str], newest: Sequence[T]
) -> Iterator[Leaf[T]]:
    """The pages of a list: its front at `front`, its parts under `below`.

    A front that does not show all shows `newest`, and what is in no narrower part.
    """
    parts = tuple(Link(label(part.key), urls.chapter(below, part.key)) for part in whole.parts)
    known = {id(item) for item in newest}
    shown = (*newest, *(item for item in whole.items if id(item) not in known)) if parts else whole.items
    yield Leaf(front, Chapter(parts=parts), shown)
    for part in whole.parts:
        yield from _below(part, Link(title, front), below, label)


def _below(part: Part[T], parent: Link, below: str, label: Callable[[str], str]) -> Iterator[Leaf[T]]:
    here = Link(label(part.key), urls.chapter(below, part.key))
    parts = tuple(Link(label(inner.key), urls.chapter(below, inner.key)) for inner in part.parts)
    yield Leaf(here.url or "", Chapter(here.label, parent, parts), part.items)
    for inner in part.parts:
        yield from _below(inner, here, below, label)


def period_key(sort: str) -> str:
    """The beginning of an EDTF sort key that names a period; empty where it is no date."""
    start = sort.partition(" ")[0]
    return start if start[:4].isdigit() and start[:4].isascii() else ""


def period_label(key: str, words: Words) -> str:
    """How a period reads: "2020s", "2022", "April 2022", "10 to 19 April 2022", "20 April 2022 (2)"."""
    name, _, number = key.partition(".")
    period = edtf.parse(_edtf(name))
    told = edtf.label(period, words.dates) if period else name or "–"
    return f"{told} ({number})" if number else told


def _edtf(name: str) -> str:
    """The period that the beginning of an ISO day names."""
    if len(name) == 3:
        return f"{name}X"
    if len(name) != 9:
        return name
    last = calendar.monthrange(int(name[:4]), int(name[5:7]))[1]
    tens = int(name[8])
    return f"{name[:8]}{max(tens * 10, 1):02d}/{name[:8]}{min(tens * 10 + 9, last):02d}"


def letter_key(name: str) -> str:
    """By which a name is put into an alphabetical list."""
    return urls.slugify(fold(name)).replace("-", "")


def letter_label(key: str) -> str:
    """How the first letters read: "Sa"."""
    name, _, number = key.partition(".")
    return f"{name.capitalize()} ({number})" if number else name.capitalize()
