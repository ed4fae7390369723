"""The links and images of a body, and where each is written."""

from collections.abc import Iterator, Sequence
from typing import Literal
from urllib.parse import unquote

from markdown_it.token import Token

from nutgraf.model.brief import Reference
from nutgraf.model.diagnostic import Position


def references(tokens: Sequence[Token], markdown: str, line: int) -> tuple[Reference, ...]:
    """All of them in text order. `tokens` is what `markdown` was parsed to, `line` the line of the file it starts on.

    markdown-it knows the lines of a block, not of a link: a target is looked for in its block, behind the one before.
    """
    lines = markdown.split("\n")
    found: list[Reference] = []
    for token in tokens:
        if token.type == "inline" and token.map:
            first, last = token.map
            searched = 0
            text = "\n".join(lines[first:last])
            for kind, target, words in _targets(token.children or []):
                start, width = _written(text, target, searched)
                searched = start + width
                before = text[:start]
                at = Position(line + first + before.count("\n"), start - (before.rfind("\n") + 1) + 1)
                found.append(Reference(kind, target, words, at, max(width, 1)))
    return tuple(found)


def _targets(children: Sequence[Token]) -> Iterator[tuple[Literal["link", "image"], str, str]]:
    for i, token in enumerate(children):
        if token.type == "image":
            yield "image", str(token.attrs.get("src", "")), token.content
        elif token.type == "link_open":
            end = next(j for j in range(i, len(children)) if children[j].type == "link_close")
            yield "link", str(token.attrs.get("href", "")), "".join(t.content for t in children[i:end])


def _written(text: str, target: str, searched: int) -> tuple[int, int]:
    """Where a target is written in its block; the place reached so far where it is written in another way."""
    for spelling in (target, unquote(target)):
        for start in (searched, 0):
            if spelling and (found := text.find(spelling, start)) >= 0:
                return found, len(spelling)
    return searched, 0
