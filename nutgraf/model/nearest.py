"""The nearest right word to a wrong one, by the edits between them (Damerau-Levenshtein, rapidfuzz's)."""

from collections.abc import Iterable

LIKENESS = 0.55
"""Share of letters that must be right, in the same order."""


def nearest_of(word: str, known: Iterable[str], likeness: float = LIKENESS) -> str | None:
    """The known word that is most like `word`, the first of equals; None where none is like it enough."""
    from rapidfuzz import fuzz, process, utils
    from rapidfuzz.distance import DamerauLevenshtein

    words, clean = list(dict.fromkeys(known)), utils.default_process
    scorer = DamerauLevenshtein.normalized_similarity
    found = process.extractOne(word, words, scorer=scorer, processor=clean, score_cutoff=likeness)
    if not found:  # the same words in another order
        cutoff = 100 * (likeness + 1) / 2
        found = process.extractOne(word, words, scorer=fuzz.token_sort_ratio, processor=clean, score_cutoff=cutoff)
    return str(found[0]) if found else None


def asked(word: str, known: Iterable[str], otherwise: str = "", likeness: float = LIKENESS) -> str:
    """ "did you mean X?" for the nearest known word, else `otherwise`."""
    close = nearest_of(word, known, likeness)
    return f"did you mean {close}?" if close else otherwise
