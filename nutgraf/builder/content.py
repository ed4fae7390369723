"""A site's folder, read and parsed."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from nutgraf import store
from nutgraf.builder.agencies import agency_pages
from nutgraf.formats.brief import parse_brief
from nutgraf.formats.front_matter import undecodable
from nutgraf.formats.page import parse_page
from nutgraf.formats.proposal import parse_proposal
from nutgraf.formats.settings import parse_config
from nutgraf.formats.words import parse_words
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
    pages = (*pages, *agency_pages((s for brief in briefs for s in brief.front.sources), pages))
    articles, changed = read_originals(root, briefs, proposals)
    told = (*problems, *proposal_problems, *page_problems, *brief_problems, *template_findings(root, config.language))
    broken = frozenset(d.location.path for d in told if d.severity is Severity.ERROR)
    proposed = {slug: proposal.front for slug, proposal in proposals.items()}
    library = Library(briefs, pages, articles, changed, article_names(root), broken, static_addresses(root), proposed)
    return Content(config, library, proposals, told, broken)


def merged_briefs(briefs: Iterable[Brief], proposals: Mapping[str, Proposal]) -> Mapping[str, Brief]:
    """The brief that each article is merged with: of several the one its proposal is named after, else the first."""
    named = {proposal.article: slug for slug, proposal in proposals.items()}
    found: dict[str, Brief] = {}
    for brief in briefs:
        article = brief.front.article
        if article and (article not in found or named.get(article) == brief.slug):
            found[article] = brief
    return found


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
    from nutgraf.engine import page_model
    from nutgraf.formats.articles import read_article  # slow to load, and of no use to a site without articles

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
        texts[name] = read_article(name, raw, page_model)[0].text
    return texts, frozenset(changed)


def article_names(root: Path) -> frozenset[str]:
    """Names of all stored articles, within their folder."""
    folder = root / store.ARTICLES
    return frozenset(path.relative_to(folder).as_posix() for path in store.visible(folder))


def static_addresses(root: Path) -> frozenset[str]:
    """Addresses of the theme's static files and the site's own."""
    folders = dict.fromkeys((store.theme_folder() / "static", root / "static"))
    return frozenset(f"/static/{p.relative_to(f).as_posix()}" for f in folders for p in store.visible(f))


def template_findings(root: Path, language: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the site's own templates and words."""
    theme, own = store.theme_folder() / "templates", root / "templates"
    if own == theme or not own.is_dir():
        return ()
    ours, theirs = store.templates_of(own), store.templates_of(theme)
    undecoded = [problem for name, text in ours.items() if (problem := undecodable(text, f"templates/{name}"))]
    _, misspelt = parse_words({**theirs, **ours}, language)
    from nutgraf.render.overrides import override_findings  # with all of Jinja; most sites have no templates

    return (*undecoded, *misspelt) or override_findings(_pages(theirs), _pages(ours))


def _pages(templates: Mapping[str, str]) -> Mapping[str, str]:
    return {name: text for name, text in templates.items() if name.endswith(".html")}


def digest(raw: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(raw).hexdigest()
