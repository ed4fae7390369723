"""Another name for an actor, a source or a topic, spliced into briefs and into the editor's own pages.

In a brief only labels change: the names in its lists, `by`, and the targets of `[[Name|words]]`. The words of the
article stay as they are, and so does every other byte.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from nutgraf.formats.brief import flow, scalar
from nutgraf.formats.front_matter import Node, read_yaml, split_front
from nutgraf.model.brief import ItemKey
from nutgraf.model.diagnostic import Diagnostic

Kind = Literal["actor", "source", "topic"]
MADE = "# made by renaming"
"""A line of pages that hold nothing but a former name, so that undoing takes them away again."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The front matter of a brief or page, with nothing checked but that it is YAML."""

    path: str
    text: str
    node: Node
    body_line: int

    def names(self, kind: Kind) -> Iterator[tuple[ItemKey, str]]:
        """The actors, sources or topics that a brief lists, each with its place."""
        for i, item in enumerate(_list(self.node.value, f"{kind}s")):
            if kind == "topic" and isinstance(item, str):
                yield ("topics", i), item
            elif isinstance(item, dict) and isinstance(item.get("name"), str):
                yield (f"{kind}s", i, "name"), item["name"]

    def speakers(self) -> Iterator[tuple[ItemKey, str]]:
        """Whom quotations and figures name."""
        for name in ("figures", "quotes"):
            for i, item in enumerate(_list(self.node.value, name)):
                if isinstance(item, dict) and isinstance(item.get("by"), str):
                    yield (name, i, "by"), item["by"]


def _list(value: Any, name: str) -> list[Any]:
    held = value.get(name) if isinstance(value, dict) else None
    return held if isinstance(held, list) else []


def read_labels(text: str, path: str) -> tuple[Labels | None, tuple[Diagnostic, ...]]:
    """What renaming needs to know of a file."""
    parts, problems = split_front(text, path)
    if parts is None:
        return None, problems
    node, problems = read_yaml(parts.yaml, path, parts.yaml_line)
    return (Labels(path, text, node, parts.body_line), ()) if node else (None, problems)


def places(labels: Labels, kind: Kind, name: str) -> tuple[ItemKey, ...]:
    """Where a brief calls an actor, source or topic by a name, letter for letter.

    Whoever speaks is an actor, where the brief lists one of that name or no source of it.
    """
    named = tuple(key for key, label in labels.names(kind) if label == name)
    if kind == "topic":
        return named
    is_source = any(label == name for _, label in labels.names("source"))
    is_actor = any(label == name for _, label in labels.names("actor")) or not is_source
    if is_actor is not (kind == "actor"):
        return named
    return (*named, *(key for key, label in labels.speakers() if label == name))


def renamed(labels: Labels, kind: Kind, old: str, new: str) -> tuple[str, tuple[str, ...]]:
    """The text of a brief in which `old` is called `new`."""
    keys = places(labels, kind, old)
    problems = tuple(_spread(labels, key) for key in keys if not _on_one_line(labels.node, key))
    text = _put(labels, dict.fromkeys(keys, new), old) if not problems else labels.text
    if kind == "actor":
        head, body = _cut(text, labels.body_line)
        text = head + re.sub(rf"\[\[(\s*){re.escape(old)}(\s*)\|", lambda m: f"[[{m[1]}{new}{m[2]}|", body)
    return text, problems


def page_named(labels: Labels, old: str, new: str) -> tuple[str, tuple[str, ...]]:
    """The text of a page whose name is spelt in another way."""
    if not _on_one_line(labels.node, ("name",)):
        return labels.text, (_spread(labels, ("name",)),)
    return _put(labels, {("name",): new}, old), ()


def page_renamed(labels: Labels, old: str, new: str) -> tuple[str, tuple[str, ...]]:
    """The text of a page whose actor, source or topic has another name; the old one is kept in `was`.

    Giving it the last of its former names back undoes the renaming.
    """
    text, problems = page_named(labels, old, new)
    was = former(labels)
    undone = was[-1:] == (new,)
    if problems:
        return text, problems
    return with_former(text, labels, was[:-1] if undone else (*was, old))


def former(labels: Labels) -> tuple[str, ...]:
    """The former names that a page keeps."""
    return tuple(name for name in _list(labels.node.value, "was") if isinstance(name, str))


def with_former(text: str, labels: Labels, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The text, with the same lines as that of `labels`, with other former names."""
    lines = _lines(text)
    ending = re.search(r"\r\n|\r|\n", text)
    line = f"was: {flow(tuple(names))}{ending[0] if ending else chr(10)}"
    if ("was",) in labels.node.positions:
        at, end = labels.node.keys["was",], labels.node.ends["was",]
        if at.line != end.line or "#" in lines[at.line - 1][end.column - 1 :]:
            return text, (_spread(labels, ("was",)),)
        lines[at.line - 1 : at.line] = [line] if names else []
    elif names:
        after = max(labels.node.ends[key].line for key in (("name",), ("aliases",)) if key in labels.node.ends)
        lines.insert(after, line)
    return "".join(lines), ()


def made_page(name: str, was: str) -> str:
    """The text of a page that holds nothing but a former name."""
    return f"---\n{MADE}\nname: {scalar(name)}\nwas: {flow((was,))}\n---\n"


def is_bare(text: str) -> bool:
    """Whether a page made by renaming holds nothing any more but a name."""
    return bool(re.fullmatch(rf"---\n{MADE}\nname: [^\n]*\n---\n", text))


def _on_one_line(node: Node, key: ItemKey) -> bool:
    return node.positions[key].line == node.ends[key].line


def _spread(labels: Labels, key: ItemKey) -> str:
    at = labels.node.positions[key]
    return f"{labels.path}:{at.line}:{at.column}: write this on one line, with no comment behind it, then rename again"


def _put(labels: Labels, values: Mapping[ItemKey, str], old: str) -> str:
    """The text with other labels at some places, each quoted as the old one was."""
    lines = _lines(labels.text)
    node = labels.node
    for key in sorted(values, key=lambda k: node.positions[k], reverse=True):
        at, end = node.positions[key], node.ends[key]
        line = lines[at.line - 1]
        told = _as_quoted(values[key], old, line[at.column - 1])
        lines[at.line - 1] = line[: at.column - 1] + told + line[end.column - 1 :]
    return "".join(lines)


def _as_quoted(name: str, old: str, mark: str) -> str:
    if mark == "'":
        return "'" + name.replace("'", "''") + "'"
    by_choice = mark == '"' and scalar(old) == old
    return json.dumps(name, ensure_ascii=False) if by_choice else scalar(name)


def _cut(text: str, body_line: int) -> tuple[str, str]:
    lines = _lines(text)
    return "".join(lines[: body_line - 1]), "".join(lines[body_line - 1 :])


def _lines(text: str) -> list[str]:
    """Lines with their ends, counted as editors count them."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
