"""Numbers that count or measure: value, unit, what, change, record, the time they hold for, and the clause."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nutgraf.annotate.amounts import Amount, AmountReader
from nutgraf.annotate.clauses import clause, verb_of
from nutgraf.annotate.counted import Counted, CountedFinder
from nutgraf.annotate.plain_figures import PlainFinder
from nutgraf.annotate.token_places import TokenPlaces
from nutgraf.model.annotation import Annotations, DateFound, FigureFound
from nutgraf.model.article import BlockKind, Document, LanguagePack, Paragraph
from nutgraf.model.span import Span

SURE, FAIR, ASIDE = 0.9, 0.7, 0.3
"""Confidence where the counted thing is known; where not; of ages, "the two" and the like, kept out of briefs."""
SMALL = 12
"""Up to here a number behind "the" only refers ("the two men"); it tells nothing new."""
CODE = 5
"""Digits in a row, without a mark between thousands, from which a number is a code rather than a count."""
YEAR = re.compile(r"1[6-9]\d\d|20[0-4]\d")
_TITLES = (BlockKind.HEADLINE, BlockKind.HEADING)
_DATED = 0.4


@dataclass(frozen=True, slots=True)
class _Words:
    """What figures need of the pack beside amounts and nouns."""

    rises: frozenset[str]
    falls: frozenset[str]
    determiners: frozenset[str]
    rolling: frozenset[str]
    to: frozenset[str]
    amounts: frozenset[str]
    spends: frozenset[str]
    comparisons: frozenset[str]
    aside: re.Pattern[str]
    measured: re.Pattern[str]
    """What a change may be measured from: another amount or another time."""
    base: re.Pattern[str]
    trend: re.Pattern[str]
    record_behind: re.Pattern[str]


def make_figures(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator of figures. Reads `dates`: their numbers are no figures, and they tell the time of others."""
    table = pack.table("figures")
    amounts, nouns, plain = (
        AmountReader(table),
        CountedFinder(table),
        PlainFinder(table, pack.table("quotes").get("cues", ())),
    )
    words = _Words(
        frozenset(table.get("rises", ())),
        frozenset(table.get("falls", ())),
        frozenset(table.get("determiners", ())),
        frozenset(table.get("rolling", ())),
        frozenset(table.get("levels", ())),
        frozenset((*table.get("levels", ()), *table.get("of", ()), "by")),
        frozenset(table.get("spends", ())),
        frozenset(table.get("comparisons", ())),
        *(
            re.compile(table.get(key, r"(?!)"), re.I)
            for key in ("aside", "measured_from", "base", "trend", "record_behind")
        ),
    )

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        figures: list[FigureFound] = []
        dateline = found.credits.dateline
        for paragraph in document.paragraphs:
            base, text = paragraph.block.span.start, paragraph.doc.text
            dates = [d for d in found.dates if paragraph.block.span.contains(d.span)]
            read = amounts.read(text, [(d.span.start - base, d.span.end - base) for d in dates])
            if read and document.parsed:
                begin = dateline.end - base if dateline and paragraph.block.span.contains(dateline) else 0
                figures.extend(_Parsed(paragraph, nouns, words, dates, begin).figures(read, figures))
            else:
                figures.extend(plain.figures(paragraph, read, dates))
        return {"figures": tuple(figures)}

    return run


