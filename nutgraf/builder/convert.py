"""Articles to briefs: new ones written, those that are there merged with."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, count
from pathlib import Path, PurePosixPath

from nutgraf import store
from nutgraf.annotate.propose import propose
from nutgraf.builder import transaction
from nutgraf.builder.content import Content, digest, merged_briefs
from nutgraf.builder.workers import Processes, annotated
from nutgraf.engine import ArticleTooLongError, Engine, MissingModelError, page_model
from nutgraf.formats.articles import read_article
from nutgraf.formats.brief import write_brief
from nutgraf.formats.markdown import escape_markdown
from nutgraf.formats.merge import merge_brief
from nutgraf.formats.proposal import write_proposal
from nutgraf.model.brief import Brief, Proposal
from nutgraf.model.diagnostic import Diagnostic, Location, Severity
from nutgraf.model.findings import report

Write = Callable[[Path, Mapping[str, bytes | None]], None]
"""Puts files of a site in place, all or none."""


@dataclass(frozen=True, slots=True)
class Converted:
    """What annotating changed: paths of the briefs made and merged, and the questions that a merge leaves."""

    made: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    unchanged: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """What there is of an article already. A brief that was given another name keeps its proposal under the old one."""

    path: str
    """Of the brief."""
    proposal_slug: str
    brief: Brief | None
    proposal: Proposal | None
    unreadable: tuple[Diagnostic, ...] = ()
    """What keeps the brief from being read."""


def convert(
    root: Path,
    content: Content,
    files: Sequence[str] | None,
    today: str,
    jobs: int = 1,
    write: Write = transaction.write,
) -> Converted:
    """Annotate articles into briefs.

    `files` None takes only articles that have neither brief nor proposal; an empty list takes all, others the named
    ones. A brief that is there already is merged with, never overwritten. Each is written as soon as it is made, so
    that a run that was stopped goes on with the rest the next time.
    """
    taken = merged_briefs(content.library.briefs, content.proposals)
    made_from = {proposal.article: slug for slug, proposal in content.proposals.items()}
    by_path = {brief.path: brief for brief in content.library.briefs}
    originals = store.read_files(root, store.ARTICLES)
    names = [PurePosixPath(path).relative_to(store.ARTICLES).as_posix() for path in originals]
    problems = [unknown_article(name, names) for name in files or () if name not in names]
    chosen = [name for name in names if (name in files if files else True)]
    if files is None:
        chosen = [name for name in chosen if name not in taken and name not in made_from]
    result = Converted(diagnostics=tuple(problems))
    rows = [(name, originals[f"{store.ARTICLES}/{name}"]) for name in chosen]
    topics = tuple(page for page in content.library.pages if page.kind == "topic")
    pool = Processes(jobs) if 1 < jobs < len(rows) else None
    proposed = annotated(partial(propose_one, today), lost_article, rows, content.config.annotate, topics, pool)
    for name, (proposal, told) in zip(chosen, proposed, strict=True):
        path = taken[name].path if name in taken else _unread(root, content, name)
        path = path or _free(content, name, names, result.made)
        proposal_slug = made_from.get(name, PurePosixPath(path).stem)
        unreadable = tuple(d for d in content.diagnostics if d.location.path == path)
        stored = Stored(path, proposal_slug, by_path.get(path), content.proposals.get(proposal_slug), unreadable)
        if proposal and stored.proposal and any(d.code == "no-date" for d in told):
            proposal = replace(proposal, front=replace(proposal.front, date=stored.proposal.front.date))
            told = tuple(d for d in told if d.code != "no-date")
        result = replace(result, diagnostics=(*result.diagnostics, *told))
        if proposal:
            result = put(root, stored, proposal, write, result)
    return result


def _unread(root: Path, content: Content, article: str) -> str | None:
    """The path of a brief that names the article and cannot be read."""
    paths = sorted(path for path in content.broken if path.startswith(f"{store.BRIEFS}/"))
    return next((path for path in paths if article in store.read_text(root, path)), None)


def _free(content: Content, article: str, names: Sequence[str], made: Sequence[str]) -> str:
    """Where the brief of an article that none names goes: under its name, numbered where that is another article's."""
    others = {*names} - {article}
    theirs = {brief.path for brief in content.library.briefs if brief.front.article in others}
    theirs |= {_brief_path(slug) for slug, proposal in content.proposals.items() if proposal.article in others}
    stems = (slug for slug, proposal in content.proposals.items() if proposal.article == article)
    stem = next(stems, PurePosixPath(article).stem)
    numbered = (_brief_path(f"{stem}-{number}") for number in count(2))
    return next(path for path in chain((_brief_path(stem),), numbered) if path not in theirs and path not in made)


