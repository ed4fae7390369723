"""One brief, read: who is who, where its words stand, and the lasting fragment of each note."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nutgraf.model.brief import Brief, DatedEvent, Figure, Quote, Source
from nutgraf.model.span import Span
from nutgraf.site import urls
from nutgraf.site.anchors import Anchor, Fate, locate
from nutgraf.site.library import Cast, Meant, Names, cast_of, who
from nutgraf.site.mentions import MentionAt, mentions
from nutgraf.site.text import EvenText, around, even_text, sentences

Item = Figure | Quote | DatedEvent | Source
LISTS = ("figures", "quotes", "dates", "sources")


@dataclass(frozen=True, slots=True)
class Placed:
    """An item of the front matter, its fragment, and where its words stand (None: it has none)."""

    list: str
    index: int
    item: Item
    fragment: str
    anchor: Anchor | None
    number: int
    """Its place among all notes of the brief, in text order, from 1."""

    @property
    def span(self) -> Span | None:
        """From the first to the last of its words; None where they were not found."""
        if self.anchor is None or self.anchor.fate is not Fate.FOUND or not self.anchor.spans:
            return None
        return Span(self.anchor.spans[0].start, self.anchor.spans[-1].end)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that pages and findings need to know of one brief."""

    brief: Brief
    names: Names
    cast: Cast
    text: EvenText
    sentences: tuple[Span, ...]
    mentions: tuple[MentionAt, ...]
    notes: tuple[Placed, ...]
    """Of all lists, in order of number."""

    @property
    def url(self) -> str:
        return urls.brief(self.brief.slug)

    def named(self, names: Names) -> "Reading":
        """The same with the names of the editor's pages, which are not kept with each brief."""
        return replace(self, names=names)

    def of(self, name: str) -> tuple[Placed, ...]:
        """The notes of one list, in order of number."""
        return tuple(note for note in self.notes if note.list == name)

    def who(self, name: str) -> Meant:
        """Whom a name means in this brief."""
        return who(name, self.brief, self.cast, self.names)

    def sentence(self, span: Span | None) -> str:
        """The sentence or sentences around a stretch, on one line."""
        return self.line(around(self.sentences, span)) if span else ""

    def line(self, span: Span) -> str:
        """A stretch of the body on one line."""
        return " ".join(span.of(self.brief.body.plain).split())


def read(brief: Brief, names: Names) -> Reading:
    """Find everything in one brief."""
    cast = cast_of(brief, names)
    text = even_text(brief.body.plain)
    notes = tuple(
        Placed(LISTS[place], index, item, fragment, anchor, number)
        for number, (_, place, index, item, fragment, anchor) in enumerate(sorted(_located(brief, text)), 1)
    )
    return Reading(
        brief, names, cast, text, sentences(brief.body.plain), mentions(brief.body, text, cast, names), notes
    )


def _located(brief: Brief, text: EvenText) -> Iterator[tuple[int, int, int, Item, str, Anchor | None]]:
    """Every item with its fragment and its anchor; before it, where in the text, in which list and where in it."""
    for place, name in enumerate(LISTS):
        items = getattr(brief.front, name)
        fragments = urls.fragments(name.rstrip("s"), [_content(item) for item in items])
        for index, (item, fragment) in enumerate(zip(items, fragments, strict=True)):
            words = pieces(item)
            anchor = locate(text, words, item.near) if words else None
            start = anchor.spans[0].start if anchor and anchor.fate is Fate.FOUND else len(brief.body.plain) + 1
            yield start, place, index, item, fragment, anchor


def pieces(item: Item) -> tuple[str, ...]:
    """The words an item rests on."""
    words = item.text
    return words if isinstance(words, tuple) else (words,) if words else ()


def _content(item: Item) -> tuple[str, ...]:
    """What an item's fragment is made from: what a reader sees first, then all that tells it apart."""
    words = " ".join(pieces(item))
    if isinstance(item, Figure):
        value = next(
            (f"{v:g}" if isinstance(v, float) else str(v) for v in (item.value, item.low, item.high) if v is not None),
            "",
        )
        return (" ".join(filter(None, (value, item.unit, item.what))), words, item.near or "")
    if isinstance(item, DatedEvent):
        return (" ".join(filter(None, (item.date, item.what))), words, item.near or "")
    if isinstance(item, Source):
        return (item.name, item.kind, words)
    return (words, item.by or "", item.near or "")
