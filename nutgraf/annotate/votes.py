"""What an actor is: cheap votes from every place where its name stands, counted over the whole document."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from nutgraf.annotate.lexicon import Lexicon
from nutgraf.annotate.words import Candidate, Word

PERSON, BODY, PLACE, OTHER = "person", "organisation", "place", "other"
ADDRESS = re.compile(r"\w\.(?:com|org|net|gov|co|edu|info|tv)\b|^[IVXLC]+$", re.I)
"""A web address, or a number in Roman digits."""
LABELS = {
    "PERSON": (PERSON, 1.0),
    "ORG": (BODY, 1.0),
    "GPE": (PLACE, 1.0),
    "LOC": (PLACE, 1.0),
    "FAC": (PLACE, 0.8),
    "NORP": (OTHER, 0.7),
    "PRODUCT": (OTHER, 0.5),
    "EVENT": (OTHER, 1.0),
    "WORK_OF_ART": (OTHER, 1.0),
    "LAW": (OTHER, 1.0),
    "DATE": (OTHER, 1.0),
    "LANGUAGE": (OTHER, 1.0),
}
"""spaCy's labels of names and the weight of one such vote."""


def name_votes(words: Sequence[str], text: str, lexicon: Lexicon) -> dict[str, float]:
    """Votes from the name itself, counted once an actor."""
    votes: dict[str, float] = defaultdict(float)
    key = " ".join(words)
    if key in lexicon.place_of:
        votes[PLACE] += 5 if key in lexicon.countries else 4
    elif key in lexicon.towns:
        votes[PLACE] += 2
    if key in lexicon.words("organisation_names"):
        votes[BODY] += 4
    if key in lexicon.words("never") or ADDRESS.search(text):
        votes[OTHER] += 9
    things = lexicon.words("not_names")
    if words[-1] in things or (words[0] in things and len(words) > 1 and words[1] in lexicon.words("joins")):
        votes[OTHER] += 6
    head = next((i for i, w in enumerate(words) if i and w in lexicon.words("joins")), len(words)) - 1
    heads = {words[head], words[-1]} if head < len(words) - 1 else {words[-1]}
    if heads & lexicon.words("organisations") or words[0] in lexicon.words("organisations"):
        votes[BODY] += 4
    elif heads & lexicon.words("place_nouns"):
        votes[PLACE] += 3 if len(words) > 1 else 1
    elif set(words) & lexicon.words("organisations") and len(words) > 2:
        votes[BODY] += 1.5
    if lexicon.is_first_name(words[0]) and 2 <= len(words) <= 4:
        votes[PERSON] += 3
    if len(words) > 2 and len(words[1]) == 1:
        votes[PERSON] += 2
    if len(words) == 1 and text.isupper() and len(text) > 1:
        votes[BODY] += 0.5
    if len(words) == 1 and any(c.isupper() for c in text[2:]) and not text.isupper() and text[0] != "M":
        votes[BODY] += 1
    return votes


def first_guess(found: Candidate, words: Sequence[Word], lexicon: Lexicon) -> dict[str, float]:
    """The vote that an unparsed text gives once to a name of which nothing else is known."""
    word, before = words[found.start], words[found.start - 1] if found.start else None
    if word.tag or word.opens_sentence:
        return {}
    article = before is not None and before.fold in lexicon.words("join_articles")
    if len(found.words) == 1 and lexicon.is_first_name(found.words[0]):
        return {PERSON: 0.9}
    if (
        len(found.words) == 1
        and not found.in_title
        and before is not None
        and before.fold in lexicon.words("place_before")
    ):
        return {PLACE: 0.7}
    return {PERSON if len(found.words) in (2, 3) and not article else BODY: 0.7}


