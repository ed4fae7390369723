"""Verbs `all` (the whole job, what a command without a verb does) and `build`."""

import argparse
import sys
import time

from nutgraf import report, store
from nutgraf.cli.annotate import annotate_articles
from nutgraf.cli.common import (
    CONTENT_ERRORS,
    GOOD,
    USAGE,
    Verbs,
    build_flags,
    common_flags,
    has_site,
    job_flags,
    say,
    show_problems,
    today,
)
from nutgraf.model.config import Config

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
    return max(annotate_articles(options, None), build(options))


def build(options: argparse.Namespace) -> int:
    """Render the site."""
    from nutgraf.builder.publish import BuildOptions
    from nutgraf.builder.session import Session

    if not has_site(options.root):
        return USAGE
    start = time.perf_counter()
    how = BuildOptions(today(), options.output, options.drafts, options.future, options.strict)
    session = Session(options.root, how, options.config)
    built = session.rebuild()
    show_problems(built.diagnostics)
    if built.written is None:
        print(f"nutgraf: not built: {report.summary(built.diagnostics)}; the last site is as it was", file=sys.stderr)
        return CONTENT_ERRORS
    w = built.written
    folder = options.output or session.output.name
    changes = f"{len(w.written)} files written, {w.unchanged} unchanged, {len(w.pruned)} removed"
    took = f"{time.perf_counter() - start:.1f} s"
    withheld = [d.location.path for d in built.diagnostics if d.code in how.withholding]
    if withheld:
        say(options, f"withheld: {', '.join(withheld)}")
    say(options, f"{built.pages} pages in {folder}/: {changes} ({report.summary(built.diagnostics)}, {took})")
    finish_site(options, session.config, bool(w.written or w.pruned))
    return GOOD


def finish_site(options: argparse.Namespace, config: Config, changed: bool) -> None:
    """The search index and the cards, once the pages are out."""
    from nutgraf.builder.finish import finish, is_finished

    caches = options.root / store.CACHES
    if options.output or (is_finished(caches) and not changed):
        return
    done = finish(options.root / config.output, config, caches)
    if done.cards:
        say(options, f"{done.cards} cards drawn")
    if done.index and done.index.problem:
        print(f"nutgraf: {done.index.problem}", file=sys.stderr)
    elif done.index and done.index.made:
        say(options, f"search index: {done.index.made} of {done.index.parts} parts made anew")