class _Parsed:
    """Figures of one parsed paragraph."""

    def __init__(
        self, paragraph: Paragraph, nouns: CountedFinder, words: _Words, dates: Sequence[DateFound], begin: int = 0
    ) -> None:
        self._paragraph, self._doc, self._words, self._nouns = paragraph, paragraph.doc, words, nouns
        self._places, self._begin = TokenPlaces(self._doc), begin
        base = paragraph.block.span.start
        self._dated = [
            (d, self._places.span(d.span.start - base, d.span.end - base)) for d in dates if d.confidence >= _DATED
        ]

    def figures(self, amounts: Sequence[Amount], before: Sequence[FigureFound]) -> list[FigureFound]:
        """One for each amount that is not part of a name or a number in a row of numbered things."""
        found: list[FigureFound] = []
        for amount in amounts:
            first, last = self._places.range(amount.start, amount.end)
            if not self._named(amount, first, last):
                found.append(self._figure(amount, first, last, [*before[-3:], *found]))
        return found

    def _named(self, amount: Amount, first: int, last: int) -> bool:
        """ "Boeing 737", "day five", "the Big Ten": a number behind the noun it belongs to, or within a name."""
        doc, token = self._doc, self._doc[first]
        if amount.unit or amount.opening < amount.start:
            return False
        after = doc[last] if last < len(doc) else None
        if after is not None and after.text == "-" and last + 1 < len(doc) and doc[last + 1].text[:1].isupper():
            return self._paragraph.block.kind not in _TITLES
        counts = after is not None and (after.pos_ in ("NOUN", "ADJ") or after.text == "-")
        left = doc[first - 1] if first else None
        if YEAR.fullmatch(token.text) and last == first + 1 and after is not None and after.tag_ == "NN":
            return amount.low is None  # "the 1898 ruling"
        if left is None or token.is_sent_start:
            return False
        if left.is_quote and token.text.istitle() and after is not None and after.text.istitle():
            return not left.is_sent_start and self._paragraph.block.kind not in _TITLES
        if token.text[:1].isupper() and token.text[:1].isalpha() and self._paragraph.block.kind not in _TITLES:
            return bool(left.is_alpha and (left.text[0].isupper() or (after is not None and after.text[:1].isupper())))
        noun = left.pos_ == "PROPN" or (
            left.pos_ == "NOUN" and token.dep_ in ("nummod", "appos") and token.head == left
        )
        return noun and not counts and left.whitespace_ != "" and amount.low is None

    def _figure(self, amount: Amount, first: int, last: int, before: Sequence[FigureFound]) -> FigureFound:
        converted = self._converted(amount, before)
        counted = None if converted else self._nouns.find(self._doc, first, last, amount.unit)
        if counted and self._doc[counted.head].idx < self._begin:
            counted = self._behind_dateline(first)
        what = self._doc[counted.start : counted.end].text if counted else None
        if not counted:
            what = self._inherited(amount, last, before)
        start = self._places.range(amount.opening, amount.end)[0]
        phrase = max(last, counted.end if counted and counted.start >= last and counted.end - last <= SMALL else last)
        modifies = counted is not None and counted.start >= last and amount.unit is not None
        told = not modifies or self._nouns.changes(self._doc[last:phrase])
        money = amount.unit is not None and amount.unit.isupper()
        change = self._change(start, first, last, phrase, money) if told else None
        end = (
            amount.end
            if counted is None or counted.start < last
            else self._doc[phrase - 1].idx + len(self._doc[phrase - 1])
        )
        return FigureFound(
            span=self._paragraph.characters(amount.start, amount.end),
            anchor=self._paragraph.span(*clause(self._doc, start, phrase)),
            value=amount.value,
            low=amount.low,
            high=amount.high,
            unit=amount.unit,
            what=what,
            head=self._paragraph.span(counted.head, counted.head + 1) if counted else None,
            approx=amount.approx,
            change=change,
            base=self._base(start, last, change) or self._behind(self._words.trend, end, "base"),
            record=amount.record or self._behind(self._words.record_behind, end, "record"),
            when=self._when(first, last, counted.head if counted else None),
            confidence=self._confidence(amount, first, what),
        )

    def _behind_dateline(self, first: int) -> Counted | None:
        """The noun before the verb of a sentence whose subject the parse takes the dateline for."""
        verb = verb_of(self._doc[first])
        nouns = [t for t in self._doc[: verb.i if verb is not None else 0] if t.pos_ == "NOUN" and t.idx >= self._begin]
        return self._nouns.phrase(nouns[-1]) if nouns else None

    def _inherited(self, amount: Amount, last: int, before: Sequence[FigureFound]) -> str | None:
        """What the number before counted: "47,331 migrants came …, 16,657 left", "2 million pesos ($100,000)"."""
        if amount.unit:
            return before[-1].what if self._converted(amount, before) else None
        if last < len(self._doc) and self._doc[last].pos_ not in ("VERB", "AUX", "ADP", "ADV", "PUNCT"):
            return None
        same = [f for f in before if not f.unit and f.what and self._paragraph.block.span.contains(f.span)]
        return same[-1].what if same else None

    def _converted(self, amount: Amount, before: Sequence[FigureFound]) -> bool:
        """Whether it tells the amount right before it in another unit: "2 million pesos ($100,000)"."""
        at = amount.start + self._paragraph.block.span.start
        return bool(
            amount.unit
            and self._doc.text[: amount.start].endswith("(")
            and before
            and before[-1].unit
            and before[-1].unit != amount.unit
            and at - before[-1].span.end <= len(" (")
        )

    def _change(self, start: int, first: int, last: int, phrase: int, money: bool) -> str | None:
        """Whether the amount is by how much something rose or fell; "rose to 5" gives a level, no change, of
        "3 ships sank" the number is no depth, and "raised $5" tells what somebody got."""
        token, left = self._doc[first], self._doc[start - 1] if start else None
        if left is not None and left.lower_ in self._words.to:
            return None
        verb = verb_of(token)
        verb = verb if verb is not None and verb.i < first else None
        taken = verb is not None and verb.lemma_ in self._words.spends and self._doc[first:last].root.dep_ == "dobj"
        beside = None if (taken and money) or self._circumstance(token) else verb
        for near in (left, *self._doc[last:phrase], token.head, beside):
            if near is not None and abs(near.i - first) <= SMALL and (near is not token.head or near.i < last + 3):
                if near.pos_ == "VERB" and (near.i > last or beside is None):
                    continue
                if near.i >= last and "-" in {token.text for token in self._doc[near.i - 1 : near.i + 2]}:
                    continue  # "five double-deckers"
                if near.lemma_.lower() in self._words.rises:
                    return "rise"
                if near.lemma_.lower() in self._words.falls:
                    return "fall"
        return None

    def _circumstance(self, token: Any) -> bool:
        """Whether the amount hangs on its verb by a preposition that gives no amount: "fell in five matches"."""
        while token.pos_ not in ("VERB", "AUX") and token.head != token:
            if token.dep_ == "prep" and token.lower_ not in self._words.amounts:
                return True
            token = token.head
        return False

    def _base(self, start: int, last: int, change: str | None) -> str | None:
        """What a change, or a level after "rose to", is measured from."""
        left = self._doc[start - 1].lower_ if start else ""
        verb = verb_of(self._doc[start])
        moved = verb is not None and verb.lemma_.lower() in self._words.rises | self._words.falls
        if not change and not (left in self._words.to and left != "from" and moved):
            return None
        return self._behind(self._words.base, self._doc[last - 1].idx + len(self._doc[last - 1]), "base")

    def _behind(self, words: re.Pattern[str], end: int, group: str) -> str | None:
        """Words behind a figure that an expression of the pack names."""
        match = words.match(self._doc.text, end)
        told = match[group].strip() if match else None
        return told if told and (group != "base" or self._words.measured.search(told)) else None

    def _when(self, first: int, last: int, head: int | None) -> str | None:
        """The date that hangs on the same verb, or on the counted noun."""
        if first > 1 and self._doc[first - 1].lower_ == "from" and self._doc[first - 2].pos_ in ("ADV", "ADP", "PRT"):
            return None  # "up from 900"
        verb = verb_of(self._doc[first:last].root)
        near: list[tuple[int, str]] = []
        for date, span in self._dated:
            hangs = verb_of(span.root)
            superlative = span.start and self._doc[span.start - 1].tag_ in ("JJS", "RBS")
            if superlative and self._doc[span.start].lower_ in self._words.comparisons:
                continue  # "the highest since 2021"
            if span.start >= last and any(t.lower_ in self._words.comparisons for t in self._doc[last : span.start]):
                continue  # "2 points lower than in 2019"
            on_noun = head is not None and any(a.i == head for a in span.root.ancestors)
            if span.sent.start <= first < span.sent.end and (on_noun or (verb is not None and hangs == verb)):
                near.append((span.start - last if span.start >= last else first - span.end, date.date))
        return min(near)[1] if near else None

    def _confidence(self, amount: Amount, first: int, what: str | None) -> float:
        doc, text = self._doc, self._doc.text
        left = doc[first - 1].lower_ if first else ""
        rolling = amount.unit and left in self._words.rolling
        written = text[slice(*amount.number)]
        coded = not amount.unit and written.isdecimal() and len(written) >= CODE
        refers = left in self._words.determiners and amount.value is not None and amount.value <= SMALL
        if (refers and not amount.unit) or rolling or coded or self._words.aside.match(text, amount.end):
            return ASIDE
        if not what and not amount.unit:
            return ASIDE
        return SURE if what else FAIR


