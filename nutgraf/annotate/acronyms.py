"""Acronyms and what they stand for."""


def is_acronym(text: str) -> bool:
    """Whether a name is written in capitals as its long form's initials would be."""
    letters = text.replace(".", "")
    return 2 <= len(letters) <= 8 and " " not in text and sum(c.isupper() for c in letters) >= max(2, len(letters) - 1)


def abbreviates(short: str, name: str) -> bool:
    """Whether the capitals of `short` are the initials of `name`, small words counted or not."""
    letters = "".join(c for c in short if c.isupper())
    words = name.replace("-", " ").split()
    initials = "".join(w[0] for w in words)
    capitals = "".join(c for c in initials if c.isupper())
    front = "".join(w.replace(".", "") if w.replace(".", "").isupper() and len(w) < 6 else w[0] for w in words)
    fronted = "".join(c for c in front if c.isupper())
    return len(letters) > 1 and letters in (capitals, initials.upper(), capitals[1:], fronted)
