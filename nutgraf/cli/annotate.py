"""Verb `annotate`: articles to briefs, or JSON Lines to JSON Lines."""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from nutgraf import report, store
from nutgraf.cli.common import (
    CONTENT_ERRORS,
    GOOD,
    USAGE,
    Meant,
    Verbs,
    colour,
    common_flags,
    job_flags,
    open_site,
    say,
    show,
    today,
    worst,
)

if TYPE_CHECKING:
    from nutgraf.builder.batch import Done

NAMES = ("annotate",)


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    flags = [common_flags(), job_flags()]
    verb = verbs.add_parser("annotate", parents=flags, help="articles to briefs; merges with what is there")
    verb.add_argument("files", nargs="*", metavar="FILE", help="articles of content/articles/ (all)")
    verb.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
    verb.add_argument("--jsonl", nargs=2, metavar=("IN", "OUT"), help="annotate JSON Lines instead; - for a pipe")
    verb.add_argument("--resume", action="store_true", help="with --jsonl: keep the lines of OUT, go on after them")
    verb.add_argument("--executor", metavar="URL", help="with --jsonl: a Dask scheduler, tcp://HOST:PORT")
    verb.set_defaults(run=annotate)


def annotate(options: argparse.Namespace) -> int:
    """Articles to briefs, or JSON Lines to JSON Lines."""
    if options.jobs > 1 and not options.executor:
        from nutgraf.builder.workers import make_ready

        make_ready()
    if options.jsonl:
        return annotate_jsonl(options)
    return annotate_articles(options, [article_name(options.root, f) for f in options.files], options.dry_run)


def article_name(root: Path, given: str) -> str:
    """An article's name within content/articles/, from that or from a path."""
    path, articles = Path(given), (root / store.ARTICLES).resolve()
    return path.resolve().relative_to(articles).as_posix() if path.resolve().is_relative_to(articles) else given


def annotate_articles(options: argparse.Namespace, files: Sequence[str] | None, dry_run: bool = False) -> int:
    """Annotate and say what changed; in a dry run as a diff of the briefs, and nothing is written."""
    from nutgraf.builder import transaction
    from nutgraf.builder.content import read_content
    from nutgraf.builder.convert import convert
    from nutgraf.engine import MissingModelError

    if not open_site(options.root):
        return USAGE
    content = read_content(options.root, options.config)
    meant = Meant(options.root)
    try:
        done = convert(
            options.root, content, files, today(), options.jobs, meant.note if dry_run else transaction.write
        )
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
    from nutgraf.builder.batch import ForeignOutputError, annotate_batch
    from nutgraf.builder.cluster import Cluster, ClusterError
    from nutgraf.builder.workers import Processes
    from nutgraf.engine import MissingModelError
    from nutgraf.formats.settings import parse_config

    config, problems = parse_config(store.read_text(options.root, options.config), options.config)
    show(problems)
    source, target = options.jsonl
    if options.resume and "-" in (source, target):
        print("nutgraf: --resume wants files, not a pipe", file=sys.stderr)
        return USAGE
    try:
        done = done_before(source, target) if options.resume else 0
        pool = Cluster(options.executor) if options.executor else Processes(options.jobs) if options.jobs > 1 else None
        with opened(source, "rb") as rows, opened(target, "ab" if options.resume else "wb") as out:
            made = annotate_batch(rows, out, config.annotate, pool, done, teller(options))
    except (MissingModelError, ClusterError, ForeignOutputError) as problem:
        print(f"nutgraf: {problem}", file=sys.stderr)
        return CONTENT_ERRORS
    before = f", {done} before" if done else ""
    failed = f", {made.failed} with an error record" if made.failed else ""
    print(f"{made.rows} articles annotated{before}{failed}", file=sys.stderr)
    return CONTENT_ERRORS if made.failed else GOOD


def done_before(source: str, target: str) -> int:
    """Rows that an earlier run has annotated; readies its output for the rest."""
    from nutgraf.builder.batch import finished

    if not Path(target).exists():
        return 0
    with Path(source).open("rb") as rows, Path(target).open("r+b") as out:
        return finished(rows, out)


def teller(options: argparse.Namespace) -> Callable[["Done"], None]:
    """Shows progress on a terminal, twice a second."""
    if options.quiet or not sys.stderr.isatty():
        return lambda done: None
    start = shown = time.monotonic()

    def tell(done: "Done") -> None:
        nonlocal shown
        now = time.monotonic()
        if now - shown > 0.5:
            shown = now
            rate = done.rows / (now - start)
            print(f"\r{done.rows:,} articles, {rate:.1f} a second\x1b[K\r", end="", file=sys.stderr, flush=True)

    return tell


def opened(name: str, mode: str) -> AbstractContextManager[IO[bytes]]:
    """A file, or standard input or output for "-"."""
    if name == "-":
        return nullcontext(sys.stdin.buffer if mode == "rb" else sys.stdout.buffer)
    return cast(IO[bytes], Path(name).open(mode))
