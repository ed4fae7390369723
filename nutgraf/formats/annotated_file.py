"""A Markdown file with front matter, validated: what briefs and the editor's own pages share."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Generic, TypeVar

from nutgraf.formats.front_matter import read_yaml, split_front, split_lines
from nutgraf.formats.markdown import parse_body
from nutgraf.formats.schema import validate
from nutgraf.model.brief import Body, ItemKey
from nutgraf.model.diagnostic import Diagnostic, Position

Front = TypeVar("Front")


@dataclass(frozen=True, slots=True)
class AnnotatedFile(Generic[Front]):
    """The parts of such a file; `slug` is its name without folder and ending."""

    slug: str
    front: Front
    body: Body
    positions: Mapping[ItemKey, Position]
    lines: tuple[str, ...]
    plain: bool
    """Whether the front matter is as nutgraf writes it."""


def read_annotated(
    model: type[Front], text: str, path: str
) -> tuple[AnnotatedFile[Front] | None, tuple[Diagnostic, ...]]:
    """The file's parts, its front matter as `model`, or all that keeps it from being read."""
    parts, problems = split_front(text, path)
    if parts is None:
        return None, problems
    lines = split_lines(text.removeprefix("\ufeff"))
    node, problems = read_yaml(parts.yaml, path, parts.yaml_line)
    if node is None:
        return None, problems
    front, problems = validate(model, node, path, lines)
    if front is None:
        return None, problems
    body = parse_body(parts.body, parts.body_line)
    return AnnotatedFile(PurePosixPath(path).stem, front, body, node.positions, lines, node.plain), ()
