"""What a language pack knows of names: places and peoples, titles, heads of organisations, first names."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from nutgraf.model.article import LanguagePack


def fold(text: str) -> str:
    """Comparable form of a word or name: no accents, case or full stops."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.replace("’", "'").replace(".", "").casefold()


def folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


class Lexicon:
    """Look-ups over the tables `places` and `actors` of one language; built once a pack."""

    def __init__(self, pack: LanguagePack) -> None:
        self.table: Mapping[str, Any] = pack.table("actors")
        places = pack.table("places")
        countries: Mapping[str, list[str]] = places.get("countries", {})
        self.country_of_people: dict[str, str] = {}
        self.place_of: dict[str, str] = {}
        """Canonical name of a known place by any folded way to write it."""
        self.countries = folded(countries)
        for country, (people, capital) in countries.items():
            self.place_of.setdefault(fold(capital), capital)
            self.place_of[fold(country)] = country
            for each in people.split("/"):
                self.country_of_people.setdefault(fold(each), country)
        for key in ("states", "cities", "regions"):
            for name in places.get(key, ()):
                self.place_of.setdefault(fold(name), name)
        for name, others in places.get("also", {}).items():
            self.place_of.setdefault(fold(name), name)
            for other in others:
                self.place_of[fold(other)] = name
        for key, name in tuple(self.place_of.items()):
            self.place_of.setdefault(key.replace(" of the ", " of "), name)
        wide = (*countries, *places.get("states", ()), *places.get("regions", ()))
        self.wide = folded(wide) - folded(places.get("cities", ()))
        """Places that are no town."""
        ends = "|".join(re.escape(n) for n in (*countries, *(o for os in places.get("also", {}).values() for o in os)))
        self.in_country = re.compile(rf"\s(?:of|in)\s(?:the\s)(?:{ends})$") if ends else re.compile(r"(?!)")
        """A country behind a body's name: "Coastal State University of the UK"."""
        self.abbreviations = frozenset(places.get("state_abbreviations", ()))
        self.state_codes = frozenset(places.get("state_codes", ()))
        self.peoples = folded(places.get("peoples", ())) | frozenset(self.country_of_people)
        self.towns = folded(pack.table("towns").get("towns", ()))
        """Large towns beyond those of `place_of`."""
        self._first_names = pack.table("first_names")
        self._bodies = folded(pack.table("bodies").get("bodies", ()))
        self.islands = folded(self.table.get("islands", ()))

    def words(self, key: str) -> frozenset[str]:
        """The folded words of one list of the table `actors`."""
        return self._lists.get(key, frozenset())

    @cached_property
    def _lists(self) -> dict[str, frozenset[str]]:
        lists = {key: folded(value) for key, value in self.table.items() if isinstance(value, list)}
        lists["organisation_names"] = lists.get("organisation_names", frozenset()) | self._bodies
        for sex in ("women", "men"):
            own = lists.get(f"first_names_{sex}", frozenset())
            lists[f"first_names_{sex}"] = own | folded(self._first_names.get(sex, ()))
        return lists

    @cached_property
    def first_names(self) -> frozenset[str]:
        """First names of women and men."""
        return self.words("first_names_women") | self.words("first_names_men")

    def is_first_name(self, word: str) -> bool:
        """Whether a folded word is a first name, or two that a hyphen joins: "Eva-Marie"."""
        return word in self.first_names or ("-" in word and word.partition("-")[0] in self.first_names)

    @cached_property
    def pronouns(self) -> dict[str, str]:
        """The class of each pronoun: man, woman, thing or group."""
        return {word: kind for kind, words in self.table.get("pronouns", {}).items() for word in words}

    @cached_property
    def descriptions(self) -> dict[str, str]:
        """What a common noun can stand for: organisation, city, country, island."""
        nouns: Mapping[str, list[str]] = self.table.get("description_nouns", {})
        return {word: kind for kind in reversed(tuple(nouns)) for word in nouns[kind]}

    @cached_property
    def synonyms(self) -> dict[str, frozenset[str]]:
        """Roles that another noun stands for: "mandatario" for a president."""
        return {fold(noun): folded(roles) for noun, roles in self.table.get("role_synonyms", {}).items()}

    @cached_property
    def place_words(self) -> frozenset[str]:
        """Common nouns for places."""
        described = (w for w, kind in self.descriptions.items() if kind != "organisation")
        return self.words("place_nouns").union(described)

    def is_constituency(self, name: str) -> bool:
        """Whether it is a state as it stands behind a town or a party: "Minn.", "D-Ohio"."""
        state = name[2:] if name[1:2] == "-" else ""
        return fold(state) in self.place_of or not self.abbreviations.isdisjoint((name, f"{name}.", state))

    def is_town(self, noun: str) -> bool:
        """Whether a common noun means a town: "the village of"."""
        return self.descriptions.get(noun) == "city"

    def is_role(self, noun: str) -> bool:
        """Whether a common noun says what a person is."""
        noun = fold(noun)
        if noun in self.words("not_roles"):
            return False
        return noun in self.words("role_nouns") or noun.endswith(tuple(self.table.get("role_endings", ())))

    def gender(self, word: str) -> str | None:
        """man or woman, from a first name, a courtesy title or a role; None where it does not tell."""
        return self._genders.get(fold(word))

    @cached_property
    def _genders(self) -> dict[str, str]:
        lists = (
            ("man", ("first_names_men", "courtesy_men", "men")),
            ("woman", ("first_names_women", "courtesy_women", "women")),
        )
        return {word: gender for gender, keys in lists for key in keys for word in self.words(key)}
