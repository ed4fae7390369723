"""Who said what: direct, mixed and indirect statements with cue and speaker.

Quotation marks give what is said word for word; the parse gives reporting words with their speakers and what they
report (`statements`); a classifier over grammatical features decides which of those are statements. A quotation that
no reporting word claims goes to the one beside it, to the speaker of the quotation before it in the same paragraph, or,
where it begins a paragraph, to the last speaker (`utterances`). What nobody can be made out for is left out.

A statement partly between quotation marks is one `QuoteFound` of kind MIXED: `content` is the whole statement,
`fragments` the quotations in it. A brief does best with one item of kind "mixed" and the whole statement as its text:
it tells what the quoted words are about, and one wrong guess is one item to strike out instead of several.

`confidence` is the probability that these are a statement's words and its speaker, on the curves that
bench/train_quotes.py fits. Wishes, plans and judgements that a reporter tells in his own words ("wants", "supports")
are found too, but are not `listed`: a brief leaves them out.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from nutgraf.annotate.calibration import Curve, calibrated
from nutgraf.annotate.drafts import Draft, Quoted, best_of, content_of, quoted_paragraphs
from nutgraf.annotate.plain_grammar import PlainGrammar
from nutgraf.annotate.plain_statements import plain_drafts
from nutgraf.annotate.speakers import Speakers
from nutgraf.annotate.statements import Candidate, Grammar, candidates
from nutgraf.annotate.utterances import beside_verb, carried, with_utterances
from nutgraf.model.annotation import Annotations, QuoteFound, QuoteKind
from nutgraf.model.article import BlockKind, Document, LanguagePack
from nutgraf.model.span import Span

TITLES = (BlockKind.HEADLINE, BlockKind.HEADING)
MARKS = '“”"«»„ \u00a0'
DIRECT = 0.1
"""Most of a direct statement's words that may stand outside its quotation marks."""
QUOTED = 0.5
"""Least score with which what is quoted, wholly or partly, is listed."""
STATEMENT_WORDS = 5
"""Least words of a reported statement that is worth a line."""


