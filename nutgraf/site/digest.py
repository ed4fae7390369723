"""The body of a brief as chosen sentences, word for word."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from nutgraf.model.brief import Body
from nutgraf.model.config import Config
from nutgraf.model.span import Span
from nutgraf.site.library import page_of, slug_of
from nutgraf.site.reading import Reading
from nutgraf.site.text import paragraphs

OMISSION = " […] "
"""Stands where sentences of a paragraph are left out between others."""
HELD = ("quotes", "figures", "sources")
"""Items whose sentences are chosen."""
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Stretches of a body's plain text set in a row, and where each offset of the body went."""

    plain: str
    markdown: str
    """Reads as `plain`."""
    sentences: frozenset[Span]
    """The chosen sentences, in the body."""
    runs: tuple[Span, ...]
    """The same, neighbours joined, ascending."""
    moved: tuple[int, ...]
    """By how many code points each run now stands further to the left."""

    def place(self, span: Span) -> Span | None:
        """Where a stretch of the body stands now; None where its beginning or its end is left out."""
        first, last = self._run(span.start), self._run(span.end - 1)
        if first is None or last is None:
            return None
        return Span(span.start - self.moved[first], span.end - self.moved[last])

    def _run(self, offset: int) -> int | None:
        index = bisect_right(self.runs, offset, key=lambda run: run.start) - 1
        return index if index >= 0 and offset < self.runs[index].end else None


def is_digest(reading: Reading, config: Config) -> bool:
    """Whether only chosen sentences are published: as the page of the agency says, else as site.yaml says."""
    names = [source.name for source in reading.brief.front.sources if source.kind == "agency"]
    pages = [page_of(slug_of(name, reading.names.sources), reading.names.sources) for name in names]
    modes = [page.body_mode for page in pages if page and page.body_mode]
    return "digest" in modes if modes else config.body == "digest"


def chosen(reading: Reading) -> tuple[Span, ...]:
    """The sentences of the first paragraph, and those that hold a quotation, a figure or a credit."""
    body = reading.brief.body
    told = [block for block in paragraphs(body.plain) if block not in body.protected]
    wanted = told[:1] + [note.span for note in reading.notes if note.span and note.list in HELD]
    return tuple(sentence for sentence in reading.sentences if any(sentence.overlaps(span) for span in wanted))


def excerpt_of(body: Body, sentences: tuple[Span, ...]) -> Excerpt:
    """These sentences of a body, paragraph by paragraph; headings and emphasis are left out."""
    blocks: list[str] = []
    runs: list[Span] = []
    moved: list[int] = []
    length = 0
    for block in paragraphs(body.plain):
        joined = _joined([s for s in sentences if block.contains(s)], body.plain)
        if not joined or block in body.protected:
            continue
        length += len("\n\n") if blocks else 0
        for place, run in enumerate(joined):
            length += len(OMISSION) if place else 0
            moved.append(run.start - length)
            length += len(run)
        runs += joined
        blocks.append(OMISSION.join(run.of(body.plain) for run in joined))
    markdown = "\n\n".join(_PUNCTUATION.sub(r"\\\g<0>", block) for block in blocks)
    kept = frozenset(s for s in sentences if any(run.contains(s) for run in runs))
    return Excerpt("\n\n".join(blocks), markdown, kept, tuple(runs), tuple(moved))


def _joined(sentences: list[Span], plain: str) -> list[Span]:
    """Neighbouring sentences as one stretch."""
    runs: list[Span] = []
    for sentence in sentences:
        if runs and not plain[runs[-1].end : sentence.start].strip():
            runs[-1] = Span(runs[-1].start, sentence.end)
        else:
            runs.append(sentence)
    return runs
