"""Text as the site compares it: folded names, text with even spaces and quote marks, sentences."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from operator import attrgetter

from nutgraf.model.span import Span

_MARKS = (*((mark, '"') for mark in "“”„‟«»″"), *((mark, "'") for mark in "‘’‚‛′`´"))
"""Quote marks by their plain form, one code point for one, so that offsets stay."""
_LASTING_MARKS = tuple(pair for pair in _MARKS if unicodedata.normalize("NFKD", pair[0]) == pair[0])
_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""All but the plain one."""
_RUN = re.compile("  +")
_END = re.compile(
    r"""[.!?…\n](?:(?<!\n)["'”’»)\]]*\s+(?=["'“‘«¿¡(\[]*[^\Wa-z_])|(?<=\n)\s*\n)"""  # found faster by its first letter
)
_SHORT = re.compile(r"(?:^|[\s(\"'“‘«])(?:[^\W\d_]\.)*[A-Z][^\W\d_]{0,2}$")
"""Before a full stop: an initial ("J"), initials ("U.S") or a short title ("Mr", "Gen")."""
MUCH = 100
"""Code points of a text that is no name."""
_BETWEEN = rb"[^0-9a-z]*"
"""Whatever folds to spaces, quote marks or nothing: between the words of a name."""
_LOWER, _ASCII = bytes(range(256)).lower(), bytes(range(128))


def fold(name: str) -> str:
    """A name without case, accents, quote marks and superfluous spaces: how names are compared."""
    return _known(name) if len(name) < MUCH else _folded(name)


def _folded(name: str) -> str:
    if not name.isascii():
        for mark, plain in _LASTING_MARKS:  # often all that is not ASCII
            name = name.replace(mark, plain)
    if name.isascii():
        return " ".join(name.casefold().split())
    bare = unicodedata.normalize("NFKD", name.casefold())
    for accent in filter(unicodedata.combining, set(bare)):
        bare = bare.replace(accent, "")
    return " ".join(even(bare).split())


_known = lru_cache(maxsize=4096)(_folded)


class Sought:
    """Some names, looked for in the bytes of many files, of which most hold none of them."""

    def __init__(self, names: Iterable[str]) -> None:
        found = [re.findall(r"[^\s'`\ud800-\udfff]+", fold(fold(name))) for name in names]
        self._names = [re.compile(_BETWEEN.join(re.escape(piece.encode()) for piece in pieces)) for pieces in found]
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
        return any(name.search(text) for name in self._names)

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
    text = even(text)
    for space in _SPACES:
        text = text.replace(space, " ")
    parts: list[str] = []
    cuts: list[int] = []
    lost: list[int] = []
    done = total = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        parts.append(text[done:start])
        total += end - start - 1
        cuts.append(end - total)
        lost.append(total)
        done = end
    return EvenText(" ".join([*parts, text[done:]]), tuple(cuts), tuple(lost))


def whole_words(text: str, words: str, within: Span | None = None) -> Iterator[Span]:
    """Every place of `words` in `text` where no word is cut in two at either end, in text order."""
    first, last = (within.start, within.end) if within is not None else (0, len(text))
    start = text.find(words, first, last) if words else -1
    while start >= 0:
        end = start + len(words)
        if not _joined(text, start) and not _joined(text, end):
            yield Span(start, end)
        start = text.find(words, start + 1, last)


def _joined(text: str, at: int) -> bool:
    """Whether a word (or number) runs across this offset; scripts without spaces between words have no such places."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if not left.isascii() or not right.isascii():
        return (left.isalnum() and right.isalnum() and max(left, right) < "\u2e80") or bool(
            unicodedata.combining(right)
        )
    if left.isalnum() and right.isalnum():
        return True
    # beside a comma, full stop or colon between two digits: within 47,331
    if right in ",.:":
        return left.isdigit() and text[at + 1 : at + 2].isdigit()
    return left in ",.:" and right.isdigit() and at > 1 and text[at - 2].isdigit()


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
        at = end.start()
        maybe_short = plain[at] == "." and not plain[max(0, at - 4) : at].islower()  # most words have no capital there
        if not (maybe_short and _SHORT.search(plain, max(0, at - 12), at)):
            edges.append(end.end())
    found = []
    for start, end_ in pairwise([*edges, len(plain)]):
        words = plain[start:end_].lstrip()
        if words:
            found.append(Span(end_ - len(words), end_ - len(words) + len(words.rstrip())))
    return tuple(found)


def around(spans: tuple[Span, ...], inner: Span) -> Span:
    """The stretch from the first to the last of the ordered, disjoint `spans` that share something with `inner`."""
    first = bisect_right(spans, inner.start, key=_end)
    last = bisect_left(spans, inner.end, key=_start)
    return Span(spans[first].start, spans[last - 1].end) if first < last else inner


_start, _end = attrgetter("start"), attrgetter("end")
