"""Who said what: direct, mixed and indirect statements with cue and speaker.

Quotation marks give what is said word for word; the parse gives reporting words with their speakers and what they
report (`statements`); a classifier over grammatical features decides which of those are statements. A quotation that
no reporting word claims goes to the one beside it, to the speaker of the quotation before it in the same paragraph, or,
where it fills a paragraph, to the last speaker. What nobody can be made out for is left out.

A statement partly between quotation marks is one `QuoteFound` of kind MIXED: its `content` is the whole statement, its
`fragments` are the quotations in it. A brief lists each fragment as a direct quotation of its own, with the same `by`.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nutgraf.annotate.quotation_marks import Quotation, find_quotations
from nutgraf.annotate.speakers import Speakers
from nutgraf.annotate.statements import Candidate, Grammar, candidates, speaker_head
from nutgraf.model.annotation import Annotations, QuoteFound, QuoteKind
from nutgraf.model.article import BlockKind, Document, LanguagePack, Paragraph
from nutgraf.model.span import Span

KEEP = 0.5
"""Least probability at which a candidate counts as a statement."""
NESTED = 0.8
"""The same for one within somebody else's quotation."""
NEIGHBOUR = 0.8
CONTINUED = 0.85
"""Share of quotations of either kind that are given to the right speaker (counted on PolNeAR articles)."""
UTTERANCE_WORDS = 4
"""A shorter quotation in the middle of a sentence is a term, not an utterance."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement in the making; all offsets are the article's."""

    content: tuple[Span, ...]
    cue: Span | None
    speaker: Span | None
    head: Any
    """Token that names the speaker."""
    cue_token: Any
    probability: float
    nested: bool = False
    """Whether the reporting words stand within a quotation themselves."""

    def covers(self, span: Span) -> bool:
        return any(piece.overlaps(span) for piece in self.content)


