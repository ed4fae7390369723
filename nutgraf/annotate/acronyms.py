"""Acronyms and what they stand for."""


def is_acronym(text: str) -> bool:
    """Whether a name is written in capitals as its long form's initials would be."""
    letters = text.replace(".", "")
    return 2 <= len(letters) <= 8 and " " not in text and sum(c.isupper() for c in letters) >= max(2, len(letters) - 1)


SMALL = 4
"""Letters of a word that an acronym may leave out."""


def is_blend(short: str, name: str) -> bool:
    """Whether a word is made of the beginnings of a name's words in their order, small ones counted or not:
    "Indeci" of "Instituto Nacional de Defensa Civil"."""
    if " " in short or not short.isalpha() or len(short) < 4:
        return False
    words = [word.casefold() for word in name.replace("-", " ").split()]
    return len(words) > 2 and words[0][0] == short[0].casefold() and _blends(short.casefold(), words)


def _blends(rest: str, words: list[str]) -> bool:
    """Whether `rest` is spelt by beginnings of the words, each with a part but for short ones."""
    if not words:
        return not rest
    if len(words[0]) <= SMALL and _blends(rest, words[1:]):
        return True
    most = next(
        (i for i, pair in enumerate(zip(rest, words[0], strict=False)) if pair[0] != pair[1]),
        min(len(rest), len(words[0])),
    )
    return any(_blends(rest[size:], words[1:]) for size in range(most, 0, -1))


def abbreviates(short: str, name: str) -> bool:
    """Whether the capitals of `short` are the initials of `name`, small words counted or not."""
    letters = "".join(c for c in short if c.isupper())
    if short.endswith("s") and short[:-1].isupper() and not name.endswith("s"):
        return False  # "MPs" are several
    words = name.replace("-", " ").split()
    initials = "".join(w[0] for w in words)
    capitals = "".join(c for c in initials if c.isupper())
    front = "".join(w.replace(".", "") if w.replace(".", "").isupper() and len(w) < 6 else w[0] for w in words)
    fronted = "".join(c for c in front if c.isupper())
    return len(letters) > 1 and letters in (capitals, initials.upper(), capitals[1:], fronted)
