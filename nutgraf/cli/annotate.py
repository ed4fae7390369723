"""Verb `annotate`: articles to briefs, or JSON Lines to JSON Lines."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TextIO, cast

from nutgraf import report, store
from nutgraf.cli.common import (
    CONTENT_ERRORS,
    GOOD,
    USAGE,
    Meant,
    Verbs,
    colour,
    common_flags,
    has_site,
    job_flags,
    say,
    show,
    today,
    worst,
)

NAMES = ("annotate",)


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    flags = [common_flags(), job_flags()]
    verb = verbs.add_parser("annotate", parents=flags, help="articles to briefs; merges with what is there")
    verb.add_argument("files", nargs="*", metavar="FILE", help="articles of content/articles/ (all)")
    verb.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
    verb.add_argument("--jsonl", nargs=2, metavar=("IN", "OUT"), help="annotate JSON Lines instead; - for a pipe")
    verb.set_defaults(run=annotate)


def annotate(options: argparse.Namespace) -> int:
    """Articles to briefs, or JSON Lines to JSON Lines."""
    if options.jsonl:
        return annotate_jsonl(options)
    return annotate_articles(options, [article_name(options.root, f) for f in options.files], options.dry_run)


def article_name(root: Path, given: str) -> str:
    """An article's name within content/articles/, from that or from a path."""
    path, articles = Path(given), (root / store.ARTICLES).resolve()
    return path.resolve().relative_to(articles).as_posix() if path.resolve().is_relative_to(articles) else given


def annotate_articles(options: argparse.Namespace, files: Sequence[str] | None, dry_run: bool = False) -> int:
    """Annotate and say what changed; in a dry run as a diff of the briefs, and nothing is written."""
    from nutgraf.builder.content import read_content
    from nutgraf.builder.convert import convert
    from nutgraf.engine import MissingModelError

    if not has_site(options.root):
        return USAGE
    content = read_content(options.root, options.config)
    meant = Meant(options.root)
    try:
        done = convert(options.root, content, files, today(), options.jobs, meant.note if dry_run else store.write_file)
    except MissingModelError as problem:
        print(f"nutgraf: {problem}", file=sys.stderr)
        return CONTENT_ERRORS
    show(done.diagnostics)
    if dry_run:
        print(report.as_diff(meant.changes(store.BRIEFS), colour(sys.stdout)), end="")
    for label, paths in (("new brief", done.made), ("merged", done.merged)):
        for path in paths:
            say(options, f"{'would be ' if dry_run else ''}{label}: {path}")
    if files is not None and done.unchanged:
        say(options, f"{done.unchanged} unchanged")
    return worst(done.diagnostics)


def annotate_jsonl(options: argparse.Namespace) -> int:
    """The batch interface."""
    from nutgraf.builder.batch import annotate_batch
    from nutgraf.engine import MissingModelError
    from nutgraf.formats.settings import parse_config

    config, problems = parse_config(store.read_text(options.root, options.config), options.config)
    show(problems)
    source, target = options.jsonl
    try:
        with opened(source, "r") as rows, opened(target, "w") as out:
            count, failed = annotate_batch(rows, out, config.annotate, options.jobs)
    except MissingModelError as problem:
        print(f"nutgraf: {problem}", file=sys.stderr)
        return CONTENT_ERRORS
    print(f"{count} articles annotated" + (f", {failed} with an error record" if failed else ""), file=sys.stderr)
    return CONTENT_ERRORS if failed else GOOD


def opened(name: str, mode: str) -> AbstractContextManager[TextIO]:
    """A file, or standard input or output for "-"."""
    if name == "-":
        return nullcontext(sys.stdin if mode == "r" else sys.stdout)
    return cast(TextIO, Path(name).open(mode, encoding="utf-8"))
