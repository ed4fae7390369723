"""A site's files to what is known of them: reads what has changed, and what rests on that; finds what is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from nutgraf import store
from nutgraf.builder.agencies import agency_pages
from nutgraf.builder.content import template_findings
from nutgraf.builder.outline import Outline
from nutgraf.builder.scan import PARTS, TIMED, Read, Setting, scan_all, scan_proposals, whole_brief
from nutgraf.builder.spread import spread
from nutgraf.builder.stamps import THEME, read_input
from nutgraf.builder.state import Shelved, State
from nutgraf.formats.page import parse_page
from nutgraf.formats.settings import parse_config
from nutgraf.memo import Memo
from nutgraf.model.brief import Page
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Diagnostic, Severity
from nutgraf.model.library import Library
from nutgraf.site.check import settled
from nutgraf.site.check.library import library_findings
from nutgraf.site.check.values import withheld
from nutgraf.site.facts import digest_of
from nutgraf.site.library import Names, names_of

Problems = tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a site's files say."""

    setting: Setting
    problems: Problems
    """Why files cannot be read."""
    pages: tuple[Page, ...]
    """The editor's own, and those of agencies."""
    changed: frozenset[str]
    """Paths of the files that are not as they were."""
    scanned: int
    """How many briefs were read."""


def survey(root: Path, settings: str, state: State, changed: set[str], memo: Memo, jobs: int) -> Survey:
    """Bring the state up to date with the files that are not as they were."""
    core = state.core
    before, names_before = core.config, names_of((*_pages(state), *core.agencies))
    if before is None or settings in changed:
        core.config, core.config_problems = parse_config(store.read_text(root, settings), settings)
    config = core.config or Config()
    rescan = set() if config == before else set(state.briefs)
    rescan |= _proposals(root, state, changed, jobs)
    _read_pages(root, state, changed)
    rescan |= _of_articles(state, changed)
    proposals = sorted(state.proposals.items())
    annotated = {p.article: p.digest for _, p in proposals if p.article}
    slugs = {PurePosixPath(path).stem: path for path, p in proposals if p.article}
    if not state.briefs:
        core.agencies = agency_pages(_likely(root, state), _pages(state))
    scanned, names, differing = 0, names_before, changed
    for _ in range(2):  # once more where briefs turn out to name other agencies than were known
        before_, names = names, names_of((*_pages(state), *core.agencies))
        rescan |= _askers(state, memo, before_, names)
        setting = Setting(root, config, names, slugs, annotated)
        scanned += _briefs(state, setting, differing, rescan, memo, jobs)
        differing, rescan = set(), set()
        _name_agencies(state)
        if names_of((*_pages(state), *core.agencies)) == names:
            break
    if config != before or any(path.removeprefix(THEME).startswith("templates/") for path in changed):
        core.template_problems = template_findings(root, config.language)
    told = [*core.config_problems]
    told += (d for _, p in proposals for d in p.problems)
    told += (d for _, (_, found) in sorted(state.pages.items(), key=_page_order) for d in found)
    unread = [(path, one) for path, one in state.briefs.items() if one.problems]
    told += (d for _, one in sorted(unread, key=_path) for d in one.problems)
    pages = (*_pages(state), *core.agencies)
    return Survey(setting, (*told, *core.template_problems), pages, frozenset(changed), scanned)


def _path(item: tuple[str, Any]) -> str:
    return item[0]


def _page_order(item: tuple[str, Any]) -> tuple[int, str]:
    folders = list(store.PAGES.values())
    return next(i for i, folder in enumerate(folders) if item[0].startswith(f"{folder}/")), item[0]


def _pages(state: State) -> tuple[Page, ...]:
    ordered = sorted(state.pages.items(), key=_page_order)
    return tuple(page for _, (page, _) in ordered if page is not None)


def _below(path: str, folder: str, suffix: str = "") -> bool:
    return path.startswith(f"{folder}/") and path.lower().endswith(suffix)


def _proposals(root: Path, state: State, changed: set[str], jobs: int) -> set[str]:
    """Read the proposals anew that have changed; the briefs that rest on them."""
    paths = sorted(path for path in changed if _below(path, store.PROPOSALS))
    if not paths:
        return set()
    articles = {before.article for path in paths if (before := state.proposals.pop(path))}
    there = [path for path in paths if path in state.files]
    for piece in spread(scan_proposals, root, there, jobs):
        for path, proposed in piece:
            state.proposals[path] = proposed
            articles.add(proposed.article)
    slugs = {PurePosixPath(path).stem for path in paths}
    return {p for p, one in state.briefs.items() if one.slug in slugs or (one.article and one.article in articles)}


