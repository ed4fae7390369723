"""Spellings of one actor folded: surnames, acronyms, shortened and lengthened forms."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from nutgraf.annotate.acronyms import abbreviates, is_acronym, is_blend
from nutgraf.annotate.lexicon import Lexicon
from nutgraf.annotate.votes import BODY, OTHER, PERSON, PLACE

if TYPE_CHECKING:
    from nutgraf.annotate.actors import Entry


SURNAME = 1.5
"""Votes for a person that a name's last word gives where it stands alone."""


class Variants:
    """Decides which spellings mean the same actor."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.suffixes = lexicon.words("lists_end")
        self.articled = lexicon.words("particles")
        self.joins = lexicon.words("joins") | lexicon.words("join_articles") | lexicon.words("join_and")

    def merged(self, entries: Sequence["Entry"]) -> list["Entry"]:
        """One entry an actor. A short form that several long ones share goes, mention by mention, to one of them."""
        self._brackets(entries)
        self._epithets(entries)
        order = sorted((e for e in entries if e.found), key=lambda e: (-len(e.words), -len(e.name)))
        kept: list[Entry] = []
        for entry in order:
            fits = [long for long in kept if self._same(entry, long)]
            if len(fits) == 1:
                if fits[0].kind != PERSON and self._is_surname(entry, fits[0]):
                    fits[0].vote({PERSON: SURNAME})
                fits[0].absorb(entry)
            elif fits:
                self._share(entry, fits)
            else:
                kept.append(entry)
        return self._misspelt(self._without_families(kept))

    def _without_families(self, entries: list["Entry"]) -> list["Entry"]:
        """Without the plurals of somebody's surname: "the Wests"."""
        surnames = {e.words[-1] for e in entries if e.kind == PERSON and len(e.words) > 1}
        plurals = {surname + ending for surname in surnames for ending in ("s", "es")} - surnames
        return [e for e in entries if len(e.words) > 1 or e.key not in plurals]

    def _misspelt(self, entries: list["Entry"]) -> list["Entry"]:
        """Without surnames that are somebody's but for a letter or two, and are never introduced themselves."""
        full = [e for e in entries if e.kind == PERSON and len(e.words) > 1]
        kept = []
        for entry in entries:
            lone = entry.kind == PERSON and len(entry.words) == 1 and len(entry.found) <= 2
            fits = [e for e in full if _almost(entry.key, e.words[-1])] if lone else []
            if len(fits) == 1 and entry.key not in self.lexicon.place_of:
                fits[0].absorb(entry)
            else:
                kept.append(entry)
        return kept

    def _epithets(self, entries: Sequence["Entry"]) -> None:
        """Folds "Rival Jane Roe" into Jane Roe where she is also named without."""
        plain = {e.words: e for e in entries if len(e.words) > 1 and e.kind == PERSON}
        for entry in entries:
            long = plain.get(entry.words[1:])
            if long is None or entry.itself.get(BODY, 0) >= 4 or long.words[0] in self.articled:
                continue
            if entry.found and len(long.found) >= len(entry.found):
                for found in entry.found:
                    found.start += 1
                    found.text = long.name
                entry.spellings.clear()
                long.absorb(entry)
                entry.found = []

    def _share(self, entry: "Entry", fits: Sequence["Entry"]) -> None:
        """Mentions of a surname that two people have: whoever is fully named in that paragraph, else the main one."""
        homes = [{c.passage for c in long.found} for long in fits]
        most = max(fits, key=lambda long: len(long.found))
        for found in entry.found:
            here = [long for long, passages in zip(fits, homes, strict=True) if found.passage in passages]
            target = here[0] if len(here) == 1 else most
            target.found.append(found)
            target.spellings[found.text] += 1

    def _brackets(self, entries: Sequence["Entry"]) -> None:
        """Folds "Name (ACRONYM)" into the name, over all mentions of the acronym."""
        owner = {id(c): e for e in entries for c in e.found}
        for entry in entries:
            for found in list(entry.found):
                if found.bracketed is None:
                    continue
                other = owner.get(id(found.bracketed))
                if other is None or other is entry or not other.found or not entry.found:
                    continue
                short, long = sorted((entry, other), key=lambda e: len(e.name))
                if is_blend(short.name, long.name) and long.kind != PERSON:
                    self._fold(short, long, owner)
                elif is_acronym(short.name) and (len(long.words) > 1 or abbreviates(short.name, long.name)):
                    if long.kind == PERSON and not abbreviates(short.name, long.name):
                        continue
                    self._fold(short, long, owner)

    @staticmethod
    def _fold(short: "Entry", long: "Entry", owner: dict[int, "Entry"]) -> None:
        long.absorb(short)
        owner |= {id(each): long for each in short.found}
        short.found = []

    def _same(self, short: "Entry", long: "Entry") -> bool:
        if short.found and short.found[0].government and long.found[0].government:
            return self._one_government(short, long)
        if long.kind == PERSON:
            return self._same_person(short, long)
        if short.kind == PLACE and long.kind == PLACE:
            on_water = long.words[:1] == short.words and long.words[1] in self.lexicon.words("site_joins")
            return short.key != "" and (long.words == (*short.words, "city") or on_water)
        if long.kind == BODY and self._same_body(short, long):
            return True
        return self._is_surname(short, long)

    def _turned(self, short: "Entry", long: "Entry") -> bool:
        """ "Transport Department" and "Department of Transport"."""
        words = [w for w in long.words if w not in self.joins]
        heads = self.lexicon.words("organisations")
        return len(words) > 1 and words[0] in heads and list(short.words) == [*words[1:], words[0]]

    def _one_government(self, short: "Entry", long: "Entry") -> bool:
        country = self._country(short.words[:-1])
        if country is None and self._country(long.words[:-1]) is None:
            return short.words[:-1] == long.words[:-1]
        return country is not None and country == self._country(long.words[:-1])

    def _country(self, words: Iterable[str]) -> str | None:
        key = " ".join(words)
        return self.lexicon.country_of_people.get(key) or self.lexicon.place_of.get(key)

    def _same_person(self, short: "Entry", long: "Entry") -> bool:
        if short.found[0].government or self._is_also_body(short, long):
            return False
        if (len(short.words) > 1 or len(long.words) == 1) and self._elder(short) != self._elder(long):
            return False
        if (
            short.kind == BODY
            and short.itself.get(BODY, 0) < 4
            and short.votes[BODY] > 3
            and short.words != long.words[-1:]
        ):
            return False
        known = short.key in self.lexicon.place_of
        if short.kind == PLACE and known and short.votes[PLACE] > 4 + len(short.found) * 0.5:
            return False
        full, words = self._bare(long.words), self._bare(short.words)
        if not words or len(words) > len(full) or len(full) < 2:
            return False
        if len(words) == 1:
            return words[0] == full[-1] or words[0] == full[0]
        return full[-len(words) :] == words or (words[0] == full[0] and words[-1] == full[-1])

    def _is_also_body(self, short: "Entry", long: "Entry") -> bool:
        """Whether a surname is a body's name as well, and is not plainly that of somebody introduced before."""
        if short.itself.get(BODY, 0) < 4:
            return False
        introduced = _first(long) < _first(short)
        body = short.votes[BODY] - short.itself[BODY] > short.votes[PERSON] - short.itself.get(PERSON, 0)
        return body or not introduced or short.words != long.words[-1:]

    def _elder(self, entry: "Entry") -> bool:
        """Whether the name tells father and son apart: "Sr.", "Jr."."""
        return not self.suffixes.isdisjoint(entry.words)

    def _bare(self, words: Iterable[str]) -> list[str]:
        """A person's name without "Jr." and without an article that a hyphen joins: "al-Masri"."""
        kept = (w for w in words if w not in self.suffixes)
        return [w.partition("-")[2] if w.partition("-")[0] in self.articled and "-" in w else w for w in kept]

    def _same_body(self, short: "Entry", long: "Entry") -> bool:
        if short.kind == PERSON and short.votes[PERSON] > short.votes[BODY] + 1.5:
            return False
        if is_acronym(short.name) and short.key not in long.words and abbreviates(short.name, long.name):
            return True
        if self._turned(short, long):
            return True
        if short.key in self.lexicon.place_of or (short.kind == PLACE and short.votes[PLACE] > 2):
            return False
        size = len(short.words)
        if size >= len(long.words):
            return False
        if size > 2 and (short.words[0], short.words[-1]) == (long.words[0], long.words[-1]):
            return set(short.words) <= set(long.words)
        if long.words[:size] == short.words:
            rest = long.words[size:]
            return rest[0] in self.joins if size > 1 else set(rest) <= self.lexicon.words("loose_ends")
        if long.words[-size:] == short.words:
            front = long.words[:-size]
            known = self._country(front) is not None
            church = size == 1 and len(front) == 2 and front[-1] in self.joins and short.kind == BODY
            opened = size == 1 and long.words[0] in self.lexicon.words("name_openers")
            return known or church or opened
        inner = any(long.words[i : i + size] == short.words for i in range(1, len(long.words) - size))
        return inner and size > 1 and self._country(long.words[:1]) is not None

    def _is_surname(self, short: "Entry", long: "Entry") -> bool:
        """Whether a name that says nothing of itself is later called by its last word alone."""
        if short.words != long.words[-1:] or len(long.words) > 3 or not self.joins.isdisjoint(long.words):
            return False
        told = any(each.itself.get(kind, 0) for each in (short, long) for kind in (BODY, PLACE, OTHER))
        return len(long.words) > 1 and not told and _first(long) < _first(short)


def _first(entry: "Entry") -> tuple[int, int]:
    """Passage and word of the first mention."""
    return min((found.passage, found.start) for found in entry.found)


def _almost(word: str, other: str) -> bool:
    """Whether two names begin alike and one letter in four, at most two, is added, dropped or changed."""
    if word[0] != other[0] or abs(len(word) - len(other)) > 1 or len(word) < 5:
        return False
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        above, row[0] = row[0], i
        for j, wanted in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != wanted))
    return row[-1] <= min(2, len(word) // 4)
