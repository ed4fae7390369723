"""Text as the site compares it: folded names, text with even spaces and quote marks, sentences."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from nutgraf.model.span import Span

_MARKS = (*((mark, '"') for mark in "“”„‟«»″"), *((mark, "'") for mark in "‘’‚‛′`´"))
"""Quote marks by their plain form, one code point for one, so that offsets stay."""
_LASTING_MARKS = tuple(pair for pair in _MARKS if unicodedata.normalize("NFKD", pair[0]) == pair[0])
_RUN = re.compile(r"\s\s+|[^\S ]")
"""Spaces that are not one plain space."""
_END = re.compile(r"""[.!?…]["'”’»)\]]*\s+(?=["'“‘«¿¡(\[]*[^\Wa-z_])|\n\s*\n""")
_SHORT = re.compile(r"(?:^|[\s(\"'“‘«])(?:[^\W\d_]\.)*[A-Z][^\W\d_]{0,2}$")
"""Before a full stop: an initial ("J"), initials ("U.S") or a short title ("Mr", "Gen")."""
_LOWER, _ASCII = bytes(range(256)).lower(), bytes(range(128))


def fold(name: str) -> str:
    """A name without case, accents, quote marks and superfluous spaces: how names are compared."""
    if not name.isascii():
        for mark, plain in _LASTING_MARKS:  # often all that is not ASCII
            name = name.replace(mark, plain)
    if name.isascii():
        return " ".join(name.casefold().split())
    bare = unicodedata.normalize("NFKD", name.casefold())
    for accent in filter(unicodedata.combining, set(bare)):
        bare = bare.replace(accent, "")
    return " ".join(even(bare).split())


class Sought:
    """Some names, looked for in the bytes of many files, of which most hold none of them."""

    def __init__(self, names: Iterable[str]) -> None:
        found = [re.findall(r"[^\s'`\ud800-\udfff]+", fold(fold(name))) for name in names]
        self._pieces = [[piece.encode() for piece in pieces] for pieces in found]
        self._letters = set("".join(chain.from_iterable(found)))
        self._bare: dict[str, bytes | None] = {}

    def maybe_in(self, raw: bytes) -> bool:
        """Whether the folded text of a file, without backslashes, may hold a folded name: never false where it does.

        Character by character, as `fold` does it apart from spaces and "`"; all is folded once more, for a folded
        character may fold again, and that must not depend on which is replaced first.
        """
        text = raw.translate(_LOWER, b"\\")
        for char in set(raw.translate(None, _ASCII).decode(errors="ignore")):
            if char not in self._bare:
                self._bare[char] = self._of_use(char, fold(fold(char)))
            if (bare := self._bare[char]) is not None:
                text = text.replace(char.encode(), bare)
        return any(all(piece in text for piece in pieces) for pieces in self._pieces)

    def _of_use(self, char: str, bare: str) -> bytes | None:
        """What to put in a character's place; None where a name can be found without that."""
        return bare.encode() if bare != char and (not bare or not self._letters.isdisjoint(bare)) else None


def even(text: str) -> str:
    """`text` with plain quote marks; offsets stay."""
    if text.isascii():
        return text.replace("`", "'")
    for mark, plain in _MARKS:
        text = text.replace(mark, plain)
    return text


@dataclass(frozen=True, slots=True)
class EvenText:
    """A text with plain quote marks in which every run of spaces and line breaks is one space, and the way back."""

    words: str
    cuts: tuple[int, ...]
    """Offsets into `words` right behind each run that was shortened, ascending."""
    lost: tuple[int, ...]
    """How many code points the runs up to and including that one have lost."""

    def original(self, span: Span) -> Span:
        """The stretch of the original text that a non-empty stretch of `words` came from."""
        return Span(self._back(span.start), self._back(span.end - 1) + 1)

    def _back(self, offset: int) -> int:
        run = bisect_right(self.cuts, offset)
        return offset + (self.lost[run - 1] if run else 0)


def even_text(text: str) -> EvenText:
    """`text` made even; see `EvenText`."""
    cuts: list[int] = []
    lost: list[int] = []
    total = 0
    for run in _RUN.finditer(text):
        if run.end() - run.start() > 1:
            total += run.end() - run.start() - 1
            cuts.append(run.end() - total)
            lost.append(total)
    return EvenText(even(_RUN.sub(" ", text)), tuple(cuts), tuple(lost))


def whole_words(text: str, words: str) -> Iterator[Span]:
    """Every place of `words` in `text` where no word is cut in two at either end, in text order."""
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not _joined(text, start) and not _joined(text, end):
            yield Span(start, end)
        start = text.find(words, start + 1)


def _joined(text: str, at: int) -> bool:
    """Whether a word (or number) runs across this offset; scripts without spaces between words have no such places."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if not left.isascii() or not right.isascii():
        return (left.isalnum() and right.isalnum() and max(left, right) < "\u2e80") or bool(
            unicodedata.combining(right)
        )
    return (left.isalnum() and right.isalnum()) or _in_number(text, at)


def _in_number(text: str, at: int) -> bool:
    """Whether this offset is beside a comma, full stop or colon between two digits: within 47,331."""
    return any(
        0 < mark < len(text) - 1 and text[mark] in ",.:" and text[mark - 1].isdigit() and text[mark + 1].isdigit()
        for mark in (at - 1, at)
    )


def paragraphs(plain: str) -> tuple[Span, ...]:
    """The blocks of a body's plain text, which blank lines divide."""
    edges = [0, *(place for gap in re.finditer(r"\n\s*\n", plain) for place in gap.span()), len(plain)]
    return tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if plain[a:b].strip())


def sentences(plain: str) -> tuple[Span, ...]:
    """The sentences of a plain text, in order, without the spaces between them.

    Divided at a full stop before a capital, unless an initial or a short title stands before it: good enough to show a
    quotation's surroundings in any language with capitals.
    """
    edges = [0]
    for end in _END.finditer(plain):
        if plain[end.start()] == "." and _SHORT.search(plain, max(0, end.start() - 12), end.start()):
            continue
        edges.append(end.end())
    return tuple(_stripped(plain, a, b) for a, b in pairwise([*edges, len(plain)]) if plain[a:b].strip())


def _stripped(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip())))


def around(spans: tuple[Span, ...], inner: Span) -> Span:
    """The stretch from the first to the last of the ordered, disjoint `spans` that share something with `inner`."""
    first = bisect_right(spans, inner.start, key=_end)
    last = bisect_left(spans, inner.end, key=_start)
    return Span(spans[first].start, spans[last - 1].end) if first < last else inner


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end
