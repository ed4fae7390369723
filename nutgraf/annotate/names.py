"""Names as they stand in the text: runs of capitalised words, cut and completed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from nutgraf.annotate.acronyms import is_acronym
from nutgraf.annotate.lexicon import Lexicon
from nutgraf.annotate.words import Passage, Word

NAMED = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"))
NAME = re.compile(r"[\w&'’.+\-/]+$")
ADDRESS = re.compile(r"\w\.(?:com|org|net|gov|co|edu|info|tv)\b|^[IVXLC]+$", re.I)
CLAUSE_TAGS = frozenset(("PRP", "PRP$", "WP", "WRB", "WDT", "DT", "IN", "CC", "MD", "UH", "RB", "EX", "TO", "PDT"))


@dataclass(slots=True)
class Candidate:
    """A stretch that looks like a name: token range within one passage."""

    passage: int
    start: int
    end: int
    words: tuple[str, ...]
    """The words without joining hyphens apart; as folded."""
    text: str
    title: tuple[int, int] | None = None
    """Token range of the titles before it."""
    in_title: bool = False
    """It stands within somebody's title: "Secretary of Homeland Security"."""
    government: bool = False
    bracketed: "Candidate | None" = field(default=None, repr=False)
    """The name in brackets right behind: an acronym or the full form."""


