"""The reporting words of a language without a model, as expressions compiled once a pack."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

HIDDEN = "\x01"
"""Stands for every character between quotation marks, so that nothing is found there."""


def either(words: Sequence[str]) -> str:
    """The words as alternatives, longest first; one that matches nothing where there are none."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or HIDDEN + HIDDEN + "(?!)"


class PlainGrammar:
    """The cue patterns of one language. `table` is the pack's `quotes`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        def words(key: str) -> str:
            return either(table.get(key, ()))

        self.known = bool(table.get("cues"))
        self.cue = re.compile(
            rf"(?<!\w)(?:(?:{words('helpers')})\s)*(?:(?:{words('perfect')})\s(?P<part>{words('participles')})"
            rf"|(?P<finite>{words('cues')}))(?!\w)",
            re.IGNORECASE,
        )
        self.noun = re.compile(rf"\b(?:{words('determiners')})\s(?:{words('nouns')})$", re.IGNORECASE)
        self.naming = frozenset(table.get("naming", ()))
        self.according = re.compile(rf"\b(?:{words('according')})\b\s", re.IGNORECASE)
        self.opinion = re.compile(rf"(?:{words('opinion')})\s", re.IGNORECASE)
        joined, articles = words("clause_marks"), "".join(rf"(?<!\s{a})" for a in table.get("articles", ()))
        self.opens = re.compile(  # "in the one that" opens no clause
            rf"(?:\s[^.;:,{HIDDEN}]{{1,40}}?)??(?:,[^,]{{1,40}},)?"
            rf"(?:{articles}\s(?:de\s)?(?:{joined})\s|:\s*|\s?(?={HIDDEN}))"
        )
        self.quotations = re.compile(rf"{HIDDEN}+(?:(?:,|\s(?:{words('conjunctions')}))\s{HIDDEN}+)*")
        self.stop = re.compile(rf"[,.;:({HIDDEN}—–]|\s(?:{words('speaker_stops')})\b", re.IGNORECASE)
        self.moment = re.compile(rf"(?:(?:{words('moments')})\s)+", re.IGNORECASE)
        self.addressee = re.compile(table.get("addressee", r"(?!)"))
        capital = r"[^\W\d_a-zà-ÿ]"
        self.named = re.compile(
            rf",\s{capital}[\w’'-]+(?:\s(?:{words('particles')}|{capital}[\w’'-]*)){{0,4}}(?=[,.;—–\s{HIDDEN}]|$)"
        )
        self.speaks = re.compile(rf"(?:{words('articles')}|{words('possessives')})\s|{capital}|[^\W\d_]+s\b")
        self.finite = re.compile(table.get("finite", r"(?!)"), re.IGNORECASE)
        self.leads = re.compile(rf"^(?:(?:{words('leads')})\b[\s,]*)+", re.IGNORECASE)
        self.clitics = re.compile(rf"(?:^|\s)(?:{words('helpers')})$", re.IGNORECASE)
        self.reflexive = frozenset(table.get("reflexive", ()))
        self.reflexive_form = re.compile(table.get("reflexive_form", r"(?!)"), re.IGNORECASE)
        self.impersonal_form = re.compile(table.get("impersonal_form", r"(?!)"), re.IGNORECASE)
        before = rf"(?:(?:{words('articles')}|{words('possessives')}|{words('determiners')})\s)?"
        self.not_speaker = re.compile(rf"{before}(?:{words('not_speakers')})\b", re.IGNORECASE)
        self.felt = re.compile(rf"{before}(?:[\w]+\s)?(?:{words('felt')})\b", re.IGNORECASE)
        self.time = re.compile(rf"{before}(?:{words('times')})\b", re.IGNORECASE)
        self.circumstance = re.compile(rf"(?:{words('circumstances')})\s", re.IGNORECASE)
        self.behind_circumstance = re.compile(
            rf"(?:(?:{words('articles')})\s)?(?:{words('relative_pronouns')})\s|{before}[\w'’-]+(?:\s(?:{words('particles')})\s[\w'’-]+)*(?:\s[\w'’-]+)?\s(?=(?:{words('articles')})\s)",
            re.IGNORECASE,
        )
        self.noun_phrase = re.compile(rf"\b(?:{words('articles')})\s", re.IGNORECASE)
        self.predicate = re.compile(table.get("predicate", r"(?!)"), re.IGNORECASE)
        self.ends_in_relative = re.compile(rf"\s(?:{words('relative_pronouns')})$", re.IGNORECASE)
        self.relative = re.compile(rf"(?:{words('relative_pronouns')})\b", re.IGNORECASE)
        also = words("conjunctions")
        self.bound = re.compile(rf"[,;]\s(?:(?:{also})\s)?|\s(?:{also})\s")
        self.only_joins = re.compile(rf"(?:{also})?", re.IGNORECASE)
        self.abbreviations: frozenset[str] = frozenset(table.get("abbreviations", ()))

    def cues(self, masked: str, start: int, end: int) -> list[re.Match[str]]:
        """Reporting words in a stretch; "una denuncia" is none, nor "se publicaron"."""
        found = (m for m in self.cue.finditer(masked, start, end) if not self.noun.search(masked[start : m.end()]))
        return [m for m in found if not self._happens(m)]

    def _happens(self, cue: re.Match[str]) -> bool:
        """Whether nobody says it: a reflexive form of a verb that is none of saying then."""
        told = cue.group()
        return bool(self.reflexive_form.search(told)) and told.casefold().split()[-1] not in self.reflexive

    def impersonal(self, cue: re.Match[str]) -> bool:
        """Whether people in general say it where no subject stands before: "le preguntaron si"."""
        return bool(self.impersonal_form.search(cue.group()))

    def names(self, cue: re.Match[str]) -> bool:
        """Whether the verb gives something a name: "calificó de"."""
        return (cue["part"] or cue["finite"]).casefold() in self.naming
