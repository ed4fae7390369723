"""Which plans may rest on a facet: an index over the traces of all pages."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from nutgraf.builder.made import Made, traces
from nutgraf.memo import PIECES, LostError, Table, frozen

LATER = 400
"""Plans made again after which the index is made anew, or a share of all."""
SHARE = 8
AHEAD = 4_000_000
"""Facets of plans, of eight bytes each, that are noted beside all that pages are drawn from: those of 20,000 briefs."""
_ALL = "rests"
_KEYS = ("names", *map(str, range(PIECES)))


class Rests:
    """Plans by the numbers of the facets that they looked at. It may name too many: what they looked at once.

    `read` gives what was kept, by key; None where nothing was. Raises LostError where that cannot be read.
    """

    def __init__(self, read: Callable[[str], Any] | None) -> None:
        self._read = read
        self._names: list[str] | None = None if read else []
        self._pieces: dict[int, array[int]] = {}
        self._later: Table[str, bytes] = Table(f"{_ALL} later", read)
        """Traces of plans that were made again since the index was made."""
        self._changed: set[str] = set() if read else {*_KEYS}
        self._begun: _Index | None = _Index()
        """Of plans that are made one after the other for a site of which none is known; None where it grew too large
        to be kept beside all that pages are drawn from."""

    def of(self, numbers: Iterable[int]) -> set[str]:
        """The plans that may rest on one of the facets."""
        found: set[str] = set()
        wanted = set(numbers)
        for number in wanted:
            piece = self._piece(number % PIECES)
            at = bisect_left(piece, number << 32)
            while at < len(piece) and piece[at] >> 32 == number:
                found.add(self._named[piece[at] & 0xFFFFFFFF])
                at += 1
        return found | {name for name, trace in self._later.items() if not wanted.isdisjoint(array("I", trace))}

    def begin(self, plans: Iterable[Made]) -> None:
        """Look at the first plans of a site, or at more of them, before `renew` is told of all."""
        if self._begun is not None:
            self._begun.add(plans)
            if len(self._begun) > AHEAD:
                self._begun = None

    def renew(self, made: Mapping[str, Made], all_made: Callable[[], Iterable[Made]]) -> None:
        """Take in what plans look at that were made again."""
        index, self._begun = self._begun, _Index()
        if len(self._later) + len(made) > max(LATER, len(self._named) // SHARE):
            if not index:
                index = _Index()
                index.add(all_made())
            self._names, self._pieces = index.names, index.sorted()
            self._later.clear()
            self._changed = {*_KEYS}
            return
        for name, plan in made.items():
            self._later[name] = array("I", _looked_at(plan)).tobytes()

    def written(self) -> Iterator[tuple[str, bytes]]:
        """What has changed since this was asked last, as it is to be kept."""
        for key in self._changed:
            yield f"{_ALL} {key}", frozen(self._piece(int(key)).tobytes() if key.isdigit() else self._named)
        self._changed = set()
        yield from self._later.written()

    def _kept(self, key: str) -> Any:
        found = self._read(f"{_ALL} {key}") if self._read else None
        if found is None:
            raise LostError(_ALL)
        return found

    @property
    def _named(self) -> list[str]:
        if self._names is None:
            self._names = self._kept("names")
        return self._names

    def _piece(self, number: int) -> "array[int]":
        if number not in self._pieces:
            self._pieces[number] = array("Q", self._kept(str(number)) if self._read else b"")
        return self._pieces[number]


class _Index:
    """Numbers of facets, each with the place of a plan that looked at it."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._pairs = [array("Q") for _ in range(PIECES)]  # a list of as many numbers would take five times the memory

    def add(self, plans: Iterable[Made]) -> None:
        add = [piece.append for piece in self._pairs]
        for place, plan in enumerate(plans, len(self.names)):
            self.names.append(plan.name)
            for number in _looked_at(plan):
                add[number % PIECES](number << 32 | place)

    def __len__(self) -> int:
        return sum(map(len, self._pairs))

    def sorted(self) -> "dict[int, array[int]]":
        return {number: array("Q", sorted(found)) for number, found in enumerate(self._pairs)}


def _looked_at(plan: Made) -> set[int]:
    return set(chain.from_iterable(traces(plan)))
