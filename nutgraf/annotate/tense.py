"""Whether the words around a stretch speak of what was or of what is to come."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from nutgraf.annotate.days import Tense

_MARKS = r"[.;:,()\"“”«»]"


class TenseReader:
    """Reads the tense at a place, from the parse where there is one, else from the forms that the pack names."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._auxiliaries = frozenset(table.get("future_auxiliaries", ()))
        self._plans = frozenset(table.get("plans", ()))
        self._past_marks = frozenset(table.get("past_marks", ()))
        self._comparisons = frozenset(table.get("comparisons", ()))
        self._future_marks = frozenset(table.get("future_marks", ()))
        self._past_form: Callable[[str], Any] = re.compile(table.get("past_form", r"")).search
        ends = "|".join(map(re.escape, table.get("clause_words", ())))
        self._clause = re.compile(rf"{_MARKS}|\b(?:{ends})\b" if ends else _MARKS)
        self._future_form: Callable[[str], Any] = re.compile(table.get("future_form", r"(?!)")).search

    def by_form(self, text: str, start: int, end: int) -> Tense:
        """Tense of the clause that holds the code points `start` to `end`, by the forms of its words."""
        before = self._clause.split(text[:start])[-1]
        after = self._clause.split(text[end:])[0]
        clause = f"{before} {after}"
        if self._future_form(clause):
            return Tense.FUTURE
        return Tense.PAST if self._past_form(clause) or not clause.strip() else Tense.OPEN

    def by_parse(self, span: Any) -> Tense:
        """Tense of the clause that holds the spaCy Span, by its nearest finite verb."""
        marks = {token.lower_ for token in span} | {span.root.head.lower_}
        if marks & self._future_marks:
            return Tense.FUTURE
        before = {token.lower_ for token in span.doc[max(0, span.start - 3) : span.start]}
        if marks & self._past_marks or before & self._comparisons:
            return Tense.PAST
        token = span.root
        while True:
            if token.pos_ in ("VERB", "AUX") and (tense := self._of_verb(token, span.root)):
                return tense
            if token.head == token:
                return Tense.OPEN
            token = token.head
            if token.lower_ in self._past_marks:
                return Tense.PAST

    def _of_verb(self, verb: Any, when: Any) -> Tense | None:
        """The verb's tense; None where its own form leaves it to the verb above it."""
        helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
        if any(c.lower_ in self._auxiliaries for c in helpers):
            return Tense.FUTURE
        if verb.tag_ == "VB" and any(c.lower_ == "to" for c in helpers):
            over = verb.head
            ahead = over.lemma_ in self._plans or over.lemma_ == "be" or over.tag_ in ("NN", "NNS", "VBZ", "VBP")
            return Tense.FUTURE if ahead else None
        if verb.tag_ == "VBN" and verb.lemma_ in self._plans and not any(c.tag_ == "VBD" for c in helpers):
            return Tense.FUTURE
        if verb.tag_ in ("VBD", "VBN"):
            return Tense.PAST
        if verb.tag_ in ("VBZ", "VBP"):
            hangs = when.head == verb or (when.head.pos_ == "ADP" and when.head.head == verb)
            return Tense.FUTURE if hangs else Tense.OPEN
        if verb.tag_ == "VBG" and any(c.tag_ in ("VBZ", "VBP") for c in helpers):
            return Tense.FUTURE
        return None
