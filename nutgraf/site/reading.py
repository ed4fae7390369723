"""One brief, read: who is who, where its words stand, and the lasting fragment of each note."""

from collections.abc import Sequence
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
        return " ".join(around(self.sentences, span).of(self.brief.body.plain).split()) if span else ""


def read(brief: Brief, names: Names) -> Reading:
    """Find everything in one brief."""
    cast = cast_of(brief, names)
    text = even_text(brief.body.plain)
    placed = [note for name in LISTS for note in _placed(name, getattr(brief.front, name), text)]
    first = {id(note): note.span.start if note.span else len(brief.body.plain) + 1 for note in placed}
    ordered = sorted(placed, key=lambda note: (first[id(note)], LISTS.index(note.list), note.index))
    notes = tuple(Placed(n.list, n.index, n.item, n.fragment, n.anchor, number) for number, n in enumerate(ordered, 1))
    return Reading(
        brief, names, cast, text, sentences(brief.body.plain), mentions(brief.body, text, cast, names), notes
    )


def _placed(name: str, items: Sequence[Item], text: EvenText) -> list[Placed]:
    fragments = urls.fragments(name.rstrip("s"), [_content(item) for item in items])
    return [
        Placed(name, i, item, fragment, _anchor(item, text), 0)
        for i, (item, fragment) in enumerate(zip(items, fragments, strict=True))
    ]


def _anchor(item: Item, text: EvenText) -> Anchor | None:
    words = pieces(item)
    return locate(text, words, item.near) if words else None


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
