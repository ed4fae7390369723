"""What only the whole site can say: two files of one address, briefs and articles that miss each other."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from nutgraf.model.brief import Brief, ItemKey, Page, Proposal
from nutgraf.model.diagnostic import Diagnostic, Location
from nutgraf.model.findings import report
from nutgraf.model.library import Library
from nutgraf.model.nearest import nearest_of
from nutgraf.site.check import links
from nutgraf.site.check.finding import Holder, finding
from nutgraf.site.check.values import page_findings
from nutgraf.site.check.vocabulary import Vocabulary
from nutgraf.site.library import Names, PageIndex, slug_of
from nutgraf.site.text import fold

ALIKE = 0.8
"""Share of letters from which a topic that stands in one brief only may be another, misspelt."""


def library_findings(library: Library, names: Names, proposals: Mapping[str, Proposal]) -> Iterator[Diagnostic]:
    """All of them."""
    yield from _twins(library)
    yield from _labels(library, names)
    yield from _shared_aliases(library)
    yield from _topics(library, names)
    yield from _without_brief(library, proposals)
    vocabulary, briefs = Vocabulary(library), {brief.slug: brief for brief in library.briefs}
    holders: tuple[Holder, ...] = (*library.briefs, *library.pages)
    for holder in holders:
        if holder.body.references:
            yield from links.broken(holder, vocabulary, briefs, names)
    for page in library.pages:
        yield from page_findings(page)
        yield from links.images(page)


def _twins(library: Library) -> Iterator[Diagnostic]:
    """Files of one name in two folders: they would be one page."""
    first: dict[tuple[str, str], Holder] = {}
    holders: tuple[Holder, ...] = (*library.briefs, *library.pages)
    for holder in holders:
        kind = "brief" if isinstance(holder, Brief) else holder.kind
        other = first.setdefault((kind, holder.slug), holder)
        if other is not holder:
            message = f"{other.path} has the same name and would be the same page"
            yield report("slug-collision", message, Location(holder.path), "give one of the two files another name")


def _labels(library: Library, names: Names) -> Iterator[Diagnostic]:
    """Two labels that would share one address."""
    used: dict[tuple[str, str], dict[str, tuple[Brief, ItemKey]]] = defaultdict(dict)
    met: set[tuple[str, str]] = set()

    def add(kind: str, label: str, index: PageIndex, brief: Brief, key: ItemKey) -> None:
        if (kind, label) not in met:
            met.add((kind, label))
            used[kind, slug_of(label, index)].setdefault(fold(label), (brief, key))

    for brief in library.briefs:
        front = brief.front
        for i, actor in enumerate(front.actors):
            add("actor", actor.name, names.actors, brief, ("actors", i, "name"))
        for i, source in enumerate(front.sources):
            add("source", source.name, names.sources, brief, ("sources", i, "name"))
        for i, topic in enumerate(front.topics):
            add("topic", topic, names.topics, brief, ("topics", i))
    indexes = {"actor": names.actors, "source": names.sources, "topic": names.topics}
    for (kind, slug), labels in used.items():
        if len({_bare(label) for label in labels}) > 1 and not any(label in indexes[kind] for label in labels):
            brief, key = list(labels.values())[-1]
            message = f"{' and '.join(sorted(labels))} would both be at {slug}"
            yield finding("slug-collision", brief, key, message, f"make a page in content/{kind}s/ with one as alias")


def _bare(label: str) -> str:
    """A folded label without what may differ between two spellings of one name: spaces, stops, hyphens, quote marks."""
    return "".join(c for c in label if c.isalnum() or c in "&@#%*" or unicodedata.category(c).startswith("S"))


def _shared_aliases(library: Library) -> Iterator[Diagnostic]:
    """Names that two of the editor's own pages claim everywhere."""
    first: dict[tuple[str, str], Page] = {}
    for page in library.pages:
        named: list[tuple[str, ItemKey]] = [(page.name, ("name",))]
        for name, key in (*named, *((alias, ("aliases", i)) for i, alias in enumerate(page.aliases))):
            other = first.setdefault((page.kind, fold(name)), page)
            if other is not page:
                yield finding(
                    "alias-of-two", page, key, f"{name} is on {other.path} too", "take it from one of the two"
                )


def _topics(library: Library, names: Names) -> Iterator[Diagnostic]:
    """Topics of one brief that are spelt almost like one that the site has."""
    uses = Counter(topic for brief in library.briefs for topic in brief.front.topics)
    settled = [page.name for page in library.pages if page.kind == "topic"]
    settled += [topic for topic, count in uses.items() if count > 1]
    for brief in library.briefs:
        for i, topic in enumerate(brief.front.topics):
            if uses[topic] > 1 or fold(topic) in names.topics:
                continue
            close = nearest_of(topic, settled, ALIKE)
            if close and fold(close) != fold(topic):
                message = f"{topic} is a topic of this brief only"
                yield finding("unlikely-topic", brief, ("topics", i), message, f"did you mean {close}?")


def _without_brief(library: Library, proposals: Mapping[str, Proposal]) -> Iterator[Diagnostic]:
    made = {brief.slug for brief in library.briefs} | {slug_of_path(path) for path in library.broken}
    named = {brief.front.article for brief in library.briefs}
    told = named | {p.article for p in proposals.values()}
    for slug, proposal in sorted(proposals.items()):
        if slug not in made and proposal.article not in named:
            location = Location(f"content/proposals/{slug}.json")
            message = f"the brief of {proposal.article} is gone; it is not made again by itself"
            help_ = f"remove this file too, or bring the brief back: annotate {proposal.article}"
            yield report("proposal-without-brief", message, location, help_)
    for name in sorted(n for n in library.article_names - told if slug_of_path(n) not in made):
        location = Location(f"content/articles/{name}")
        yield report("article-without-brief", "no brief is made of this article yet", location, f"annotate {name}")


def slug_of_path(path: str) -> str:
    """The slug of the file at a path: its name without folder and ending."""
    return path.rpartition("/")[2].rpartition(".")[0]
