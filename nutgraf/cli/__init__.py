"""The command line: verbs, flags, exit codes (0 good, 1 content errors, 2 usage, 130 interrupted)."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from nutgraf import __version__, store
from nutgraf.cli import annotate, bring, build, check, explain, export, new, rename, review, serve, test
from nutgraf.cli.common import CONTENT_ERRORS, GOOD, INTERRUPTED

VERBS = (annotate, build, serve, check, explain, review, rename, new, bring, export, test)
"""Modules of the verbs in the order of the help; `NAMES` are what it adds to the command line, `add` does so."""

BUG = "this is a fault of nutgraf, not of your files"


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run one command; the exit code. `root` is the site's folder, else the nearest at or above the current one."""
    given = with_verb(list(sys.argv[1:] if arguments is None else arguments))
    options = parser(given[0]).parse_args(given)
    if options.verbose:
        import logging

        logging.basicConfig(format="%(message)s", level=logging.DEBUG)
    try:
        options.root = root or store.find_root(Path.cwd()) or Path.cwd()
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        print(f"nutgraf: {where}{problem.strerror or problem}", file=sys.stderr)
        return CONTENT_ERRORS
    except Exception as bug:
        if options.verbose:
            raise
        told = f"{BUG} ({type(bug).__name__}: {bug}); nothing you wrote is lost. -v shows where it is"
        print(f"nutgraf: {told}", file=sys.stderr)
        return CONTENT_ERRORS


def with_verb(arguments: list[str]) -> list[str]:
    """The arguments with the whole job, `all`, as verb where none is named."""
    known = {"-h", "--help", "--version"}.union(*(module.NAMES for module in VERBS))
    if arguments and (arguments[0] in known or not arguments[0].startswith("-")):
        return arguments
    return ["all", *arguments]


def parser(verb: str = "") -> argparse.ArgumentParser:
    """Every verb and flag; of a verb that is known, those of its module."""
    top = argparse.ArgumentParser(
        prog="nutgraf",
        description="News articles to annotated briefs, briefs to a cross-linked site. "
        "Without a verb: convert new articles, check, build.",
    )
    top.add_argument("--version", action="version", version=f"nutgraf {__version__}")
    # Without `prog` it is worked out by way of modules that take longer to load than most that follow.
    verbs = top.add_subparsers(prog=top.prog, metavar="VERB", required=True)
    for module in [module for module in VERBS if verb in module.NAMES] or VERBS:
        module.add(verbs)
    return top