def make_quotes(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator of statements for one language: gives "quotes", in text order."""
    table = pack.table("quotes")
    finder = Finder(table, pack.table("quote_weights"))
    plain = PlainGrammar(table)

    def run(document: Document, annotations: Annotations) -> Mapping[str, object]:
        paragraphs = quoted_paragraphs(document)
        dateline = annotations.credits.dateline
        drafts = finder.drafts(paragraphs, dateline) if document.parsed else plain_drafts(paragraphs, plain, dateline)
        found = finder.finish(document, paragraphs, drafts, Speakers(annotations.actors, table))
        return {"quotes": tuple(_undated(quote, document.text, dateline) for quote in found)}

    return run


class Finder:
    """Finds statements with the tables of one language."""

    def __init__(self, table: Mapping[str, Any], weights: Mapping[str, Any]) -> None:
        self.grammar = Grammar(table)
        self.speech: frozenset[str] = frozenset(table.get("speech_verbs", ()))
        self.said: frozenset[str] = self.speech | frozenset(table.get("finding_verbs", ())) | self.grammar.according
        self.objects: frozenset[str] = frozenset(table.get("object_verbs", ()))
        self.acts: Mapping[str, Sequence[str]] = table.get("acts", {})
        self.silent: frozenset[str] = frozenset(table.get("silent_verbs", ()))
        self.as_verbs: frozenset[str] = frozenset(table.get("as_verbs", ()))
        self.weights: Mapping[str, float] = weights.get("weights", {})
        self.curves: Mapping[str, Curve] = weights.get("curves", {})

    def probability(self, features: Sequence[str]) -> float:
        """The classifier's probability that a candidate with these features is a statement."""
        total = self.weights.get("bias", 0.0) + sum(self.weights.get(f, 0.0) for f in features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def drafts(self, paragraphs: Sequence[Quoted], dateline: Span | None = None) -> list[Draft]:
        """Statements of the whole document, in text order."""
        found: list[Draft] = []
        previous: Draft | None = None
        for quoted in paragraphs:
            doc = quoted.paragraph.doc
            found_here = candidates(doc, quoted.inside, self.grammar)
            likely = [self.draft(quoted, c) for c in found_here if doc[c.cue].lemma_.lower() not in self.silent]
            told = [_behind(quoted, draft, dateline) for draft in best_of(likely)]
            here = with_utterances(quoted, told, previous, self.speech)
            if previous is not None and here and previous.has_cue(here[0].cue_token):
                found = [draft for draft in found if draft is not previous]
            found += here
            if quoted.paragraph.block.kind is BlockKind.PARAGRAPH:
                previous = carried(quoted, here, self.speech)
        return found

    def draft(self, quoted: Quoted, found: Candidate) -> Draft:
        """A candidate with its probability; a quoted word that the parse made the speaker is replaced by place."""
        paragraph, nested = quoted.paragraph, quoted.inside[found.cue]
        head = paragraph.doc[found.speaker_head] if found.speaker_head is not None else None
        speaker = paragraph.span(*found.speaker) if found.speaker else None
        if head is not None and quoted.inside[head.i] and not nested:
            speaker, head = beside_verb(quoted, paragraph.doc[found.cue])
        cue = paragraph.span(*found.cue_range)
        sure = self.probability(found.features)
        return Draft(content_of(quoted, found), cue, paragraph.doc[found.cue], speaker, head, sure, found.frame, nested)

    def finish(
        self, document: Document, paragraphs: Sequence[Quoted], drafts: Sequence[Draft], speakers: Speakers
    ) -> tuple[QuoteFound, ...]:
        """Drafts as values, their speakers resolved."""
        marked = [
            (q.outer.shifted(each.paragraph.block.span.start), q.inner.shifted(each.paragraph.block.span.start))
            for each in paragraphs
            for q in each.quotations
        ]
        out: list[QuoteFound] = []
        titles = [p.block.span for p in document.paragraphs if p.block.kind in TITLES]
        by: str | None = None
        titled = False
        for draft in drafts:
            by = speakers.name(document, draft.head, draft.speaker, None if titled else by)
            if not document.parsed and draft.speaker is None and by is not None:
                by = speakers.understood(document, draft.content[0], by)
            titled = any(title.contains(draft.cue) for title in titles)
            held = [pair for pair in marked if any(piece.overlaps(pair[1]) for piece in draft.content)]
            kind = _kind(document.text, draft, [outer for outer, _ in held])
            inner = tuple(inner for _, inner in held)
            pieces = [p for p in draft.content if p.of(document.text).lower() not in speakers.relatives]
            content = inner if kind is QuoteKind.DIRECT else tuple(self.bare(document.text, p, held) for p in pieces)
            if not content:
                continue
            fragments = inner if kind is QuoteKind.MIXED else ()
            listed = self.listed(document.text, draft, kind)
            sure = round(calibrated(draft.probability, self.curves.get(curve_name(kind, listed), ())), 3)
            out.append(QuoteFound(content, kind, draft.cue, draft.speaker, by, fragments, listed, sure))
        return tuple(out)

    def listed(self, text: str, draft: Draft, kind: QuoteKind) -> bool:
        """Whether a brief lists it: no attitude, no mere object of a verb, no speech within speech."""
        if draft.nested:
            return False
        if kind is not QuoteKind.INDIRECT or draft.cue_token is None:
            return draft.probability >= QUOTED
        lemma = draft.cue_token.lemma_.lower()
        frame = draft.frame.split(" ")[0]
        clause = (
            frame in ("clause", "before", "inserted", "according", "beside")
            or (lemma in self.objects and frame not in self.acts.get(lemma, ()))
            or (lemma in self.as_verbs and any(c.lower_ == "as" for c in draft.cue_token.children))
        )
        words = sum(len(piece.of(text).split()) for piece in draft.content)
        said = lemma in self.said | self.as_verbs or draft.cue_token.lower_ in self.grammar.according
        return said and clause and words >= STATEMENT_WORDS

    def bare(self, text: str, span: Span, marked: Sequence[tuple[Span, Span]]) -> Span:
        """The span without the conjunction that opens a clause, blanks at its ends and marks around the whole of it."""
        start, end = span.start, span.end
        first = text[start:end].split(" ", 1)
        if len(first) == 2 and first[0].lower() in self.grammar.link:
            start += len(first[0]) + 1
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return next((inner for outer, inner in marked if outer == Span(start, end)), Span(start, end))


def _undated(quote: QuoteFound, text: str, dateline: Span | None) -> QuoteFound:
    """The statement without the dateline of the story, which the parse takes for its beginning."""
    first = quote.content[0]
    if dateline is None or not first.start <= dateline.start < dateline.end < first.end:
        return quote
    start = dateline.end
    while start < first.end - 1 and not text[start].isalnum() and text[start] not in MARKS:
        start += 1
    return replace(quote, content=(Span(start, first.end), *quote.content[1:]))


def _behind(quoted: Quoted, draft: Draft, dateline: Span | None) -> Draft:
    """The draft with the speaker that stands behind a dateline, which the parse takes for the subject."""
    paragraph = quoted.paragraph
    if dateline is None or draft.head is None or not paragraph.block.span.contains(dateline):
        return draft
    end = dateline.end - paragraph.block.span.start
    doc, cue = draft.cue_token.doc, draft.cue_token.i
    if draft.head.idx >= end or cue <= draft.head.i:
        return draft
    start = next((t.i for t in doc if t.idx >= end and (t.is_alpha or t.like_num)), cue)
    nouns = ("NOUN", "PROPN")
    first = next((t.i for t in doc[start:cue] if t.pos_ in (*nouns, "PRON")), None)
    if first is None:
        return draft
    last = next((i for i in range(first, cue) if doc[i + 1].pos_ not in nouns), first)
    return replace(draft, speaker=paragraph.span(start, last + 1), head=doc[last])


def curve_name(kind: QuoteKind, listed: bool) -> str:
    """Which curve gives a statement's probability: for what is quoted, what is said, or what is only reported."""
    if kind is not QuoteKind.INDIRECT:
        return "quoted"
    return "said" if listed else "attitude"


def _kind(text: str, draft: Draft, marked: Sequence[Span]) -> QuoteKind:
    """How much of the content stands between quotation marks."""
    if not marked:
        return QuoteKind.INDIRECT
    words = sum(len(piece.of(text).split()) for piece in draft.content)
    inside = sum(len(outer.of(text).split()) for outer in marked)
    return QuoteKind.DIRECT if words - inside <= DIRECT * words else QuoteKind.MIXED
