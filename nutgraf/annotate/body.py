"""The body of a proposal: the story's paragraphs, and where an annotated stretch stands in them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from nutgraf.model.article import BODY_KINDS, BlockKind, Document
from nutgraf.model.span import Span

GAP = "\n\n"
_BREAK = re.compile(r"\s*[\r\n]\s*")
_MARKS = " ,.;:!?“”„«»\"'‘’()[]…–—-"
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def flat(text: str) -> str:
    """A paragraph on one line: as it reads once it has been through Markdown."""
    return _BREAK.sub(" ", text.strip())


@dataclass(frozen=True, slots=True)
class BodyText:
    """The paragraphs of a body, in plain words and in Markdown."""

    plain: str
    markdown: str
    places: Mapping[Span, int]
    """Where in `plain` each block of the article starts."""
    text: str
    """The article's text."""

    def locate(self, span: Span) -> Span | None:
        """Where in `plain` a stretch of the article stands; None where it is not in the body."""
        for block, start in self.places.items():
            if block.contains(span):
                before = _BREAK.sub(" ", self.text[block.start : span.start])
                words = flat(span.of(self.text))
                at = self.plain.find(words, max(0, start + len(before) - 1))
                return Span(at, at + len(words)) if at >= 0 and words else None
        return None

    def near(self, place: Span) -> str | None:
        """Longer words around a stretch of `plain`, which occur once; None where its own words do."""
        words = place.of(self.plain)
        if self.plain.count(words) == 1:
            return None
        start = self.plain.rfind(GAP, 0, place.start) + len(GAP) if GAP in self.plain[: place.start] else 0
        end = self.plain.find(GAP, place.end)
        limits = Span(start, len(self.plain) if end < 0 else end)
        left, right = place.start, place.end
        while (left, right) != (limits.start, limits.end):
            right = _next_space(self.plain, right, limits.end)
            if self._once(left, right):
                break
            left = _last_space(self.plain, left, limits.start)
            if self._once(left, right):
                break
        return self.plain[left:right].strip()

    def _once(self, left: int, right: int) -> bool:
        """Whether the words, whatever their case and the marks around them, occur once."""
        return self.plain.casefold().count(self.plain[left:right].strip(_MARKS).casefold()) == 1


def make_body(document: Document, names: Iterable[str], escape: Callable[[str], str]) -> BodyText:
    """The paragraphs, cross-heads and credit line of a story. `names` keep their capitals in cross-heads;
    `escape` makes one paragraph of plain text Markdown."""
    text = document.text
    case = {**_usual_case(document), **{word.casefold(): word for name in names for word in _WORD.findall(name)}}
    plain: list[str] = []
    markdown: list[str] = []
    places: dict[Span, int] = {}
    at = 0
    for block in document.story.of_kind(*BODY_KINDS):
        words = flat(block.span.of(text))
        if not words:
            continue
        heading = block.kind is BlockKind.HEADING
        if heading:
            words = recased(words, case)
        else:
            places[block.span] = at
        plain.append(words)
        markdown.append(("## " if heading else "") + escape(words))
        at += len(words) + len(GAP)
    return BodyText(GAP.join(plain), GAP.join(markdown) + "\n", places, text)


def recased(heading: str, case: Mapping[str, str]) -> str:
    """A cross-head in capitals as a sentence; `case` gives the usual form of words by their small letters."""
    if not heading.isupper():
        return heading
    words = _WORD.sub(lambda m: case.get(m.group().casefold(), m.group().lower()), heading)
    return words[:1].upper() + words[1:]


def _usual_case(document: Document) -> Mapping[str, str]:
    """The most frequent form of each word inside sentences."""
    forms: Counter[str] = Counter()
    for block in document.story.of_kind(BlockKind.PARAGRAPH):
        words = block.span.of(document.text)
        forms.update(m.group() for m in _WORD.finditer(words) if not _starts_sentence(words, m.start()))
    return {form.casefold(): form for form, _ in reversed(forms.most_common())}


def _starts_sentence(words: str, at: int) -> bool:
    return not re.search(r"[\w,;:)]\s$", words[max(0, at - 3) : at])


def _next_space(text: str, at: int, limit: int) -> int:
    found = text.find(" ", at + 1, limit)
    return limit if found < 0 else found


def _last_space(text: str, at: int, limit: int) -> int:
    found = text.rfind(" ", limit, max(limit, at - 1))
    return limit if found < 0 else found + 1
