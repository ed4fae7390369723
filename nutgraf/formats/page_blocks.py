"""A web page as a sequence of blocks: what a reader sees as one paragraph, heading, item or row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from nutgraf.formats.html_text import local_name

UNSEEN = frozenset(
    (
        *("script", "style", "noscript", "template", "head", "svg", "math", "map", "iframe", "object", "embed"),
        *("canvas", "video", "audio", "select", "option", "button", "textarea", "input"),
    )
)
BREAKING = frozenset(
    (
        *("p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "section", "article"),
        *("ul", "ol", "dl", "tr", "table", "tbody", "thead", "caption", "figure", "figcaption", "header", "footer"),
        *("aside", "nav", "main", "form", "fieldset", "address", "pre", "hr", "body", "html", "details", "summary"),
        *("center", "label"),
    )
)
"""Elements that stand on lines of their own. A row of a table is one block, its cells are not."""
_ENDED = re.compile(r"[.?!:…][\"'”’»)\]]*\s*$")


Place = tuple[tuple[Any, ...], bool, bool]
"""The elements around a run of text, and whether it is in a link and bold."""


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block's text with single blanks, and where it stands in the page."""

    text: str
    path: tuple[Any, ...]
    """The elements around it that break lines, and table cells, outermost first."""
    linked: float
    """Share of its characters that are in links."""
    bold: bool
    """Whether nearly all of it is bold."""


def page_blocks(root: Any) -> list[PageBlock]:
    """The blocks of a page, in text order. A line break divides a block only after the end of a sentence."""
    found: list[PageBlock] = []
    pieces: list[tuple[str, bool, bool]] = []

    def close(path: tuple[Any, ...]) -> None:
        if any(text.strip() for text, _, _ in pieces):
            found.append(_block(pieces, path))
        pieces.clear()

    for text, linked, bold, path, breaks in _runs(root):
        if breaks == "br" and not _divides(pieces):
            pieces.append(("\n", False, False))
        elif breaks:
            close(path)
        if text:
            pieces.append((text, linked, bold))
    close(())
    return found


def _divides(pieces: list[tuple[str, bool, bool]]) -> bool:
    text = "".join(text for text, _, _ in pieces).rstrip(" \t")
    return text.endswith("\n") or _ENDED.search(text) is not None


def _block(pieces: list[tuple[str, bool, bool]], path: tuple[Any, ...]) -> PageBlock:
    sizes = [len("".join(text.split())) for text, _, _ in pieces]
    total = sum(sizes)
    linked = sum(size for size, (_, link, _) in zip(sizes, pieces, strict=True) if link)
    bold = sum(size for size, (_, _, bold) in zip(sizes, pieces, strict=True) if bold)
    return PageBlock(" ".join("".join(text for text, _, _ in pieces).split()), path, linked / total, bold > 0.9 * total)


def _runs(root: Any) -> Iterator[tuple[str, bool, bool, tuple[Any, ...], str]]:
    """Runs of text: (text, in a link, bold, path of the text before it, what breaks the line before it)."""
    outside: Place = ((), False, False)
    stack: list[tuple[str, Any, Place, Place]] = [("open", root, outside, outside)]
    while stack:
        step, element, place, around = stack.pop()
        name = local_name(element)
        if step == "close":
            path, link, bold = around
            yield "", link, bold, place[0], "block" if name in BREAKING else ""
            yield element.tail or "", link, bold, path, ""
        elif name == "br":
            path, link, bold = around
            yield element.tail or "", link, bold, path, "br"
        elif not name or name in UNSEEN:
            yield (element.tail or "") if element is not root else "", around[1], around[2], around[0], ""
        else:
            breaks = name in BREAKING
            cell = name in ("td", "th")
            path = (*around[0], element) if breaks or cell else around[0]
            inner: Place = (path, around[1] or name == "a", around[2] or name in ("b", "strong"))
            yield " " if cell else "", False, False, around[0], "block" if breaks else ""
            yield element.text or "", inner[1], inner[2], path, ""
            stack.append(("close", element, inner, around))
            stack += [("open", child, inner, inner) for child in reversed(element)]
