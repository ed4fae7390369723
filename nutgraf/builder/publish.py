"""Briefs to pages."""

from dataclasses import dataclass, replace
from pathlib import Path
from traceback import walk_tb

from jinja2 import TemplateError

from nutgraf import store
from nutgraf.builder.content import Content
from nutgraf.formats.words import parse_words
from nutgraf.model.brief import Brief
from nutgraf.model.diagnostic import Diagnostic, Location, Position, Severity
from nutgraf.model.findings import levelled, report
from nutgraf.render import render_site
from nutgraf.site.check import check
from nutgraf.site.urls import url_of
from nutgraf.site.views import build_views


@dataclass(frozen=True, slots=True)
class Built:
    """A build's findings and what it changed; `written` None where errors left the last good site in place."""

    diagnostics: tuple[Diagnostic, ...]
    written: store.Written | None = None
    pages: int = 0

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
    def withholding(self) -> tuple[str, ...]:
        """Codes of the findings that tell of a brief left out by these options."""
        codes = (("draft-withheld", self.drafts), ("future-withheld", self.future))
        return tuple(code for code, published in codes if not published)


def findings(content: Content, options: BuildOptions) -> tuple[Diagnostic, ...]:
    """All findings of a site. What a draft that is not published says wrong stops nobody: it is a warning."""
    told = [*content.diagnostics, *check(content.library, options.today, content.proposals)]
    drafts = {b.path for b in content.library.briefs if _withheld(b) and not options.drafts}
    found = levelled(told, content.config, options.preview)
    return tuple(_softened(d) if d.location.path in drafts else d for d in found)


def _withheld(brief: Brief) -> bool:
    return brief.front.status == "draft"


def _template_fault(problem: TemplateError) -> Diagnostic:
    """A finding at the line of the template, where Jinja knows it."""
    path, line = getattr(problem, "filename", None) or "templates", getattr(problem, "lineno", None)
    for frame, number in walk_tb(problem.__traceback__):
        if frame.f_code.co_filename.startswith("templates/"):
            path, line = frame.f_code.co_filename, number
    place = Location(path, Position(line, 1) if line else None)
    return report("template-error", problem.message or str(problem), place, "mend the template")


def _softened(d: Diagnostic) -> Diagnostic:
    return replace(d, severity=Severity.WARNING) if d.severity is Severity.ERROR else d


def build(root: Path, content: Content, options: BuildOptions) -> Built:
    """Render the site. With errors (or, strictly, warnings) nothing is written and the last good site stays."""
    templates = store.read_templates(root)
    words, _ = parse_words(templates, content.config.language)
    told = findings(content, options)
    fatal = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    if any(d.severity in fatal for d in told):
        return Built(told)
    today = options.today if not options.future else "9999-12-31"
    views = build_views(content.library, content.config, today, options.drafts, words)
    try:
        artifacts = [*render_site(views, templates), *store.read_static(root)]
    except TemplateError as problem:
        return Built((*told, _template_fault(problem)))
    written = store.write_site(options.output or root / content.config.output, artifacts)
    return Built(told, written, len(views.pages))
