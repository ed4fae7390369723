"""How a site is built, what came of it, and how much its findings matter."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING

from nutgraf import store
from nutgraf.builder.content import Content
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Diagnostic, Location, Position, Severity
from nutgraf.model.findings import levelled, report
from nutgraf.site.check import check
from nutgraf.site.urls import url_of

if TYPE_CHECKING:
    from jinja2 import TemplateError


@dataclass(frozen=True, slots=True)
class Built:
    """A build's findings and what it changed; `written` None where errors left the last good site in place."""

    diagnostics: tuple[Diagnostic, ...]
    written: store.Written | None = None
    pages: int = 0
    folder: str = ""
    """Name of the folder it is in."""

    @property
    def changed_urls(self) -> tuple[str, ...]:
        """Addresses whose files were written: what a preview has to load again, and search to index again."""
        return tuple(url_of(path) for path in self.written.written) if self.written else ()


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """How to build."""

    today: str
    """ISO day: briefs dated later are withheld."""
    output: Path | None = None
    drafts: bool = False
    future: bool = False
    strict: bool = False
    preview: bool = False
    """Findings have the severities of the preview: what is wrong is shown; a file that cannot be read stops it."""

    @property
    def flags(self) -> tuple[bool, ...]:
        """What tells builds of different kinds apart."""
        return self.drafts, self.future, self.preview


def findings(content: Content, options: BuildOptions) -> tuple[Diagnostic, ...]:
    """All findings of a site."""
    told = [*content.diagnostics, *check(content.library, options.today, content.proposals)]
    drafts = {b.path for b in content.library.briefs if b.front.status == "draft"}
    return weighed(told, content.config, drafts, options)


def weighed(
    told: Iterable[Diagnostic], config: Config, drafts: Collection[str], options: BuildOptions
) -> tuple[Diagnostic, ...]:
    """Findings as severe as site.yaml has them. What a draft that is withheld says wrong stops nobody: a warning."""
    found = levelled(told, config, options.preview)
    return tuple(_softened(d) if d.location.path in drafts and not options.drafts else d for d in found)


def template_fault(problem: "TemplateError") -> Diagnostic:
    """A finding at the line of the template, where Jinja knows it."""
    path, line = getattr(problem, "filename", None) or "templates", getattr(problem, "lineno", None)
    for frame, number in walk_tb(problem.__traceback__):
        if frame.f_code.co_filename.startswith("templates/"):
            path, line = frame.f_code.co_filename, number
    place = Location(path, Position(line, 1) if line else None)
    return report("template-error", problem.message or str(problem), place, "mend the template")


def _softened(d: Diagnostic) -> Diagnostic:
    return replace(d, severity=Severity.WARNING) if d.severity is Severity.ERROR else d
