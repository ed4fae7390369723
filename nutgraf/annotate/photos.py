"""Agencies that are named for a picture, not for the text."""

import re
from collections.abc import Iterable

from nutgraf.model.span import Span


class PhotoCredits:
    """Knows a picture's credit by the words around an agency's name: "(AP Photo/Jane Roe)", "Foto: EFE", "via AP"."""

    def __init__(self, words: Iterable[str]) -> None:
        photo = "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"
        self._before = re.compile(rf"(?:\b{photo}\b[:\s]*(?:\w{{1,3}}\s)?|\w\s?/\s?|©\s*)$", re.I)
        self._after = re.compile(rf"^(?:\s{photo}\b|\s?/\s?[A-Z][a-z])", re.I)
        self._inside = re.compile(rf"\b{photo}\b", re.I)

    def credits(self, text: str, name: Span, block: Span) -> bool:
        """Whether the name, an agency's, stands in the credit of a picture."""
        before = text[max(block.start, name.start - 40) : name.start]
        if self._before.search(before) or self._after.match(text[name.end : min(block.end, name.end + 40)]):
            return True
        start = text.rfind("(", block.start, name.start)
        if start < 0 or ")" in text[start : name.start]:
            return False
        end = text.find(")", name.end, block.end)
        return end > 0 and bool(self._inside.search(text[start:end]))