def _read_pages(root: Path, state: State, changed: set[str]) -> None:
    for kind, folder in store.PAGES.items():
        for path in sorted(path for path in changed if _below(path, folder, ".md")):
            state.pages.pop(path)
            if path in state.files:
                text = read_input(root, path).decode("utf-8", "surrogateescape")
                state.pages[path] = parse_page(text, path, kind)


def _askers(state: State, memo: Memo, before: Names, after: Names) -> set[str]:
    """The briefs that asked for a name of which the editor's pages now say something else."""
    differing: set[tuple[str, str]] = set()
    kinds = ("actor", before.actors, after.actors), ("source", before.sources, after.sources)
    for kind, old, new in (*kinds, ("topic", before.topics, after.topics)):
        differing |= {(kind, name) for name in {*old, *new} if _said(old.get(name)) != _said(new.get(name))}
    return {p for p, one in state.briefs.items() if _asked(memo, p, one, differing)} if differing else set()


def _asked(memo: Memo, path: str, one: Read, names: set[tuple[str, str]]) -> bool:
    if not one.slug:
        return False
    kept = memo.read(f"asked {path}")
    return kept is None or kept[0] != one.digests or not names.isdisjoint(kept[1])


def _said(page: Page | None) -> Any:
    """What the reading of a brief can take from a page."""
    return page and (page.slug, page.name, page.aliases, page.type, page.body_mode)


def _of_articles(state: State, changed: set[str]) -> set[str]:
    prefix = f"{store.ARTICLES}/"
    names = {path.removeprefix(prefix) for path in changed if path.startswith(prefix)}
    return {path for path, one in state.briefs.items() if one.article in names} if names else set()


class _Source(NamedTuple):
    name: str
    kind: str


def _cited(state: State) -> set[_Source]:
    return {_Source(*source) for source in {source for one in state.briefs.values() for source in one.sources}}


def _name_agencies(state: State) -> None:
    """Find the pages of agencies anew, where other sources are cited or the editor's pages claim others."""
    core, cited, pages = state.core, _cited(state), _pages(state)
    claimed = [(page.name, page.aliases, page.slug) for page in pages if page.kind == "source"]
    rests_on = digest_of((sorted(cited), claimed))
    if core.cited != rests_on:
        core.cited, core.agencies = rests_on, agency_pages(cited, pages)


_SOURCE = re.compile(r"^- *\{name: *(\w[^,:}\"]*), kind: (\w+)", re.M)


def _likely(root: Path, state: State) -> Iterator[_Source]:
    """The sources of all briefs at a glance, so that hardly any has to be scanned twice."""
    for path in state.files:
        if _below(path, store.BRIEFS, ".md"):
            text = read_input(root, path).partition(b"\n---")[0].decode("utf-8", "replace")
            yield from (_Source(name.strip(), kind) for name, kind in _SOURCE.findall(text))


def _briefs(state: State, setting: Setting, changed: set[str], rescan: set[str], memo: Memo, jobs: int) -> int:
    """Scan the briefs that have changed or rest on what has; how many."""
    own = {path for path in changed if _below(path, store.BRIEFS, ".md")}
    gone = [path for path in own if path not in state.files]
    paths = sorted((own | rescan) - set(gone))
    state.keep_drawn((*gone, *paths))
    for path in gone:
        state.briefs.pop(path)
    memo.write((), (f"{part} {path}" for path in gone for part in PARTS))
    for piece in spread(scan_all, setting, paths, jobs):
        parts: dict[str, bytes] = {}
        for one in piece:
            state.take_in(one)
            parts |= one.parts
        memo.write(parts.items())
    return len(paths)


# ------------------------------------------------------------------ findings


def findings(root: Path, state: State, survey: Survey, today: str) -> Problems:
    """Everything that is wrong, with the severities of a release."""
    library = partial(_library, root, state, survey)
    own = [*_overall(state, survey, library)]
    faulty = [(path, one) for path, one in state.briefs.items() if one.findings or one.latest > today]
    for path, one in sorted(faulty, key=_path):
        own += one.findings
        if one.latest > today:
            own += (d for d in withheld(whole_brief(root, path), today) if d.code in TIMED)
    wanting = any(d.wanted for d in own)
    return (*survey.problems, *settled(own, library() if wanting else Library()))