def mention_votes(found: Candidate, words: Sequence[Word], lexicon: Lexicon) -> dict[str, float]:
    """Votes from the words around one mention."""
    votes: dict[str, float] = defaultdict(float)
    labels = Counter(words[i].ent for i in range(found.start, found.end) if words[i].ent)
    if labels:
        label = labels.most_common(1)[0][0]
        kind, weight = LABELS.get(label, (OTHER, 0.0))
        votes[kind] += weight * (0.6 if kind == PERSON and len(found.words) == 1 else 1.0)
    elif len(found.words) > 1 and words[found.start].proper and words[found.start + 1].proper:
        votes[BODY] += 0.6
    before = words[found.start - 1] if found.start else None
    after = words[found.end] if found.end < len(words) else None
    if after and after.fold in lexicon.place_words and not found.title:
        votes[PLACE] += 1.5
    if found.title:
        votes[PERSON] += 4 if len(found.words) <= 4 else 1
    elif before and before.tag == "NN" and len(found.words) >= 2 and lexicon.is_role(before.fold):
        votes[PERSON] += 2.5
    if found.government:
        votes[BODY] += 8
    if after and after.fold in lexicon.words("said"):
        votes[PERSON] += 0.7 if len(found.words) == 2 else 0.2
        votes[PLACE] -= 0.3
    if before and before.fold in lexicon.words("said"):
        votes[PERSON] += 1.0
    if after and after.text == "," and found.end + 1 < len(words) and _age_or_role(words, found.end + 1, lexicon):
        votes[PERSON] += 3
    if before and before.fold in lexicon.words("join_articles"):
        votes[PERSON] -= 1.5
        votes[BODY] += 0.3
    if before and before.fold in lexicon.words("inside"):
        votes[PLACE] += 0.8
    second = words[found.end + 1].text if after and after.text == "," and found.end + 1 < len(words) else ""
    if second in lexicon.abbreviations:
        votes[PLACE] += 3
    if (
        before
        and before.fold in lexicon.words("joins")
        and found.start > 1
        and lexicon.is_town(words[found.start - 2].fold)
    ):
        votes[PLACE] += 2.5
    if before and before.fold in lexicon.words("joins") and found.start > 1:
        votes[PLACE] += 2.5 * (words[found.start - 2].fold in lexicon.words("place_cues"))
    if after and after.text == "," and _described_place(words, found.end + 1, lexicon):
        votes[PLACE] += 2.5
    if named := _named_as(words, found.start, lexicon):
        votes[named] += 3
    if before and (called := _called(before, lexicon)):
        votes[called] += 4
    return votes


def _called(before: Word, lexicon: Lexicon) -> str | None:
    """What a name is by a noun right before it in a text without a parse: "la empresa Trans Azul"."""
    kind = (
        None if before.tag or (before.capital and not before.text.isupper()) else lexicon.descriptions.get(before.fold)
    )
    return (BODY if kind == "organisation" else PLACE) if kind else None


def _named_as(words: Sequence[Word], start: int, lexicon: Lexicon) -> str | None:
    """What a name is by the noun that it is said to name: "a gang known as", "the village called"."""
    i = start - 1
    i -= i > 0 and words[i].fold in lexicon.words("as_words")
    if i < 1 or words[i].fold not in lexicon.words("naming"):
        return None
    for word in reversed(words[max(0, i - 6) : i]):
        if kind := lexicon.descriptions.get(word.fold):
            return BODY if kind == "organisation" else PLACE
        if word.text in ",.;:":
            break
    return None


def _described_place(words: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    """Whether an apposition opens here whose noun is that of a place: ", a village south of"."""
    if i >= len(words) or words[i].fold not in lexicon.words("apposed"):
        return False
    noun = next((w.fold for w in words[i + 1 : i + 5] if w.tag in ("NN", "") and w.fold in lexicon.place_words), "")
    return bool(noun)


def _age_or_role(words: Sequence[Word], i: int, lexicon: Lexicon) -> bool:
    word = words[i]
    if word.text.isdigit() and len(word.text) == 2 and i + 1 < len(words) and words[i + 1].text in (",", "."):
        return True
    if word.fold not in lexicon.words("apposed"):
        return False
    for later in words[i + 1 : i + 7]:
        if later.text in ",.;" or later.tag.startswith("V"):
            return False
        if later.tag in ("NN", "") and lexicon.is_role(later.fold):
            return True
    return False
