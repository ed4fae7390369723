"""Lines that only say whose story it is: bylines above it, sign-offs under it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nutgraf.model.span import Span

LONGEST = 24
"""Words of a sign-off that starts with its phrase."""
LONGEST_NOTE = 45
"""Words of a note such as "… contributed to this report"."""
_BRACKETED = re.compile(r"[(\[][A-ZÁÉÍÓÚÑ][\w .,/&-]{1,30}[)\]]\.?$")


class SignOffs:
    """The phrases of a language's credits table, compiled."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        credited, others = table.get("credited_with", ()), (*table.get("reported_by", ()), *table.get("edited_by", ()))
        self._lead = _phrases(r"^[\W_]*(?:%s)(?!\w)", (*credited, *others))
        self._note = _phrases(r"(?<!\w)(?:%s)(?!\w)", table.get("contributed", ()))
        self._bracket = _phrases(r"\((?:%s)(?!\w)[^()\n]{2,80}\)", credited)
        self._byline = _phrases(r"^\W*(?:%s):?\s+[^\W\d_a-zà-ÿ]", table.get("byline", ()), first_letter=True)

    def is_signoff(self, text: str) -> bool:
        """Whether a line is a sign-off: "(With information from EFE)", "… contributed to this report", "(AP)"."""
        words = len(text.split())
        if words <= LONGEST and self._lead and self._lead.match(text):
            return True
        if words <= LONGEST_NOTE and self._note and self._note.search(text):
            return True
        return words <= 4 and _BRACKETED.match(text) is not None

    def is_byline(self, text: str) -> bool:
        """Whether a short line is a byline: "By Jane Doe and Richard Roe"."""
        words = text.split()
        small = sum(word[:1].islower() for word in words[1:])
        return len(words) <= 14 and small <= 2 and bool(self._byline and self._byline.match(text))

    def cut(self, text: str, span: Span) -> Iterator[Span]:
        """A line's stretches with a bracketed sign-off that other words are glued to as a stretch of its own."""
        glued = self._bracket.search(text, span.start, span.end) if self._bracket else None
        if glued is None:
            yield span
            return
        ends = text[span.start : glued.start()].rstrip()
        start = glued.start() if ends.endswith((".", "”", '"', "»", "!", "?")) or not ends else span.start
        rest = len(text[glued.end() : span.end]) - len(text[glued.end() : span.end].lstrip(" \t\xa0."))
        if start > span.start:
            yield Span(span.start, span.start + len(ends))
        yield Span(start, glued.end())
        if glued.end() + rest < span.end:
            yield Span(glued.end() + rest, span.end)


def _phrases(frame: str, phrases: Sequence[Any], first_letter: bool = False) -> re.Pattern[str] | None:
    """`frame` with the phrases, longest first, in it; None where there are none."""
    either = "|".join(re.escape(str(p)) for p in sorted(phrases, key=len, reverse=True))
    if not either:
        return None
    if first_letter:
        return re.compile(frame % f"(?i:{either})")
    return re.compile(frame % either, re.IGNORECASE)
