"""What a number counts, from the parse: the noun it modifies, the noun behind "of", or what rose, cost or fell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_NOUNS = frozenset({"NOUN", "PROPN"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LEFT = frozenset({"compound", "amod", "nmod"})
_BRIDGES = frozenset(
    {
        "prep",
        "pobj",
        "npadvmod",
        "quantmod",
        "nummod",
        "dobj",
        "attr",
        "oprd",
        "conj",
        "advmod",
        "nmod",
        "acomp",
        "dep",
        "pcomp",
        "compound",
        "amod",
        "appos",
    }
)
REACH = 6
"""Tokens from a number to the noun that it counts."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Tokens of the phrase (half-open) and of its head noun."""

    start: int
    end: int
    head: int


class CountedFinder:
    """Finds the counted noun by the parse. `table` is the pack's `figures`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._skip = frozenset(table.get("skip", ()))
        self._of = frozenset(table.get("of", ()))
        self._in = frozenset(table.get("in", ()))
        self._changes = frozenset(table.get("change_nouns", ()))
        self._units = frozenset(str(w) for words in table.get("units", {}).values() for w in words)
        self._figures = frozenset(table.get("figure_nouns", ()))
        self._states = frozenset(table.get("states", ()))
        self._spends = frozenset(table.get("spends", ()))
        self._moves = frozenset((*table.get("rises", ()), *table.get("falls", ())))
        self._levels = frozenset(("by", *table.get("levels", ())))
        self._measures = frozenset(table.get("measures", ()))
        self._never = frozenset(table.get("not_counted", ()))

    def changes(self, phrase: Any) -> bool:
        """Whether a noun of the phrase says that something changed: "a 5 percent rise"."""
        return any(token.lemma_.lower() in self._changes for token in phrase)

    def find(self, doc: Any, first: int, last: int, unit: str | None) -> Counted | None:
        """For the number in the tokens `first` to `last` (exclusive, unit included)."""
        return (
            self._behind_of(doc, last)
            or self._modified(doc, first, last, unit)
            or self._behind_in(doc, last, unit is not None)
            or (self._governed(doc, first, last) if unit and self._relative(unit) else None)
            or (None if unit else self._noun_of(doc, first, last))
            or self._moved(doc, first, last)
        )

    @staticmethod
    def _relative(unit: str) -> bool:
        """Whether a unit measures what the clause names elsewhere: shares, points and money do; hours do not."""
        return unit == "%" or unit.endswith("point") or unit.isupper()

    def _behind_of(self, doc: Any, last: int) -> Counted | None:
        if last < len(doc) and doc[last].lower_ in self._of:
            return self._object(doc[last])
        return None

    def _noun_of(self, doc: Any, first: int, last: int) -> Counted | None:
        """The noun that a bare number is the number of: "a crowd of 53,400", "an estimate of about 660,000"."""
        number = doc[first:last].root
        noun = number.head.head if number.dep_ == "pobj" and number.head.lower_ in self._of else None
        if noun is None or noun.pos_ != "NOUN" or noun.i >= first or noun.lemma_.lower() in self._measures:
            return None
        return Counted(noun.i, noun.i + 1, noun.i)

    def _behind_in(self, doc: Any, last: int, measured: bool) -> Counted | None:
        """ "422,000 euros in arrears", "ten years in prison": a bare noun only; "40 in custody": what people are in."""
        if last + 1 < len(doc) and doc[last].lower_ in self._in and doc[last + 1].pos_ in ("NOUN", "ADJ"):
            return self._object(doc[last]) if measured or doc[last + 1].lower_ in self._states else None
        return None

    def _object(self, preposition: Any) -> Counted | None:
        noun = next((c for c in preposition.children if c.dep_ == "pobj" and c.i > preposition.i), None)
        if noun is None or noun.pos_ not in _NOUNS:
            return self._run(preposition.doc, preposition.i + 1)
        return self.phrase(noun)

    def _modified(self, doc: Any, first: int, last: int, unit: str | None) -> Counted | None:
        """The noun behind the number; of a change ("a 5 percent rise in exports") what changed."""
        joined = last + 1 < len(doc) and doc[last].text == "-" and not unit
        if joined and doc[last + 1].pos_ in _NOUNS:
            return Counted(last + 1, last + 2, last + 1)
        counted = self._run(doc, last)
        if counted is None or (unit and not self._attached(doc, first, last, counted.head)):
            return None
        noun = doc[counted.head]
        if noun.lemma_.lower() in self._figures and counted.start == counted.head:
            return None  # "the $53 million figure", "the 600 mark"
        if noun.lemma_.lower() in self._measures and (thing := self._behind_of(doc, counted.end)):
            return thing
        if noun.lemma_.lower() in self._changes:
            inner = next((c for c in noun.children if c.dep_ == "prep" and c.i > noun.i), None)
            thing = self._object(inner) if inner is not None else None
            return Counted(counted.start, thing.end, thing.head) if thing else counted
        return counted

    def _attached(self, doc: Any, first: int, last: int, head: int) -> bool:
        """Whether the parse lets the amount modify that noun: else it only stands before it."""
        return any(token.head.i == head for token in doc[first:last])

    def _run(self, doc: Any, start: int) -> Counted | None:
        """The noun phrase that begins at a token, articles left out."""
        noun, begin = None, None
        for token in doc[start : start + REACH]:
            if token.lower_ in self._never or token.dep_ == "case":
                break
            modifies = token.pos_ in ("ADJ", "NUM", "ADV") or token.tag_ in ("DT", "PRP$") or token.dep_ == "amod"
            if token.pos_ in _NOUNS:
                noun = token
            elif token.i > start and (token.text == "-" or doc[token.i - 1].text == "-"):
                pass
            elif token.is_quote and noun is None and not token.whitespace_:
                continue
            elif token.text != "-" and (not modifies or noun is not None):
                break
            if begin is None and token.text != "-" and token.pos_ != "DET" and token.lower_ not in self._skip:
                begin = token.i
            if noun is not None and not self._goes_on(token):
                break
        if noun is None or begin is None:
            return None
        return Counted(min(begin, noun.i), noun.i + 1, noun.i)

    def _goes_on(self, token: Any) -> bool:
        """Whether the phrase has a noun still to come."""
        doc, after = token.doc, token.i + 1
        if after >= len(doc):
            return False
        if doc[after].text == "-":
            return not token.whitespace_ and after + 1 < len(doc) and token.dep_ in _LEFT
        return token.dep_ in _LEFT and doc[after].pos_ in (*_NOUNS, "ADJ") and token.head.i > token.i

    def _governed(self, doc: Any, first: int, last: int) -> Counted | None:
        """What the amount hangs on: "a fine of $5", "yields fell 5 percent", "raised prices by 5 percent"."""
        inside = range(first, last)
        token = doc[first:last].root
        while token.head != token and token.dep_ in _BRIDGES:
            below, token = token, token.head
            if token.pos_ in _NOUNS and below.dep_ == "prep" and token.i < first and token.lower_ not in self._units:
                if token.i and doc[token.i - 1 : token.i + 1].text.lower() in self._measures:
                    continue  # "unemployment fell to a record low of 3 percent"
                return self.phrase(token)
            if token.pos_ in ("VERB", "AUX"):
                break
        return self._of_verb(token, inside) if token.pos_ in ("VERB", "AUX") else None

    def _moved(self, doc: Any, first: int, last: int) -> Counted | None:
        """What rose or fell by or to an amount that measures nothing else: "refugees doubled to 80,000"."""
        token = doc[first:last].root
        while token.pos_ != "VERB" and token.head != token and (token.dep_ != "prep" or token.lower_ in self._levels):
            token = token.head
        if token.lemma_.lower() not in self._moves or token.pos_ != "VERB" or token.i > first:
            return None
        counted = self._of_verb(token, range(first, last))
        return counted if counted is not None and doc[counted.head].pos_ == "NOUN" else None

    def _of_verb(self, verb: Any, inside: range) -> Counted | None:
        """What the verb raised or lowered, else its subject; who pays or wins an amount is not what it measures."""
        spends = verb.lemma_ in self._spends
        joined = False
        for _ in range(4):
            children = [c for c in verb.children if c.i not in inside]
            things = [c for c in children if c.dep_ == "dobj" and c.i < inside.start and _noun(c) and not joined]
            things = things or [c for c in children if c.dep_ in _SUBJECTS and c.pos_ in _NOUNS]
            if things and not (things[0].dep_ == "nsubj" and (spends or self._acts(things[0], verb))):
                return self.phrase(things[0])
            if things or spends:
                return None
            if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in _NOUNS:
                return self.phrase(verb.head)
            if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "prep", "pcomp") or verb.head == verb:
                return None
            verb, joined = verb.head, verb.dep_ == "conj"
        return None

    def _acts(self, subject: Any, verb: Any) -> bool:
        """Whether a person does something with the amount, and is not what it measures."""
        return subject.ent_type_ == "PERSON" and verb.pos_ == "VERB" and verb.lemma_.lower() not in self._moves

    def phrase(self, noun: Any) -> Counted | None:
        """A noun with what stands before it and a short "of …" behind it; of another amount what that measures."""
        if noun.lower_ in self._units:
            return self._behind_of(noun.doc, noun.i + 1)
        start = min([noun.i, *(c.left_edge.i for c in noun.lefts if c.dep_ in _LEFT and noun.i - c.i < REACH)])
        while any(
            token.pos_ in ("NUM", "CCONJ", "SYM") or token.lower_ in self._units for token in noun.doc[start : noun.i]
        ):
            start += 1
        start += noun.doc[start].text == "-"
        end = noun.i + 1
        if end < len(noun.doc) and noun.doc[end].lower_ in (*self._of, *self._in) and noun.doc[end].head == noun:
            inner = next((c for c in noun.doc[end].children if c.dep_ == "pobj"), None)
            if inner is not None and self._extends(inner) and inner.i - end <= REACH // 2:
                end = inner.i + 1
        return Counted(start, end, noun.i)

    def _extends(self, noun: Any) -> bool:
        """Whether a noun behind "of" says more of the first: an amount does not."""
        amount = noun.lower_ in self._units or any(c.pos_ == "NUM" for c in noun.lefts)
        return noun.pos_ in _NOUNS and not amount


def _noun(token: Any) -> bool:
    """Nouns, and what stands as one though it was taken for a verb ("its growth forecast")."""
    return (token.pos_ in _NOUNS and len(token) > 1) or any(c.dep_ in ("poss", "det") for c in token.lefts)
