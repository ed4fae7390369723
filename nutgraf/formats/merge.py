"""Annotating again: a three-way merge, field by field and item by item, spliced into the person's file.

Base is what the machine said before, mine the file as it stands, theirs the new proposal. What a person did not touch
follows the machine; what a person changed, added, struck out or confirmed stays; where both changed, mine stays and a
question is asked, in every run until it is answered: what a question is about keeps its old base. `status`, `reviewed`
and `corrections` are never touched. What was spliced is read again: should it not say what the merge meant, the file
stays as it is.
"""

from dataclasses import dataclass, replace
from typing import Any

from nutgraf.formats.body_merge import blocks, chunks, texts
from nutgraf.formats.brief import parse_brief
from nutgraf.formats.item_merge import ItemMerge
from nutgraf.formats.question import Answers, Question, confirmed, finding, unanswered
from nutgraf.formats.splice import Change, Layout, Splice, spliced
from nutgraf.formats.three_way import SETS, Asking
from nutgraf.model.brief import Brief, FrontMatter, Proposal
from nutgraf.model.diagnostic import Diagnostic

LISTS = ("actors", "figures", "quotes", "sources", "dates", "related")
VALUES = ("headline", "date", "standfirst", "article", "url", "byline", "language", "topics")


@dataclass(frozen=True, slots=True)
class Merge:
    """The new text of the file, what only a person can answer, and the proposal to keep for the next run."""

    text: str
    questions: tuple[Question, ...]
    proposal: Proposal
    conflicts: tuple[Diagnostic, ...]
    """The questions as they are reported, or why the file could not be read."""


def merge_brief(text: str, last: Proposal, new: Proposal, path: str, answers: Answers = unanswered) -> Merge:
    """The file's text after another run of the machine. A file that cannot be read stays as it is.

    Questions of the last run are settled first: whoever has since confirmed an item has answered those about it.
    """
    if last.base is not None or last.base_body is not None:
        settled = _merged(text, last, last, path, confirmed)
        text, last = settled.text, settled.proposal
    merge = _merged(text, last, new, path, answers)
    if merge.questions and merge.text != text:  # their places are those in the new text
        return _merged(merge.text, merge.proposal, new, path, unanswered)
    return merge


def _merged(text: str, last: Proposal, new: Proposal, path: str, answers: Answers) -> Merge:
    base, base_body = last.base or last.front, last.body if last.base_body is None else last.base_body
    brief, problems = parse_brief(text, path)
    if brief is None:
        return Merge(text, (), _remembering(new, base, base_body), problems)
    merging = _Merging(brief, text, base, answers)
    next_body = merging.body(base_body, new.body)
    known = {name: merging.value(name, getattr(base, name), getattr(new.front, name)) for name in VALUES}
    known |= merging.items(base, new)
    merged = spliced(text, merging.splices)
    if not merging.as_meant(parse_brief(merged, path)[0]):
        question = Question("layout", ("front matter",), 1)
        return Merge(text, (question,), _remembering(new, base, base_body), (finding(question, brief),))
    asked = tuple(merging.asking.open)
    front = replace(new.front, **known, reviewed=brief.front.reviewed if asked else None)
    return Merge(merged, asked, _remembering(new, front, next_body), tuple(finding(q, brief) for q in asked))


def _remembering(new: Proposal, base: FrontMatter, body: str) -> Proposal:
    """The proposal with what the next run is to compare with, where that is not the proposal itself."""
    same = texts(body) == texts(new.body)
    return replace(new, base=None if base == new.front else base, base_body=None if same else body)


class _Merging:
    """Collects the new values and the splices of one file; each part is given its next base."""

    def __init__(self, brief: Brief, text: str, base: FrontMatter, answers: Answers) -> None:
        self.brief, self.layout = brief, Layout(brief, text)
        self.blocks = blocks(brief.lines[brief.body.line - 1 :])
        self.asking = Asking(brief, base, answers, [brief.body.line + block.start for block in self.blocks])
        self.front: dict[str, Any] = {}
        self.paragraphs = [block.text for block in self.blocks]
        self.splices: list[Change] = []

    def as_meant(self, again: Brief | None) -> bool:
        """Whether a brief says what was merged."""
        meant = replace(self.brief.front, **self.front)
        return again is not None and (again.front, list(texts(again.body.markdown))) == (meant, self.paragraphs)

    def value(self, name: str, base: Any, new: Any) -> Any:
        """A field with one value, or a list of names."""
        mine, asking = getattr(self.brief.front, name), self.asking
        merge = asking.names if name in SETS else asking.value
        result, known = merge((name,), (base, mine, new), asking.reviewed)
        if result == mine:
            return known
        splice = self.layout.value(name, result)
        if splice is None:
            return new if asking.ask("layout", (name,), base, mine, new) else base
        self.front[name] = result
        self.splices.append(splice)
        return known

    def items(self, base: FrontMatter, new: Proposal) -> dict[str, Any]:
        """All lists of items."""
        merge = ItemMerge(self.asking, self.layout, "\n\n".join(self.paragraphs), new.body)
        known = {}
        for name in LISTS:
            merged = merge.merged(name, getattr(base, name), getattr(new.front, name))
            self.front[name], known[name] = merged.items, merged.base
            self.splices += merged.splices
        return known

    def body(self, base: str, new: str) -> str:
        """The body, paragraph by paragraph."""
        parts = (texts(base), tuple(block.text for block in self.blocks), texts(new))
        self.paragraphs = []
        known: list[str] = []
        for chunk in chunks(*parts):
            spans = (chunk.base, chunk.mine, chunk.new)
            old, mine, now = ("\n\n".join(part[slice(*span)]) for part, span in zip(parts, spans, strict=True))
            result, remembered = self.asking.value(("body", chunk.mine[0]), (old, mine, now), self.asking.reviewed)
            self.paragraphs += texts(result)
            known += texts(remembered)
            if result != mine:
                self.splices.append(self._paragraphs(chunk.mine, result))
        return "\n\n".join(known) + "\n"

    def _paragraphs(self, span: tuple[int, int], text: str) -> Splice:
        """A stretch of the body's blocks gives way to a text, with a blank line between it and its neighbours."""
        start, end = span
        lines = text.split("\n") if text else []
        offset = self.brief.body.line - 1
        if start < end and lines:
            return Splice(offset + self.blocks[start].start, offset + self.blocks[end - 1].end, tuple(lines))
        return self._without(start, end, offset) if start < end else self._between(start, lines, offset)

    def _without(self, start: int, end: int, offset: int) -> Splice:
        first = self.blocks[start].start
        if end < len(self.blocks):
            return Splice(offset + first, offset + self.blocks[end].start, ())
        return Splice(offset + (self.blocks[start - 1].end if start else first), offset + self.blocks[end - 1].end, ())

    def _between(self, at: int, lines: list[str], offset: int) -> Splice:
        if at:
            place = offset + self.blocks[at - 1].end
            return Splice(place, place, ("", *lines))
        place = offset + (self.blocks[0].start if self.blocks else 0)
        return Splice(place, place, (*lines, "") if self.blocks else ("", *lines))
