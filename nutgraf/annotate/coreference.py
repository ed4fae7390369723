"""Pronouns and descriptions that stand for a named actor: "she", "the group", "the mayor".

Each mention raises its actor's salience, a subject's most; salience fades with every sentence, and the most salient
actor that fits in gender, number and kind is meant. After Lappin and Leass, "An Algorithm for Pronominal Anaphora
Resolution" (1994), without its syntactic filters.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from nutgraf.annotate.lexicon import Lexicon, fold
from nutgraf.annotate.words import Passage, Word, passages
from nutgraf.model.annotation import ActorFound, ActorKind, Annotations, Mention, MentionKind
from nutgraf.model.article import Document, LanguagePack

FADING = 0.6
"""What is left of a mention's salience a sentence later."""
SUBJECT, POSSESSOR, REST = 1.0, 0.5, 0.65
SPEAKER, QUOTED = 1.7, 0.5
"""Voice of a name beside a verb of saying, and share of its salience that a name within a quotation has as voice: who
spoke last speaks again in "…," he said", whoever he spoke of."""
PLAIN = 0.9
"""Salience that "it" or "they" wants: a subject of this sentence, or of the last one and named again."""
FAINTEST = 0.12
"""Below this, about four sentences after a subject, a pronoun is left alone."""


@dataclass(slots=True)
class Referent:
    """An actor as it stands in the reader's mind."""

    actor: ActorFound
    gender: str | None
    words: frozenset[str]
    role: frozenset[str]
    salience: float = 0.0
    voice: float = 0.0
    """The same for pronouns that speak."""
    wire: bool = False
    """It only made the story: "the agency" is another."""
    last: int = -1
    """Number of the sentence that last mentioned it."""
    added: list[Mention] = field(default_factory=list)


