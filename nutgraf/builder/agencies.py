"""One page for an agency, whatever the briefs call it: "AP", "The Associated Press"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import yaml

from nutgraf.model.brief import Page
from nutgraf.site.text import fold
from nutgraf.site.urls import slugify

AGENCIES = Path(__file__).resolve().parents[1] / "languages" / "any" / "agencies.yaml"
CLEAR = 3
"""Letters from which on a short form is taken for the agency wherever a brief cites it; a shorter one ("EP") only where
some brief credits it as an agency."""


class Cited(Protocol):
    """What is asked of a source."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...


def agency_pages(sources: Iterable[Cited], pages: Iterable[Page]) -> tuple[Page, ...]:
    """A page for each agency that briefs name and no page of the editor's claims: its canonical name, and as aliases
    the other forms that mean it. It has no file."""
    named = {(source.name, source.kind) for source in sources if source.kind != "unnamed"}
    if not named:
        return ()
    cited, credited = {fold(name) for name, _ in named}, {fold(name) for name, kind in named if kind == "agency"}
    claimed = {fold(n) for page in pages if page.kind == "source" for n in (page.name, *page.aliases, page.slug)}
    return tuple(_pages(_table(), cited, credited, claimed))


@cache
def _table() -> Sequence[Mapping[str, Any]]:
    rows: Sequence[Mapping[str, Any]] = yaml.load(AGENCIES.read_bytes(), Loader=yaml.CSafeLoader)
    return rows


def _pages(
    table: Iterable[Mapping[str, Any]], cited: set[str], credited: set[str], claimed: set[str]
) -> Iterator[Page]:
    for row in table:
        name = str(row["name"])
        forms = [name, *row.get("aliases", ()), *row.get("short", ())]
        forms = [form for form in forms if len(form) >= CLEAR or fold(form) in credited]
        keys = {fold(form) for form in forms}
        if keys & cited and not keys & claimed:
            aliases = {fold(form): form for form in reversed(forms) if fold(form) != fold(name)}
            yield Page(slugify(name), "", "source", name, aliases=tuple(sorted(aliases.values())), type="agency")
