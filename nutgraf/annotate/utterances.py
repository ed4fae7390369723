"""Quotations that no construction of the parse claims: whose they are by where they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from nutgraf.annotate.drafts import Draft, Quoted, in_order, merged
from nutgraf.annotate.quotation_marks import Quotation
from nutgraf.annotate.statements import speaker_head
from nutgraf.model.article import Paragraph
from nutgraf.model.span import Span

STOPS = (".", "!", "?", ";")
"""Tokens that end a sentence, or as good as."""
NEIGHBOUR = 0.8
CONTINUED = 0.85
FOLLOWS = 0.75
"""Share of quotations of each kind that are given to the right speaker."""
REACH = 8
"""Most words between a reported clause and a quoted term that still belongs to it."""
UTTERANCE_WORDS = 4
"""A shorter quotation in the middle of a sentence is a term, not an utterance."""


def with_utterances(quoted: Quoted, drafts: list[Draft], previous: Draft | None, speech: frozenset[str]) -> list[Draft]:
    """The drafts, and the quotations that none of them claims, each given to the cue beside it or to who spoke last.

    A quotation interrupted by its cue, or followed by more of the same speaker's, is one statement. `previous` is the
    statement that a quotation at the start of the paragraph would continue; the result then begins with it, longer.
    """
    base = quoted.paragraph.block.span.start
    current = previous if quoted.quotations and not quoted.quotations[0].outer.start else None
    for number, quotation in enumerate(quoted.quotations):
        outer = quotation.outer.shifted(base)
        owner = next((d for d in drafts if d.covers(outer) and not d.nested), None)
        verb = None
        if owner is not None and owner.frame.startswith("inserted") and not _is_speech(owner.cue_token, speech):
            verb = _cue_beside(quoted, number, speech)
            drafts = [d for d in drafts if verb is None or d is not owner]
        if owner is not None and verb is None:
            current = owner
            told = _told_within(quoted, quotation, owner, speech)
            drafts = [*drafts, _beside(quoted, outer, told)] if told is not None else drafts
            if told is None and (both := _divided(quoted, quotation, owner, speech)):
                drafts, current = [*(d for d in drafts if d is not owner), *both], both[-1]
            continue
        if not _is_utterance(quoted.paragraph, quotation):
            reached = _reached(quoted, drafts, quotation)
            if reached is not None:
                current = _grown(reached, outer)
                drafts = [current if d is reached else d for d in drafts]
            continue
        verb = verb or _cue_beside(quoted, number, speech)
        known = next((d for d in drafts if d.has_cue(verb)), None)
        if verb is not None and known is None:
            current = _beside(quoted, outer, verb)
            drafts = [*drafts, current]
        elif (owner := known or current) is not None:
            current = _longer(owner, outer)
            drafts = [current if d is owner else d for d in drafts]
            if owner is previous:
                drafts = [current, *drafts]
        elif (told := _told_before(drafts, outer, speech)) is not None:
            current = replace(told, content=(outer,), probability=FOLLOWS, frame="beside")
            drafts = [*drafts, current]
    return in_order(drafts)


def carried(quoted: Quoted, drafts: Sequence[Draft], speech: frozenset[str]) -> Draft | None:
    """What a next paragraph that begins with a quotation would continue: the last quotation here, or "X added:"."""
    paragraph = quoted.paragraph
    base = paragraph.block.span.start
    if quoted.quotations:
        owners = [d for d in drafts if any(d.covers(q.outer.shifted(base)) for q in quoted.quotations)]
        return max(owners, key=lambda d: d.content[-1].end, default=None)
    if not paragraph.doc.text.rstrip().endswith(":"):
        return None
    verbs = [t for t in paragraph.doc if t.pos_ == "VERB" and (t.lemma_ in speech or t.dep_ == "ROOT")]
    head = speaker_head(verbs[-1]) if verbs else None
    if head is None:
        return None
    verb = verbs[-1]
    return Draft((), paragraph.span(verb.i, verb.i + 1), verb, _subtree(paragraph, head), head, CONTINUED)


def beside_verb(quoted: Quoted, verb: Any) -> tuple[Span | None, Any]:
    """Speaker and its head by place alone, where the parse went into a quotation: "X said", else "said X"."""
    doc, inside = verb.doc, quoted.inside
    start = end = verb.i
    while start > 0 and not inside[start - 1] and doc[start - 1].text not in (".", "!", "?", ";", ":"):
        start -= 1
    while start < verb.i and (doc[start].is_punct or doc[start].pos_ in ("CCONJ", "SCONJ")):
        start += 1
    while end > start and (doc[end - 1].pos_ in ("AUX", "ADV") or doc[end - 1].is_punct):
        end -= 1
    head = next((t for t in doc[start:end] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    if head is not None:
        while head.i + 1 < end and doc[head.i + 1].pos_ in ("NOUN", "PROPN"):
            head = doc[head.i + 1]
        return quoted.paragraph.span(start, end), head
    if verb.tag_ == "VBG":
        return None, None
    after = (verb.i + 1, verb.i + 2)
    right = next((c for c in verb.sent.noun_chunks if c.start in after and not inside[c.start]), None)
    return (quoted.paragraph.span(right.start, right.end), right.root) if right is not None else (None, None)


def _told_before(drafts: Sequence[Draft], outer: Span, speech: frozenset[str]) -> Draft | None:
    """The report before a quotation in its paragraph: "Ms. Dahl said it was late. “We lost the roof.”"."""
    before = [d for d in drafts if not d.nested and d.content[-1].end <= outer.start and d.cue.end <= outer.start]
    return before[-1] if before and _is_speech(before[-1].cue_token, speech) else None


def _longer(draft: Draft, outer: Span) -> Draft:
    sure = min(draft.probability, CONTINUED)
    return replace(draft, content=merged([*draft.content, outer]), probability=sure)


def _told_within(quoted: Quoted, quotation: Quotation, owner: Draft, speech: frozenset[str]) -> Any:
    """The verb that gives a quotation a speaker of its own within what somebody reports: of "She recalled that he
    said, “…”, the court said" the second; None without."""
    if not _is_utterance(quoted.paragraph, quotation):
        return None
    before = [t for t in quoted.paragraph.doc if t.idx < quotation.outer.start][-2:]
    if len(before) < 2 or before[-1].text not in (",", ":") or quoted.inside[before[-2].i]:
        return None
    verb, base = before[-2], quoted.paragraph.block.span.start
    apart = _is_speech(verb, speech) and not owner.has_cue(verb) and owner.cue.start - base > quotation.outer.end
    return verb if apart and speaker_head(verb) is not None else None


