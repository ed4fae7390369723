"""Statements that the parse shows: a reporting word, whose word it is, and what is reported.

Candidates are found by their grammar alone; what they weigh is learned (`weights`). The division of an attribution into
source, cue and content follows Pareti (2012); the use of a classifier over cue candidates follows Pareti et al. (2013).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Range = tuple[int, int]
"""Half-open range of tokens of one Doc."""

_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_ANY_SUBJECT = _SUBJECTS | _PASSIVE_SUBJECTS | {"expl"}
_OBJECTS = frozenset({"dobj", "oprd", "acomp", "attr", "dative"})
_OUTER = frozenset({"ccomp", "parataxis", "advcl", "dep", "relcl"})
_CLIMB = frozenset({"conj", "xcomp", "advcl", "ccomp", "pcomp", "acl", "prep", "dep"})
_MEANS = frozenset({"use"})
"""Verbs whose object does nothing itself: "uses his platform to criticise"."""
_LOOSE_ENDS = frozenset({",", ";", ":", "-", "--", "—", "–", "."})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible statement of one paragraph, in tokens."""

    cue: int
    cue_range: Range
    frame: str
    """The construction: "clause", "before" (the clause comes first), "according", "dobj", "noun acl" and the like."""
    content: tuple[Range, ...]
    speaker: Range | None
    speaker_head: int | None
    features: tuple[str, ...]


class Grammar:
    """What the tables of a language say about reporting words."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.according: frozenset[str] = frozenset(table.get("according", ()))
        self.nouns: frozenset[str] = frozenset(table.get("reporting_nouns", ()))
        self.link: frozenset[str] = frozenset(table.get("clause_marks", ()))


def candidates(doc: Any, quoted: Sequence[bool], grammar: Grammar) -> Iterator[Candidate]:
    """Every possible statement of a parsed paragraph. `quoted` tells which tokens are between quotation marks."""
    for token in doc:
        if token.lower_ in grammar.according:
            yield from _according(token, quoted)
        elif token.pos_ == "VERB":
            yield from _verbal(token, quoted)
        elif token.lemma_ in grammar.nouns and token.pos_ == "NOUN":
            yield from _nominal(token, quoted)


def _verbal(verb: Any, quoted: Sequence[bool]) -> Iterator[Candidate]:
    children = list(verb.children)
    participle = verb.tag_ == "VBN" and (
        (verb.dep_ == "acl" and not _main_in_disguise(verb)) or (verb.dep_ == "advcl" and _is_bare(verb))
    )
    passive = participle or any(c.dep_ in _PASSIVE_SUBJECTS or c.dep_ == "auxpass" for c in children)
    head = _agent(children) if passive else speaker_head(verb) or _noun_before(verb)
    for frame, ranges in _frames(verb, children, passive):
        content = tuple(_without(ranges, verb, head))
        if content:
            yield _candidate(verb, frame, content, head, quoted)


def _frames(verb: Any, children: list[Any], passive: bool) -> Iterator[tuple[str, list[Range]]]:
    """What may be the content: a clause, the words around an inserted "he said", objects and what hangs on them."""
    clause = next((c for c in children if c.dep_ == "ccomp"), None)
    if clause is not None:
        start, end = _with_subject(clause, children)
        if clause.i < verb.i:  # "the one will come and the other will go, she said"
            end = max([end, *(c.right_edge.i + 1 for c in children if c.dep_ == "ccomp" and c.i < verb.i)])
        yield ("before" if clause.i < verb.i else "clause"), [(start, end)]
    inserted = verb.dep_ in _OUTER and verb.head.pos_ in ("VERB", "AUX", "NOUN") and clause is None
    if inserted:
        yield "inserted " + verb.dep_, _outside(verb)
    arguments = [c for c in children if c.i > verb.i and (c.dep_ in _OBJECTS or c.dep_ == "prep" or c.dep_ == "xcomp")]
    subject = next((c for c in children if c.dep_ in _PASSIVE_SUBJECTS), None)
    if subject is not None:
        arguments = [a for a in arguments if a.dep_ in ("xcomp", "oprd")]
        yield "passive" + ("+" if arguments else ""), [_subtree(t) for t in (subject, *arguments)]
    elif arguments and clause is None:
        kinds = [a.dep_ for a in arguments]
        main = next((k for k in ("xcomp", "dobj", "oprd", "attr", "acomp", "prep", "dative") if k in kinds), "")
        if main == "prep":
            first = arguments[0]
            start = min((c.left_edge.i for c in first.children), default=first.i)
            yield "prep " + first.lower_, [(max(start, first.i + 1), arguments[-1].right_edge.i + 1)]
        else:
            first_main = next(a for a in arguments if a.dep_ != "prep")
            yield main, [(first_main.left_edge.i, arguments[-1].right_edge.i + 1)]
    elif passive and verb.dep_ == "acl" and verb.head.i < verb.i:
        yield "proposed by", [(verb.head.left_edge.i, verb.i)]


def _with_subject(clause: Any, siblings: Sequence[Any]) -> Range:
    """A reported clause; the verb's object before a clause without a subject is that subject: "found yields fell"."""
    start, end = _subtree(clause)
    subject = next((c for c in siblings if c.dep_ == "dobj" and c.i < clause.i), None)
    lacks = clause.tag_ in ("VBD", "VBZ", "VBP") and not any(c.dep_ in _ANY_SUBJECT for c in clause.children)
    return (
        (subject.left_edge.i, end)
        if subject is not None and lacks and subject.right_edge.i + 1 == start
        else (start, end)
    )


