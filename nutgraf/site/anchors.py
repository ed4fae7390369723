"""Where an annotation's exact words stand in a body: found, or reported; never guessed (DESIGN §5).

Only quote marks, spaces and line breaks may differ between the words given and the words found.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from nutgraf.model.span import Span
from nutgraf.site.text import EvenText, even, whole_words

REACH = 600
"""Code points within which the next piece of a statement follows: no farther, so that it is not another's."""
_WORD = re.compile(r"\S+")


class Fate(StrEnum):
    """What became of an anchor."""

    FOUND = "found"
    LOST = "lost"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The outcome of one search. `spans` point into the body: the pieces when found, else the candidates."""

    fate: Fate
    spans: tuple[Span, ...] = ()
    words: str = ""
    """The piece (or the `near`) that was lost or ambiguous."""
    by_near: bool = False
    """Whether it was `near` that failed."""
    scope: Span | None = None
    """Where in the body words that were lost had to be."""


def tidy(words: str) -> str:
    """The words of an annotation as they are searched for."""
    return " ".join(even(words).split())


def locate(body: EvenText, pieces: tuple[str, ...], near: str | None = None) -> Anchor:
    """Find the pieces of one annotation, each behind the one before, within the words of `near` where given."""
    scope = Span(0, len(body.words))
    if near:
        places = list(whole_words(body.words, tidy(near)))
        if len(places) != 1:
            return _failed(body, places, near, scope, by_near=True)
        scope = places[0]
    found: list[Span] = []
    for piece in pieces:
        places = list(whole_words(body.words, tidy(piece), scope))
        if len(places) != 1 and not (found and places):
            return _failed(body, places, piece, scope)
        found.append(body.original(places[0]))
        scope = Span(places[0].end, min(places[0].end + REACH + len(piece), len(body.words)))
    return Anchor(Fate.FOUND, tuple(found))


def _failed(body: EvenText, places: list[Span], words: str, scope: Span, by_near: bool = False) -> Anchor:
    if places:
        return Anchor(Fate.AMBIGUOUS, tuple(body.original(place) for place in places), words, by_near)
    return Anchor(Fate.LOST, (), words, by_near, body.original(scope) if scope else scope)


def stands_in(text: EvenText, pieces: tuple[str, ...]) -> bool:
    """Whether every piece stands in the text letter by letter, each behind the one before."""
    start = 0
    for piece in pieces:
        place = next((span for span in whole_words(text.words, tidy(piece)) if span.start >= start), None)
        if place is None:
            return False
        start = place.end
    return True


def near_for(body: EvenText, span: Span) -> str | None:
    """The fewest words around a stretch of `body.words` that hold it and stand only once; None beyond twelve a side."""
    start, end = span.start, span.end
    after = _WORD.finditer(body.words, end, end + 200)
    for _ in range(12):
        start = body.words.rfind(" ", 0, start - 1) + 1 if start else 0
        end = next((word.end() for word in after), end)
        words = body.words[start:end].lstrip()
        if len(list(islice(whole_words(body.words, words), 2))) == 1:
            return words
    return None
