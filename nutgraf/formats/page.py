"""An editor's own page on an actor, a source or a topic."""

from dataclasses import dataclass, fields
from pathlib import PurePosixPath
from typing import Any, ClassVar, Literal

from nutgraf.formats.front_matter import read_yaml, split_front, split_lines
from nutgraf.formats.markdown import parse_body
from nutgraf.formats.schema import validate
from nutgraf.model.brief import STRICT, Page, Role
from nutgraf.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class PageFront:
    """The keys of such a page."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    aliases: tuple[str, ...] = ()
    type: Literal["person", "organisation", "place", "other", "agency", "cited", "unnamed"] | None = None
    roles: tuple[Role, ...] = ()
    terms: tuple[str, ...] = ()
    body_mode: Literal["full", "digest"] | None = None
    latitude: float | None = None
    longitude: float | None = None
    wikidata: str | None = None
    url: str | None = None


def parse_page(
    text: str, path: str, kind: Literal["actor", "source", "topic"]
) -> tuple[Page | None, tuple[Diagnostic, ...]]:
    """The page in a file's text, or everything that keeps it from being read."""
    parts, problems = split_front(text, path)
    if parts is None:
        return None, problems
    lines = split_lines(text.removeprefix("\ufeff"))
    node, problems = read_yaml(parts.yaml, path, parts.yaml_line)
    if node is None:
        return None, problems
    front, problems = validate(PageFront, node, path, lines)
    if front is None:
        return None, problems
    told = {f.name: getattr(front, f.name) for f in fields(front)}
    body = parse_body(parts.body, parts.body_line)
    return Page(PurePosixPath(path).stem, path, kind, **told, body=body, positions=node.positions, lines=lines), ()