def _nominal(noun: Any, quoted: Sequence[bool]) -> Iterator[Candidate]:
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    tail = next((c for c in noun.children if c.i > noun.i and c.dep_ in ("acl", "ccomp", "relcl", "prep")), None)
    if tail is None:
        return
    if owner is None and noun.dep_ in ("dobj", "attr") and noun.head.pos_ in ("VERB", "AUX"):
        owner = speaker_head(noun.head)
    start = tail.i + 1 if tail.dep_ == "prep" else tail.left_edge.i
    if start <= tail.right_edge.i:
        frame = f"noun {tail.dep_}" + (f" {tail.lower_}" if tail.dep_ == "prep" else "")
        yield _candidate(noun, frame, ((start, tail.right_edge.i + 1),), owner, quoted)


def _according(token: Any, quoted: Sequence[bool]) -> Iterator[Candidate]:
    to = next((c for c in token.children if c.dep_ == "prep"), token)
    source = next((c for c in to.children if c.dep_ == "pobj"), None)
    if source is None:
        return
    phrase = (token.left_edge.i, token.right_edge.i + 1)
    sent = token.sent
    content = _trim(token.doc, [(sent.start, phrase[0]), (phrase[1], sent.end)])
    if content:
        yield _candidate(token, "according", tuple(content), source, quoted)


def speaker_head(verb: Any, depth: int = 0) -> Any:
    """The token that heads the (understood) subject of a verb; None where the sentence has none."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return child
    if depth > 5 or verb.dep_ not in _CLIMB:
        return None
    if verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
        return verb.head
    if verb.dep_ == "xcomp":
        thing = next((c for c in verb.head.children if c.dep_ == "dobj" and c.i < verb.i), None)
        if thing is not None and verb.head.lemma_ not in _MEANS:
            return thing
    return speaker_head(verb.head, depth + 1) if verb.head != verb else None


def _is_bare(verb: Any) -> bool:
    """Whether a participle has neither subject nor auxiliary: "when asked whether …"."""
    return not any(c.dep_ in _ANY_SUBJECT or c.dep_ in ("aux", "auxpass") for c in verb.children)


def _main_in_disguise(verb: Any) -> bool:
    """Whether a "participle" is the sentence's finite verb: its noun is the root, and it has an object of its own."""
    root = verb.head.dep_ == "ROOT" and verb.head.pos_ in ("NOUN", "PROPN") and verb.head.i < verb.i
    return root and any(c.dep_ in ("dobj", "ccomp") and c.i > verb.i for c in verb.children)


