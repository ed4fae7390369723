"""The few words around a number that make sense of it: what a brief quotes as the figure's `text`."""

from typing import Any

WORDS = 12
REACH = 8
"""Tokens from a number's phrase to its verb, or from the verb to its object."""
_BARRIERS = frozenset(',;:()[]"“”«»—–')
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def verb_of(token: Any) -> Any | None:
    """The verb of the clause that holds a token."""
    while token.pos_ not in ("VERB", "AUX"):
        if token.head == token:
            return None
        token = token.head
    return token


def clause(doc: Any, first: int, last: int) -> tuple[int, int]:
    """Half-open range of tokens around `first` to `last`, with verb, subject and object where they are near."""
    root = doc[first:last].root
    verb = verb_of(root)
    start, end = first, last
    if verb is not None and verb.i >= last and verb.i - last <= REACH:
        objects = [c.i + 1 for c in verb.rights if c.dep_ in ("dobj", "attr", "acomp", "oprd", "prt")]
        steps = [p.i + 1 for c in verb.rights if c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"]
        near = [i for i in objects or steps[:1] if i - verb.i <= REACH]
        end = max([verb.i + 1, *near])
    elif verb is not None and verb.i < first and first - verb.i <= REACH:
        subjects = [c.left_edge.i for c in verb.lefts if c.dep_ in _SUBJECTS and verb.i - c.left_edge.i <= REACH]
        start = min([verb.i, *subjects])
    return _trimmed(doc, start, first, last, end)


def _trimmed(doc: Any, start: int, first: int, last: int, end: int) -> tuple[int, int]:
    """Within punctuation and the sentence, and not too long."""
    while any(_stops(doc[i]) for i in range(start, first)):
        start += 1
    end = next((i for i in range(last, end) if _stops(doc[i]) or doc[i].is_sent_start), end)
    if count(doc, start, end) > WORDS:
        start = max(start, first - 1 if count(doc, first, end) <= WORDS else first)
    while count(doc, start, end) > WORDS and end > last:
        end -= 1
    return start, end


def _stops(token: Any) -> bool:
    return any(c in _BARRIERS for c in token.text)


def count(doc: Any, start: int, end: int) -> int:
    """Words of a range of tokens."""
    return len(doc[start:end].text.split())