def _brief_path(slug: str) -> str:
    return f"{store.BRIEFS}/{slug}.md"


def unknown_article(name: str, names: Sequence[str]) -> Diagnostic:
    """A finding for a file that is not among the articles."""
    return Diagnostic(
        "unknown-article",
        Severity.ERROR,
        f"there is no {store.ARTICLES}/{name}",
        Location(f"{store.ARTICLES}/{name}"),
        f"the articles are: {', '.join(names[:5])}{' …' if len(names) > 5 else ''}" if names else "put the file there",
    )


def put(root: Path, stored: Stored, proposal: Proposal, write: Write, result: Converted) -> Converted:
    """Write one proposal and its brief, new or merged with what a person made of the last."""
    path, file = stored.path, root / stored.path
    told: tuple[Diagnostic, ...] = ()
    if not file.exists():
        text = write_brief(proposal.front, proposal.body)
        result = replace(result, made=(*result.made, path))
    elif stored.brief is None:
        finding = report("not-merged", "left alone: the brief cannot be read", Location(path), "mend it first")
        return replace(result, diagnostics=(*result.diagnostics, *stored.unreadable, finding))
    elif stored.proposal is None:
        text = file.read_bytes().decode("utf-8")
        help_ = "what the machine says now is kept, and the next version of the article is merged with the brief"
        told = (report("not-merged", "left alone: nothing tells your edits from the machine's", Location(path), help_),)
    else:
        before = file.read_bytes().decode("utf-8")
        merge = merge_brief(before, stored.proposal, proposal, path)
        text, told, proposal = merge.text, merge.conflicts, merge.proposal
        if text == before:
            result = replace(result, unchanged=result.unchanged + 1)
        else:
            result = replace(result, merged=(*result.merged, path))
    proposal_path = f"{store.PROPOSALS}/{stored.proposal_slug}.json"
    write(root, {path: text.encode(), proposal_path: write_proposal(proposal).encode()})
    return replace(result, diagnostics=(*result.diagnostics, *told))


Proposed = tuple[Proposal | None, tuple[Diagnostic, ...]]


def propose_one(today: str, engine: Engine, row: tuple[str, bytes]) -> Proposed:
    """Read, annotate, propose; a file that cannot be read, or that an annotator fails on, gives findings only."""
    try:
        return _propose(today, engine, row)
    except MissingModelError:
        raise
    except ArticleTooLongError as problem:
        return None, (not_annotated(row[0], str(problem)),)
    except Exception as problem:
        return None, (not_annotated(row[0], f"{type(problem).__name__}: {problem}"),)


def lost_article(row: tuple[str, bytes]) -> Proposed:
    """What stands for an article on which two processes died."""
    return None, (not_annotated(row[0], "the process died; it may want more memory than there is"),)


def not_annotated(name: str, reason: str) -> Diagnostic:
    """A finding for an article that nutgraf failed on."""
    help_ = "the other articles are not concerned; make the brief by hand, and report the article with this message"
    return report("not-annotated", f"not annotated: {reason}", Location(f"{store.ARTICLES}/{name}"), help_)


def plain_brief(engine: Engine, language: str, where: str) -> Iterator[Diagnostic]:
    """A finding where a language has neither rules for statements nor a model."""
    pack = engine.pack(language)
    if pack.table("quotes") or engine.model_name(language):
        return
    has = "body, credits, figures and dates" if pack.table("figures") else "body and credits"
    message = f"the brief has only its {has}: nutgraf has no rules for the language “{language}”"
    help_ = (
        f"enter actors and quotations by hand, or name a model: annotate: {{models: {{{language}: …}}}} in site.yaml"
    )
    yield report("plain-brief", message, Location(where), help_)


def _propose(today: str, engine: Engine, row: tuple[str, bytes]) -> Proposed:
    name, raw = row
    where = f"{store.ARTICLES}/{name}"
    article, told = read_article(name, raw, page_model)
    told = tuple(replace(d, location=replace(d.location, path=where)) for d in told)
    if any(d.severity is Severity.ERROR for d in told):
        return None, told
    document, annotations = engine.annotate(article)
    proposal = propose(document, annotations, digest(raw), engine.version(document.story.language), escape_markdown)
    told = (*told, *plain_brief(engine, document.story.language, where))
    if not proposal.front.date:
        help_ = "put the day of publication at the start of the file's name (YYYY-MM-DD-…), or correct the brief"
        told = (
            *told,
            Diagnostic(
                "no-date", Severity.WARNING, f"no day of publication found; set to {today}", Location(where), help_
            ),
        )
        proposal = replace(proposal, front=replace(proposal.front, date=today))
    return proposal, told