def _noun_before(verb: Any) -> Any:
    """The noun right before a finite verb that the parse left without a subject; None without."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    at = verb.i - 1
    while at > 0 and verb.doc[at].pos_ in ("ADV", "AUX"):
        at -= 1
    noun = verb.doc[at] if at >= 0 else None
    return noun if noun is not None and noun.pos_ in ("NOUN", "PROPN", "PRON") else None


def _agent(children: Sequence[Any]) -> Any:
    by = next((c for c in children if c.dep_ == "agent"), None)
    return next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None


def _subtree(token: Any) -> Range:
    return token.left_edge.i, token.right_edge.i + 1


def _outside(verb: Any) -> list[Range]:
    """The clause around an inserted one: the subtree of its head without its own."""
    (start, end), (first, last) = _subtree(verb.head), _subtree(verb)
    return [(start, first), (last, end)]


def _without(content: list[Range], verb: Any, head: Any) -> list[Range]:
    """The content less the cue, its auxiliaries and its own subject, where a parse lets them overlap."""
    holes = [(verb.i, verb.i + 1)]
    if head is not None and head.head == verb:
        holes.append(_subtree(head))
    for first, last in holes:
        content = [r for s, e in content for r in ((s, min(e, first)), (max(s, last), e)) if r[0] < r[1]]
    return _trim(verb.doc, content)


def _trim(doc: Any, content: list[Range]) -> list[Range]:
    """Ranges without punctuation and blanks at their ends; quotation marks stay."""
    out = []
    for start, end in content:
        while start < end and (doc[start].is_space or (doc[start].is_punct and not doc[start].is_quote)):
            start += 1
        while end > start and (doc[end - 1].is_space or doc[end - 1].text in _LOOSE_ENDS):
            end -= 1
        if any(doc[i].is_alpha or doc[i].like_num for i in range(start, end)):
            out.append((start, end))
    return out


def _candidate(cue: Any, frame: str, content: tuple[Range, ...], head: Any, quoted: Sequence[bool]) -> Candidate:
    span = _subtree(head) if head is not None else None
    if span is not None and (span[0] <= cue.i < span[1] or any(s < span[1] and span[0] < e for s, e in content)):
        span = (head.left_edge.i if head.left_edge.i > cue.i or head.i < cue.i else head.i, head.i + 1)
    number = head.i if head is not None else None
    return Candidate(cue.i, _cue_range(cue), frame, content, span, number, _features(cue, frame, content, head, quoted))


def _cue_range(cue: Any) -> Range:
    start, end = cue.i, cue.i + 1
    doc = cue.doc
    while start > 0 and doc[start - 1].dep_ in ("aux", "auxpass", "neg") and doc[start - 1].head == cue:
        start -= 1
    while end < len(doc) and doc[end].head == cue and (doc[end].dep_ == "prt" or cue.dep_ == "prep" == doc[end].dep_):
        end += 1
    return start, end


def _features(cue: Any, frame: str, content: tuple[Range, ...], head: Any, quoted: Sequence[bool]) -> tuple[str, ...]:
    """Names of the features that hold, for the classifier."""
    doc = cue.doc
    lemma = cue.lemma_.lower()
    disguised = cue.dep_ == "acl" and _main_in_disguise(cue)
    tag, relation = ("VBD", "ROOT") if disguised else (cue.tag_, cue.dep_)
    kind = frame.split(" ")[0]
    size = sum(e - s for s, e in content)
    inside = sum(quoted[i] for s, e in content for i in range(s, e))
    share = "none" if not inside else "all" if inside >= 0.8 * size else "part"
    who = speaker_class(head)
    first = doc[content[0][0]]
    out = [
        f"f={frame}", f"l={lemma}", f"lf={lemma}|{kind}", f"w={who}", f"wf={who}|{kind}", f"t={tag}|{kind}",
        f"q={share}|{kind}", f"n={_bucket(size)}|{kind}", f"d={relation}", f"in={quoted[cue.i]}|{share}",
        f"c={first.tag_}|{kind}",
    ]  # fmt: skip
    after = doc[cue.i + 1] if cue.i + 1 < len(doc) else None
    beside = "end" if after is None else after.text if after.is_punct or after.lower_ == "that" else after.tag_
    out += [f"x={lemma}|{kind}|{share}", f"y={beside}|{kind}", f"z={who}|{kind}|{share}"]
    for child in cue.children:
        if child.dep_ in ("neg", "aux"):
            out.append(f"{child.dep_}={child.lemma_.lower()}")
        elif child.dep_ in ("dobj", "prt", "acomp"):
            out.append(f"o={lemma}|{child.lemma_.lower()}")
    if cue.dep_ in _CLIMB:
        out.append(f"h={cue.dep_}|{cue.head.lemma_.lower()}")
    if head is not None and head.pos_ == "NOUN":
        out.append(f"s={head.lemma_.lower()}")
    if kind in ("clause", "inserted"):
        clause = next(c for c in cue.children if c.dep_ == "ccomp") if kind == "clause" else cue
        out.append(f"mark={next((c.lower_ for c in clause.children if c.dep_ == 'mark'), 'none')}|{kind}")
    return tuple(out)


def _bucket(size: int) -> str:
    return next((str(most) for most in (1, 3, 6, 12, 25) if size <= most), "more")


def speaker_class(head: Any) -> str:
    """What kind of word the speaker is: a pronoun, a name with its type, a noun with its number, or nobody."""
    if head is None:
        return "nobody"
    if head.pos_ == "PRON":
        return head.lower_  # type: ignore[no-any-return]
    if head.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return head.ent_type_  # type: ignore[no-any-return]
    return f"{head.pos_} {head.tag_}"