class NameFinder:
    """Finds names with one language's lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        words = lexicon.words
        self.first_names = words("first_names_women") | words("first_names_men")
        self.titles, self.parts = words("titles"), words("title_parts")
        self.courtesy = words("courtesy")
        self.never, self.dates = words("never"), words("dates")
        self.bodies = words("organisations")
        self.sites = words("place_nouns")
        self.joins, self.articles, self.particles = words("joins"), words("join_articles"), words("particles")
        self.ands, self.possessed = words("join_and"), words("possessed")
        self.governments, self.suffixes = words("governments"), words("lists_end")

    def find(self, passages: Sequence[Passage]) -> list[Candidate]:
        """All candidates, in text order."""
        plain = {w.text for p in passages for w in p.words if not w.capital}
        middle = {w.text for p in passages if not p.shouting for w in p.words if w.capital and not w.opens_sentence}
        out: list[Candidate] = []
        for number, passage in enumerate(passages):
            if not passage.shouting:
                found = list(self._in_passage(number, passage.words, plain, middle))
                self._pair_brackets(passage.words, found)
                out += found
        return out

    # ---- runs

    def _in_passage(self, number: int, words: Sequence[Word], plain: set[str], middle: set[str]) -> Iterator[Candidate]:
        flags = [self._name_word(words, i, plain, middle) for i in range(len(words))]
        i = 0
        while i < len(words):
            if not flags[i]:
                i += 1
                continue
            end = self._run_end(words, flags, i)
            yield from self._pieces(number, words, i, end)
            i = end

    def _name_word(self, words: Sequence[Word], i: int, plain: set[str], middle: set[str]) -> bool:
        word = words[i]
        if not word.capital:
            return word.text[0].isdigit() and word.proper and self._leads(words, i) and word.text[-1].isalpha()
        if word.fold in self.dates or word.tag in ("PRP", "PRP$", "$") or not NAME.match(word.text):
            return False
        if i and words[i - 1].text in "#@":
            return False
        if not word.opens_sentence:
            if word.text.isupper() and len(word.text) > 1 and self._leads(words, i):
                return True
            return word.tag not in CLAUSE_TAGS or word.ent in NAMED
        if not word.tag:
            return word.text in middle or (
                word.text.lower() not in plain
                and word.fold not in self.lexicon.words("openers")
                and i + 1 < len(words)
                and (words[i + 1].capital or word.text.isupper() or word.fold in self.lexicon.place_of)
            )
        if word.tag in CLAUSE_TAGS:
            return False
        if word.proper or (word.ent in NAMED and not word.tag.startswith("V")):
            return word.text.lower() not in plain or word.ent in NAMED or self._leads(words, i)
        return word.text in middle and word.text.lower() not in plain

    def _leads(self, words: Sequence[Word], i: int) -> bool:
        return i + 1 < len(words) and words[i + 1].capital and not words[i + 1].opens_sentence

    def _run_end(self, words: Sequence[Word], flags: list[bool], start: int) -> int:
        """End of the run that starts at `start`, joining words included."""
        i = start + 1
        while i < len(words):
            if words[i].opens_sentence and words[i - 1].text[-1] in ".!?" and len(words[i - 1].text) > 2:
                return i
            if flags[i]:
                if self._breaks(words, i):
                    return i
                i += 1
                continue
            step = self._joined(words, flags, start, i)
            if not step:
                return i
            i += step
        return i

    def _breaks(self, words: Sequence[Word], i: int) -> bool:
        """Whether two capitalised neighbours are not one name: the model says where the second begins."""
        word, before = words[i], words[i - 1]
        return word.opens_ent and before.ent == "PERSON" and word.ent in ("GPE", "DATE", "NORP")

    def _joined(self, words: Sequence[Word], flags: list[bool], start: int, i: int) -> int:
        """How many words at `i` link the run to a further name word; 0 where it ends."""
        word, after = words[i], i + 1
        if word.text == "-" and not words[i - 1].spaced and not word.spaced and after < len(words):
            return 2 if words[after].proper or words[after].capital else 0
        if after >= len(words):
            return 0
        same_ent = word.ent in NAMED and not word.opens_ent and words[after].ent == word.ent
        if word.fold in self.particles and flags[after] and not word.capital:
            return 1
        if word.text == "’s" or word.text == "'s":
            return 1 if words[after].text in self.lexicon.table.get("possessed", ()) else 0
        if word.fold in self.joins:
            skip = 2 if words[after].fold in self.articles and not words[after].capital else 1
            right = i + skip
            head = words[i - 1].fold in self.sites or self._headed(words, start, i + 1)
            if right < len(words) and flags[right]:
                title = self._ends_in_title(words, start, i)
                person = words[start].fold in self.first_names
                return skip if not title and (head or (same_ent and not person)) else 0
            return 0
        if word.fold in self.ands and flags[after]:
            titled = (
                same_ent and word.ent == "ORG" and i - start == 1 and words[start].fold not in self.lexicon.place_of
            )
            headed = same_ent and word.ent == "ORG" and self._headed(words, start, i)
            return int(word.text == "&" or titled or headed or self._abbreviated(words, flags, start, i))
        if word.text.isdigit() and flags[after] and (same_ent or (len(word.text) == 1 and words[after].proper)):
            return 1
        return 0

    def _headed(self, words: Sequence[Word], start: int, i: int) -> bool:
        """Whether "and" stands inside one body's name because its head comes before: "Ministry of A and B"."""
        return any(w.fold in self.bodies for w in words[start : i - 1])

    def _abbreviated(self, words: Sequence[Word], flags: Sequence[bool], start: int, i: int) -> bool:
        """Whether the acronym in brackets behind spans both sides of "and": "Trade and Labour Watch (TLW)"."""
        end = i + 1
        while end < len(words) and (flags[end] or words[end].fold in self.joins | self.articles):
            end += 1
        if end + 1 >= len(words) or words[end].text != "(" or not is_acronym(words[end + 1].text):
            return False
        initials = "".join(w.text[0] for w in words[start:end] if w.capital)
        return initials.endswith(words[end + 1].text) or self._headed(words, i + 1, end + 1)

    def _ends_in_title(self, words: Sequence[Word], start: int, end: int) -> bool:
        last = words[end - 1].fold
        return last in self.titles or (last in self.parts and last not in self.bodies | self.sites)

    # ---- pieces of a run

    def _pieces(self, number: int, words: Sequence[Word], start: int, end: int) -> Iterator[Candidate]:
        """A run's names: titles before a name taken off, nationalities too."""
        cut = self._last_title(words, start, end)
        if cut > start:
            yield from self._within_title(number, words, start, cut)
        begin = cut
        while begin < end and (words[begin].fold in self.articles or words[begin].text in ("-", "–")):
            begin += 1
        if begin >= end:
            return
        if cut == start:
            begin = self._skip_people(words, begin, end)
        if begin >= end:
            return
        governing = end < len(words) and words[end].fold in self.governments and words[end].tag != "VBZ"
        if governing and begin == end:
            return
        person = self._person_behind(words, begin, end) if cut == start else begin
        if person > begin:
            first = self._candidate(number, words, begin, person, lone=True)
            first.in_title = True
            yield first
        if led := self._led(words, person):
            yield self._candidate(number, words, led, end, lone=True)
        found = self._candidate(number, words, person, end)
        if cut > start:
            found.title = (start, cut)
        found.in_title = person == begin and self._after_title_of(words, begin)
        yield found

    def _led(self, words: Sequence[Word], start: int) -> int:
        """Where a body begins whose head stands in small letters before "of" and a name; 0 where none does."""
        heads = self.lexicon.words("led")
        i = start - 1
        while i > 0 and words[i].fold in self.articles:
            i -= 1
        if not heads or i < 1 or words[i].fold not in self.joins:
            return 0
        for k in range(i - 1, max(-1, i - 6), -1):
            if words[k].fold in heads:
                return k
            if words[k].fold not in self.lexicon.words("led_adjectives") | self.joins:
                return 0
        return 0

    def _person_behind(self, words: Sequence[Word], start: int, end: int) -> int:
        """Where a person's name begins behind that of a body or place: "United States | Jane Roe"."""
        subject = self._after_title_of(words, start)
        for i in range(start + 1, end - 1):
            behind_body = words[i - 1].fold in self.bodies and end - i in (2, 3)
            if subject and (words[i].fold in self.first_names or behind_body):
                return i
            if not (words[i].opens_ent and words[i].ent == "PERSON" and words[end - 1].ent == "PERSON"):
                continue
            place = " ".join(w.fold for w in words[start:i]) in self.lexicon.place_of
            if place or subject or words[i - 1].fold in self.bodies or words[i - 1].ent in ("ORG", "GPE", "FAC"):
                return i
        return start

    def _skip_people(self, words: Sequence[Word], start: int, end: int) -> int:
        """Where a name begins behind a nationality: "British | Theresa May", but "Cuban Foreign Ministry" is whole."""
        size = next((n for n in (2, 1) if start + n <= end and self._people(words, start, start + n)), 0)
        if not size or " ".join(w.fold for w in words[start:end]) in self.lexicon.place_of:
            return start
        rest = start + size
        if rest == end:
            governing = end < len(words) and words[end].fold in self.governments
            return start if governing else end
        last = words[end - 1].fold
        heads = {w.fold for w in words[rest:end]}
        whole = heads & self.bodies or last in self.governments or heads & self.sites
        model = words[start].ent == words[rest].ent == "ORG" and words[start].opens_ent and not words[rest].opens_ent
        return start if whole or model else rest

    def _people(self, words: Sequence[Word], start: int, end: int) -> bool:
        name = " ".join(w.fold for w in words[start:end])
        return name in self.lexicon.peoples and name not in self.lexicon.place_of

    def _last_title(self, words: Sequence[Word], start: int, end: int) -> int:
        """Index behind the last title of a run; `start` where there is none before a name."""
        if end - start > 1 and " ".join(w.fold for w in words[start:end]) in self.lexicon.place_of:
            return start
        last = words[end - 1].fold
        if last in self.bodies or last in self.governments or last in self.sites or end - start == 1:
            return end if end - start == 1 and last in self.titles | self.courtesy else start
        cut = start
        for i in range(start, end):
            if words[i].fold in self.joins or words[i].text in ("'s", "’s"):
                break
            if words[i].fold in self.titles or words[i].fold in self.courtesy:
                cut = i + 1
        if cut > start and cut < end and (words[cut].fold in self.joins or words[cut].text in ("'s", "’s")):
            return start
        return cut

    def _within_title(self, number: int, words: Sequence[Word], start: int, end: int) -> Iterator[Candidate]:
        """Names inside titles: the NYPD of "NYPD Commissioner"."""
        i = start
        while i < end:
            j = i
            while j < end and words[j].fold not in self.titles | self.courtesy | self.parts | self.articles:
                j += 1
            if j > i:
                begin = self._skip_people(words, i, j)
                if begin < j:
                    found = self._candidate(number, words, begin, j, lone=True)
                    found.in_title = True
                    yield found
            i = j + 1

    def _after_title_of(self, words: Sequence[Word], start: int) -> bool:
        i = start - 1
        while i > 0 and words[i].fold in self.articles:
            i -= 1
        before = words[i - 1].fold if i > 0 else ""
        return i > 0 and words[i].fold in self.joins and (before in self.titles or self.lexicon.is_role(before))

    def _candidate(self, number: int, words: Sequence[Word], start: int, end: int, lone: bool = False) -> Candidate:
        while end - start > 1 and words[end - 1].text in ("-", "–", "'s", "’s"):
            end -= 1
        governing = not lone and end < len(words) and words[end].fold in self.governments and not words[end].capital
        if governing and words[end].tag.startswith("V"):
            governing = False
        stop = end + 1 if governing else end
        text = "".join(w.text + (" " if w.spaced else "") for w in words[start:stop]).strip()
        folds = tuple("".join(w.fold + (" " if w.spaced else "") for w in words[start:stop]).split())
        government = governing or (end - start > 1 and words[end - 1].fold in self.governments)
        return Candidate(number, start, stop, folds, text, government=government)

    def _pair_brackets(self, words: Sequence[Word], found: list[Candidate]) -> None:
        """Links "Name (ACRONYM)" and "ACRONYM (Full Name)"."""
        for left, right in pairwise(found):
            opened = right.start == left.end + 1 and words[left.end].text == "("
            if opened and right.end < len(words) and words[right.end].text in (")", ","):
                left.bracketed = right
