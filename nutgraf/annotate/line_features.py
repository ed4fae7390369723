"""How a line sits in its text: what the line model sees besides the line and its neighbours (nutgraf/layout.py)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from nutgraf.layout import Line, bucket, features

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_RUBRIC = re.compile(r"[^:]{2,40}:\s")
_GLUED = re.compile(r"[^\W\d_A-Z][A-Z][^\W\d_A-Z]")
"""A small letter with a capital right behind it: a headline and its blurb, copied without the gap between them."""
_SHORT = 10
"""Words of a line that a single word of clutter tells, rather than is mentioned in."""


def line_features(lines: Sequence[Line], title: str | None = None) -> list[list[str]]:
    """For each line, all that the line model weighs."""
    text = _Text(lines)
    return [[*near, *text.of(i)] for i, near in enumerate(features(lines, title))]


class _Text:
    """Counts over all the lines, made once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.sizes = [len(line.words) for line in lines]
        told = [line.shape in ("prose", "sentence") for line in lines]
        self.told = [size if yes else 0 for size, yes in zip(self.sizes, told, strict=True)]
        self.told_before = _sums(self.told)
        short = [line if size <= _SHORT else None for line, size in zip(lines, self.sizes, strict=True)]
        self.clutter_before = _sums(line is not None and bool(line.groups) for line in short)
        self.stamps_before = _sums(line is not None and f"date:{line.shape}" in line.own for line in short)
        self.comments = _distances(line is not None and "comment" in line.groups for line in short)
        same = [False, *(a.shape == b.shape for a, b in pairwise(lines))]
        self.alike_above, self.alike_below = _runs(same), _runs([*same[1:], False][::-1])[::-1]
        self.untold_above, self.untold_below = _runs(not t for t in told), _runs(not t for t in told[::-1])[::-1]
        self.openings = [_opening(line.text) for line in lines]
        self.like, self.starts = Counter(self.openings), Counter(line.words[:2] for line in lines)
        prose = [size for line, size in zip(lines, self.sizes, strict=True) if line.shape == "prose"]
        self.proses = bucket(len(prose), (0, 1, 2, 4, 8, 16, 30))
        self.mean = bucket(sum(prose) // max(1, len(prose)), (0, 20, 30, 45, 70))

    def of(self, i: int) -> Iterator[str]:
        """What is true of one line."""
        shape = self.lines[i].shape
        yield from self._share(i, shape)
        yield from self._run(i, shape)
        yield from self._company(i, shape)
        yield from self._opening(i, shape)
        yield from self._words(i, shape)

    def _share(self, i: int, shape: str) -> Iterator[str]:
        """How much of the text's prose stands above and below."""
        total = self.told_before[-1] or 1
        bounds = (0, 5, 15, 35, 65, 85, 95, 99)
        above = bucket(100 * self.told_before[i] // total, bounds)
        below = bucket(100 * (total - self.told_before[i + 1]) // total, bounds)
        yield f"told above:{above}:{shape}"
        yield f"told below:{below}:{shape}"
        yield f"told:{above}:{below}"
        yield f"proses:{self.proses}:{shape}"
        yield f"prose size:{self.mean}:{shape}"

    def _run(self, i: int, shape: str) -> Iterator[str]:
        """How many lines of its sort, and how many without a sentence, it stands among."""
        alike = bucket(self.alike_above[i], (0, 1, 3, 8)), bucket(self.alike_below[i], (0, 1, 3, 8))
        yield f"alike:{alike[0]}:{alike[1]}:{shape}"
        above, below = self.untold_above[i], self.untold_below[i]
        steps = (0, 1, 2, 4, 8, 16)
        if not self.told[i]:
            yield f"untold:{bucket(above + below - 1, (*steps, 32))}:{shape}"
            yield f"untold at:{bucket(above, steps[:-1])}:{bucket(below, steps[:-1])}"
            return
        yield f"untold above:{bucket(self.untold_above[i - 1] if i else 0, steps)}:{shape}"
        yield f"untold below:{bucket(self.untold_below[i + 1] if i + 1 < len(self.lines) else 0, steps)}:{shape}"

    def _company(self, i: int, shape: str) -> Iterator[str]:
        """Clutter, days and comments around it."""
        size = len(self.lines)
        first, last = max(0, i - 5), min(size, i + 6)
        near, stamps = (
            sums[last] - sums[first] - (sums[i + 1] - sums[i]) for sums in (self.clutter_before, self.stamps_before)
        )
        yield f"clutter near:{bucket(10 * near // max(1, last - first - 1), (0, 1, 2, 4, 6))}:{shape}"
        yield f"clutter below:{self.clutter_before[min(size, i + 5)] - self.clutter_before[i + 1]}:{shape}"
        yield f"clutter above:{self.clutter_before[i] - self.clutter_before[max(0, i - 4)]}:{shape}"
        yield f"stamps near:{min(stamps, 4)}:{shape}"
        if self.stamps_before[i] - self.stamps_before[max(0, i - 3)]:
            yield f"under a stamp, of:{bucket(self.stamps_before[-1], (1, 2, 3, 6))}:{shape}"
        yield f"comments above:{bucket(self.comments[i], (0, 4, 16, 64))}:{shape}"
        for step in (-3, 3):
            yield f"shape {step:+d}:{self.lines[i + step].shape if 0 <= i + step < size else 'edge'}"
        for step in (-2, 2):
            if 0 <= i + step < size and self.sizes[i + step] <= 8:
                yield from (f"{group} {step:+d}" for group in self.lines[i + step].groups)

    def _opening(self, i: int, shape: str) -> Iterator[str]:
        """How it begins, and whether others begin so: an item of a list, a rubric."""
        yield f"opening:{self.openings[i][:2]}:{shape}"
        yield f"same opening:{bucket(self.like[self.openings[i]], (1, 2, 4, 8))}:{shape}"
        if self.sizes[i] > 2:
            yield f"same start:{min(self.starts[self.lines[i].words[:2]], 4)}:{shape}"
        if _RUBRIC.match(self.lines[i].text):
            yield f"rubric colon:{shape}"

    def _words(self, i: int, shape: str) -> Iterator[str]:
        """Its own words of clutter, by its length."""
        size, groups = self.sizes[i], self.lines[i].groups
        if size <= 12 and groups:
            yield f"groups:{min(len(groups), 3)}:{shape}"
        if size <= 8:
            yield from (f"{group}:{size if size < 4 else 'few'}" for group in groups)
        if _GLUED.search(self.lines[i].text):
            yield f"glued:{shape}"


def _sums(counts: Iterable[int]) -> list[int]:
    """Sum of all before each place, and of all at the end."""
    return [0, *accumulate(counts)]


def _runs(among: Iterable[bool]) -> list[int]:
    """How many in a row, up to and with each place, are true."""
    return list(accumulate(among, lambda run, yes: run + 1 if yes else 0, initial=0))[1:]


def _distances(marks: Iterable[bool]) -> list[int]:
    """Lines since the last mark, 999 where none was."""
    return list(accumulate(marks, lambda since, mark: 0 if mark else min(999, since + 1), initial=999))[1:]


def _opening(text: str) -> str:
    """The sorts of a line's first tokens: "X0" for a day such as "June 9", "Xx" for most sentences."""
    return "".join(_sort(match.group()) for _, match in zip(range(4), _TOKEN.finditer(text), strict=False))


def _sort(token: str) -> str:
    if token[0].isdigit():
        return "0"
    if not token[0].isalpha():
        return token
    if token.isupper() and len(token) > 1:
        return "A"
    return "X" if token[0].isupper() else "x"
