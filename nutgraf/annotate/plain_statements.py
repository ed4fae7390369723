"""Statements without a parse: reporting words, quotation marks and commas, for languages that have rules but no model.

Two orders are known: "Ana Ruiz dijo que …" (the speaker leads) and "…, dijo Ana Ruiz" (the speaker trails, also after
"según"). What stands between quotation marks is hidden while a sentence is read, so that no cue is found within it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nutgraf.annotate.drafts import Draft, Quoted, in_order, merged
from nutgraf.annotate.quotation_marks import Quotation
from nutgraf.model.span import Span

HIDDEN = "\x01"
SURE = 0.8
CONTINUED = 0.7
"""Confidence in a statement with its own cue, and in a quotation given to who spoke last."""
SUBJECT_WORDS = 6
"""Most words between the end of one reported clause and the cue of the next."""
LEAST_WORDS = 4
"""Fewer words without quotation marks are no statement."""


class PlainGrammar:
    """The cue patterns of one language."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        cues, according, helpers = (_either(table.get(key, ())) for key in ("cues", "according", "helpers"))
        joined = _either(table.get("clause_marks", ()))
        self.known = bool(table.get("cues"))
        self.cue = re.compile(rf"\b(?:(?:{helpers})\s)*(?:{cues})\b", re.IGNORECASE)
        self.according = re.compile(rf"\b(?:{according})\b\s", re.IGNORECASE)
        self.opens = re.compile(
            rf"(?:\s[^.;:,{HIDDEN}]{{1,40}}?)??(?:,[^,]{{1,40}},)?(?:\s(?:{joined})\s|:\s*|\s?(?={HIDDEN}))"
        )
        self.stop = re.compile(rf"[,.;:({HIDDEN}—–]|\s(?:{_either(table.get('speaker_stops', ()))})\b", re.IGNORECASE)
        self.leads = re.compile(
            r"^(?:(?:" + "|".join(map(re.escape, table.get("leads", ()))) + r")\b[\s,]*)+", re.IGNORECASE
        )
        self.relative = re.compile(rf"(?:{_either(table.get('relative_pronouns', ()))})\b", re.IGNORECASE)
        also = _either(table.get("conjunctions", ()))
        self.bound = re.compile(rf"[,;]\s(?:(?:{also})\s)?|\s(?:{also})\s")
        self.abbreviations: frozenset[str] = frozenset(table.get("abbreviations", ()))