def _overall(state: State, survey: Survey, library: Callable[[], Library]) -> Problems:
    """Findings of the whole site, as long as nothing has changed that they rest on."""
    linked = any(one.has_links for one in state.briefs.values()) or any(page.body.references for page in survey.pages)

    def seen() -> bytes:
        places = sorted({d.location.path for d in state.core.overall[1]})
        return digest_of(
            (
                state.briefs.digests(f"seen {linked}", partial(_seen, linked)),
                [one.head for path in places if (one := state.briefs.get(path))],
                [(path, known.digest) for path in sorted(state.pages) if (known := state.files.get(path))],
                state.core.agencies,
                sorted((path, one.article) for path, one in state.proposals.items()),
                sorted(path for path in state.files if path.startswith(OTHERS)),
            )
        )

    if state.core.overall[0] != seen():
        by_slug: Any = {slug: state.proposals[path] for slug, path in survey.setting.proposals.items()}
        state.core.overall = (b"", tuple(library_findings(library(), survey.setting.names, by_slug)))
        state.core.overall = (seen(), state.core.overall[1])
    return state.core.overall[1]


def _seen(linked: bool, briefs: Mapping[str, Read]) -> bytes:
    """Stands for what findings of the whole site see of some briefs, and where they see it."""
    return digest_of(sorted((path, one.seen, one.head if linked else b"") for path, one in briefs.items()))


OTHERS = (f"{store.ARTICLES}/", "static/", f"{THEME}static/")
"""Files of which findings see only that they are there."""


def _library(root: Path, state: State, survey: Survey) -> Library:
    state.list_all()
    listed = sorted((one.slug, path) for path, one in state.briefs.items() if one.slug)
    outlines = tuple(Outline(root, state.listed(path), state.briefs[path].has_links) for _, path in listed)
    articles = f"{store.ARTICLES}/"
    return Library(
        outlines,
        survey.pages,
        article_names=frozenset(p.removeprefix(articles) for p in state.files if p.startswith(articles)),
        broken=frozenset(d.location.path for d in survey.problems if d.severity is Severity.ERROR),
        static=frozenset(
            f"/{p.removeprefix(THEME)}" for p in state.files if p.removeprefix(THEME).startswith("static/")
        ),
    )


def published(state: State, today: str, drafts: bool) -> Shelved:
    """The briefs that go into the site: no drafts unless asked for, none dated after `today`."""

    def wanted(one: Read) -> bool:
        return bool(one.slug) and (drafts or one.status == "published") and one.date <= today

    state.shelved = _patched(state, wanted) or _all_published(state, wanted)
    state.touched.clear()
    return state.shelved


def _patched(state: State, wanted: Callable[[Read], bool]) -> Shelved | None:
    """The same briefs as were published last, of which some say something else; None where others are, or on other
    days."""
    last = state.shelved
    if last is None:
        return None
    renewed: dict[str, tuple[str, str, bytes]] = {}
    for path in state.touched:
        one = state.briefs.get(path)
        before = last.briefs.get(one.slug) if one else None
        if one is None or before is None or not wanted(one) or before[:2] != (one.date, path):
            return None
        renewed[one.slug] = one.date, path, one.digests
    undrawn = None if last.undrawn is None else last.undrawn | renewed.keys()
    return Shelved({**last.briefs, **renewed}, last.days, undrawn)


def _all_published(state: State, wanted: Callable[[Read], bool]) -> Shelved:
    chosen: dict[str, tuple[str, str, bytes]] = {}
    for path, one in state.briefs.items():
        if wanted(one):
            twin = chosen.get(one.slug)
            if twin is None or path < twin[1]:
                chosen[one.slug] = (one.date, path, one.digests)
    ordered = dict(sorted(sorted(chosen.items()), key=_day, reverse=True))
    return Shelved(ordered, {slug: day for slug, (day, _, _) in ordered.items()}, None)


def _day(item: tuple[str, tuple[str, str, bytes]]) -> str:
    return item[1][0]


def drafts(state: State) -> frozenset[str]:
    """Paths of the briefs that are drafts."""
    return frozenset(path for path, one in state.briefs.items() if one.status == "draft")