def _divided(quoted: Quoted, quotation: Quotation, owner: Draft, speech: frozenset[str]) -> tuple[Draft, Draft] | None:
    """Of "said it was late and added, “We lost the roof.”" both statements, which the parse makes one."""
    doc, base = quoted.paragraph.doc, quoted.paragraph.block.span.start
    before = [t for t in doc if t.idx < quotation.outer.start and not t.is_space][-3:]
    if (
        len(before) < 3
        or before[2].text not in (",", ":")
        or not _is_speech(before[1], speech)
        or len(owner.content) > 1
    ):
        return None
    mark, verb, whole = before[0], before[1], owner.content[0]
    joined = mark.pos_ == "CCONJ" and not owner.has_cue(verb) and whole.start < mark.idx + base < whole.end
    if not joined or not owner.cue.end <= whole.start:
        return None
    first = replace(owner, content=(Span(whole.start, mark.idx + base - 1),))
    cue = quoted.paragraph.span(verb.i, verb.i + 1)
    second = replace(owner, content=(quotation.outer.shifted(base),), cue=cue, cue_token=verb, frame="beside")
    return first, second


def _is_utterance(paragraph: Paragraph, quotation: Quotation) -> bool:
    """Whether a quotation is somebody's words: long enough, or a sentence of its own; not the title of a work."""
    text = paragraph.doc.text
    words = quotation.inner.of(text)
    before = text[: quotation.outer.start].rstrip()
    introduced = not before or before[-1] in ".,:!?—–-”\"'"
    if not introduced and all(word[:1].isupper() or len(word) < 4 for word in words.split()):
        return False
    return words.count(" ") + 1 >= UTTERANCE_WORDS or (words[-1] in ".!?," and words[0].isupper())


