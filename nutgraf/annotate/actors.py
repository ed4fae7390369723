"""People, organisations and places of a document: one entry an actor, with every place where its name stands."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nutgraf.annotate.acronyms import is_acronym
from nutgraf.annotate.judge import Judge
from nutgraf.annotate.lexicon import Lexicon, fold
from nutgraf.annotate.names import NameFinder
from nutgraf.annotate.roles import RoleReader
from nutgraf.annotate.teams import is_team, reports_game
from nutgraf.annotate.variants import Variants
from nutgraf.annotate.votes import BODY, OTHER, PERSON, PLACE, first_guess, mention_votes, name_votes
from nutgraf.annotate.words import Candidate, Passage, Word, passages
from nutgraf.model.annotation import ActorFound, ActorKind, Annotations, Mention
from nutgraf.model.article import Document, LanguagePack

KINDS = (PERSON, BODY, PLACE, OTHER)
DOUBT = 0.55
"""Probability of being no actor at all from which on a name is left out."""
COUNTRY = {PERSON: 0.01, BODY: 0.02, PLACE: 0.95, OTHER: 0.02}
PLURAL = re.compile(r"[A-Z][A-Z0-9-]+s$")
"""More than one of a thing that goes by initials: "MPs"."""
TOLD = 0.75
"""The same for a name that tells its kind by itself: "Ministry of …"."""


@dataclass(slots=True)
class Entry:
    """All mentions under one spelling, later under all spellings of one actor."""

    key: str
    words: tuple[str, ...]
    name: str
    found: list[Candidate] = field(default_factory=list)
    votes: dict[str, float] = field(default_factory=lambda: dict.fromkeys(KINDS, 0.0))
    spellings: Counter[str] = field(default_factory=Counter)
    kind: str = OTHER
    itself: dict[str, float] = field(default_factory=dict)
    """What the name says by itself, without the words around it."""
    chances: dict[str, float] = field(default_factory=dict)
    """How likely each kind is; empty where nothing learned was asked."""

    def vote(self, votes: Mapping[str, float]) -> None:
        """Count more votes."""
        for kind, count in votes.items():
            self.votes[kind] += count
        best = max(KINDS, key=lambda kind: self.votes[kind])
        self.kind = best if self.votes[best] > 0 else OTHER

    @property
    def margin(self) -> float:
        """How far the first kind is before the second, in votes."""
        ranked = sorted(self.votes.values(), reverse=True)
        return ranked[0] - max(0.0, ranked[1])

    def absorb(self, other: "Entry") -> None:
        """Take over another spelling's mentions and votes."""
        self.found += other.found
        self.spellings.update(other.spellings)
        self.vote({kind: count if other.kind != OTHER else min(count, 0.5) for kind, count in other.votes.items()})