def make_coreference(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator that adds PRONOUN and DESCRIPTION mentions to the actors found by name."""
    lexicon = Lexicon(pack)

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        texts = passages(document)
        wires = [each.span for each in found.credits.agencies]
        people = [_referent(actor, document, texts, lexicon) for actor in found.actors]
        for each in people:
            each.wire = all(any(wire.overlaps(mention.span) for wire in wires) for mention in each.actor.mentions)
        Reader(lexicon, people).read(texts)
        return {"actors": tuple(_with_mentions(each) for each in people)}

    return run


def _with_mentions(each: Referent) -> ActorFound:
    mentions = tuple(sorted((*each.actor.mentions, *each.added), key=lambda m: m.span))
    return replace(each.actor, mentions=mentions)


def _referent(actor: ActorFound, document: Document, texts: Sequence[Passage], lexicon: Lexicon) -> Referent:
    words = [fold(w) for name in (actor.name, *actor.aliases) for w in name.split()]
    joins = lexicon.words("joins") | lexicon.words("role_joins")
    words_of_role = [fold(w) for w in (actor.role or "").replace("-", " ").split()]
    role = frozenset(takewhile(lambda w: w not in joins, words_of_role))
    return Referent(actor, _gender(actor, role, document, lexicon), frozenset(words), role)


def _gender(actor: ActorFound, role: frozenset[str], document: Document, lexicon: Lexicon) -> str | None:
    """From a courtesy title before any mention, the first name, or the role."""
    if actor.kind is not ActorKind.PERSON:
        return None
    for mention in actor.mentions:
        before = document.text[max(0, mention.span.start - 8) : mention.span.start].split()
        for key, titled in (("courtesy_women", "woman"), ("courtesy_men", "man")):
            if before and fold(before[-1]) in lexicon.words(key):
                return titled
    first = actor.name.split()[0] if " " in actor.name else ""
    if gender := lexicon.gender(first) if first else None:
        return gender
    return next((g for w in sorted(role) if (g := lexicon.gender(w))), None)


class Reader:
    """Reads a document from its first word to its last and keeps in mind who was mentioned."""

    def __init__(self, lexicon: Lexicon, people: Sequence[Referent]) -> None:
        self.lexicon = lexicon
        self.people = people
        self.names = sorted(
            ((m.span.start, m.span.end, each) for each in people for m in each.actor.mentions), key=lambda n: n[:2]
        )
        self.sentence = 0

    def read(self, texts: Sequence[Passage]) -> None:
        """Resolve pronouns and descriptions in text order."""
        for passage in texts:
            self._next_sentence()
            self._read_passage(passage)

    def _next_sentence(self) -> None:
        self.sentence += 1
        for each in self.people:
            each.salience *= FADING
            each.voice *= FADING

    def _read_passage(self, passage: Passage) -> None:
        words = passage.words
        starts = self._name_starts(passage)
        quoted = False
        i = 0
        while i < len(words):
            word = words[i]
            if i and word.opens_sentence and not words[i - 1].opens_sentence:
                self._next_sentence()
            quoted = _quoted(word.text, quoted)
            if i in starts:
                end, each = starts[i]
                weight = self._weight(words, i, end)
                speaks = SPEAKER if self._speaks(words, i, end) else weight
                self._mention(each, weight, QUOTED * weight if quoted else speaks)
                i = end
                continue
            if word.fold in self.lexicon.pronouns:
                self._pronoun(passage, i, quoted, starts)
            elif word.fold in self.lexicon.words("definite"):
                self._description(passage, i, starts)
            i += 1

    def _name_starts(self, passage: Passage) -> dict[int, tuple[int, Referent]]:
        """Names of the passage by the index of their first word."""
        block = passage.paragraph.block.span
        found = [n for n in self.names if block.start <= n[0] < block.end]
        if not found:
            return {}
        doc = passage.paragraph.doc
        index = {block.start + token.idx: token.i for token in doc}
        ends = {block.start + token.idx + len(token): token.i + 1 for token in doc}
        return {index[a]: (ends[b], each) for a, b, each in found if a in index and b in ends}

    def _weight(self, words: Sequence[Word], start: int, end: int) -> float:
        """How strongly a mention at these words stands out."""
        head = next((i for i in range(start, end) if not start <= words[i].head < end), end - 1)
        dep = words[head].dep
        if dep in ("nsubj", "nsubjpass", "ROOT", ""):
            return SUBJECT
        return POSSESSOR if dep in ("poss", "compound", "nmod") else REST

    def _speaks(self, words: Sequence[Word], start: int, end: int) -> bool:
        """Whether a verb of saying stands right behind a name or pronoun, or before it at the end of a clause."""
        said = self.lexicon.words("said")
        behind = words[end].fold if end < len(words) else ""
        before = words[start - 1].fold if start else ""
        return behind in said or (before in said and behind in ("", ".", ",", ";", "who"))

    def _mention(self, each: Referent, weight: float, voice: float | None = None) -> None:
        kept = 1.0 if each.last == self.sentence else FADING
        each.salience = weight + each.salience * kept
        each.voice = (weight if voice is None else voice) + each.voice * kept
        each.last = self.sentence

    # ---- pronouns

    def _pronoun(self, passage: Passage, i: int, quoted: bool, starts: Mapping[int, tuple[int, Referent]]) -> None:
        words = passage.words
        form = self.lexicon.pronouns[words[i].fold]
        if words[i].text.isupper() and len(words[i].text) > 1:
            return
        if form in ("man", "woman"):
            fits = [p for p in self.people if self._is(p, form) and p.salience > FAINTEST]
            speaks = not quoted and self._speaks(words, i, i + 1)
            best = max(fits, key=lambda p: (p.voice if speaks else p.salience, p.gender == form), default=None)
            best = best or self._next_name(words, i, starts, form)
        else:
            best = None if quoted else self._thing(words, i, form)
        if best is not None:
            best.added.append(Mention(passage.paragraph.span(i, i + 1), MentionKind.PRONOUN))
            weight = 0.6 * self._weight(words, i, i + 1)
            self._mention(best, weight, QUOTED * weight if quoted else weight)

    def _is(self, each: Referent, form: str) -> bool:
        return each.actor.kind is ActorKind.PERSON and each.gender in (form, None)

    def _next_name(
        self, words: Sequence[Word], i: int, starts: Mapping[int, tuple[int, Referent]], form: str
    ) -> Referent | None:
        """ "In her first speech, Jane Roe …": the name that follows in the sentence."""
        for k in range(i + 1, min(i + 15, len(words))):
            if words[k].opens_sentence and words[k - 1].text in ".!?":
                return None
            if k in starts and self._is(starts[k][1], form):
                return starts[k][1]
        return None

    def _thing(self, words: Sequence[Word], i: int, form: str) -> Referent | None:
        """ "it", "its", "they": the body that is the sentence's subject, or was the last sentence's."""
        word = words[i]
        if word.dep == "expl" or (form == "thing" and self._empty(words, i)):
            return None
        kinds = (ActorKind.ORGANISATION, ActorKind.PLACE) if form == "thing" else (ActorKind.ORGANISATION,)
        bodies = [p for p in self.people if p.actor.kind in kinds and not p.wire]
        near = [p for p in bodies if p.last >= self.sentence - 1 and p.salience >= PLAIN]
        best = max(near, key=lambda p: p.salience, default=None)
        if best is None or self._outshone(words, i, form):
            return None
        return best

    def _empty(self, words: Sequence[Word], i: int) -> bool:
        """ "it is clear that", "it rains": stands for nobody."""
        if words[i].fold != "it":
            return False
        later = [w.fold for w in words[i + 1 : i + 4]]
        return bool(later) and (later[0] in self.lexicon.words("being") or later[0] in self.lexicon.words("seeming"))

    def _outshone(self, words: Sequence[Word], i: int, form: str) -> bool:
        """Whether a common noun before it in the sentence is a likelier antecedent."""
        tags = ("NN",) if form == "thing" else ("NNS",)
        for k in range(i - 1, -1, -1):
            word = words[k]
            if word.tag in tags and word.dep in ("nsubj", "nsubjpass"):
                return True
            if word.opens_sentence and (k == 0 or not words[k - 1].opens_sentence):
                return False
        return False

    # ---- descriptions

    def _description(self, passage: Passage, i: int, starts: Mapping[int, tuple[int, Referent]]) -> None:
        """The noun phrase that the article at `i` opens, where it means an actor already named."""
        words = passage.words
        for k in self._heads(words, i + 1):
            if any(n in starts for n in range(i + 1, k + 1)):
                return
            best = self._described(words, i, k)
            if best is not None:
                end = k + 1
                best.added.append(Mention(passage.paragraph.span(i, end), MentionKind.DESCRIPTION))
                self._mention(best, 0.9 * self._weight(words, i, end))
                return

    def _heads(self, words: Sequence[Word], start: int) -> Iterator[int]:
        """The last noun of a phrase of up to four words, if any of them can describe an actor."""
        last = None
        for k in range(start, min(start + 5, len(words))):
            word = words[k]
            if word.tag in ("NN", "NNP", "NNPS") or (not word.tag and self._describes(word)):
                last = k
            elif word.tag not in ("JJ", "POS", "CD", "HYPH", "VBG", "VBN"):
                break
        if last is not None:
            yield last

    def _describes(self, word: Word) -> bool:
        """Whether a noun of an unparsed text can stand for an actor."""
        return word.fold in self.lexicon.descriptions or (not word.capital and self.lexicon.is_role(word.fold))

    def _described(self, words: Sequence[Word], i: int, k: int) -> Referent | None:
        noun = words[k].fold
        between = {w.fold for w in words[i + 1 : k]}
        if between & self.lexicon.words("other_words"):
            return None
        followed = k + 1 < len(words) and words[k + 1].fold in self.lexicon.words("joins")
        kind = self.lexicon.descriptions.get(noun)
        if self.lexicon.is_role(noun):
            also = {noun, *self.lexicon.synonyms.get(noun, ())}
            fits = [] if followed else [p for p in self.people if also & p.role]
        elif kind == "organisation":
            generic = noun in self.lexicon.words("generic_organisations")
            fits = [p for p in self._bodies() if noun in p.words]
            fits = fits if not followed or generic else []
            if not fits and generic:
                governments = self.lexicon.words("governments")
                fits = [p for p in self._bodies() if p.salience > 0.2 and not p.words & governments]
        elif kind and not followed:
            fits = [p for p in self.people if p.actor.kind is ActorKind.PLACE and self._is_place(p, kind)]
        else:
            fits = []
        fits = [p for p in fits if p.last >= 0]
        return max(fits, key=lambda p: (p.salience, p.last), default=None)

    def _bodies(self) -> list[Referent]:
        return [p for p in self.people if p.actor.kind is ActorKind.ORGANISATION and not p.wire]

    def _is_place(self, each: Referent, kind: str) -> bool:
        key = fold(each.actor.name)
        country = key in self.lexicon.countries
        if kind == "country":
            return country
        if kind == "island":
            return key in self.lexicon.islands
        return key not in self.lexicon.wide and each.salience > 0.2


def _quoted(text: str, quoted: bool) -> bool:
    if text in ("“", "«"):
        return True
    if text in ("”", "»"):
        return False
    return not quoted if text in ('"', "''", "``") else quoted
