"""Names as they stand in the text: runs of capitalised words, cut and completed."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from nutgraf.annotate.acronyms import abbreviates, is_acronym, is_blend
from nutgraf.annotate.lexicon import Lexicon, fold
from nutgraf.annotate.pieces import Splitter
from nutgraf.annotate.words import Candidate, Passage, Word

NAMED = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"))
NAME = re.compile(r"[\w&'’.+\-/]+$")
FARTHEST = 12
"""Most words of a list that may be one name."""
CLAUSE_TAGS = frozenset(("PRP", "PRP$", "WP", "WRB", "WDT", "DT", "IN", "CC", "MD", "UH", "RB", "EX", "TO", "PDT"))


class NameFinder:
    """Finds names with one language's lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        words = lexicon.words
        self.titles, self.parts = words("titles"), words("title_parts")
        self.dates, self.labels = words("dates"), words("picture_labels")
        self.bodies, self.sites = words("organisations"), words("place_nouns")
        self.joins, self.articles, self.particles = words("joins"), words("join_articles"), words("particles")
        self.ands = words("join_and")
        self._splitter = Splitter(lexicon)

    def find(self, passages: Sequence[Passage]) -> list[Candidate]:
        """All candidates, in text order."""
        plain = {w.text for p in passages for w in p.words if not w.capital}
        middle = {w.text for p in passages if not p.shouting for w in p.words if w.capital and not w.opens_sentence}
        middle -= {text for text in middle if fold(text) in self.lexicon.words("openers")}
        out: list[Candidate] = []
        for number, passage in enumerate(passages):
            if not passage.shouting:
                found = list(self._in_passage(number, passage.words, plain, middle))
                self._pair_brackets(passage.words, found)
                out += self._listed_in_name(number, passage.words, found)
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
            yield from self._splitter.pieces(number, words, i, end)
            i = end

    def _name_word(self, words: Sequence[Word], i: int, plain: set[str], middle: set[str]) -> bool:
        word = words[i]
        if not word.capital:
            return word.text[0].isdigit() and word.proper and self._leads(words, i) and word.text[-1].isalpha()
        if (
            (word.fold in self.dates and not self._first_of_two(words, i))
            or word.tag in ("PRP", "PRP$", "$")
            or not NAME.match(word.text)
        ):
            return False
        if i and (words[i - 1].text in "#@" or self._coded(words, i)):
            return False
        if word.fold in self.labels and i + 1 < len(words) and words[i + 1].text == ":":
            return False
        if self.lexicon.is_first_name(word.fold) and self._leads(words, i):
            return not self._asks(words, i)
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
        lone = not self._leads(words, i) and word.text not in middle and word.fold not in self.lexicon.place_of
        lone = lone and not (i + 1 < len(words) and words[i + 1].text == "-")
        if lone and word.text.lower() in plain and not word.text.isupper():
            return False  # "less sunshine. Sunshine …"
        if word.proper or (word.ent in NAMED and not word.tag.startswith("V")):
            return word.text.lower() not in plain or word.ent in NAMED or self._leads(words, i)
        return word.text in middle and word.text.lower() not in plain

    def _first_of_two(self, words: Sequence[Word], i: int) -> bool:
        """Whether a month's name that is a first name too stands before a surname, where months are written small."""
        small = self.lexicon.words("small_dates")
        return words[i].fold in small and self.lexicon.is_first_name(words[i].fold) and self._leads(words, i)

    def _coded(self, words: Sequence[Word], i: int) -> bool:
        """Whether it is the code of a state behind a town: "Tampa, FL"."""
        return words[i].text in self.lexicon.state_codes and words[i - 1].text == "," and i > 1 and words[i - 2].capital

    def _asks(self, words: Sequence[Word], i: int) -> bool:
        """Whether a first name that is an auxiliary verb too opens a question: "Will Warren continue?"."""
        if not words[i].opens_sentence or words[i].fold not in self.lexicon.words("asking"):
            return False
        ends = (k for k in range(i + 1, len(words)) if words[k].text in "?.!" or words[k].opens_sentence)
        end = next(ends, len(words) - 1)
        return words[end].text == "?"

    def _leads(self, words: Sequence[Word], i: int) -> bool:
        return i + 1 < len(words) and words[i + 1].capital and not words[i + 1].opens_sentence

    def _run_end(self, words: Sequence[Word], flags: list[bool], start: int) -> int:
        """End of the run that starts at `start`, joining words included."""
        i = start + 1
        while i < len(words):
            stopped = words[i - 1].text[-1] in ".!?"
            if stopped and not words[i].tag and words[i].fold in self.lexicon.words("openers"):
                return i
            if stopped and words[i].opens_sentence and len(words[i - 1].text) > 2:
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
        if word.text == "-" and {words[i - 1].fold, words[after].fold} <= self.lexicon.peoples:
            return 2
        if word.fold in self.lexicon.words("loose_links") and self._spelt_behind(words, flags, start, i):
            return 1
        same_ent = word.ent in NAMED and not word.opens_ent and words[after].ent == word.ent
        if word.fold in self.particles and not word.capital:
            hyphen = words[after].text == "-" and not word.spaced and after + 1 < len(words)
            if flags[after] or (hyphen and flags[after + 1]):
                return 2 if hyphen else 1
            double = words[after].fold in self.particles and not words[after].capital and after + 1 < len(words)
            if double and flags[after + 1]:  # "van de Laar"
                return 2
        if word.fold in self.lexicon.words("site_joins") and flags[after] and not word.capital:
            return 1
        if word.text == "’s" or word.text == "'s":
            return 1 if words[after].text in self.lexicon.table.get("possessed", ()) else 0
        if word.fold in self.joins:
            skip = 2 if words[after].fold in self.articles and not words[after].capital else 1
            right = i + skip
            if word.fold in self.lexicon.words("loose_joins") and self._sited(words, right):
                return 0
            before = words[i - 1].fold
            site = before in self.sites and before not in self.bodies
            if site and word.fold in self.lexicon.words("body_joins"):
                return 0
            head = site or before in self.lexicon.words("join_heads") or self._headed(words, start, i + 1)
            if right < len(words) and flags[right]:
                title = self._ends_in_title(words, start, i)
                person = any(self.lexicon.is_first_name(w.fold) for w in words[start:i])
                return skip if not title and (head or (same_ent and not person)) else 0
            return 0
        if word.fold in self.ands and flags[after]:
            first = start + (words[start].fold in self.articles)
            known = words[first].fold in self.lexicon.place_of
            titled = i - first == 1 and not known and (self._titled(words, first) or (same_ent and word.ent == "ORG"))
            titled = titled and not self._listed(words, first)
            headed = same_ent and word.ent == "ORG" and self._headed(words, start, i)
            return int(word.text == "&" or titled or headed or self._abbreviated(words, flags, start, i))
        if word.text.isdigit() and flags[after] and (same_ent or (len(word.text) == 1 and words[after].proper)):
            return 1
        return 0

    def _sited(self, words: Sequence[Word], start: int) -> bool:
        """Whether the name of a site begins here: a club "on Mill Street" is not so called."""
        return any(word.fold in self.sites or word.fold in self.lexicon.place_of for word in words[start : start + 2])

    def _titled(self, words: Sequence[Word], start: int) -> bool:
        """Whether a capitalised article within the sentence opens a name: "told The Dock and Quay"."""
        before = words[start - 1] if start else None
        return before is not None and before.fold in self.articles and before.capital and not before.opens_sentence

    def _listed(self, words: Sequence[Word], start: int) -> bool:
        """Whether the run ends a list of names: "Alder, Birch and Cedar"."""
        return start > 1 and words[start - 1].text == "," and words[start - 2].capital

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

    def _spelt_behind(self, words: Sequence[Word], flags: Sequence[bool], start: int, i: int) -> bool:
        """Whether a word in brackets behind spells the name on both sides: "de Prevención y Respuesta (Sepre)"."""
        small = self.joins | self.articles | self.lexicon.words("loose_links")
        end = i + 1
        while end < len(words) and (flags[end] or words[end].fold in small):
            end += 1
        if end + 1 >= len(words) or words[end].text != "(" or not flags[end - 1]:
            return False
        name, short = " ".join(w.text for w in words[start:end]), words[end + 1].text
        return is_blend(short, name) or (is_acronym(short) and abbreviates(short, name))

    def _ends_in_title(self, words: Sequence[Word], start: int, end: int) -> bool:
        last = words[end - 1].fold
        named = self.bodies | self.sites | self.lexicon.words("join_heads")
        return last in self.titles or (last in self.parts and last not in named)

    def _listed_in_name(self, number: int, words: Sequence[Word], found: list[Candidate]) -> list[Candidate]:
        """The candidates, a list that an acronym in brackets spells taken as one name: "Fisheries, Harbours
        and Shipping Norway (FHSN)"."""
        for last in [c for c in found if c.bracketed and is_acronym(c.bracketed.text)]:
            short = last.bracketed.text if last.bracketed else ""
            start = last.start
            while start and last.start - start < FARTHEST and self._lists(words[start - 1]):
                start -= 1
                initials = "".join(w.text[0] for w in words[start : last.end] if w.capital)
                if words[start].capital and start < last.start and initials == short.replace(".", ""):
                    whole = self._splitter.candidate(number, words, start, last.end)
                    whole.bracketed = last.bracketed
                    found = [c for c in found if not start <= c.start < last.end]
                    found = sorted([*found, whole], key=lambda c: c.start)
                    break
        return found

    def _lists(self, word: Word) -> bool:
        return word.capital or word.text == "," or word.fold in self.ands

    def _pair_brackets(self, words: Sequence[Word], found: list[Candidate]) -> None:
        """Links "Name (ACRONYM)" and "ACRONYM (Full Name)"."""
        for left, right in pairwise(found):
            opened = right.start == left.end + 1 and words[left.end].text == "("
            if opened and right.end < len(words) and words[right.end].text in (")", ","):
                left.bracketed = right