def make_actors(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator that finds actors by their names; pronouns and descriptions are added by `make_coreference`."""
    lexicon = Lexicon(pack)
    finder = NameFinder(lexicon)
    variants = Variants(lexicon)
    judge = Judge(lexicon, pack.table("actor_weights"))
    roles = RoleReader(lexicon)

    def run(document: Document, annotations: Annotations) -> Mapping[str, object]:
        if not lexicon.table:
            return {"actors": ()}
        texts = passages(document, captions=True)
        entries = gathered(finder.find(texts), texts, lexicon)
        merged = variants.merged(entries)
        if judge:
            _decide(merged, judge, texts)
        actors = [e for e in merged if _is_actor(e, texts, lexicon)]
        actors.sort(key=lambda e: min((c.passage, c.start) for c in e.found))
        return {"actors": tuple(_distinct(_actor(e, texts, roles, lexicon, document) for e in actors))}

    return run


def gathered(found: Iterable[Candidate], texts: Sequence[Passage], lexicon: Lexicon) -> list[Entry]:
    """Candidates of one spelling together, with their votes."""
    entries: dict[str, Entry] = {}
    for each in found:
        key = " ".join(each.words)
        place = lexicon.place_of.get(key)
        entry = entries.setdefault(f"place:{place}" if place else key, Entry(key, each.words, place or each.text))
        if not entry.found:
            entry.itself = dict(name_votes(each.words, each.text, lexicon))
            entry.vote(entry.itself)
            entry.vote(first_guess(each, texts[each.passage].words, lexicon))
        entry.found.append(each)
        entry.spellings[each.text] += 1
        entry.vote(mention_votes(each, texts[each.passage].words, lexicon))
    return list(entries.values())


def _decide(entries: Iterable[Entry], judge: Judge, texts: Sequence[Passage]) -> None:
    """Let the learned weights say what each entry is; governments are known by their noun."""
    plain, game = plain_words(texts), reports_game(texts, judge.lexicon)
    for entry in entries:
        if not entry.found[0].government:
            entry.chances = judge.chances(entry, texts, plain)
            if fold(entry.name) in judge.lexicon.countries:
                entry.chances = COUNTRY.copy()
            best = max((PERSON, BODY, PLACE), key=lambda kind: entry.chances[kind])
            doubt = TOLD if entry.itself.get(best, 0) >= 4 else DOUBT
            entry.kind = best if entry.chances[OTHER] <= doubt else OTHER
            if entry.kind == PERSON and "&" in entry.words:
                _turn(entry, PERSON, BODY)
            if best == PERSON and _is_often_inside(entry, texts, judge.lexicon):
                _turn(entry, PERSON, PLACE)
            if game and best == PLACE and is_team(entry, texts, judge.lexicon):
                _turn(entry, PLACE, BODY)


def _turn(entry: Entry, taken: str, kind: str) -> None:
    """Make an entry of a kind, as sure as it was of the kind that the weights took it for."""
    entry.kind = kind
    entry.chances[kind], entry.chances[taken] = entry.chances[taken], entry.chances[kind]


def _is_often_inside(entry: Entry, texts: Sequence[Passage], lexicon: Lexicon) -> bool:
    """Whether things are said to be in it, twice and in half its mentions: a town with a first name's name."""
    inside = [c for c in entry.found if c.start and _before(c, texts).fold in lexicon.words("inside")]
    return len(inside) >= 2 and 2 * len(inside) >= len(entry.found) and not any(c.title for c in entry.found)


def _before(found: Candidate, texts: Sequence[Passage]) -> Word:
    return texts[found.passage].words[found.start - 1]


def plain_words(texts: Iterable[Passage]) -> Counter[str]:
    """How often each word stands in small letters."""
    return Counter(word.fold for passage in texts for word in passage.words if not word.capital)


def _is_actor(entry: Entry, texts: Sequence[Passage], lexicon: Lexicon) -> bool:
    """Whether the name is that of somebody or some place, not a thing, a law, or a common word with a capital."""
    small = lexicon.words("joins") | lexicon.words("inside")
    if (
        PLURAL.match(entry.name)
        or small.issuperset(entry.words)
        or _is_pair(entry, lexicon)
        or _is_numbered(entry, texts, lexicon)
    ):
        return False
    if entry.kind == OTHER or lexicon.is_constituency(entry.name):
        return False
    if entry.kind == BODY and len(entry.words) == 1 and all(c.in_title for c in entry.found):
        return is_acronym(entry.name)
    common = lexicon.words("organisations") | lexicon.words("place_nouns") | lexicon.peoples
    if len(entry.words) == 1 and (len(entry.key) < 2 or entry.key in common):
        return entry.key in lexicon.place_of or entry.key in lexicon.words("organisation_names")
    return bool(entry.chances) or entry.votes[entry.kind] >= 0.6


def _is_pair(entry: Entry, lexicon: Lexicon) -> bool:
    """Whether two places are only joined by a hyphen: "the US-China talks"."""
    parts = entry.key.split("-")
    return len(parts) > 1 and entry.key not in lexicon.place_of and all(part in lexicon.place_of for part in parts)


def _is_numbered(entry: Entry, texts: Sequence[Passage], lexicon: Lexicon) -> bool:
    """Whether it is one of a row that goes by letters or numbers: "Group C", "Ward 8"."""
    if entry.words[0] not in lexicon.words("numbered") or len(entry.words) > 2:
        return False
    behind = (texts[c.passage].words[c.end : c.end + 1] for c in entry.found)
    return len(entry.words[-1]) == 1 or all(after and after[0].text.isdigit() for after in behind)


def _actor(
    entry: Entry, texts: Sequence[Passage], roles: RoleReader, lexicon: Lexicon, document: Document
) -> ActorFound:
    kind = ActorKind(entry.kind)
    mentions = tuple(
        Mention(texts[c.passage].paragraph.span(c.start, c.end))
        for c in sorted(entry.found, key=lambda c: (c.passage, c.start))
    )
    name = _best_name(entry, lexicon)
    aliases = _aliases(entry, name)
    own = [c for c in entry.found if not c.in_title]
    role = roles.role(own, texts) if kind is ActorKind.PERSON else None
    sure = entry.chances.get(entry.kind) or confidence(entry, role, _known_first(entry, lexicon))
    return ActorFound(name, kind, role, aliases, mentions, round(sure, 3))


def _aliases(entry: Entry, name: str) -> tuple[str, ...]:
    """Other spellings, the frequent first; one of those that differ in case only."""
    kept = {name.casefold(): name}
    for spelling, _ in sorted(entry.spellings.most_common(), key=lambda s: s[0].isupper() and not is_acronym(s[0])):
        kept.setdefault(spelling.casefold(), spelling)
    return tuple(spelling for spelling in kept.values() if spelling != name)


def _known_first(entry: Entry, lexicon: Lexicon) -> bool:
    """Whether the name opens with a country or its people."""
    openings = (entry.words[0], " ".join(entry.words[:2]))
    return any(w in lexicon.place_of or w in lexicon.country_of_people for w in openings)


def _best_name(entry: Entry, lexicon: Lexicon) -> str:
    """The fullest spelling; not in capitals alone where another is not, a government by the plainest word for it."""
    if entry.found[0].government:
        plain = lexicon.table["governments"]
        ranked = [s for noun in plain for s in entry.spellings if s.casefold().endswith(noun)]
        return ranked[0] if ranked else entry.name
    same = [s for s in entry.spellings if s.casefold() == entry.name.casefold() and not s.isupper()]
    if entry.name.isupper() and same:
        return same[0]
    if entry.kind == BODY and (cut := lexicon.in_country.search(entry.name)) and cut.start():
        return entry.name[: cut.start()]
    return entry.name


def confidence(entry: Entry, role: str | None, known: bool) -> float:
    """For names that nothing learned has judged, how sure they are: how often, where, how surely named."""
    times = len(entry.found)
    score = {PERSON: 0.62, BODY: 0.5, PLACE: 0.5}.get(entry.kind, 0.2)
    score += 0.06 * min(4, times - 1) + 0.03 * min(5.0, entry.margin)
    score += 0.08 * (len(entry.words) > 1) + 0.1 * bool(role)
    if all(c.in_title for c in entry.found):
        score -= 0.3 if times == 1 else 0.15
    if entry.found[0].government and len(entry.words) == 2 and not known:
        score -= 0.3
    if min(c.passage for c in entry.found) <= 2:
        score += 0.06
    return min(0.97, max(0.05, score))


def _distinct(actors: Iterable[ActorFound]) -> Iterable[ActorFound]:
    """Actors whose names differ; of two with one name the first stays."""
    seen: set[str] = set()
    for actor in actors:
        if actor.name not in seen:
            seen.add(actor.name)
            yield actor