def make_quotes(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator of statements for one language: gives "quotes"."""
    table = pack.table("quotes")
    finder = Finder(table, pack.table("quote_weights"))

    def run(document: Document, annotations: Annotations) -> Mapping[str, object]:
        speakers = Speakers(annotations.actors, table)
        drafts = finder.drafts(document) if document.parsed else []
        return {"quotes": finish(document, drafts, speakers)}

    return run


class Finder:
    """Finds statements with the tables of one language."""

    def __init__(self, table: Mapping[str, Any], weights: Mapping[str, Any]) -> None:
        self.grammar = Grammar(table)
        self.speech: frozenset[str] = frozenset(table.get("speech_verbs", ()))
        self.weights: Mapping[str, float] = weights.get("weights", {})

    def probability(self, features: Sequence[str]) -> float:
        total = self.weights.get("bias", 0.0) + sum(self.weights.get(f, 0.0) for f in features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def drafts(self, document: Document) -> list[Draft]:
        """Statements of the whole document, in text order."""
        found: list[Draft] = []
        previous: Draft | None = None
        for paragraph, quotations in zip(document.paragraphs, quotations_of(document), strict=True):
            here = self.in_paragraph(paragraph, quotations, previous)
            if previous is not None and here and here[0].cue_token is previous.cue_token:
                found = [draft for draft in found if draft is not previous]
            found += here
            if paragraph.block.kind is BlockKind.PARAGRAPH:
                previous = self.carried(paragraph, quotations, here)
        return found

    def in_paragraph(self, paragraph: Paragraph, quotations: Sequence[Quotation], previous: Draft | None) -> list[Draft]:
        quoted = quoted_tokens(paragraph.doc, quotations)
        drafts = best_of([self.draft(paragraph, quotations, quoted, c) for c in candidates(paragraph.doc, quoted, self.grammar)])
        return self.with_orphans(paragraph, quotations, quoted, drafts, previous)

    def draft(self, paragraph: Paragraph, quotations: Sequence[Quotation], quoted: Sequence[bool], found: Candidate) -> Draft:
        doc = paragraph.doc
        head = doc[found.speaker_head] if found.speaker_head is not None else None
        speaker = paragraph.span(*found.speaker) if found.speaker else None
        nested = quoted[found.cue]
        if head is not None and quoted[head.i] and not nested:
            speaker, head = beside_verb(paragraph, doc[found.cue], quoted)
        return Draft(
            expand(paragraph, quotations, found),
            paragraph.span(*found.cue_range),
            speaker,
            head,
            doc[found.cue],
            self.probability(found.features),
            nested,
        )

    def with_orphans(
        self, paragraph: Paragraph, quotations: Sequence[Quotation], quoted: Sequence[bool], drafts: list[Draft], previous: Draft | None
    ) -> list[Draft]:
        """The drafts, with the quotations that none of them claims given to a neighbour."""
        base = paragraph.block.span.start
        current = previous if quotations and not quotations[0].outer.start else None
        for number, quotation in enumerate(quotations):
            outer = quotation.outer.shifted(base)
            owner = next((d for d in drafts if d.covers(outer) and not d.nested), None)
            if owner is not None:
                current = owner
                continue
            if not is_utterance(paragraph, quotation):
                continue
            verb = self.cue_beside(paragraph, quotations, number, quoted)
            known = next((d for d in drafts if verb is not None and d.cue_token is verb), None)
            if verb is not None and known is None:
                current = beside(paragraph, outer, verb, quoted)
                drafts.append(current)
            elif (owner := known or current) is not None:
                current = replace(owner, content=merged([*owner.content, outer]), probability=min(owner.probability, CONTINUED))
                drafts = [current if d is owner else d for d in drafts]
                if owner is previous:
                    drafts.insert(0, current)
        return sorted(drafts, key=lambda d: d.content[0].start)

    def cue_beside(self, paragraph: Paragraph, quotations: Sequence[Quotation], number: int, quoted: Sequence[bool]) -> Any:
        """A verb of saying in the words between this quotation and its neighbours, those after it first."""
        text = paragraph.doc.text
        outer = quotations[number].outer
        after = quotations[number + 1].outer.start if number + 1 < len(quotations) else len(text)
        before = quotations[number - 1].outer.end if number else 0
        open_end = text[: outer.end].rstrip("”\"»' ")[-1:] in ",?!-—–…"
        tokens = [t for t in paragraph.doc if before <= t.idx < after and not quoted[t.i]]
        if open_end and (verb := self.speech_verb(until_stop([t for t in tokens if t.idx >= outer.end]))):
            return verb
        lead = text[before : outer.start].rstrip()
        if lead and lead[-1] not in ".!?;":
            earlier = [t for t in tokens if t.idx < outer.start]
            return self.speech_verb(until_stop(earlier[::-1]))
        return None

    def speech_verb(self, tokens: Sequence[Any]) -> Any:
        return next((t for t in tokens if t.lemma_ in self.speech and t.pos_ in ("VERB", "AUX")), None)

    def carried(self, paragraph: Paragraph, quotations: Sequence[Quotation], drafts: Sequence[Draft]) -> Draft | None:
        """The draft that a paragraph of nothing but quotation would continue."""
        text = paragraph.doc.text.rstrip()
        base = paragraph.block.span.start
        if quotations:
            owners = [d for d in drafts if any(d.covers(q.outer.shifted(base)) for q in quotations)]
            return max(owners, key=lambda d: d.content[-1].end, default=None)
        if not text.endswith(":"):
            return None
        verbs = [t for t in paragraph.doc if t.pos_ == "VERB" and (t.lemma_ in self.speech or t.dep_ == "ROOT")]
        head = speaker_head(verbs[-1]) if verbs else None
        if head is None:
            return None
        return Draft((), paragraph.span(verbs[-1].i, verbs[-1].i + 1), subtree(paragraph, head), head, verbs[-1], CONTINUED)


def quotations_of(document: Document) -> list[tuple[Quotation, ...]]:
    """The quotations of each paragraph, in offsets of its block."""
    texts = [p.doc.text for p in document.paragraphs]
    following = [*texts[1:], ""]
    return [find_quotations(text, after[:2] == "''" or after[:1] in "“\"«") for text, after in zip(texts, following, strict=True)]


def quoted_tokens(doc: Any, quotations: Sequence[Quotation]) -> list[bool]:
    """For each token, whether it stands between quotation marks."""
    flags = [False] * len(doc)
    if quotations:
        for token in doc:
            flags[token.i] = any(q.outer.start <= token.idx < q.outer.end for q in quotations)
    return flags


def expand(paragraph: Paragraph, quotations: Sequence[Quotation], found: Candidate) -> tuple[Span, ...]:
    """The content in offsets of the article: a quotation that it cuts is taken whole; from within a quotation it never leaves it."""
    doc, base = paragraph.doc, paragraph.block.span.start
    cue = doc[found.cue].idx
    pieces = [Span(doc[s].idx, doc[e - 1].idx + len(doc[e - 1])) for s, e in found.content]
    for quotation in quotations:
        outer, inner = quotation.outer, quotation.inner
        if outer.start <= cue < outer.end:
            pieces = [Span(max(p.start, inner.start), min(p.end, inner.end)) for p in pieces if p.overlaps(inner)]
        elif any(p.overlaps(outer) and not p.contains(outer) for p in pieces):
            pieces.append(outer)
    return merged([p.shifted(base) for p in pieces])


def merged(pieces: Sequence[Span]) -> tuple[Span, ...]:
    """The pieces in order, those that touch made one."""
    joined: list[Span] = []
    for piece in sorted(pieces):
        if joined and piece.start <= joined[-1].end + 1:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return tuple(joined)


def best_of(drafts: Sequence[Draft]) -> list[Draft]:
    """The likely ones; of several readings of the same words or the same cue, the likeliest. In text order."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.nested, -d.probability)):
        if draft.probability < (NESTED if draft.nested else KEEP) or not draft.content:
            continue
        if not any(draft.cue_token is other.cue_token or alike(draft, other) for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.content[0].start)


def alike(one: Draft, other: Draft) -> bool:
    """Whether two drafts share half their characters."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.content for b in other.content)
    return 2 * common >= 0.5 * (sum(map(len, one.content)) + sum(map(len, other.content)))


def is_utterance(paragraph: Paragraph, quotation: Quotation) -> bool:
    """Whether a quotation is somebody's words: long enough, or a sentence of its own; not a title of a work."""
    text = paragraph.doc.text
    words = quotation.inner.of(text)
    before = text[: quotation.outer.start].rstrip()
    introduced = not before or before[-1] in ".,:!?—–-”\"'"
    titled = all(w[:1].isupper() or len(w) < 4 for w in words.split())
    if titled and not introduced:
        return False
    return words.count(" ") + 1 >= UTTERANCE_WORDS or (words[-1] in ".!?," and words[0].isupper())


def beside(paragraph: Paragraph, outer: Span, verb: Any, quoted: Sequence[bool]) -> Draft:
    """The quotation as what the verb next to it reports."""
    head = speaker_head(verb)
    speaker = subtree(paragraph, head) if head is not None else None
    if head is None or quoted[head.i]:
        speaker, head = beside_verb(paragraph, verb, quoted)
    elif speaker is not None and speaker.overlaps(outer):
        speaker = paragraph.span(head.i, head.i + 1)
    return Draft((outer,), paragraph.span(verb.i, verb.i + 1), speaker, head, verb, NEIGHBOUR)


def beside_verb(paragraph: Paragraph, verb: Any, quoted: Sequence[bool]) -> tuple[Span | None, Any]:
    """Speaker and head by place alone, where the parse went into the quotation: "said X", else "X said"."""
    doc = verb.doc
    right = next((c for c in verb.sent.noun_chunks if c.start in (verb.i + 1, verb.i + 2) and not quoted[c.start]), None)
    start = verb.i
    while start > 0 and not quoted[start - 1] and doc[start - 1].text not in (".", "!", "?", ";", ":"):
        start -= 1
    while start < verb.i and (doc[start].is_punct or doc[start].pos_ in ("CCONJ", "SCONJ")):
        start += 1
    left = [t for t in doc[start : verb.i] if t.pos_ in ("NOUN", "PROPN", "PRON")]
    if left:
        end = verb.i
        while end > start and (doc[end - 1].pos_ in ("AUX", "ADV") or doc[end - 1].is_punct):
            end -= 1
        head = left[0]
        while head.i + 1 < end and doc[head.i + 1].pos_ in ("NOUN", "PROPN"):
            head = doc[head.i + 1]
        return paragraph.span(start, max(end, head.i + 1)), head
    if right is not None:
        return paragraph.span(right.start, right.end), right.root
    return None, None


def until_stop(tokens: Sequence[Any]) -> list[Any]:
    """The tokens before the first that ends a sentence."""
    stop = next((n for n, t in enumerate(tokens) if t.text in (".", "!", "?", ";")), len(tokens))
    return list(tokens[:stop])


def subtree(paragraph: Paragraph, token: Any) -> Span:
    return paragraph.span(token.left_edge.i, token.right_edge.i + 1)


def finish(document: Document, drafts: Sequence[Draft], speakers: Speakers) -> tuple[QuoteFound, ...]:
    """Drafts as values, their speakers resolved."""
    marks = [q.outer.shifted(p.block.span.start) for p, qs in zip(document.paragraphs, quotations_of(document), strict=True) for q in qs]
    inner = [q.inner.shifted(p.block.span.start) for p, qs in zip(document.paragraphs, quotations_of(document), strict=True) for q in qs]
    out: list[QuoteFound] = []
    by: str | None = None
    for draft in drafts:
        by = speakers.name(document, draft.head, draft.speaker, by)
        out.append(quote(document.text, draft, by, marks, inner))
    return tuple(out)


def quote(text: str, draft: Draft, by: str | None, marks: Sequence[Span], inner: Sequence[Span]) -> QuoteFound:
    held = [(m, i) for m, i in zip(marks, inner, strict=True) if any(p.overlaps(i) for p in draft.content)]
    pieces = tuple(unmarked(text, p) for p in draft.content)
    outside = "".join(p.of(text) for p in draft.content)
    for mark, _ in held:
        outside = outside.replace(mark.of(text), " ")
    if not held:
        kind, fragments = QuoteKind.INDIRECT, ()
    elif len(outside.split()) <= 0.1 * sum(len(p.of(text).split()) for p in draft.content):
        kind, fragments = QuoteKind.DIRECT, ()
        pieces = tuple(i for _, i in held)
    else:
        kind, fragments = QuoteKind.MIXED, tuple(i for _, i in held)
    return QuoteFound(pieces, kind, draft.cue, draft.speaker, by, fragments, round(draft.probability, 3))


def unmarked(text: str, span: Span) -> Span:
    """The span without blanks and quotation marks around it, where its marks are a pair."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in "“”\"«»„"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "“”\"«»"):
        end -= 1
    return Span(start, end)
