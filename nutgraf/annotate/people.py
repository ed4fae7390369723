"""Lists of those who made a story: "Jill Colvin in Albuquerque, Lisa Lerer and AFP" as agencies, people and papers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nutgraf.annotate.agencies import Agencies
from nutgraf.model.annotation import Named
from nutgraf.model.span import Span

CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’.\-]*"


@dataclass(frozen=True, slots=True)
class Makers:
    """Who is credited, in text order."""

    agencies: tuple[Named, ...] = ()
    authors: tuple[Named, ...] = ()
    outlets: tuple[Named, ...] = ()

    def __add__(self, other: "Makers") -> "Makers":
        return Makers(self.agencies + other.agencies, self.authors + other.authors, self.outlets + other.outlets)

    def __bool__(self) -> bool:
        return bool(self.agencies or self.authors or self.outlets)


class ListReader:
    """Reads a list of makers out of a stretch of text."""

    def __init__(self, table: Any, agencies: Agencies) -> None:
        self._agencies = agencies
        particles = "|".join(table.get("particles", ()))
        self._name = re.compile(rf"{CAPITAL}(?:\s(?:(?:{particles})\s)*{CAPITAL}){{0,4}}")
        self._cut = re.compile(
            rf"\s*(?:[,;|/•·()\n–—]+|\s-\s|\s(?:{'|'.join(map(re.escape, table.get('and', ())))})\s)\s*", re.I
        )
        self._place = re.compile(r"\s(?:in|en|from|desde|at|à|aus|da)\s.*", re.S)
        self._regions = frozenset(table.get("regions", ()))
        self._jobs = frozenset(table.get("jobs", ()))
        self._nobody = frozenset(table.get("not_authors", ()))
        self._outlet_words = frozenset(word.casefold() for word in table.get("outlet_words", ()))

    def read(self, text: str, span: Span, others: str) -> Makers:
        """The makers named in `span`; a name that is no agency and not plainly a paper is one of `others`."""
        found = Makers(agencies=tuple(self._agencies.named(text, span.start, span.end)))
        sited = False
        for piece in self._pieces(text, span):
            behind, sited = sited, bool(self._place.search(piece.of(text)))
            if behind and not sited and (piece.of(text).strip() in self._regions or " " not in piece.of(text).strip()):
                continue  # "in Albany, New York, and Jane Roe"
            if name := self._person_or_paper(text, piece):
                paper = self.is_outlet(name.of(text)) or others == "outlets"
                entry = (Named(name.of(text).rstrip("."), name),)
                found += Makers(outlets=entry) if paper else Makers(authors=entry)
        return found

    def parts(self, makers: str) -> list[str]:
        """The items of a list."""
        return self._cut.split(makers.strip())

    def is_outlet(self, name: str) -> bool:
        """Whether the words of a name are those of a paper, a broadcaster or a site."""
        words = name.split()
        return bool(re.search(r"\.(?:com|net|org|[a-z]{2})$", name)) or any(
            w.casefold() in self._outlet_words for w in words
        )

    def is_person(self, name: str) -> bool:
        """Whether a name looks like one of a person: two to five words, none of them a job or a desk."""
        words = name.split()
        plain = {word.casefold().strip(".") for word in words}
        return (
            2 <= len(words) <= 5
            and not plain & (self._nobody | self._jobs)
            and not self.is_outlet(name)
            and not re.search(r"\d", name)
        )

    def leftovers(self, words: str) -> list[str]:
        """What is no agency, name, job, date or separator in a line: words that show it is no list of makers."""
        rest = self._name.sub(" ", self._agencies.without(words))
        return [word for word in re.findall(r"[^\W\d_]{3,}", rest) if word.casefold() not in self._jobs | self._nobody]

    def _pieces(self, text: str, span: Span) -> Iterator[Span]:
        start = span.start
        for cut in self._cut.finditer(text, span.start, span.end):
            yield Span(start, cut.start())
            start = cut.end()
        yield Span(start, span.end)

    def _person_or_paper(self, text: str, piece: Span) -> Span | None:
        words = self._place.sub("", piece.of(text))
        words = self._agencies.every.sub(lambda m: " " * len(m.group()), words)
        match = self._longest(words)
        if not match:
            return None
        name = match.group().rstrip(".,")
        titled = [m.end() for m in re.finditer(r"\S+\s", name) if m.group().strip().casefold() in self._jobs]
        if titled and " " in name[titled[-1] :]:
            start = match.start() + titled[-1]
            name = name[titled[-1] :]
            return Span(piece.start + start, piece.start + start + len(name))
        plain = {word.casefold() for word in name.split()}
        if plain <= self._nobody | self._jobs or (not self.is_outlet(name) and plain & (self._nobody - {"the"})):
            return None
        return Span(piece.start + match.start(), piece.start + match.start() + len(name))

    def _longest(self, words: str) -> re.Match[str] | None:
        found: Iterable[re.Match[str]] = self._name.finditer(words)
        return max(found, key=lambda m: len(m.group()), default=None)
