"""What the text says somebody is: titles before a name, appositions after and before it."""

from collections.abc import Iterable, Sequence

from nutgraf.annotate.lexicon import Lexicon
from nutgraf.annotate.words import Candidate, Passage, Word

LONGEST = 14
"""How many words a role may have."""
LINKS = frozenset(("'s", "’s", "-", "and", "&", "/"))
STOPS = frozenset(",.;:?!()[]\"“”—–'‘")


class RoleReader:
    """Reads roles with one language's lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        words = lexicon.words
        self.titles = words("titles") | words("title_parts")
        self.courtesy = words("courtesy")
        self.joins, self.articles = words("joins") | words("role_joins"), words("apposed") | words("join_articles")
        self.former = words("role_before")
        self.clauses = words("clause_openers")
        self.verbs = words("heads_verbs")

    def role(self, found: Iterable[Candidate], texts: Sequence[Passage]) -> str | None:
        """The best role that any mention carries: the first title, else the first apposition."""
        mentions = sorted(found, key=lambda c: (c.passage, c.start))
        for read in (self._title, self._behind, self._ahead):
            for each in mentions:
                if role := read(texts[each.passage].words, each):
                    return role
        return None

    # ---- before the name

    def _title(self, words: Sequence[Word], name: Candidate) -> str | None:
        """ "Cuban Foreign Minister", "team member", "France's interior minister", "Secretary of State"."""
        end = name.title[0] if name.title else name.start
        start = name.start
        while start > 0 and words[start - 1].text == '"':
            start -= 1
        while start > 0 and words[start - 1].fold in self.courtesy:
            start -= 1
        end = start
        if start > 1 and words[start - 1].text == ")":
            start = self._open_bracket(words, start - 1)
        at = start - 1
        if start > 1 and not words[at].tag and words[at].fold in self.lexicon.peoples:
            at -= 1  # "la actriz mexicana Ana Ruiz"
        last = words[at] if start else None
        if last is None or not self._is_role_word(last):
            return self._title_of(words, start, end)
        begin = self._phrase_start(words, at)
        return self._clean(words, begin, start)

    def _open_bracket(self, words: Sequence[Word], close: int) -> int:
        for i in range(close - 1, max(-1, close - 4), -1):
            if words[i].text == "(":
                return i
        return close + 1

    def _is_role_word(self, word: Word) -> bool:
        if word.fold in self.courtesy or word.text in STOPS:
            return False
        if word.capital and not word.opens_sentence:
            return word.fold in self.lexicon.words("titles") or self.lexicon.is_role(word.fold)
        if word.opens_sentence and word.fold in self.lexicon.words("titles"):
            return True
        return word.tag in ("NN", "NNP", "") and self.lexicon.is_role(word.fold)

    def _title_of(self, words: Sequence[Word], start: int, end: int) -> str | None:
        """ "US Secretary of Homeland Security (DHS)": a title, of, a name."""
        i = start - 1
        seen = 0
        while i > 0 and seen < 6 and (words[i].capital or words[i].fold in self.articles | self.joins | {"and", "&"}):
            if words[i].fold in self.joins and seen and self._is_role_word(words[i - 1]):
                begin = self._phrase_start(words, i - 1)
                return self._clean(words, begin, start)
            i -= 1
            seen += 1
        return None

    def _phrase_start(self, words: Sequence[Word], i: int) -> int:
        """First word of the noun phrase that ends with the word at `i`."""
        start = i
        while start > 0 and i - start < LONGEST:
            word = words[start - 1]
            if word.opens_sentence and words[start].opens_sentence and not word.text[0].isalnum():
                break
            apart = word.text == "-" and (word.spaced or words[start - 2].spaced)
            linked = word.text in LINKS and start > 1 and words[start - 2].text not in STOPS and not apart
            if word.text in ("and", "&") and not self._joins_roles(words, start):
                break
            noun = word.tag in ("NN", "NNP", "NNPS", "NNS", "JJ", "JJS", "POS", "HYPH") or (
                not word.tag and (word.capital or word.fold in self.former | self.titles)
            )
            former = word.fold in self.former | {"then"} or (word.text == "-" and not apart)
            if word.text in STOPS or not (noun or linked or former or word.fold in self.titles):
                break
            start -= 1
        return start

    def _joins_roles(self, words: Sequence[Word], start: int) -> bool:
        before = words[start - 2] if start > 1 else None
        return before is not None and (
            (before.tag in ("JJ", "NN") and not before.capital) or self._is_role_word(before)
        )

    # ---- after the name

    def _behind(self, words: Sequence[Word], name: Candidate) -> str | None:
        """ "X, the deputy minister of …," and "X, 54, a lawyer"; "X, who heads the …"."""
        i = name.end
        if i < len(words) and words[i].text == "(":
            i = next((k + 1 for k in range(i, min(i + 5, len(words))) if words[k].text == ")"), i)
        if i + 1 >= len(words) or words[i].text not in (",", "—", "–", "-"):
            return None
        i += 1
        if words[i].text.isdigit() and i + 2 < len(words) and words[i + 1].text == ",":
            i += 2
        if words[i].fold in self.lexicon.words("who"):
            if i + 1 < len(words) and words[i + 1].fold in self.verbs:
                return self._clean(words, i + 1, self._phrase_end(words, i + 1))
            if i + 1 < len(words) and words[i + 1].fold in self.lexicon.words("being"):
                i += 2
            else:
                return None
        end = self._phrase_end(words, i)
        told = words[i].tag != "VBG" and self._has_role(words, i, end)
        return self._clean(words, i, end) if told else None

    def _phrase_end(self, words: Sequence[Word], start: int) -> int:
        end = start
        while end < len(words) and end - start < LONGEST:
            word = words[end]
            apart = word.spaced or (end > start and words[end - 1].spaced)
            if word.text in STOPS - {"'"} or (word.text[0] in "-–—" and apart) or word.fold in self.clauses:
                break
            joined = end > start and words[end - 1].text == "-"
            if end > start and not joined and word.tag in ("VBD", "VBZ", "VBP", "MD", "WP", "WDT", "VBN", "VBG", "PRP"):
                break
            end += 1
        return end

    def _has_role(self, words: Sequence[Word], start: int, end: int) -> bool:
        """Whether the head of the phrase, before any "of", says what a person is."""
        inner = range(start + 1, end)
        stop = next((i for i in inner if words[i].tag in ("IN", "TO") or words[i].fold in self.joins), end)
        if stop - start < 1:
            return False
        if not words[start].tag:  # unparsed: the noun comes first in languages done by rules alone
            inner = range(start, min(stop, start + 3))
            return any(self.lexicon.is_role(words[i].fold) for i in inner)
        head = words[stop - 1]
        return self.lexicon.is_role(head.fold) or head.fold in self.lexicon.words("titles")

    # ---- an apposition before the name

    def _ahead(self, words: Sequence[Word], name: Candidate) -> str | None:
        """ "The secretary general of the club, X, …"; "Executive director of the club Jane Roe"."""
        i = name.start - 1
        if i > 0 and words[i].text == ",":
            i -= 1
        elif i <= 0 or not self._is_role_word(words[i]):
            return self._is(words, name)
        start = i
        while start > 0 and i - start < LONGEST and words[start - 1].text not in STOPS - {"(", ")"}:
            if words[start].opens_sentence or words[start - 1].tag in ("VBD", "VBZ", "VBP", "MD", "VB"):
                break
            if words[start - 1].tag == "VBN" and words[start].tag in ("DT", "PRP$"):
                break
            start -= 1
        while start < i and words[start].tag in ("IN", "CC", "RB", "TO", "VBG"):
            start += 1
        start = start if words[i].tag else self._plain_start(words, start, i)
        return self._clean(words, start, i + 1) if self._has_role(words, start, i + 1) else self._is(words, name)

    def _plain_start(self, words: Sequence[Word], start: int, end: int) -> int:
        """Without a parse, where the noun stands that says what somebody is: behind the first article of the stretch
        that has one behind it."""
        opened = self.articles | self.joins | self.lexicon.words("role_openers")
        nouns = (k for k in range(start + 1, end + 1) if words[k - 1].fold in opened and not words[k].capital)
        return next((k for k in nouns if self.lexicon.is_role(words[k].fold)), start)

    def _is(self, words: Sequence[Word], name: Candidate) -> str | None:
        """ "X is the director of …", "X as commissioner"."""
        i = name.end
        if i + 1 < len(words) and words[i].fold in self.lexicon.words("as_words") and self._is_role_word(words[i + 1]):
            return self._clean(words, i + 1, self._phrase_end(words, i + 1))
        if i + 2 >= len(words) or words[i].fold not in self.lexicon.words("being"):
            return None
        if words[i + 1].fold not in self.articles:
            return None
        end = self._phrase_end(words, i + 1)
        return self._clean(words, i + 1, end) if self._has_role(words, i + 1, end) else None

    def _clean(self, words: Sequence[Word], start: int, end: int) -> str | None:
        """The words of a role without article, age or courtesy title."""
        while start < end and (
            words[start].fold in self.articles | self.courtesy or words[start].text in STOPS | {"-", "'s", "’s"}
        ):
            start += 1
        while end > start and (words[end - 1].tag in ("IN", "CC", "TO") or words[end - 1].text in STOPS):
            end -= 1
        opened = next((i for i in range(end - 1, start, -1) if words[i].text in ("(", ")")), start)
        end = opened if words[opened].text == "(" else end
        if end - start == 1 and words[start].fold in self.lexicon.words("people_words"):
            return None
        text = "".join(w.text + (" " if w.spaced else "") for w in words[start:end]).strip()
        return text or None
