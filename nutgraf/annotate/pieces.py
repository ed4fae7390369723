"""What a run of capitalised words holds: titles and nationalities taken off, two names in one divided."""

from collections.abc import Iterator, Sequence

from nutgraf.annotate.acronyms import is_acronym
from nutgraf.annotate.lexicon import Lexicon
from nutgraf.annotate.words import Candidate, Word


class Splitter:
    """Divides runs with one language's lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        words = lexicon.words
        self.titles, self.parts, self.courtesy = words("titles"), words("title_parts"), words("courtesy")
        self.bodies, self.sites = words("organisations"), words("place_nouns")
        self.joins, self.articles, self.particles = words("joins"), words("join_articles"), words("particles")
        self.ands = words("join_and")
        self.governments, self.suffixes = words("governments"), words("lists_end")

    def pieces(self, number: int, words: Sequence[Word], start: int, end: int) -> Iterator[Candidate]:
        """A run's names: titles before a name taken off, nationalities too."""
        end = self._trimmed(words, start, end)
        cut = self._last_title(words, start, end)
        if cut > start:
            yield from self._within_title(number, words, start, cut)
        begin = cut
        whole = (
            begin < end and words[begin].capital and " ".join(w.fold for w in words[begin:end]) in self.lexicon.place_of
        )
        elect = begin + 1 < end and words[begin].text == "-" and not words[begin + 1].capital
        begin += 2 * (cut > start and elect)  # "President-elect Jane Roe"
        while begin < end and not whole and (words[begin].fold in self.articles or words[begin].text in ("-", "–")):
            begin += 1
        while begin + 1 < end and words[begin].fold in self.lexicon.words("kind_words"):
            begin += 1  # "la ONG Amigos del Mar"
        if begin >= end:
            return
        if cut == start:
            begin = self._skip_people(words, self._behind_desk(words, begin, end), end)
        if begin >= end or self._no_name(words, begin, end, cut > start):
            return
        governing = end < len(words) and words[end].fold in self.governments and words[end].tag != "VBZ"
        if governing and begin == end:
            return
        person = self._person_behind(words, begin, end) if cut == start else begin
        if person > begin:
            first = self.candidate(number, words, begin, person, lone=True)
            first.in_title = True
            yield first
        if led := self._led(words, person):
            yield self.candidate(number, words, led, end, lone=True)
        found = self.candidate(number, words, self._particle(words, person), end)
        if cut > start:
            found.title = (start, cut)
        elif person > begin:
            found.title = (begin, person)
        found.in_title = person == begin and self._after_title_of(words, begin)
        yield found

    def _trimmed(self, words: Sequence[Word], start: int, end: int) -> int:
        """End of the run without what is not its own: "Senate Democratic leader", "NASA T-shirt", "Labour and
        Trade Departments"."""
        hyphen = end < len(words) and words[end].text == "-" and not words[end - 1].spaced
        if hyphen and len(words[end - 1].text) == 1 and end - start > 1:
            end -= 1
        if start > 1 and words[start - 1].fold in self.ands and words[start - 2].capital and end - start > 1:
            end -= words[end - 1].fold in self.lexicon.words("plural_heads")
        front = " ".join(w.fold for w in words[start : end - 1])
        known = front in self.lexicon.place_of or front in self.lexicon.words("organisation_names")
        whole = " ".join(w.fold for w in words[start:end]) in self.lexicon.place_of
        return end - 1 if known and not whole and self._people(words, end - 1, end) else end

    def _behind_desk(self, words: Sequence[Word], start: int, end: int) -> int:
        """Where a body's name begins behind the desk that somebody has there: "head of Sales for | Tern Bank"."""
        desk = words[start].fold in self.lexicon.words("desks") and self._after_title_of(words, start)
        i = start + 1
        while desk and i < end and words[i].fold in self.joins | self.articles:
            i += 1
        return i if desk and start + 1 < i < end else start

    def _no_name(self, words: Sequence[Word], start: int, end: int, titled: bool) -> bool:
        """Whether nothing is left but a "Jr." or, behind a title, a further title: "Chief Executive"."""
        rest = {w.fold for w in words[start:end]}
        return rest <= self.suffixes or (titled and rest <= self.parts | self.titles)

    def _particle(self, words: Sequence[Word], start: int) -> int:
        """Where a person's name begins that opens with a particle in small letters: "de Vries", "al-Masri"."""
        i = start - 1
        hyphen = i > 0 and words[i].text == "-" and not words[i].spaced and not words[i - 1].spaced
        i -= hyphen
        if i < 0 or words[i].fold not in self.particles or words[i].capital:
            return start
        return i if hyphen or words[i].ent == words[start].ent == "PERSON" else start

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
            first = self.lexicon.is_first_name(words[i].fold)
            if words[i].capital and (
                (subject and (first or behind_body)) or (first and self._announced(words, start, i, end))
            ):
                return i
            if not (words[i].opens_ent and words[i].ent == "PERSON" and words[end - 1].ent == "PERSON"):
                continue
            place = " ".join(w.fold for w in words[start:i]) in self.lexicon.place_of
            if place or subject or words[i - 1].fold in self.bodies or words[i - 1].ent in ("ORG", "GPE", "FAC"):
                return i
        return start

    def _announced(self, words: Sequence[Word], start: int, i: int, end: int) -> bool:
        """Whether a body or an acronym before a first name is no part of the name: "Harbour Police | Jane Roe"."""
        before, last = words[i - 1], words[end - 1].fold
        apart = before.fold in self.bodies or (is_acronym(before.text) and len(before.text) > 2)
        person = last not in self.bodies | self.sites | self.lexicon.words("not_names")
        return apart and person and end - i in (2, 3) and not self.lexicon.is_first_name(words[start].fold)

    def _skip_people(self, words: Sequence[Word], start: int, end: int) -> int:
        """Where a name begins behind a nationality: "British | Theresa May", but "Cuban Foreign Ministry" is whole."""
        size = next((n for n in (2, 1) if start + n <= end and self._people(words, start, start + n)), 0)
        if not size or " ".join(w.fold for w in words[start:end]) in self.lexicon.place_of:
            return start
        rest = start + size
        if end - start == 2 and self.lexicon.is_first_name(words[start].fold) and words[start].ent == "PERSON":
            return start
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
            named = i + 2 < end and self.lexicon.is_first_name(words[i + 1].fold)
            role = named and (
                self.lexicon.is_role(words[i].fold) or self.lexicon.is_role(words[i].fold.removesuffix("s"))
            )
            if role or words[i].fold in self.titles or words[i].fold in self.courtesy:
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
                    found = self.candidate(number, words, begin, j, lone=True)
                    found.in_title = True
                    yield found
            i = j + 1

    def _after_title_of(self, words: Sequence[Word], start: int) -> bool:
        i = start - 1
        while i > 0 and words[i].fold in self.articles:
            i -= 1
        before = words[i - 1].fold if i > 0 else ""
        return i > 0 and words[i].fold in self.joins and (before in self.titles or self.lexicon.is_role(before))

    def candidate(self, number: int, words: Sequence[Word], start: int, end: int, lone: bool = False) -> Candidate:
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
