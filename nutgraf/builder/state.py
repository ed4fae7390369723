"""What a process knows of a site after a build, and keeps for the next."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from nutgraf.builder.draw import Batch, Drawn, Made
from nutgraf.builder.scan import Proposed
from nutgraf.builder.stamps import Known, Stamp
from nutgraf.model.brief import Page
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Diagnostic
from nutgraf.site.facts import Listed
from nutgraf.site.link import Facet
from nutgraf.site.related import Related


class Read(NamedTuple):
    """One brief's file, as far as it is in memory."""

    problems: tuple[Diagnostic, ...]
    listed: Listed | None
    findings: tuple[Diagnostic, ...]
    latest: str
    outline: bytes
    has_links: bool
    asked: frozenset[tuple[str, str]]


@dataclass(slots=True)
class State:
    """All of it. Empty before the first build."""

    files: dict[str, Known] = field(default_factory=dict)
    briefs: dict[str, Read] = field(default_factory=dict)
    proposals: dict[str, Proposed] = field(default_factory=dict)
    pages: dict[str, tuple[Page | None, tuple[Diagnostic, ...]]] = field(default_factory=dict)
    """The editor's own pages by path."""
    agencies: tuple[Page, ...] = ()
    """Pages of agencies that the briefs name and the editor has none of."""
    config: Config | None = None
    template_problems: tuple[Diagnostic, ...] = ()
    overall: tuple[bytes, tuple[Diagnostic, ...]] = (b"", ())
    """Findings of the whole site, and the digest of what they rest on."""
    frame: bytes = b""
    """Digest of what all pages rest on: settings, words, options."""
    templates: dict[str, bytes] = field(default_factory=dict)
    """Digests of templates with all they take in."""
    related: Mapping[str, Related] | None = None
    facets: list[Facet] = field(default_factory=list)
    """By number."""
    digests: dict[Facet, bytes] = field(default_factory=dict)
    """Of the facets that are not a brief's own."""
    published: dict[str, Listed] = field(default_factory=dict)
    """The briefs that the pages were drawn from, by slug."""
    plans: dict[str, Made] = field(default_factory=dict)
    outputs: dict[str, Stamp] = field(default_factory=dict)
    """Every file of the site as it was written."""
    theme: bytes = b""
    """Digest of all templates."""
    copied: dict[str, bytes] = field(default_factory=dict)
    """Digests of what the static files are copies of."""
    sitemap: bytes = b""
    """Digest of the sitemap and of what all pages rest on."""
    once: tuple[str, ...] = ()
    """Files that are there once: the sitemap, robots.txt and the like."""
    reasons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Why pages were drawn when they were drawn last, by address."""
    names: bytes = b""
    """Digest of what the editor's pages are called."""

    def numbers(self) -> dict[Facet, int]:
        return {facet: number for number, facet in enumerate(self.facets)}

    def taken_in(self, batches: Iterable[Batch]) -> dict[str, Made]:
        """The plans of some batches, with this state's own numbers and the pages that are as they were."""
        numbers = self.numbers()
        made: dict[str, Made] = {}
        for batch in batches:
            for facet in batch.facets:
                if facet not in numbers:
                    numbers[facet] = len(self.facets)
                    self.facets.append(facet)
            own = [numbers[facet] for facet in batch.facets]
            for plan in batch.made:
                before = {page.url: page for page in self._pages(plan.name)}
                pages = [before[p] if isinstance(p, str) else _renumbered(p, own) for p in plan.pages]
                made[plan.name] = Made(plan.name, _own(plan.trace, own), tuple(pages))
        return made

    def _pages(self, plan: str) -> Iterable[Drawn]:
        known = self.plans.get(plan)
        return (page for page in known.pages if not isinstance(page, str)) if known else ()


def _renumbered(page: Drawn, own: list[int]) -> Drawn:
    return Drawn(page.url, page.template, page.arguments, _own(page.trace, own), page.files)


def _own(trace: bytes, own: list[int]) -> bytes:
    return array("I", [own[number] for number in array("I", trace)]).tobytes()
