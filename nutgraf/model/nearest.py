"""The nearest right word to a wrong one, by the edits between them (Damerau-Levenshtein, rapidfuzz's)."""

from collections.abc import Iterable

from rapidfuzz import process, utils
from rapidfuzz.distance import DamerauLevenshtein

LIKENESS = 0.55
"""Share of letters that must be right, in the same order."""


def nearest_of(word: str, known: Iterable[str], likeness: float = LIKENESS) -> str | None:
    """The known word that is most like `word`, the first of equals; None where none is like it enough."""
    found = process.extractOne(
        word,
        list(dict.fromkeys(known)),
        scorer=DamerauLevenshtein.normalized_similarity,
        processor=utils.default_process,
        score_cutoff=likeness,
    )
    return str(found[0]) if found else None


def asked(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """ "did you mean X?" for the nearest known word, else `otherwise`."""
    close = nearest_of(word, known)
    return f"did you mean {close}?" if close else otherwise
