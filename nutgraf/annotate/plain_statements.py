"""Statements without a parse: reporting words, quotation marks and commas, for languages that have rules but no model.

Two orders are known: "Ana Ruiz dijo que …" (the speaker leads) and "…, dijo Ana Ruiz" (the speaker trails, also after
"según"). What stands between quotation marks is hidden while a sentence is read, so that no cue is found within it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from nutgraf.annotate.drafts import Draft, Quoted, in_order, merged
from nutgraf.annotate.plain_grammar import HIDDEN, PlainGrammar
from nutgraf.annotate.quotation_marks import Quotation
from nutgraf.model.span import Span

SURE = 0.8
CONTINUED = 0.7
"""Confidence in a statement with its own cue, and in a quotation given to who spoke last."""
SUBJECT_WORDS = 6
"""Most words between the end of one reported clause and the cue of the next."""
NAME_AWAY = 40
"""Code points from the end of a description to the comma before the name: "the head of the union in the region, X"."""
SUBJECT_LONGEST = 16
"""Most words of the subject of a sentence, its apposition included."""
LEAST_WORDS = 4
"""Fewer words without quotation marks are no statement."""


def plain_drafts(paragraphs: Sequence[Quoted], grammar: PlainGrammar, dateline: Span | None = None) -> list[Draft]:
    """Statements of the whole document, in text order; the dateline is no part of any."""
    found: list[Draft] = []
    spoke = False
    for quoted in paragraphs if grammar.known else ():
        text = quoted.paragraph.doc.text
        quotations = quoted.quotations
        here: list[Draft] = []
        base = quoted.paragraph.block.span.start
        begin = dateline.end - base if dateline and quoted.paragraph.block.span.contains(dateline) else 0
        for sentence in sentences(text, quotations, grammar.abbreviations, begin):
            here += _in_sentence(text, sentence, quotations, grammar)
        here = _with_rest(text, quotations, here, spoke)
        found += [_moved(draft, base) for draft in in_order(here)]
        spoke = bool(here)
    return found


def sentences(
    text: str, quotations: Sequence[Quotation], abbreviations: frozenset[str], start: int = 0
) -> Iterator[Span]:
    """Sentences of a paragraph from `start` on; none ends within a quotation or after an abbreviation."""
    for stop in re.compile(r"[.!?…][”\"»)]*\s+(?=[^\Wa-zà-ÿ\d_]|[“\"«—¿¡\d])").finditer(text, start):
        inside = any(q.outer.start <= stop.start() < q.outer.end - 1 for q in quotations)
        word = text[start : stop.start()].rsplit(" ", 1)[-1].strip('(“"«').lower()
        if not inside and word not in abbreviations and (len(word) > 1 or not word.isalpha()):
            yield Span(start, stop.end())
            start = stop.end()
    if text[start:].strip():
        yield Span(start, len(text))


def _in_sentence(text: str, sentence: Span, quotations: Sequence[Quotation], grammar: PlainGrammar) -> list[Draft]:
    masked = _masked(text, quotations)
    found: list[Draft] = []
    cues = grammar.cues(masked, sentence.start, sentence.end)
    for cue, after in zip_longest(cues, cues[1:]):
        behind = masked[: cue.start()].rstrip(" ,—–")[-1:] == HIDDEN
        opens = None if behind else grammar.opens.match(masked, cue.end(), sentence.end)
        if opens is not None and after is not None and after.start() < opens.end():
            continue  # "who asked not to be named said that": the clause belongs to the later verb
        trails = masked[: cue.start()].rstrip()[-1:] in (",", HIDDEN, "—", "–")
        if opens is None and trails and found:
            found = [_cut(draft, cue.start(), masked, grammar) for draft in found]
        elif opens is None and trails:
            content = _trimmed(text, Span(sentence.start, cue.start()))
            speaker = _trailing(masked, cue.end(), sentence.end, grammar)
            ends = not masked[cue.end() : sentence.end].strip(' .”"»')
            if behind or ((speaker is not None or ends) and grammar.finite.search(content.of(masked))):
                found.append(Draft((content,), Span(*cue.span()), None, speaker, None, SURE))
        elif opens is not None and (leads := _leads(masked, sentence, cue, found, grammar)) is not None:
            found = [_cut(draft, cue.start(), masked, grammar) for draft in found]
            content = _trimmed(text, Span(opens.end(), _said_until(masked, opens.end(), sentence.end, grammar)))
            speaker = leads if len(leads) else found[-1].speaker if found else None
            found.append(Draft((content,), Span(*cue.span()), None, speaker, None, SURE))
    found = [d for d in found if _enough(masked, d)]
    if not found:
        return _according(text, masked, sentence, grammar)
    clause = grammar.bound.search(masked, found[-1].content[-1].end, sentence.end)
    rest = _according(text, masked, Span(clause.end(), sentence.end), grammar) if clause else []
    return found + [d for d in rest if d.content[0].start > found[-1].cue.end]


def _leads(
    masked: str, sentence: Span, cue: re.Match[str], found: Sequence[Draft], grammar: PlainGrammar
) -> Span | None:
    """The subject before a leading cue, empty where it is understood; None where the words before make it no cue."""
    if not found:
        leads = _leading(masked, sentence, cue, grammar)
        speaks = _speaking(masked, leads, grammar) if leads is not None else None
        return None if speaks is not None and not len(speaks) and grammar.impersonal(cue) else speaks
    bounds = [m.end() for m in grammar.bound.finditer(masked, found[-1].cue.end, cue.start())]
    if not bounds:
        return None
    between = _without_clitics(masked, _trimmed(masked, Span(bounds[-1], cue.start())), grammar)
    if grammar.relative.fullmatch(between.of(masked)):
        return Span(cue.start(), cue.start())
    return between if len(between.of(masked).split()) <= SUBJECT_WORDS else None


def _said_until(masked: str, start: int, end: int, grammar: PlainGrammar) -> int:
    """Where the reported words end: before ", según …", behind a quoted term, or at the end of the sentence."""
    other = grammar.according.search(masked, start, end)
    end = other.start() if other and masked[: other.start()].rstrip().endswith(",") else end
    quoted = grammar.quotations.match(masked, start, end) if masked[start - 1 : start] != ":" else None
    if quoted is None or masked[:start].rstrip()[-1:] == ":":
        return end
    bound = re.compile(rf"[.;:](?!\d)|{grammar.bound.pattern}").search(masked, quoted.end(), end)
    return bound.start() if bound else end


def _enough(masked: str, draft: Draft) -> bool:
    return any(HIDDEN in p.of(masked) or len(p.of(masked).split()) >= LEAST_WORDS for p in draft.content)


def _according(text: str, masked: str, sentence: Span, grammar: PlainGrammar) -> list[Draft]:
    """ "Según X, …" and "…, según X"."""
    cue = grammar.according.search(masked, sentence.start, sentence.end)
    opinion = None if cue else grammar.opinion.match(masked, sentence.start, sentence.end)
    cue = cue or opinion
    if cue is None:
        return []
    first = not masked[sentence.start : cue.start()].strip()
    speaker = _trailing(masked, cue.end(), sentence.end, grammar, apposed=not first)
    if speaker is None or grammar.not_speaker.match(masked, speaker.start, speaker.end):
        return []
    comma = re.compile(r",(?!\d)").search(masked, speaker.end, sentence.end)
    after = comma.end() if comma else sentence.end
    if (first and comma is None) or (opinion and masked[after : after + 2] != " " + HIDDEN):
        return []
    content = _trimmed(text, Span(after, sentence.end) if first else Span(sentence.start, cue.start()))
    enough = len(content.of(text).split()) >= LEAST_WORDS
    return [Draft((content,), Span(cue.start(), cue.end() - 1), None, speaker, None, SURE)] if enough else []


def _masked(text: str, quotations: Sequence[Quotation]) -> str:
    for quotation in quotations:
        outer = quotation.outer
        text = text[: outer.start] + HIDDEN * len(outer) + text[outer.end :]
    return text


def _cut(draft: Draft, cue: int, masked: str, grammar: PlainGrammar) -> Draft:
    """The draft, ended before the clause of a later cue: ", pero afirmó"."""
    piece = draft.content[-1]
    if not piece.start < cue < piece.end:
        return draft
    ends = [m.start() for m in grammar.bound.finditer(masked, piece.start, cue)]
    end = ends[-1] if ends else cue
    return Draft((*draft.content[:-1], Span(piece.start, end)), draft.cue, None, draft.speaker, None, draft.probability)


def _leading(masked: str, sentence: Span, cue: re.Match[str], grammar: PlainGrammar) -> Span | None:
    """The subject: the words after the last comma, or both parts of "X, minister of Y,"; empty where it is understood.

    None where the last words are a relative clause: "the man, who on Monday celebrated «…»".
    """
    before = Span(sentence.start, cue.start())
    lead = grammar.leads.match(before.of(masked))
    start = before.start + (lead.end() if lead else 0)
    found = [Span(start + m.start(), start + m.end()) for m in re.finditer(r"[^,;:—–]+", masked[start : before.end])]
    pieces = [piece for piece in (_trimmed(masked, piece) for piece in found) if len(piece)]
    if not pieces:
        return Span(before.end, before.end)
    closed = masked[: before.end].rstrip().endswith((",", "—", "–", "-"))
    last = _without_clitics(masked, pieces[-1], grammar)
    if not closed and grammar.relative.fullmatch(last.of(masked)):
        named = grammar.names(cue) or len(pieces) < 2 or " " in last.of(masked)
        return _subject(masked, sentence, grammar) if named else pieces[-2]
    if not closed and (grammar.relative.match(last.of(masked)) or grammar.ends_in_relative.search(last.of(masked))):
        return None
    if not closed and grammar.only_joins.fullmatch(last.of(masked)):
        return _subject(masked, sentence, grammar)
    if not closed and len(pieces) == 1 and (joined := grammar.bound.search(masked, last.start, last.end)):
        rest = masked[joined.end() : before.end].split()
        return _subject(masked, sentence, grammar) if grammar.finite.search(last.of(masked)) and len(rest) < 2 else last
    first = pieces[-2] if closed and len(pieces) > 1 else last
    return Span(first.start, last.end)


def _speaking(masked: str, subject: Span, grammar: PlainGrammar) -> Span:
    """The subject without a circumstance before it and a predicate behind it; empty where a time or nobody is left."""
    start, end = subject.start, subject.end
    while circumstance := grammar.circumstance.match(masked, start, end):
        behind = grammar.behind_circumstance.match(masked, circumstance.end(), end)
        start = behind.end() if behind else end
    predicate = grammar.predicate.search(masked, start, end)
    if predicate and not grammar.relative.search(masked[start : predicate.start()]):
        end = predicate.start()
    told = _trimmed(masked, Span(start, end))
    words = told.of(masked)
    if grammar.ends_in_relative.search(words):
        first = [m.start() for m in grammar.noun_phrase.finditer(masked, told.start, told.end)]
        told = Span(first[-1], told.end) if first and len(words.split()) > SUBJECT_WORDS else told
    nobody = grammar.time.match(words) or grammar.clitics.fullmatch(words) or not grammar.speaks.match(words + " ")
    return Span(subject.end, subject.end) if nobody else told


def _subject(masked: str, sentence: Span, grammar: PlainGrammar) -> Span:
    """The words before the first finite verb of a sentence; empty where they are too many to be its subject."""
    lead = grammar.leads.match(sentence.of(masked))
    start = sentence.start + (lead.end() if lead else 0)
    verb = grammar.finite.search(masked, start, sentence.end)
    found = _trimmed(masked, Span(start, verb.start() if verb else start))
    words = found.of(masked)
    return found if grammar.speaks.match(words + " ") and len(words.split()) <= SUBJECT_LONGEST else Span(start, start)


def _without_clitics(masked: str, span: Span, grammar: PlainGrammar) -> Span:
    """Without pronouns and negations that belong to the verb behind: "la oposición la"."""
    clitic = grammar.clitics.search(span.of(masked))
    return _without_clitics(masked, Span(span.start, span.start + clitic.start()), grammar) if clitic else span


def _trailing(masked: str, start: int, end: int, grammar: PlainGrammar, apposed: bool = True) -> Span | None:
    """The speaker after a cue: up to a comma or a word that starts another phrase, with a name in apposition; where
    the sentence goes on behind a comma, `apposed` is false, and a second comma must close the name."""
    while start < end and masked[start] == " ":
        start += 1
    for passed in (grammar.moment, grammar.addressee, grammar.moment):
        match = passed.match(masked, start, end)
        start = match.end() if match else start
    if not grammar.speaks.match(masked, start, end) or grammar.felt.match(masked, start, end):
        return None
    stop = grammar.stop.search(masked, start, end)
    span = Span(start, stop.start() if stop else end)
    comma = masked.find(",", span.start, span.end + 1 + NAME_AWAY)
    named = grammar.named.match(masked, comma, end) if stop and comma >= 0 else None
    if named and not _capital(span.of(masked)) and (apposed or masked[named.end() : named.end() + 1] == ","):
        return Span(span.start, named.end())
    return span if span.of(masked).strip() else None


def _capital(words: str) -> bool:
    """Whether the words begin with a name."""
    return words[:1].isupper()


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in " ,;:—–-":
        start += 1
    while end > start and text[end - 1] in " ,;:—–-.":
        end -= 1
    return Span(start, end)


def _with_rest(text: str, quotations: Sequence[Quotation], drafts: list[Draft], spoke: bool) -> list[Draft]:
    """The drafts; quotations that none holds go to the one before them, at the start to who spoke last."""
    for quotation in sorted(quotations, key=lambda q: q.outer.start):
        outer, inner = quotation.outer, quotation.inner
        work = (
            text[inner.start].isupper()
            and text[outer.start] not in "—–"
            and text[: outer.start].rstrip()[-1:].isalnum()
        )
        if work or any(draft.covers(inner) for draft in drafts):
            continue  # "the author of “The Dam”"
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