def with_speakers(figures: Sequence[FigureFound], speaker: Callable[[Span], str | None]) -> tuple[FigureFound, ...]:
    """The figures with `by` filled where it is not yet."""
    return tuple(f if f.by else replace(f, by=speaker(f.span)) for f in figures)


def owner(document: Document, found: Annotations, figure: Span, own_words: frozenset[str]) -> str | None:
    """Whose forecast, estimate or count the figure's sentence speaks of: "its forecast", "the bank's estimate"."""
    if not document.parsed:
        return None
    for paragraph in document.paragraphs:
        if not paragraph.block.span.contains(figure):
            continue
        base = paragraph.block.span.start
        token = TokenPlaces(paragraph.doc).span(figure.start - base, figure.end - base).root
        for noun in token.sent:
            if noun.lemma_.lower() in own_words:
                holders = [paragraph.span(c.i, c.i + 1) for c in noun.children if c.dep_ == "poss"]
                named = (a.name for a in found.actors for m in a.mentions for h in holders if m.span.overlaps(h))
                if name := next(named, None):
                    return name
    return None


def make_figure_attribution(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator that tells on whose word a figure stands. Reads `figures` and `quotes`."""
    table = pack.table("figures")
    goes_on = tuple(str(w).casefold() for w in table.get("continues", ()))
    own_words = frozenset(table.get("own_words", ()))

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        statements = [(q, piece) for q in found.quotes if q.by for piece in q.content]

        def speaker(figure: Span) -> str | None:
            holding = [(len(piece), q.by) for q, piece in statements if piece.contains(figure)]
            if holding:
                return min(holding)[1]
            return owner(document, found, figure, own_words) or continued(document, figure)

        def continued(document: Document, figure: Span) -> str | None:
            """The speaker of the sentence before, where this one plainly goes on with it."""
            for paragraph in document.paragraphs:
                if paragraph.block.span.contains(figure):
                    base = paragraph.block.span.start
                    sentences = [Span(s.start_char, s.end_char).shifted(base) for s in paragraph.doc.sents]
                    here = next((i for i, s in enumerate(sentences) if s.overlaps(figure)), 0)
                    opening = sentences[here].of(document.text).casefold() if sentences else ""
                    if here and opening.startswith(goes_on):
                        told = [q.by for q, piece in statements if piece.overlaps(sentences[here - 1])]
                        return told[-1] if told else None
            return None

        return {"figures": with_speakers(found.figures, speaker)}

    return run
