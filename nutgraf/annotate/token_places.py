"""Which tokens cover a stretch of a Doc. (`Doc.char_span` walks the whole Doc at every call.)"""

from bisect import bisect_left, bisect_right
from typing import Any


class TokenPlaces:
    """The start of every token of one Doc."""

    def __init__(self, doc: Any) -> None:
        self._doc = doc
        self._starts = [token.idx for token in doc]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Half-open range of the tokens that the code points `start` to `end` touch."""
        return max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, end)

    def span(self, start: int, end: int) -> Any:
        """Those tokens as a spaCy Span; at least one token."""
        first, last = self.range(start, end)
        return self._doc[first : max(last, first + 1)]