def _either(words: Sequence[str]) -> str:
    """The words as alternatives, longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or HIDDEN


def plain_drafts(paragraphs: Sequence[Quoted], grammar: PlainGrammar) -> list[Draft]:
    """Statements of the whole document, in text order."""
    found: list[Draft] = []
    spoke = False
    for quoted in paragraphs if grammar.known else ():
        text = quoted.paragraph.doc.text
        quotations = quoted.quotations
        here: list[Draft] = []
        for sentence in sentences(text, quotations, grammar.abbreviations):
            here += _in_sentence(text, sentence, quotations, grammar)
        here = _with_rest(quotations, here, spoke)
        base = quoted.paragraph.block.span.start
        found += [_moved(draft, base) for draft in in_order(here)]
        spoke = bool(here)
    return found


def sentences(text: str, quotations: Sequence[Quotation], abbreviations: frozenset[str]) -> Iterator[Span]:
    """Sentences of a paragraph; none ends within a quotation or after an abbreviation."""
    start = 0
    for stop in re.finditer(r"[.!?…][”\"»)]*\s+(?=[^\Wa-zà-ÿ\d_]|[“\"«—¿¡\d])", text):
        inside = any(q.outer.start <= stop.start() < q.outer.end - 1 for q in quotations)
        word = text[start : stop.start()].rsplit(" ", 1)[-1].strip('(“"«').lower()
        if not inside and word not in abbreviations and len(word) > 1:
            yield Span(start, stop.end())
            start = stop.end()
    if text[start:].strip():
        yield Span(start, len(text))


def _in_sentence(text: str, sentence: Span, quotations: Sequence[Quotation], grammar: PlainGrammar) -> list[Draft]:
    masked = _masked(text, quotations)
    found: list[Draft] = []
    for cue in grammar.cue.finditer(masked, sentence.start, sentence.end):
        behind = masked[: cue.start()].rstrip(" ,—–")[-1:] == HIDDEN
        opens = None if behind else grammar.opens.match(masked, cue.end(), sentence.end)
        trails = masked[: cue.start()].rstrip()[-1:] in (",", HIDDEN, "—", "–")
        if opens is None and trails and found:
            found = [_cut(draft, cue.start(), masked) for draft in found]
        elif opens is None and trails:
            content = _trimmed(text, Span(sentence.start, cue.start()))
            speaker = _trailing(masked, cue.end(), sentence.end, grammar)
            found.append(Draft((content,), Span(*cue.span()), None, speaker, None, SURE))
        elif opens is not None and (leads := _leads(masked, sentence.start, cue.start(), found, grammar)) is not None:
            found = [_cut(draft, cue.start(), masked) for draft in found]
            content = _trimmed(text, Span(opens.end(), _said_until(masked, opens.end(), sentence.end, grammar)))
            speaker = leads if len(leads) else found[-1].speaker if found else None
            found.append(Draft((content,), Span(*cue.span()), None, speaker, None, SURE))
    return [d for d in found if _enough(masked, d)] or _according(text, masked, sentence, grammar)


def _leads(masked: str, start: int, cue: int, found: Sequence[Draft], grammar: PlainGrammar) -> Span | None:
    """The subject before a leading cue, empty where it is understood; None where the words before make it no cue."""
    if not found:
        return _leading(masked, Span(start, cue), grammar)
    bounds = [m.end() for m in grammar.bound.finditer(masked, found[-1].cue.end, cue)]
    if not bounds:
        return None
    between = _trimmed(masked, Span(bounds[-1], cue))
    return between if len(between.of(masked).split()) <= SUBJECT_WORDS else None


def _said_until(masked: str, start: int, end: int, grammar: PlainGrammar) -> int:
    """Where the reported words end: before ", según …" or the end of the sentence."""
    other = grammar.according.search(masked, start, end)
    return other.start() if other and masked[: other.start()].rstrip().endswith(",") else end


def _enough(masked: str, draft: Draft) -> bool:
    return any(HIDDEN in p.of(masked) or len(p.of(masked).split()) >= LEAST_WORDS for p in draft.content)


def _according(text: str, masked: str, sentence: Span, grammar: PlainGrammar) -> list[Draft]:
    """ "Según X, …" and "…, según X"."""
    cue = grammar.according.search(masked, sentence.start, sentence.end)
    if cue is None:
        return []
    speaker = _trailing(masked, cue.end(), sentence.end, grammar)
    if speaker is None:
        return []
    first = not masked[sentence.start : cue.start()].strip()
    comma = masked.find(",", speaker.end, sentence.end)
    if first and comma < 0:
        return []
    content = _trimmed(text, Span(comma + 1, sentence.end) if first else Span(sentence.start, cue.start()))
    enough = len(content.of(text).split()) >= LEAST_WORDS
    return [Draft((content,), Span(cue.start(), cue.end() - 1), None, speaker, None, SURE)] if enough else []


def _masked(text: str, quotations: Sequence[Quotation]) -> str:
    for quotation in quotations:
        outer = quotation.outer
        text = text[: outer.start] + HIDDEN * len(outer) + text[outer.end :]
    return text


def _cut(draft: Draft, cue: int, masked: str) -> Draft:
    """The draft, ended before the clause of a later cue: ", pero afirmó"."""
    piece = draft.content[-1]
    if not piece.start < cue < piece.end:
        return draft
    ends = [m.start() for m in re.finditer(r"[,;]\s|\s(?:y|e|and)\s", masked[piece.start : cue])]
    end = piece.start + ends[-1] if ends else cue
    return Draft((*draft.content[:-1], Span(piece.start, end)), draft.cue, None, draft.speaker, None, draft.probability)


def _leading(masked: str, before: Span, grammar: PlainGrammar) -> Span | None:
    """The subject: the words after the last comma, or both parts of "X, minister of Y,"; empty where there is none.

    None where the last words are a relative clause: "the man, who on Monday celebrated «…»".
    """
    lead = grammar.leads.match(before.of(masked))
    start = before.start + (lead.end() if lead else 0)
    found = [Span(start + m.start(), start + m.end()) for m in re.finditer(r"[^,;:—–]+", masked[start : before.end])]
    pieces = [piece for piece in (_trimmed(masked, piece) for piece in found) if len(piece)]
    if not pieces:
        return Span(before.end, before.end)
    closed = masked[: before.end].rstrip().endswith((",", "—", "–", "-"))
    if not closed and grammar.relative.match(pieces[-1].of(masked)):
        return None
    first = pieces[-2] if closed and len(pieces) > 1 else pieces[-1]
    return Span(first.start, pieces[-1].end)


def _trailing(masked: str, start: int, end: int, grammar: PlainGrammar) -> Span | None:
    """The speaker after a cue, up to a comma or a word that starts another phrase."""
    while start < end and masked[start] == " ":
        start += 1
    stop = grammar.stop.search(masked, start, end)
    span = Span(start, stop.start() if stop else end)
    return span if span.of(masked).strip() else None


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in " ,;:—–-":
        start += 1
    while end > start and text[end - 1] in " ,;:—–-.":
        end -= 1
    return Span(start, end)


def _with_rest(quotations: Sequence[Quotation], drafts: list[Draft], spoke: bool) -> list[Draft]:
    """The drafts; quotations that none holds go to the one before them, at the start to who spoke last."""
    for quotation in sorted(quotations, key=lambda q: q.outer.start):
        outer, inner = quotation.outer, quotation.inner
        if any(draft.covers(inner) for draft in drafts):
            continue
        before = [
            d
            for d in drafts
            if d.cue.end <= outer.start and any(q.outer.overlaps(p) for p in d.content for q in quotations)
        ]
        if before:
            longer = Draft(
                merged([*before[-1].content, outer]), before[-1].cue, None, before[-1].speaker, None, CONTINUED
            )
            drafts = [longer if d is before[-1] else d for d in drafts]
        elif not outer.start and spoke and len(inner) > 30:
            drafts = [Draft((outer,), Span(outer.start, outer.start), None, None, None, CONTINUED), *drafts]
    return drafts


def _moved(draft: Draft, base: int) -> Draft:
    content = tuple(piece.shifted(base) for piece in draft.content)
    speaker = draft.speaker.shifted(base) if draft.speaker else None
    return Draft(content, draft.cue.shifted(base), None, speaker, None, draft.probability)
