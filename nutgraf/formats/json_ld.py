"""schema.org metadata of a saved page: the JSON-LD blocks that describe its article."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nutgraf.formats.metadata import iso_day, language_code, names, one_line, without_tags

_BLOCK = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
_ARTICLE = re.compile(r"(?:Article|Posting|Report)$")
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page says of its article."""

    title: str | None = None
    standfirst: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None
    url: str | None = None
    body: str | None = None


def read_json_ld(page: str) -> PageData:
    """The first article in the page's JSON-LD, lists and @graph included; blocks that are no JSON are passed over."""
    blocks = (_parsed(block) for block in _BLOCK.findall(page))
    found = next((node for block in blocks for node in _nodes(block) if _is_article(node)), None)
    return _page_data(found) if found else PageData()


def _parsed(block: str) -> Any:
    text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*;?\s*$", "", block).strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, Mapping):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            if isinstance(each, Mapping | list):
                yield from _nodes(each, depth + 1)


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type", ())
    names = [kinds] if isinstance(kinds, str) else kinds
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in names)


def _page_data(node: Mapping[str, Any]) -> PageData:
    authors = node.get("author") or ()
    return PageData(
        title=_text(node.get("headline")) or _text(node.get("name")),
        standfirst=without_tags(_text(node.get("description"))),
        published=iso_day(_text(node.get("datePublished"))),
        authors=names(_text(author) for author in (authors if isinstance(authors, list) else [authors])),
        publisher=_text(node.get("publisher")),
        language=language_code(_text(node.get("inLanguage"))),
        url=_text(node.get("url")),
        body=html.unescape(node["articleBody"]) if isinstance(node.get("articleBody"), str) else None,
    )


def _text(value: Any) -> str | None:
    """A string, or the name of a thing, or that of the first in a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("alternateName")
    return one_line(html.unescape(value)) if isinstance(value, str) else None
