"""Plain paragraphs of trusted markup: the body fields of feeds and agency formats."""

from collections.abc import Iterator
from typing import Any

from lxml import etree, html

BLOCKS = frozenset(
    (
        *("p", "div", "li", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2", "dt", "dd"),
        *("section", "article", "ul", "ol", "tr", "table", "body.content", "block", "hr", "figure"),
    )
)
_LEFT_OUT = frozenset(("script", "style", "media", "figure", "figcaption", "table", "nav", "aside", "form", "iframe"))


def html_paragraphs(markup: str) -> str:
    """Text of an HTML fragment: a block element a paragraph, blank lines between them."""
    if not markup.strip():
        return ""
    try:
        return paragraphs(html.fragment_fromstring(markup, create_parent="div"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return markup


def paragraphs(root: Any) -> str:
    """Text of an lxml element: a block element a paragraph, blank lines between them, pictures left out."""
    parts: list[str] = [""]
    for piece in _pieces(root):
        if piece is None:
            parts.append("")
        else:
            parts[-1] += piece
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in parts)))


def _pieces(element: Any) -> Iterator[str | None]:
    """Runs of text in order, None where a paragraph ends."""
    name = local_name(element)
    block = name in BLOCKS
    if block:
        yield None
    if name not in _LEFT_OUT and name != "":
        yield element.text or ""
        for child in element:
            yield None if local_name(child) == "br" else ""
            yield from _pieces(child)
            yield child.tail or ""
    if block:
        yield None


def local_name(element: Any) -> str:
    """Tag in lower case without its namespace; empty for comments and instructions."""
    return element.tag.rsplit("}", 1)[-1].lower() if isinstance(element.tag, str) else ""
