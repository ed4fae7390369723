"""Countries and towns that are teams: in a report of a game they score, beat and have goalkeepers."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from nutgraf.annotate.lexicon import Lexicon
from nutgraf.annotate.words import Candidate, Passage, Word

if TYPE_CHECKING:
    from nutgraf.annotate.actors import Entry

GAME = 0.03
"""Share of sporting nouns among its words from which on a text reports a game."""


def reports_game(texts: Iterable[Passage], lexicon: Lexicon) -> bool:
    """Whether enough of a document's words are those of sport."""
    words = [word.fold for passage in texts for word in passage.words if word.text[0].isalpha()]
    nouns = lexicon.words("sport_nouns")
    return sum(word in nouns for word in words) >= max(6, GAME * len(words))


def is_team(entry: "Entry", texts: Sequence[Passage], lexicon: Lexicon) -> bool:
    """Whether a place plays, in a quarter of its mentions at least."""
    playing = sum(_plays(each, texts[each.passage].words, lexicon) for each in entry.found)
    return 4 * playing >= len(entry.found)


def _plays(found: Candidate, words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether a verb or a noun of sport governs the name, or a score stands beside it."""
    head = next(
        (i for i in range(found.end - 1, found.start - 1, -1) if not found.start <= words[i].head < found.end),
        found.start,
    )
    governor = words[words[head].head]
    verbs, nouns = lexicon.words("sport_verbs"), lexicon.words("sport_nouns")
    if governor.fold in verbs or (words[head].dep in ("poss", "compound") and governor.fold in nouns):
        return True
    beside = (words[i] for i in (found.start - 1, found.end) if 0 <= i < len(words))
    return any(word.fold in verbs for word in beside)
