"""An editor's own page on an actor, a source or a topic."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal

from nutgraf.formats.annotated_file import read_annotated
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
    file, problems = read_annotated(PageFront, text, path)
    if file is None:
        return None, problems
    told = {f.name: getattr(file.front, f.name) for f in fields(file.front)}
    return Page(file.slug, path, kind, **told, body=file.body, positions=file.positions, lines=file.lines), ()
