"""What the words around a name say of its bearer.

Their weights are learned from names that tell their kind by themselves (`bench/train_actors.py`), after Collins and
Singer, "Unsupervised Models for Named Entity Classification" (1999): spelling and context are two views of a name, and
the sure ones of the first teach the second.
"""

from collections.abc import Iterator, Sequence

from nutgraf.annotate.lexicon import Lexicon
from nutgraf.annotate.words import Candidate, Word

REACH = 20
"""How many words behind a name its pronoun is looked for."""
BESIDE = frozenset((",", "(", "'s", "’s", "-", "–", "—"))
"""Marks behind a name over which one looks at the next word."""


def context_features(found: Candidate, words: Sequence[Word], lexicon: Lexicon) -> Iterator[str]:
    """Names of what is true around one mention; none of its own words is among them."""
    start, end = found.start, found.end
    size = "1" if end - start == 1 else "+"
    labels = {words[i].ent for i in range(start, end)}
    yield f"ent={next(iter(labels)) or '-' if len(labels) == 1 else 'mixed'}{size}"
    if label_is_cut(found, words):
        yield "ent=cut"
    yield f"before={_shown(words, start - 1)}"
    yield f"after={_shown(words, end)}"
    if end < len(words) and words[end].text in BESIDE:
        yield f"after2={words[end].fold} {_shown(words, end + 1)}"
    if start and words[start - 1].fold in lexicon.words("join_articles"):
        yield f"the={_shown(words, end)}"
    head = next((i for i in range(end - 1, start - 1, -1) if not start <= words[i].head < end), end - 1)
    governor = words[words[head].head]
    yield f"dep={words[head].dep}{size}"
    if words[head].head != head:
        yield f"gov={words[head].dep} {governor.tag if governor.proper else governor.fold}"
    yield f"pronoun={_pronoun(words, end, lexicon)}"


def label_is_cut(found: Candidate, words: Sequence[Word]) -> bool:
    """Whether the model's label begins before the name or goes on behind it."""
    first = words[found.start]
    begun = bool(first.ent) and not first.opens_ent
    return begun or (found.end < len(words) and bool(words[found.end].ent) and not words[found.end].opens_ent)


def _shown(words: Sequence[Word], i: int) -> str:
    """A neighbour as itself; as its tag where it is part of a name."""
    if not 0 <= i < len(words):
        return "edge"
    return words[i].tag if words[i].proper else words[i].fold


def _pronoun(words: Sequence[Word], start: int, lexicon: Lexicon) -> str:
    """The class of the next pronoun before another name."""
    for word in words[start : start + REACH]:
        if form := lexicon.pronouns.get(word.fold):
            return form
        if word.proper:
            return "name"
    return "none"
