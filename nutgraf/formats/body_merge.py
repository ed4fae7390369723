"""Bodies of three runs, paragraph by paragraph: which of one is which of another."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ALIKE = 0.5
"""How much of two paragraphs must be the same for them to be one that was corrected."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines without a blank one between them: a paragraph, a cross-head, a list."""

    text: str
    start: int
    """0-based, within the lines of the body."""
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """The same stretch of three bodies, as half-open ranges of their blocks; any of them may be empty."""

    base: tuple[int, int]
    mine: tuple[int, int]
    new: tuple[int, int]


def blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """The blocks of a body."""
    found: list[Block] = []
    start = 0
    for i, line in enumerate([*lines, ""]):
        if line.strip():
            continue
        if i > start:
            found.append(Block("\n".join(one.rstrip() for one in lines[start:i]), start, i))
        start = i + 1
    return tuple(found)


def texts(markdown: str) -> tuple[str, ...]:
    """The texts of the blocks of a body."""
    return tuple(block.text for block in blocks(re.split(r"\r\n|\r|\n", markdown)))


def chunks(base: Sequence[str], mine: Sequence[str], new: Sequence[str]) -> Iterator[Chunk]:
    """The three bodies cut at the blocks that all of them have (diff3: Khanna, Kunal and Pierce 2007).

    A block that was corrected is still the same one, so that two corrections side by side stay apart.
    """
    to_mine, to_new = aligned(base, mine), aligned(base, new)
    b = m = n = 0
    for i in range(len(base)):
        if i in to_mine and i in to_new:
            yield from _gap(Chunk((b, i), (m, to_mine[i]), (n, to_new[i])))
            b, m, n = i + 1, to_mine[i] + 1, to_new[i] + 1
            yield Chunk((i, b), (m - 1, m), (n - 1, n))
    yield from _gap(Chunk((b, len(base)), (m, len(mine)), (n, len(new))))


def _gap(chunk: Chunk) -> Iterator[Chunk]:
    if any(start < end for start, end in (chunk.base, chunk.mine, chunk.new)):
        yield chunk


def aligned(left: Sequence[str], right: Sequence[str]) -> dict[int, int]:
    """Which block on the right each on the left is, in order: equal ones, then between them the most alike."""
    found: dict[int, int] = {}
    a = b = 0
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for i, j, size in matcher.get_matching_blocks():
        found |= _alike(left, right, range(a, i), range(b, j))
        found |= {i + k: j + k for k in range(size)}
        a, b = i + size, j + size
    return found


def _alike(left: Sequence[str], right: Sequence[str], here: range, there: range) -> dict[int, int]:
    """Blocks of one gap: each with its opposite where there are as many, else each with the next that is alike."""
    if len(here) == len(there):
        return dict(zip(here, there, strict=True))
    found: dict[int, int] = {}
    free = there.start
    for i in here:
        j = next((j for j in range(free, there.stop) if _likeness(left[i], right[j]) >= ALIKE), None)
        if j is not None:
            found[i], free = j, j + 1
    return found


def _likeness(one: str, other: str) -> float:
    """Share of the words that two texts have in common, in order, 0 to 1."""
    return difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
