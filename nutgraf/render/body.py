"""A body's Markdown as HTML, with its annotated stretches marked and tied to their notes.

Marks may overlap anyhow. Wherever the set of marks in force changes, those that end (and those opened inside them) are
closed and the others opened again, so elements always nest; the first piece of a mark carries its id.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from nutgraf.formats.markdown import make_parser, text_offsets
from nutgraf.model.span import Span
from nutgraf.model.views import BodyView, Mark
from nutgraf.render.addresses import Relative

_BREAKS = ("softbreak", "hardbreak")


@dataclass(frozen=True, slots=True)
class Passage:
    """A top-level block of a body and the fragments of the notes that belong beside it, in text order.

    A note stands beside the first block in which a stretch of its words ends.
    """

    html: Markup
    notes: tuple[str, ...]


def render_body(body: BodyView, relative: Relative) -> tuple[Passage, ...]:
    """The blocks of `body`. Marks that cover no words of the text are left out."""
    parser = make_parser()
    tokens = parser.parse(body.markdown)
    leaves = {id(leaf): span for leaf, span in text_offsets(tokens) if leaf.type not in _BREAKS}
    ends = _ends(body.marks, leaves.values())
    seen: set[str] = set()
    placed: set[str] = set()
    passages = []
    for block in _blocks(tokens):
        notes: list[str] = []
        for position, token in enumerate(block):
            if token.type == "inline":
                heading = position > 0 and block[position - 1].type == "heading_open"
                setter = _Setter(_near(body.marks, token, leaves), ends, seen, relative, heading)
                token.children = setter.run(token.children or [], leaves)
                notes += setter.notes
        fresh = tuple(note for note in dict.fromkeys(notes) if note not in placed)
        placed.update(fresh)
        passages.append(Passage(_html(parser, block), fresh))
    return tuple(passages)


def _html(parser: MarkdownIt, block: list[Token]) -> Markup:
    return Markup(parser.renderer.render(block, parser.options, {}).strip())


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def _ends(marks: Iterable[Mark], leaves: Iterable[Span]) -> dict[str, int]:
    """Where the words under each mark end: its own end, or that of the last leaf it touches."""
    ordered = list(leaves)
    return {
        mark.id: max(min(mark.span.end, leaf.end) for leaf in touched)
        for mark in marks
        if (touched := [leaf for leaf in ordered if leaf.overlaps(mark.span)])
    }


def _near(marks: Iterable[Mark], token: Token, leaves: dict[int, Span]) -> list[Mark]:
    """The marks that touch an inline token, outermost first."""
    spans = [leaves[id(child)] for child in token.children or [] if id(child) in leaves]
    if not spans:
        return []
    whole = Span(spans[0].start, spans[-1].end)
    return sorted((m for m in marks if m.span.overlaps(whole)), key=lambda m: (m.span.start, -m.span.end, m.id))


class _Setter:
    """Rewrites the children of one inline token; `seen` (ids already set) is shared by the setters of a body."""

    def __init__(
        self, marks: list[Mark], ends: dict[str, int], seen: set[str], relative: Relative, heading: bool
    ) -> None:
        self.notes: list[str] = []
        self._marks = marks
        self._ends = ends
        self._seen = seen
        self._relative = relative
        self._heading = heading
        self._output: list[Token] = []
        self._open: list[tuple[Mark, str]] = []
        self._waiting: list[Mark] = []
        self._links = 0

    def run(self, children: Iterable[Token], leaves: dict[int, Span]) -> list[Token]:
        """The children with marks and note links set among them."""
        for child in children:
            span = leaves.get(id(child))
            if span is not None:
                self._leaf(child, span)
            elif child.type in _BREAKS:
                self._switch([mark for mark, _ in self._open if mark not in self._waiting])
                self._output.append(child)
            else:
                self._other(child)
        self._switch([])
        return self._output

    def _leaf(self, leaf: Token, span: Span) -> None:
        for piece in self._pieces(leaf, span):
            self._switch([mark for mark in self._marks if mark.span.overlaps(piece)])
            part = leaf.copy()
            part.content = leaf.content[piece.start - span.start : piece.end - span.start]
            self._output.append(part)
            self._waiting += [m for m in self._marks if piece.start < self._ends[m.id] <= piece.end]

    def _pieces(self, leaf: Token, span: Span) -> list[Span]:
        """The leaf cut wherever a mark begins or ends; code is never cut."""
        if leaf.type == "code_inline":
            return [span]
        edges = {edge for mark in self._marks for edge in (mark.span.start, mark.span.end)}
        cuts = sorted({span.start, span.end} | {edge for edge in edges if span.start < edge < span.end})
        return [Span(a, b) for a, b in pairwise(cuts)]

    def _other(self, token: Token) -> None:
        """Emphasis, links and the like: marks are closed before and opened again after."""
        self._switch([])
        self._output.append(token)
        if token.tag == "a":
            self._links += token.nesting
            self._flush()

    def _switch(self, wanted: list[Mark]) -> None:
        """Close and open marks until `wanted`, outermost first, are in force."""
        kept = 0
        while kept < min(len(wanted), len(self._open)) and self._open[kept][0] is wanted[kept]:
            kept += 1
        while len(self._open) > kept:
            self._output.append(Token("mark_close", self._open.pop()[1], -1))
            self._flush()
        for mark in wanted[kept:]:
            self._begin(mark)

    def _begin(self, mark: Mark) -> None:
        within_link = self._links > 0 or any(tag == "a" for _, tag in self._open)
        tag = "a" if mark.url and not within_link and not self._heading else "span"
        attributes: dict[str, str | int | float] = {"class": f"mark {mark.kind}"}
        if mark.id not in self._seen:
            self._seen.add(mark.id)
            attributes["id"] = mark.id
        if tag == "a":
            attributes |= {"class": mark.kind, "href": self._relative(mark.url or "")}
        self._output.append(Token("mark_open", tag, 1, attrs=attributes))
        self._open.append((mark, tag))

    def _flush(self) -> None:
        """Set the links to the notes of marks that have ended, unless inside a link."""
        if self._links or any(tag == "a" for _, tag in self._open):
            return
        still_open = [mark for mark, _ in self._open]
        for mark in [m for m in self._waiting if m not in still_open]:
            self._waiting.remove(mark)
            if mark.note and mark.kind != "actor":
                self.notes.append(mark.note)
                self._output += _note_link(mark)


def _note_link(mark: Mark) -> list[Token]:
    text = Token("text", "", 0)
    text.content = "*" if mark.number is None else str(mark.number)
    attributes: dict[str, str | int | float] = {
        "class": f"noteref {mark.kind}",
        "role": "doc-noteref",
        "href": f"#{mark.note}",
        "aria-label": mark.label or f"Note: {mark.kind} {text.content}",
    }
    return [Token("noteref_open", "a", 1, attrs=attributes), text, Token("noteref_close", "a", -1)]
