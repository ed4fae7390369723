"""The worklist of a site: open questions of merges, and what nobody has confirmed; and the answers to questions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from nutgraf import store
from nutgraf.builder import transaction
from nutgraf.builder.content import merged_briefs
from nutgraf.builder.stamps import Stamp, read_input, stamp_of
from nutgraf.formats.brief import parse_brief
from nutgraf.formats.merge import Merge, merge_brief
from nutgraf.formats.proposal import parse_proposal, write_proposal
from nutgraf.formats.question import Answer, Question, finding, shown
from nutgraf.model.brief import Brief, Proposal
from nutgraf.model.diagnostic import Position
from nutgraf.model.task import Concern, Task
from nutgraf.site.worklist import worklist

Pair = tuple[Brief, str, Proposal | None]


class Sheets:
    """The briefs and proposals of a site, each read again only when its file has changed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: dict[str, tuple[Stamp, Brief | Proposal | None]] = {}

    def pairs(self) -> list[Pair]:
        """Each brief with its proposal, as they are now."""
        there = dict(store.walk(str(self.root / store.CONTENT), f"{store.CONTENT}/"))
        own = store.BRIEFS, store.PROPOSALS
        wanted = {path: stamp_of(entry.stat()) for path, entry in there.items() if path.startswith(own)}
        known = self._read
        self._read = {p: known[p] if p in known and known[p][0] == s else (s, self._one(p)) for p, s in wanted.items()}
        held = [(path, value) for path, (_, value) in sorted(self._read.items())]
        proposals = {PurePosixPath(path).stem: value for path, value in held if isinstance(value, Proposal)}
        return list(pairs([value for _, value in held if isinstance(value, Brief)], proposals))

    def _one(self, path: str) -> Brief | Proposal | None:
        text = read_input(self.root, path).decode("utf-8", "surrogateescape")
        if path.startswith(store.PROPOSALS):
            return parse_proposal(text, path)[0]
        return parse_brief(text, path)[0] if path.lower().endswith(".md") else None


def review(root: Path, made: Sequence[Pair]) -> tuple[Task, ...]:
    """Everything that needs a person's eyes, worst first."""
    questions = [task for brief, _, proposal in made if proposal for task in _conflicts(root, brief, proposal)]
    found = (*questions, *worklist((brief, proposal) for brief, _, proposal in made))
    return tuple(sorted(found, key=lambda task: task.order))


def pairs(briefs: Sequence[Brief], proposals: Mapping[str, Proposal]) -> Iterator[Pair]:
    """Each brief with the proposal it was made from, and the name of the proposal's file."""
    by_article = {proposal.article: slug for slug, proposal in proposals.items()}
    merged = merged_briefs(briefs, proposals)
    for brief in briefs:
        article = brief.front.article or ""
        slug = by_article.get(article, brief.slug) if merged.get(article) is brief else brief.slug
        yield brief, slug, proposals.get(slug)


def _conflicts(root: Path, brief: Brief, proposal: Proposal) -> Iterator[Task]:
    if proposal.base is None and proposal.base_body is None:
        return
    for question in _merge(root, brief, proposal).questions:
        at = finding(question, brief).location.position or Position(question.line, 1)
        versions = (shown(question.base), shown(question.mine), shown(question.theirs))
        yield Task(Concern.CONFLICT, brief.path, at, question.what, versions=versions, day=brief.front.date)


def _merge(
    root: Path, brief: Brief, proposal: Proposal, answers: Callable[[Question, str | None], Answer | None] | None = None
) -> Merge:
    text = (root / brief.path).read_bytes().decode("utf-8", "surrogateescape")
    return merge_brief(text, proposal, proposal, brief.path, *([answers] if answers else []))


def answer(root: Path, made: Sequence[Pair], path: str, line: int | None, told: Answer) -> tuple[int, tuple[int, ...]]:
    """Answer the open questions of a brief, or those at one of its lines; how many were, and the lines of those left.

    "keep": the person's values stay; "take": the machine's go into the brief.
    """
    for brief, slug, proposal in made:
        if brief.path != path or proposal is None:
            continue
        before = len(_merge(root, brief, proposal).questions)
        merge = _merge(root, brief, proposal, lambda q, _: told if line in (None, q.line) else None)
        text, proposal_path = merge.text.encode("utf-8", "surrogateescape"), f"{store.PROPOSALS}/{slug}.json"
        transaction.write(root, {path: text, proposal_path: write_proposal(merge.proposal).encode()})
        return before - len(merge.questions), tuple(question.line for question in merge.questions)
    return 0, ()
