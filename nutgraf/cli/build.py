"""Verbs `all` (the whole job, what a command without a verb does) and `build`."""

import argparse
import sys
import time
from typing import TYPE_CHECKING

from nutgraf import report
from nutgraf.cli.annotate import annotate_articles
from nutgraf.cli.common import (
    CONTENT_ERRORS,
    GOOD,
    USAGE,
    Verbs,
    build_flags,
    common_flags,
    job_flags,
    open_site,
    say,
    show_problems,
    today,
    worst,
)

if TYPE_CHECKING:
    from nutgraf.builder.finish import Finished
    from nutgraf.builder.kept import Head, Look
    from nutgraf.builder.publish import Built
    from nutgraf.builder.session import Session

NAMES = ("all", "build")


def add(verbs: Verbs) -> None:
    """Put the verbs on the command line."""
    verb = verbs.add_parser("all", parents=[common_flags(), job_flags(), build_flags()])
    verb.set_defaults(run=convert_and_build)
    flags = [common_flags(), build_flags()]
    verb = verbs.add_parser("build", parents=flags, help="render only; content/ is not written to")
    verb.set_defaults(run=build)


def convert_and_build(options: argparse.Namespace) -> int:
    """New articles to briefs, then the site."""
    if not open_site(options.root):
        return USAGE
    start = time.perf_counter()
    head, look = last_build(options)
    if head and not head.waiting:
        return nothing_to_do(options, head, start)
    session = session_of(options, look)
    converted = annotate_articles(options, None) if session.waiting() else GOOD
    return max(converted, build_with(options, session, start))


def last_build(options: argparse.Namespace) -> "tuple[Head | None, Look | None]":
    """The last build, where nothing has changed since; else what was seen, where anything is known."""
    from nutgraf.builder.kept import Look, finished_at, look

    flags = (options.drafts, options.future, False)
    if not finished_at(options.root, options.output).is_file():
        return None, None
    found = look(options.root, options.config, options.output, flags, today())
    if isinstance(found, Look):
        return None, found
    return None if found and options.strict and worst(found.diagnostics, strict=True) else found, None


def session_of(options: argparse.Namespace, look: "Look | None" = None) -> "Session":
    """The builds that these options ask for."""
    from nutgraf.builder.kept import no_collection

    with no_collection():  # nothing of what is loaded is garbage
        from nutgraf.builder.publish import BuildOptions
        from nutgraf.builder.session import Session

    how = BuildOptions(today(), options.output, options.drafts, options.future, options.strict)
    return Session(options.root, how, options.config, look=look)


def nothing_to_do(options: argparse.Namespace, head: "Head", start: float) -> int:
    """Say again what the last build found."""
    show_problems(head.diagnostics)
    say_built(options, head, f"{head.files} files unchanged", start)
    return GOOD


def build(options: argparse.Namespace) -> int:
    """Render the site."""
    if not open_site(options.root):
        return USAGE
    start = time.perf_counter()
    head, look = last_build(options)
    if head:
        return nothing_to_do(options, head, start)
    return build_with(options, session_of(options, look), start)


def build_with(options: argparse.Namespace, session: "Session", start: float) -> int:
    """Render what has changed, then bring search and cards up to date."""
    from nutgraf.builder.finish import begin, finish
    from nutgraf.builder.kept import finished_at

    memory = finished_at(options.root, options.output)
    finished = begin(memory)
    built = session.rebuild()
    show_problems(built.diagnostics)
    if built.written is None:
        print(f"nutgraf: not built: {report.summary(built.diagnostics)}; the last site is as it was", file=sys.stderr)
        return CONTENT_ERRORS
    w = built.written
    changes = f"{len(w.written)} files written, {w.unchanged} unchanged, {len(w.pruned)} removed"
    say_built(options, built, changes, start)
    done = finish(session.output, session.config, memory, (*w.written, *w.pruned) if finished else None)
    say_finished(options, done)
    return GOOD


def say_built(options: argparse.Namespace, built: "Built | Head", changes: str, start: float) -> None:
    """What was withheld, and how many pages there are."""
    codes = ("draft-withheld", options.drafts), ("future-withheld", options.future)
    left_out = [code for code, shown in codes if not shown]
    withheld = [d.location.path for d in built.diagnostics if d.code in left_out]
    if withheld:
        say(options, f"withheld: {', '.join(withheld)}")
    took = f"{time.perf_counter() - start:.1f} s"
    told = report.summary(built.diagnostics)
    say(options, f"{built.pages} pages in {options.output or built.folder}/: {changes} ({told}, {took})")


def say_finished(options: argparse.Namespace, done: "Finished") -> None:
    """What became of the search index and the cards."""
    if done.cards:
        say(options, f"{done.cards} cards drawn")
    if done.index and done.index.problem:
        print(f"nutgraf: {done.index.problem}", file=sys.stderr)
    elif done.index and done.index.made:
        say(options, f"search index: {done.index.made} of {done.index.parts} parts made anew")
