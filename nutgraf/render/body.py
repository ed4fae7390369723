"""A body's Markdown as HTML, with its annotated stretches marked and tied to their notes.

Marks may overlap anyhow. Wherever the set of marks in force changes, those that end (and those opened inside them) are
closed and the others opened again, so elements always nest; the first piece of a mark carries its id.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from nutgraf.formats.markdown import plain_paragraphs
from nutgraf.model.span import Span
from nutgraf.model.views import BodyView, Mark
from nutgraf.render.addresses import Relative

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_BREAKS = ("softbreak", "hardbreak")


@dataclass(frozen=True, slots=True)
class Passage:
    """A top-level block of a body and the fragments of the notes that belong beside it, in text order.

    A note stands beside the first block in which a stretch of its words ends.
    """

    html: Markup
    notes: tuple[str, ...]


class _Words(NamedTuple):
    """A line of a plain body, or what divides two: as much of a token as is asked for."""

    type: str
    content: str


@cache
def _parser() -> "MarkdownIt":
    """Only renders, and keeps nothing of what it rendered."""
    from nutgraf.formats.commonmark import make_parser  # slow to load, and of no use to most bodies

    parser = make_parser()
    parser.add_render_rule("ready", lambda _self, tokens, index, _options, _env: tokens[index].content)
    return parser


def render_body(body: BodyView, relative: Relative) -> tuple[Passage, ...]:
    """The blocks of `body`. Marks that cover no words of the text are left out."""
    marks = sorted(body.marks, key=lambda m: (m.span.start, -m.span.end, m.id))
    paragraphs = plain_paragraphs(body.markdown)
    blocks = _parsed(body, marks, relative) if paragraphs is None else _plain(paragraphs, marks, relative)
    placed: set[str] = set()
    passages = []
    for html, notes in blocks:
        fresh = tuple(note for note in dict.fromkeys(notes) if note not in placed)
        placed.update(fresh)
        passages.append(Passage(html, fresh))
    return tuple(passages)


_Set = tuple[Markup, list[str]]
"""A block as HTML, and the notes whose words end in it."""


def _plain(paragraphs: Iterable[Iterable[str]], marks: list[Mark], relative: Relative) -> Iterator[_Set]:
    """A body of paragraphs only, as the parser would have it."""
    blocks: list[list[_Words]] = []
    leaves: dict[int, Span] = {}
    start = 0
    for lines in paragraphs:
        blocks.append([])
        for number, line in enumerate(lines):
            if number:
                blocks[-1].append(_Words("softbreak", ""))
                start += 1
            blocks[-1].append(words := _Words("text", line))
            leaves[id(words)] = Span(start, start + len(line))
            start += len(line)
        start += len("\n\n")
    ends, seen = _ends(marks, list(leaves.values())), set[str]()
    for block in blocks:
        setter = _Setter(_near(marks, block, leaves), ends, seen, relative, False)
        yield Markup(f"<p>{setter.run(block, leaves)}</p>"), setter.notes


def _parsed(body: BodyView, marks: list[Mark], relative: Relative) -> Iterator[_Set]:
    from markdown_it.token import Token

    from nutgraf.formats.commonmark import parse_tokens, text_offsets

    tokens = parse_tokens(body.markdown)
    leaves = {id(leaf): span for leaf, span in text_offsets(tokens) if leaf.type not in _BREAKS}
    ends, seen = _ends(marks, list(leaves.values())), set[str]()
    for block in _blocks(tokens):
        notes: list[str] = []
        for position, token in enumerate(block):
            if token.type == "inline" and token.children:
                heading = position > 0 and block[position - 1].type == "heading_open"
                setter = _Setter(_near(marks, token.children, leaves), ends, seen, relative, heading)
                token.children = [Token("ready", "", 0, content=setter.run(token.children, leaves))]
                notes += setter.notes
        yield _html(block), notes


def _html(block: "list[Token]") -> Markup:
    parser = _parser()
    return Markup(parser.renderer.render(block, parser.options, {}).strip())


def _blocks(tokens: "Sequence[Token]") -> "Iterator[list[Token]]":
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def _ends(marks: Iterable[Mark], leaves: Sequence[Span]) -> dict[str, int]:
    """Where the words under each mark end: its own end, or that of the last leaf it touches."""
    ends = {}
    for mark in marks:
        last = bisect_left(leaves, mark.span.end, key=_start) - 1
        if last >= 0 and leaves[last].end > mark.span.start:
            ends[mark.id] = min(mark.span.end, leaves[last].end)
    return ends


def _start(span: Span) -> int:
    return span.start


def _near(marks: Iterable[Mark], children: Iterable[Any], leaves: dict[int, Span]) -> list[Mark]:
    """The marks that touch the words of a block, outermost first."""
    spans = [leaves[id(child)] for child in children if id(child) in leaves]
    if not spans:
        return []
    start, end = spans[0].start, spans[-1].end
    return [m for m in marks if m.span.start < end and start < m.span.end]


class _Setter:
    """Writes the words of one block as HTML; `seen` (ids already set) is shared by the setters of a body."""

    def __init__(
        self, marks: list[Mark], ends: dict[str, int], seen: set[str], relative: Relative, heading: bool
    ) -> None:
        self.notes: list[str] = []
        self._marks = marks
        self._ends = ends
        self._seen = seen
        self._relative = relative
        self._heading = heading
        self._output: list[str] = []
        self._open: list[tuple[Mark, str]] = []
        self._waiting: list[Mark] = []
        self._links = 0

    def run(self, children: Iterable[Any], leaves: dict[int, Span]) -> str:
        """The children as HTML, with marks and note links set among them."""
        for child in children:
            span = leaves.get(id(child))
            if span is not None:
                self._leaf(child, span)
            elif child.type in _BREAKS:
                self._switch([mark for mark, _ in self._open if mark not in self._waiting])
                self._output.append("\n" if child.type == "softbreak" else _written(child))
            else:
                self._other(child)
        self._switch([])
        return "".join(self._output)

    def _leaf(self, leaf: Any, span: Span) -> None:
        near = [m for m in self._marks if m.span.start < span.end and span.start < m.span.end]
        edges = {span.start, span.end}
        if leaf.type != "code_inline":  # code is never cut
            edges.update(e for m in near for e in (m.span.start, m.span.end) if span.start < e < span.end)
        cuts = sorted(edges)
        for start, end in pairwise(cuts):
            self._switch([m for m in near if m.span.start < end and start < m.span.end])
            words = leaf.content[start - span.start : end - span.start]
            self._output.append(escape(words, quote=False).replace('"', "&quot;") if _is_text(leaf) else _written(leaf))
            self._waiting += [m for m in near if start < self._ends[m.id] <= end]

    def _other(self, token: "Token") -> None:
        """Emphasis, links and the like: marks are closed before and opened again after."""
        self._switch([])
        self._output.append(_written(token))
        if token.tag == "a":
            self._links += token.nesting
            self._flush()

    def _switch(self, wanted: list[Mark]) -> None:
        """Close and open marks until `wanted`, outermost first, are in force."""
        kept = 0
        while kept < min(len(wanted), len(self._open)) and self._open[kept][0] is wanted[kept]:
            kept += 1
        while len(self._open) > kept:
            self._output.append(f"</{self._open.pop()[1]}>")
            self._flush()
        for mark in wanted[kept:]:
            self._begin(mark)

    def _begin(self, mark: Mark) -> None:
        within_link = self._links > 0 or any(tag == "a" for _, tag in self._open)
        id_ = ""
        if mark.id not in self._seen:
            self._seen.add(mark.id)
            id_ = f' id="{escape(mark.id)}"'
        if mark.url and not within_link and not self._heading:
            note = f' data-note="{escape(mark.note)}"' if mark.note else ""
            self._output.append(f'<a class="{mark.kind}"{id_} href="{escape(self._relative(mark.url))}"{note}>')
            self._open.append((mark, "a"))
        else:
            self._output.append(f'<span class="mark {mark.kind}"{id_}>')
            self._open.append((mark, "span"))

    def _flush(self) -> None:
        """Set the links to the notes of marks that have ended, unless inside a link."""
        if not self._waiting or self._links or any(tag == "a" for _, tag in self._open):
            return
        still_open = [mark for mark, _ in self._open]
        for mark in [m for m in self._waiting if m not in still_open]:
            self._waiting.remove(mark)
            if mark.note and mark.kind != "actor":
                self.notes.append(mark.note)
                self._output.append(_note_link(mark))


def _is_text(leaf: Any) -> bool:
    return leaf.type in ("text", "name_link")


def _written(token: "Token") -> str:
    from markdown_it.token import Token

    parser = _parser()
    return str(parser.renderer.render([Token("inline", "", 0, children=[token])], parser.options, {}))


def _note_link(mark: Mark) -> str:
    text = "*" if mark.number is None else str(mark.number)
    label = escape(mark.label or f"Note: {mark.kind} {text}", quote=False).replace('"', "&quot;")
    return (
        f'<a class="noteref {mark.kind}" role="doc-noteref" href="#{escape(mark.note or "")}" '
        f'aria-label="{label}">{text}</a>'
    )
