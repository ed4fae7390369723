"""One brief's file to all that is kept of it: what other pages see, what its own page shows, what it says wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from nutgraf import store
from nutgraf.builder.content import digest
from nutgraf.builder.stamps import read_input
from nutgraf.formats.brief import parse_brief
from nutgraf.formats.proposal import parse_proposal
from nutgraf.memo import frozen
from nutgraf.model.brief import Brief, FrontMatter, Page
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Diagnostic
from nutgraf.model.library import Library
from nutgraf.site.check import brief_findings
from nutgraf.site.check.values import done_on
from nutgraf.site.facts import digest_of, facts
from nutgraf.site.library import Names, PageIndex
from nutgraf.site.reading import Reading, read
from nutgraf.site.text import EvenText, even_text

TIMED = frozenset({"future-withheld", "date-in-future"})
"""Findings that the day of the build decides."""

FOREVER = "9999-12-31"
"""No day is later."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the site needs to know of a proposal's file."""

    article: str | None
    """None where the file cannot be read."""
    digest: str
    problems: tuple[Diagnostic, ...]


class Read(NamedTuple):
    """What is kept in memory of one brief's file."""

    problems: tuple[Diagnostic, ...]
    """Why it cannot be read; then there is nothing else."""
    findings: tuple[Diagnostic, ...] = ()
    """But for those that the day decides."""
    slug: str = ""
    date: str = ""
    status: str = ""
    article: str | None = None
    sources: tuple[tuple[str, str], ...] = ()
    """Name and kind."""
    latest: str = ""
    """The latest day that it tells as past."""
    seen: bytes = b""
    """Stands for what findings of the whole site see of it."""
    head: bytes = b""
    """Stands for where in the file that is."""
    has_links: bool = False
    digests: bytes = b""
    """Of the facets, one after the other."""


class Scanned(NamedTuple):
    """All that is kept of one brief's file."""

    path: str
    read: Read
    parts: Mapping[str, bytes] = MappingProxyType({})
    """Frozen, by key of the memo, with the digests of the facets: so that parts of another state are known."""


PARTS = ("listed", "shown", "notes", "reading", "asked")
"""What is listed, what other pages show, the notes, what its own page shows, which names were looked up among the
editor's pages (kind and folded name)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all briefs are scanned with."""

    root: Path
    config: Config
    names: Names
    proposals: Mapping[str, str]
    """Paths of the stored proposals by slug."""
    annotated: Mapping[str, str]
    """Digests of articles, by name, as they were when they were annotated."""


class _Asked(dict[str, Page]):
    """Pages by name that notes which names were looked up."""

    def __init__(self, kind: str, pages: PageIndex, asked: set[tuple[str, str]]) -> None:
        super().__init__(pages)
        self._kind, self._asked = kind, asked

    def get(self, key: str, default: Any = None) -> Any:
        self._asked.add((self._kind, key))
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._asked.add((self._kind, str(key)))
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Page:
        self._asked.add((self._kind, key))
        return super().__getitem__(key)


class Noted:
    """Names that note what is asked of them, brief by brief."""

    def __init__(self, names: Names) -> None:
        self.asked: set[tuple[str, str]] = set()
        kinds = ("actor", names.actors), ("source", names.sources), ("topic", names.topics)
        self.names = Names(*(_Asked(kind, pages, self.asked) for kind, pages in kinds))

    def taken(self) -> frozenset[tuple[str, str]]:
        """What was asked since this was called last."""
        asked = frozenset(self.asked)
        self.asked.clear()
        return asked


def scan_all(setting: Setting, paths: tuple[str, ...]) -> list[Scanned]:
    """Some briefs' files, scanned."""
    noted = Noted(setting.names)
    return [_scan(setting, path, noted) for path in paths]


def _scan(setting: Setting, path: str, noted: Noted) -> Scanned:
    brief, problems = parse_brief(read_input(setting.root, path).decode("utf-8", "surrogateescape"), path)
    if brief is None:
        return Scanned(path, Read(problems))
    text, changed = _original(setting, brief.front.article)
    proposed = _proposed_front(setting, brief.slug)
    reading = read(brief, noted.names)
    articles = {} if text is None or brief.front.article is None else {brief.front.article: text}
    library = Library(articles=articles, changed_articles=frozenset(articles) if changed else frozenset())
    listed, shown, notes = facts(reading, setting.config, even_text(text) if text is not None else None, proposed)
    found = brief_findings(reading, library, FOREVER)  # what the day decides is found at each build
    front = brief.front
    days = [front.date, *(day for _, day, _ in done_on(brief))]
    named = [actor.name for actor in front.actors], [source.name for source in front.sources]
    parts = zip(PARTS, (listed, shown, notes, _slim(reading), noted.taken()), strict=True)
    return Scanned(
        path,
        Read(
            problems,
            tuple(d for d in found if d.code not in TIMED),
            brief.slug,
            front.date,
            front.status,
            front.article,
            tuple((source.name, source.kind) for source in front.sources),
            max(days),
            digest_of((path, *named, front.topics, front.article, brief.body.references)),
            digest_of(brief.lines[: brief.body.line - 1]),
            bool(brief.body.references),
            listed.digests,
        ),
        {f"{part} {path}": frozen((listed.digests, value)) for part, value in parts},
    )


def _slim(reading: Reading) -> Reading:
    """Without what only findings need, and without the names, which are the same for all."""
    whole = reading.brief
    brief = Brief(whole.slug, whole.path, whole.front, whole.body)
    return Reading(
        brief, Names(), reading.cast, EvenText("", (), ()), reading.sentences, reading.mentions, reading.notes
    )


def _original(setting: Setting, article: str | None) -> tuple[str | None, bool]:
    """Text of a stored article, and whether it has changed since it was annotated; None where there is none."""
    if not article or not (setting.root / store.ARTICLES / article).is_file():
        return None, False
    from nutgraf.engine import page_model
    from nutgraf.formats.articles import read_article  # slow to load, and of no use to a site without articles

    raw = read_input(setting.root, f"{store.ARTICLES}/{article}")
    annotated = setting.annotated.get(article)
    return read_article(article, raw, page_model)[0].text, annotated is not None and annotated != digest(raw)


def _proposed_front(setting: Setting, slug: str) -> FrontMatter | None:
    path = setting.proposals.get(slug)
    if path is None:
        return None
    proposal, _ = parse_proposal(read_input(setting.root, path).decode("utf-8", "surrogateescape"), path)
    return proposal.front if proposal else None


def scan_proposals(root: Path, paths: tuple[str, ...]) -> list[tuple[str, Proposed]]:
    """Some proposals' files."""
    return [(path, _proposed(root, path)) for path in paths]


def _proposed(root: Path, path: str) -> Proposed:
    proposal, problems = parse_proposal(read_input(root, path).decode("utf-8", "surrogateescape"), path)
    return Proposed(proposal.article, proposal.digest, problems) if proposal else Proposed(None, "", problems)


def whole_brief(root: Path, path: str) -> Brief:
    """A brief with the places of its parts, read anew. It has been read without problems before."""
    brief, _ = parse_brief(read_input(root, path).decode("utf-8", "surrogateescape"), path)
    assert brief is not None
    return brief