def _cue_beside(quoted: Quoted, number: int, speech: frozenset[str]) -> Any:
    """A verb of saying in the words between this quotation and its neighbours, those after it first; None without."""
    text = quoted.paragraph.doc.text
    outers = [q.outer for q in quoted.quotations]
    start = outers[number - 1].end if number else 0
    end = outers[number + 1].start if number + 1 < len(outers) else len(text)
    outer = outers[number]
    tokens = [t for t in quoted.paragraph.doc if start <= t.idx < end and not quoted.inside[t.i]]
    if text[: outer.end].rstrip("”\"»' ")[-1:] in ",?!-—–…":
        verb = _speech_verb((t for t in tokens if t.idx >= outer.end), speech)
        if verb is not None:
            return verb
    if text[start : outer.start].rstrip()[-1:] in ("", *STOPS):
        return None
    before = [t for t in reversed(tokens) if t.idx < outer.start and (t.text in STOPS or not t.is_punct)]
    if before and before[0].tag_ == "NNS" and before[0].lemma_ in speech:
        return before[0]
    return _speech_verb(before, speech)


def _reached(quoted: Quoted, drafts: Sequence[Draft], quotation: Quotation) -> Draft | None:
    """The statement that reaches on to a quoted term behind it: "said it was early and there was “no proof”"."""
    base = quoted.paragraph.block.span.start
    before = [d for d in drafts if d.content and d.content[-1].end - base <= quotation.outer.start and not d.nested]
    owner = before[-1] if before else None
    if owner is None or owner.frame not in ("clause", "oprd", "dobj"):
        return None
    start = owner.content[-1].end - base
    words = [t for t in quoted.paragraph.doc if start <= t.idx < quotation.outer.start]
    ended = len(words) > REACH or any(t.text in STOPS or t.dep_ == "nsubj" for t in words)
    joined = owner.frame == "clause" or all(t.pos_ == "CCONJ" or t.is_punct or len(t) == 2 for t in words)
    return owner if joined and not ended else None


def _grown(draft: Draft, outer: Span) -> Draft:
    """The draft with its last piece grown to the end of `outer`."""
    return replace(draft, content=(*draft.content[:-1], Span(draft.content[-1].start, outer.end)))


def _speech_verb(tokens: Iterable[Any], speech: frozenset[str]) -> Any:
    """The first verb of saying before the sentence ends."""
    for token in tokens:
        if token.text in STOPS:
            return None
        if _is_speech(token, speech):
            return token
    return None


def _is_speech(token: Any, speech: frozenset[str]) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.lemma_ in speech


def _beside(quoted: Quoted, outer: Span, verb: Any) -> Draft:
    """The quotation as what the verb next to it reports."""
    paragraph = quoted.paragraph
    head = speaker_head(verb)
    speaker = _subtree(paragraph, head) if head is not None else None
    if head is None or quoted.inside[head.i]:
        speaker, head = beside_verb(quoted, verb)
    elif speaker is not None and speaker.overlaps(outer):
        speaker = paragraph.span(head.i, head.i + 1)
    return Draft((outer,), paragraph.span(verb.i, verb.i + 1), verb, speaker, head, NEIGHBOUR)


def _subtree(paragraph: Paragraph, token: Any) -> Span:
    return paragraph.span(token.left_edge.i, token.right_edge.i + 1)
