"""A site's folder, read and parsed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from nutgraf import store
from nutgraf.formats.articles import read_article
from nutgraf.formats.brief import parse_brief
from nutgraf.formats.page import parse_page
from nutgraf.formats.proposal import parse_proposal
from nutgraf.formats.settings import parse_config
from nutgraf.model.brief import Brief, Page, Proposal
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Diagnostic, Severity
from nutgraf.model.library import Library


@dataclass(frozen=True, slots=True)
class Content:
    """A site's folder, read and parsed."""

    config: Config
    library: Library
    proposals: Mapping[str, Proposal]
    """By slug."""
    diagnostics: tuple[Diagnostic, ...]
    broken: frozenset[str]
    """Paths of files that could not be read."""


def read_content(root: Path, settings: str = store.SETTINGS) -> Content:
    """Everything of the site that a person or the machine wrote."""
    config, problems = parse_config(store.read_text(root, settings), settings)
    proposals, proposal_problems = read_proposals(root)
    pages, page_problems = read_pages(root)
    briefs, brief_problems = read_briefs(root)
    articles, changed = read_originals(root, briefs, proposals)
    library = Library(briefs, pages, articles, changed)
    told = (*problems, *proposal_problems, *page_problems, *brief_problems)
    broken = frozenset(d.location.path for d in told if d.severity is Severity.ERROR)
    return Content(config, library, proposals, told, broken)


def read_proposals(root: Path) -> tuple[Mapping[str, Proposal], tuple[Diagnostic, ...]]:
    """The stored proposals by slug."""
    found: dict[str, Proposal] = {}
    problems: list[Diagnostic] = []
    for path, raw in store.read_files(root, store.PROPOSALS).items():
        proposal, told = parse_proposal(raw.decode("utf-8", "surrogateescape"), path)
        problems += told
        if proposal is not None:
            found[PurePosixPath(path).stem] = proposal
    return found, tuple(problems)


def read_pages(root: Path) -> tuple[tuple[Page, ...], tuple[Diagnostic, ...]]:
    """The editor's own pages on actors, sources and topics."""
    found: list[Page] = []
    problems: list[Diagnostic] = []
    for kind, folder in store.PAGES.items():
        for path, raw in store.read_files(root, folder, (".md",)).items():
            page, told = parse_page(raw.decode("utf-8", "surrogateescape"), path, kind)
            problems += told
            found += [page] if page else []
    return tuple(found), tuple(problems)


def read_briefs(root: Path) -> tuple[tuple[Brief, ...], tuple[Diagnostic, ...]]:
    """The briefs in order of slug, and what keeps others from being read."""
    found: list[Brief] = []
    problems: list[Diagnostic] = []
    for path, raw in store.read_files(root, store.BRIEFS, (".md",)).items():
        brief, told = parse_brief(raw.decode("utf-8", "surrogateescape"), path)
        problems += told
        found += [brief] if brief else []
    return tuple(sorted(found, key=lambda b: b.slug)), tuple(problems)


def read_originals(
    root: Path, briefs: Sequence[Brief], proposals: Mapping[str, Proposal]
) -> tuple[Mapping[str, str], frozenset[str]]:
    """Text of each original that a brief names, and the names of those changed since they were annotated.

    The body of a proposal is the text that its article was read as, so only articles without one are read anew.
    """
    by_article = {proposal.article: proposal for proposal in proposals.values()}
    texts: dict[str, str] = {}
    changed: set[str] = set()
    for name in sorted({brief.front.article for brief in briefs if brief.front.article}):
        file = root / store.ARTICLES / name
        if not file.is_file():
            continue
        raw = file.read_bytes()
        proposal = by_article.get(name)
        if proposal and proposal.digest != digest(raw):
            changed.add(name)
        texts[name] = read_article(name, raw)[0].text
    return texts, frozenset(changed)


def digest(raw: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(raw).hexdigest()
