"""Whose words they are: from the words beside a statement to the actor they mean."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nutgraf.model.annotation import ActorFound, ActorKind, MentionKind
from nutgraf.model.article import Document
from nutgraf.model.span import Span


class Speakers:
    """Resolves speakers to the actors of one document."""

    def __init__(self, actors: Sequence[ActorFound], table: Mapping[str, Any]) -> None:
        self.shares = frozenset(table.get("shares", ()))
        self.mentions = sorted((m.span.start, m.span.end, m.kind, a.name) for a in actors for m in a.mentions)
        self.people = sorted(
            (m.span, a.name)
            for a in actors
            if a.kind is ActorKind.PERSON
            for m in a.mentions
            if m.kind is MentionKind.NAME
        )
        held = [(a.role.casefold(), a.name) for a in actors if a.role and a.kind is ActorKind.PERSON]
        self.holders = {role: name for role, name in held if [r for r, _ in held].count(role) == 1}
        self.things = frozenset(a.name for a in actors if a.kind in (ActorKind.ORGANISATION, ActorKind.PLACE))
        self.human: frozenset[str] = frozenset(table.get("human_pronouns", ()))
        self.pronouns: frozenset[str] = frozenset(table.get("personal_pronouns", ()))
        self.relatives: frozenset[str] = frozenset(table.get("relative_pronouns", ()))
        self.documents: frozenset[str] = frozenset(table.get("documents", ()))
        self.makers: frozenset[str] = frozenset(table.get("makers", ()))
        self.articles: frozenset[str] = frozenset(table.get("articles", ()))
        self.links: frozenset[str] = frozenset(table.get("links", ()))
        ends = "|".join(re.escape(str(w)) for w in table.get("speaker_ends", ()))
        clauses = "|".join(re.escape(str(w)) for w in table.get("relative_pronouns", ()))
        self.clause = re.compile(rf",\s(?:{clauses})\s" if clauses else r"(?!)", re.I)
        self.ends = re.compile(rf"\s(?:{ends})\b" if ends else r"(?!)", re.I)
        of = "|".join(sorted((re.escape(str(w)) for w in self.makers), key=len, reverse=True)) or r"(?!)"
        papers = "|".join(sorted((re.escape(str(w)) for w in self.documents), key=len, reverse=True)) or r"(?!)"
        self.made_by = re.compile(rf"(?:[^\W\d_]+\s)?(?i:{papers})\s(?:[^\W\d_A-Z]+\s)?(?:{of})\s(?=[^\W\d_a-zà-ÿ])")

    def name(self, document: Document, head: Any, speaker: Span | None, previous: str | None) -> str | None:
        """The actor that the token `head` stands for, else the words of an unnamed speaker, else None.

        `previous` is who spoke last: whom a pronoun that no actor claims most likely means.
        """
        if head is None and not document.parsed:
            pronoun = speaker is not None and speaker.of(document.text).strip().lower() in self.pronouns
            return self.by_place(document.text, speaker) if speaker and not pronoun else previous
        if head is None or speaker is None:
            return None
        start = speaker.start - _within(document, speaker)
        if head.lower_ in self.relatives:
            head = antecedent(head)
        if head.ent_type_ in ("DATE", "TIME"):
            return None  # "expected by Wednesday morning"
        found = self.apposed(document.text, speaker, start + head.idx) or self.actor_of(head, start)
        if found is not None:
            return found
        if head.pos_ == "PRON":
            fits = head.lower_ in self.pronouns and not (head.lower_ in self.human and previous in self.things)
            return previous if fits else None
        if head.lemma_ in self.shares or head.ent_type_ == "PERCENT":
            return None  # "22 percent say": a figure
        words = self.words(head)
        return self.holders.get(words.casefold(), words) if words else None

    def understood(self, document: Document, said: Span, previous: str | None) -> str | None:
        """Who speaks where the text leaves the subject out: the one person that the paragraph named before, else who
        spoke last, where that is an actor or nobody is named."""
        block = next(p.block.span for p in document.paragraphs if p.block.span.contains(said))
        people = [(span, name) for span, name in self.people if block.start <= span.start < said.start]
        if not people or previous in {name for _, name in people}:
            return previous
        before = [(name, document.text[block.start : span.start].split()) for span, name in people]
        acting = {name for name, words in before if not (words and words[-1].lower() in self.links)}
        if len(acting) == 1:
            return acting.pop()
        return previous if any(name == previous for *_, name in self.mentions) else None

    def actor_of(self, head: Any, base: int) -> str | None:
        """The actor that the head, its apposition, or the maker of the document that it is, mentions."""
        found = self.at(base + head.idx, base + head.idx + len(head))
        if found is not None:
            return found
        for child in head.children:
            if child.dep_ == "appos" and (found := self.at(base + child.idx, base + child.idx + len(child))):
                return found
        if head.lemma_.lower() not in self.documents:
            return None
        for maker in _makers(head, self.makers):
            if found := self.at(base + maker.idx, base + maker.idx + len(maker)):
                return found
        return None

    def by_place(self, text: str, speaker: Span) -> str | None:
        """The same without a parse: a person named there, an actor named at its start, else its words."""
        whole = speaker.of(text)
        at = len(whole) - len(whole.lstrip())
        first = whole.split(" ", 1)[0].lower()
        at += len(first) + 1 if first in self.articles else 0
        if (made := self.made_by.match(whole, at)) and whole[made.end() :][:1].isupper():
            at = made.end()
        words = self.ends.split(whole[at:])[0].strip()
        if not words:
            return None
        start = speaker.start + at
        named = next((m[3] for m in self.mentions if m[0] <= start < m[1] and m[2] is MentionKind.NAME), None)
        clause = self.clause.search(whole)
        told = Span(speaker.start, speaker.start + clause.start()) if clause else speaker
        people = [(not text[: span.start].endswith(", "), name) for span, name in self.people if told.contains(span)]
        apposed = min(people, key=lambda person: person[0])[1] if people else None
        return (
            named or apposed or self.at(start, start + 1) or self.behind_noun(text, start, words) or words.split(",")[0]
        )

    def behind_noun(self, text: str, start: int, words: str) -> str | None:
        """The body whose name ends the words, with nothing but its noun before: "el sindicato UGT"."""
        for begin, end, kind, name in self.mentions:
            if kind is MentionKind.NAME and start < begin and end == start + len(words.split(",")[0]):
                noun = text[start:begin].split()
                return (
                    name if len(noun) == 1 and (noun[0].islower() or noun[0].isupper()) and len(noun[0]) > 2 else None
                )
        return None

    def apposed(self, text: str, speaker: Span, head: int) -> str | None:
        """The person named after a comma behind a description: "the bishops' secretary, Nora Lind"."""
        for span, name in self.people:
            if speaker.contains(span) and head < span.start and text[speaker.start : span.start].rstrip().endswith(","):
                return None if any(other.start <= head < other.end for other, _ in self.people) else name
        return None

    def at(self, start: int, end: int) -> str | None:
        """The actor with a mention there; a name before a description, a short mention before a long one."""
        hits = [m for m in self.mentions if m[0] < end and start < m[1]]
        hits.sort(key=lambda m: (m[2] is MentionKind.DESCRIPTION, m[1] - m[0]))
        return hits[0][3] if hits else None

    def words(self, head: Any) -> str | None:
        """What the text calls an unnamed speaker: the noun, what stands before it, its prepositions; no clause."""
        if head.lemma_.lower() in self.documents:
            head = next((m for m in _makers(head, self.makers) if self._is_maker(m)), head)
        start, end = head.left_edge.i, head.i + 1
        for child in head.children:
            if child.i > head.i and child.dep_ in ("prep", "amod") and child.i <= end:
                end = child.right_edge.i + 1
        doc = head.doc
        end = next((i for i in range(head.i + 1, end) if doc[i].is_punct and doc[i].text != "-"), end)
        start = next((i + 1 for i in range(head.i - 1, start, -1) if doc[i].text == ","), start)
        while start < head.i and (
            doc[start].lower_ in self.articles or doc[start].is_punct or doc[start].pos_ == "CCONJ"
        ):
            start += 1
        return doc[start:end].text or None

    def _is_maker(self, noun: Any) -> bool:
        """Whether a noun beside a document may be who made it: "a CNN poll", not "a 2-month study"."""
        if noun.ent_type_ in ("DATE", "TIME"):
            return False  # "the April survey"
        plain = noun.dep_ in ("compound", "nmod") and (noun.pos_ != "PROPN" or len(noun) == 1)
        counted = noun.lemma_.lower() in self.documents and any(c.pos_ == "NUM" for c in noun.children)
        return not plain and not counted  # nor "a review of 14 studies"


def antecedent(pronoun: Any) -> Any:
    """The noun that a relative pronoun refers to, else the pronoun itself."""
    for clause in pronoun.ancestors:
        if clause.dep_ == "relcl":
            noun = clause.head
            while noun.dep_ == "pobj" and noun.head.head.pos_ == "ADJ":  # "one familiar with the talks, who added"
                noun = noun.head.head.head
            return noun
    return pronoun


def _makers(head: Any, prepositions: frozenset[str]) -> list[Any]:
    """Nouns that say whose a report is: "data from X", "X's report", "an X poll"."""
    links = [c for c in head.children if c.dep_ in ("prep", "agent") and c.lower_ in prepositions]
    after = [noun for link in links for noun in link.children if noun.dep_ == "pobj"]
    return after + [c for c in head.children if c.dep_ in ("poss", "compound", "nmod")]


def _within(document: Document, span: Span) -> int:
    """Offset of the span within its block."""
    block = next(p.block for p in document.paragraphs if p.block.span.contains(span))
    return span.start - block.span.start
