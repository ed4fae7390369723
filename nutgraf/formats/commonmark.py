"""The parser of bodies: CommonMark without HTML, plus `[[Name]]` and `[[Name|words]]`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from nutgraf.formats.references import references
from nutgraf.model.brief import Body, BodyLink
from nutgraf.model.span import Span

NAME_LINK = "name_link"
"""Type of the token of `[[target|words]]`: `content` holds the words, `meta["target"]` the target."""
SCHEMES = frozenset({"http", "https", "mailto"})
BLOCK_GAP = "\n\n"

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")
_NAME_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]|\n]+))?\]\]")
_BREAKS = frozenset({"softbreak", "hardbreak"})


class BriefMarkdown(MarkdownIt):
    """The parser of bodies. `validateLink` is the hook markdown-it asks before it makes a link or an image."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return is_safe_link(url)


def is_safe_link(url: str) -> bool:
    """Whether a link target is http, https, mailto, or relative to the site."""
    decoded = unquote(url).strip()
    if _CONTROL.search(url) or re.search(r"[\x00-\x1f\x7f-\x9f]", decoded):
        return False
    if re.match(r"[/\\]{2}", decoded):
        return False
    scheme = _SCHEME.match(decoded)
    return scheme is None or scheme[1].lower() in SCHEMES


def make_parser() -> MarkdownIt:
    """A parser of bodies: HTML is text, unsafe link targets are text, `[[…]]` makes a `name_link` token."""
    parser = BriefMarkdown("commonmark", {"html": False}).disable(["html_block", "html_inline"])
    parser.inline.ruler.before("link", NAME_LINK, _name_link)
    parser.add_render_rule(NAME_LINK, _render_name_link)
    return parser


def parse_tokens(markdown: str) -> list[Token]:
    """The tokens that `make_parser` gives."""
    return _shared_parser().parse(markdown)


def parsed_body(markdown: str, line: int) -> Body:
    """The body as written and as read by the parser."""
    tokens = parse_tokens(markdown)
    words: list[str] = []
    links: list[BodyLink] = []
    protected: list[Span] = []
    for block in _blocks(tokens):
        if words:
            words.append(BLOCK_GAP)
        words.append(block.words)
        links.extend(block.links)
        protected.extend(block.protected)
    found = references(tokens, markdown, line) if "[" in markdown or "<" in markdown else ()
    return Body(markdown, "".join(words), line, tuple(links), tuple(protected), found)


def text_offsets(tokens: Sequence[Token]) -> Iterator[tuple[Token, Span]]:
    """Each inline token that holds words, in order, with the span of its words in `Body.plain`.

    These are `text`, `code_inline`, `name_link` and the two kinds of line break (one space). Fenced code and the
    alternative text of images are no words of the body.
    """
    for block in _blocks(tokens):
        yield from block.pieces


@cache
def _shared_parser() -> MarkdownIt:
    return make_parser()  # a parser keeps nothing of what it parsed


class _Block:
    """The words of one paragraph, heading or item, from offset `start` of the plain text."""

    def __init__(self, inline: Token, start: int, is_heading: bool) -> None:
        self.pieces: list[tuple[Token, Span]] = []
        self.links: list[BodyLink] = []
        self.protected: list[Span] = []
        self.end = start
        link_start = start
        for token in inline.children or ():
            if token.type == "link_open":
                link_start = self.end
            elif token.type == "link_close" and not is_heading:
                self._protect(Span(link_start, self.end))
            elif token.type in _BREAKS or (token.content and token.type != "image"):
                self._add(token, is_heading)
        if is_heading:
            self._protect(Span(start, self.end))

    def _add(self, token: Token, is_heading: bool) -> None:
        span = Span(self.end, self.end + len(_words(token)))
        self.end = span.end
        self.pieces.append((token, span))
        if token.type == NAME_LINK:
            self.links.append(BodyLink(span, token.meta["target"]))
        if token.type in (NAME_LINK, "code_inline") and not is_heading:
            self._protect(span)

    def _protect(self, span: Span) -> None:
        if self.protected and span.contains(self.protected[-1]):
            self.protected = [other for other in self.protected if not span.contains(other)]
        if span:
            self.protected.append(span)

    @property
    def words(self) -> str:
        return "".join(_words(token) for token, _ in self.pieces)


def _blocks(tokens: Iterable[Token]) -> Iterator[_Block]:
    start, opened = 0, ""
    for token in tokens:
        if token.type == "inline":
            block = _Block(token, start, opened == "heading_open")
            if block.pieces:
                yield block
                start = block.end + len(BLOCK_GAP)
        opened = token.type


def _words(token: Token) -> str:
    return " " if token.type in _BREAKS else token.content


def _name_link(state: StateInline, silent: bool) -> bool:
    found = _NAME_LINK.match(state.src, state.pos, state.posMax)
    if not found or not found[1].strip():
        return False
    if not silent:
        token = state.push(NAME_LINK, "", 0)
        token.content = (found[2] or found[1]).strip()
        token.meta = {"target": found[1].strip()}
        token.markup = "[["
    state.pos = found.end()
    return True


def _render_name_link(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    return escapeHtml(tokens[index].content)
