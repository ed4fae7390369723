"""Where a body mentions its actors by name."""

from collections.abc import Iterable
from dataclasses import dataclass

from nutgraf.model.brief import Body
from nutgraf.model.span import Span
from nutgraf.site.anchors import tidy
from nutgraf.site.library import Cast, Names
from nutgraf.site.text import EvenText, fold, whole_words


@dataclass(frozen=True, slots=True)
class MentionAt:
    """A stretch of a body's plain text that names an actor. One in a heading or a link counts but is not marked."""

    span: Span
    slug: str
    marked: bool = True


def mentions(body: Body, text: EvenText, cast: Cast, names: Names) -> tuple[MentionAt, ...]:
    """Every mention in text order, none over another: explicit links first, then the longest name first."""
    found = [
        MentionAt(link.span, slug)
        for link in body.links
        if (slug := explicit_target(link.target, cast, names)) is not None
    ]
    taken = bytearray(len(body.plain))
    for link in body.links:
        _take(taken, link.span)
    explicit = {link.span for link in body.links}
    closed = [span for span in body.protected if span not in explicit]
    for name in sorted(cast.spellings, key=lambda name: (-len(name), name)):
        for place in whole_words(text.words, tidy(name)):
            span = text.original(place)
            if 1 in taken[span.start : span.end]:
                continue
            _take(taken, span)
            found.append(MentionAt(span, cast.spellings[name], not _inside(span, closed)))
    return tuple(sorted(found, key=lambda mention: (mention.span.start, mention.span.end)))


def explicit_target(target: str, cast: Cast, names: Names) -> str | None:
    """The actor that `[[target]]` leads to: one of the brief's, else one with a page."""
    key = fold(target)
    page = names.actors.get(key)
    return cast.meant.get(key) or (page.slug if page else None)


def _take(taken: bytearray, span: Span) -> None:
    taken[span.start : span.end] = b"\1" * len(span)


def _inside(span: Span, closed: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in closed)
