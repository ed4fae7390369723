"""Which words of a text lost words may have become: a suggestion for a person, never used by itself.

The words are aligned with those of the text in order: equal ones, misspelt ones, with few others between them. What
was replaced at either end is taken along where nothing but a space divides it from the rest.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nutgraf.model.span import Span
from nutgraf.site.text import even, fold

ENOUGH = 0.6
"""Share of the lost words, longer ones weighing more, that a suggestion must have."""
TYPO = 0.7
"""Share of the letters that a misspelt word has right."""
BETWEEN = 4
"""Words that may have come in between two others."""
AS_GOOD = 0.97
"""Share of the best score from which another place is suggested too."""
MOST = 3
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_][\w\u0300-\u036f]*(?:['’-][^\W\d_]\w*)*|\w+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words of the text, and where they stand first."""

    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Chain:
    """Some of the lost words found in order. Pairings are of a lost word with a word of the text, by their numbers."""

    score: float
    """Weights of the words, less one for each that is missing or has come in between."""
    first: tuple[int, int]
    last: tuple[int, int]


def suggestions(text: str, lost: str, scope: Span | None = None) -> tuple[Suggestion, ...]:
    """The stretches of `text` that are most like the lost words, several where they are as good as each other.

    Those within `scope` go before all others; there may be none.
    """
    within = _suggestions(text, lost, scope) if scope else ()
    return within or _suggestions(text, lost, Span(0, len(text)))


def _suggestions(text: str, lost: str, scope: Span) -> tuple[Suggestion, ...]:
    tokens = list(_WORD.finditer(text, scope.start, scope.end))
    wanted = [_key(word[0]) for word in _WORD.finditer(lost)]
    whole = sum(map(_weight, wanted))
    chains = sorted(_chains([_key(token[0]) for token in tokens], wanted), key=lambda c: (-c.score, c.first[1]))
    found: dict[str, Suggestion] = {}
    for chain in chains:
        if chain.score < ENOUGH * whole or chain.score < AS_GOOD * chains[0].score:
            break
        span = _widened(text, tokens, chain, len(wanted))
        words = " ".join(span.of(text).split())
        if not any(words == known or span.overlaps(other.span) for known, other in found.items()):
            found[words] = Suggestion(words, span)
    return tuple(found.values())[:MOST]


def _chains(keys: Sequence[str], wanted: Sequence[str]) -> list[_Chain]:
    """For each place where lost words end, the best chain of them (a local alignment, by pairs of like words only)."""
    pairs: dict[str, list[tuple[int, float]]] = {}
    best: dict[int, _Chain] = {}
    ended: dict[tuple[int, int], _Chain] = {}
    for j, key in enumerate(keys):
        if key not in pairs:
            pairs[key] = [(i, share) for i, word in enumerate(wanted) if (share := _likeness(word, key))]
        best = {i: chain for i, chain in best.items() if j - chain.last[1] <= len(wanted) + BETWEEN}
        made = {i: _longer(best, i, j, share * _weight(wanted[i])) for i, share in pairs[key]}
        for i, chain in made.items():
            best[i] = chain
            if chain.first not in ended or ended[chain.first].score < chain.score:
                ended[chain.first] = chain
    return list(ended.values())


def _longer(best: Mapping[int, _Chain], i: int, j: int, gain: float) -> _Chain:
    """The best chain that ends with lost word `i` at word `j` of the text."""
    chain = _Chain(gain, (i, j), (i, j))
    for before in best.values():
        missing, between = i - before.last[0] - 1, j - before.last[1] - 1
        if missing < 0 or not 0 <= between <= missing + BETWEEN:
            continue
        score = before.score + gain - max(missing, between)
        if score > chain.score:
            chain = _Chain(score, before.first, (i, j))
    return chain


def _widened(text: str, tokens: Sequence[re.Match[str]], chain: _Chain, count: int) -> Span:
    """From the first word to the last, with those that stand for missing ones before and behind them."""
    first, last = chain.first[1], chain.last[1]
    for _ in range(chain.first[0]):
        if first and _spaced(text, tokens[first - 1].end(), tokens[first].start()):
            first -= 1
    for _ in range(count - 1 - chain.last[0]):
        if last + 1 < len(tokens) and _spaced(text, tokens[last].end(), tokens[last + 1].start()):
            last += 1
    return Span(tokens[first].start(), tokens[last].end())


def _spaced(text: str, start: int, end: int) -> bool:
    """Whether nothing but a space, or a line break within a paragraph, is between two words."""
    return text[start:end].isspace() and text.count("\n", start, end) < 2


def _likeness(one: str, other: str) -> float:
    """1 for the same word, less for a misspelt one or a part of a number, 0 for another."""
    if one == other:
        return 1.0
    if one[0].isdigit() and other[0].isdigit():
        longer, shorter = sorted((one, other), key=len, reverse=True)
        return TYPO if longer.startswith(shorter) or longer.endswith(shorter) else 0.0
    if one[0].isdigit() or other[0].isdigit() or abs(len(one) - len(other)) > 0.3 * max(len(one), len(other)):
        return 0.0
    from rapidfuzz.distance import DamerauLevenshtein

    return float(DamerauLevenshtein.normalized_similarity(one, other, score_cutoff=TYPO))


def _key(word: str) -> str:
    return even(fold(word)) or word


def _weight(word: str) -> float:
    """How much a word tells: by its letters, up to eight; numbers as much as long words."""
    return 8.0 if word[0].isdigit() else min(len(word), 8)
