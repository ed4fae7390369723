"""The worklist of a site: open questions of merges, and what nobody has confirmed; and the answers to questions."""

from collections.abc import Callable, Iterator
from pathlib import Path

from nutgraf import store
from nutgraf.builder import transaction
from nutgraf.builder.content import Content, merged_briefs
from nutgraf.formats.merge import Merge, merge_brief
from nutgraf.formats.proposal import write_proposal
from nutgraf.formats.question import Answer, Question, finding, shown
from nutgraf.model.brief import Brief, Proposal
from nutgraf.model.diagnostic import Position
from nutgraf.model.task import Concern, Task
from nutgraf.site.worklist import worklist


def review(root: Path, content: Content) -> tuple[Task, ...]:
    """Everything that needs a person's eyes, worst first."""
    made = [(brief, proposal) for brief, _, proposal in pairs(content)]
    questions = [task for brief, proposal in made if proposal for task in _conflicts(root, brief, proposal)]
    return tuple(sorted((*questions, *worklist(made)), key=lambda task: task.order))


def pairs(content: Content) -> Iterator[tuple[Brief, str, Proposal | None]]:
    """Each brief with the proposal it was made from, and the name of the proposal's file."""
    by_article = {proposal.article: slug for slug, proposal in content.proposals.items()}
    merged = merged_briefs(content)
    for brief in content.library.briefs:
        article = brief.front.article or ""
        slug = by_article.get(article, brief.slug) if merged.get(article) is brief else brief.slug
        yield brief, slug, content.proposals.get(slug)


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


def answer(root: Path, content: Content, path: str, line: int | None, told: Answer) -> tuple[int, tuple[int, ...]]:
    """Answer the open questions of a brief, or those at one of its lines; how many were, and the lines of those left.

    "keep": the person's values stay; "take": the machine's go into the brief.
    """
    for brief, slug, proposal in pairs(content):
        if brief.path != path or proposal is None:
            continue
        before = len(_merge(root, brief, proposal).questions)
        merge = _merge(root, brief, proposal, lambda q, _: told if line in (None, q.line) else None)
        text, proposal_path = merge.text.encode("utf-8", "surrogateescape"), f"{store.PROPOSALS}/{slug}.json"
        transaction.write(root, {path: text, proposal_path: write_proposal(merge.proposal).encode()})
        return before - len(merge.questions), tuple(question.line for question in merge.questions)
    return 0, ()
