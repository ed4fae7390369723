"""Verbs `rename` and `merge`: another name for an actor, a source or a topic, over the whole site."""

import argparse
import sys
from typing import TYPE_CHECKING

from nutgraf import report
from nutgraf.cli.common import CONTENT_ERRORS, GOOD, USAGE, Verbs, colour, common_flags, open_site, say

if TYPE_CHECKING:
    from nutgraf.builder.rename import Renaming

NAMES = ("rename", "merge")
KINDS = ("actor", "source", "topic")


def add(verbs: Verbs) -> None:
    """Put the verbs on the command line."""
    for name, told in (
        ("rename", "another name for an actor, source or topic everywhere; renaming back undoes it"),
        ("merge", "one actor, source or topic of two: the first becomes a former name of the second"),
    ):
        verb = verbs.add_parser(name, parents=[common_flags()], help=told)
        verb.add_argument("old", metavar="A")
        verb.add_argument("new", metavar="B")
        verb.add_argument("--kind", choices=KINDS, help="what A is, where it is the name of several")
        verb.add_argument("-n", "--dry-run", action="store_true", help="show what would change, write nothing")
        verb.add_argument("-y", "--yes", action="store_true", help="do not ask")
        if name == "merge":
            verb.add_argument("--undo", action="store_true", help="make two of them again")
        verb.set_defaults(run=run, verb=name)


def run(options: argparse.Namespace) -> int:
    """Show what changes, then change it when told to."""
    from nutgraf.builder import rename

    if not open_site(options.root):
        return USAGE
    try:
        if options.verb == "rename":
            plan = rename.plan_rename(options.root, options.old, options.new, options.kind)
        else:
            plan = rename.plan_merge(options.root, options.old, options.new, options.kind, options.undo)
    except rename.RenameError as problem:
        print(f"nutgraf: {problem}", file=sys.stderr)
        return CONTENT_ERRORS
    if plan.problems:
        print("".join(f"nutgraf: {problem}\n" for problem in plan.problems), end="", file=sys.stderr)
        return CONTENT_ERRORS
    if options.dry_run or not options.yes:
        changes = [report.Change(c.path, c.before or "", c.after or "", c.was) for c in plan.changes]
        print(report.as_diff(changes, colour(sys.stdout)), end="", flush=True)
    say(options, summary(plan))
    if options.dry_run or not (options.yes or agreed()):
        return GOOD
    try:
        rename.apply(options.root, plan)
    except rename.RenameError as problem:
        print(f"nutgraf: {problem}", file=sys.stderr)
        return CONTENT_ERRORS
    if not options.yes:
        say(options, "done")
    return GOOD


def summary(plan: "Renaming") -> str:
    """How many files change."""
    told = f"{plan.kind}: {counted(len(plan.changes), 'file')}"
    return told + (f"; the words of {counted(plan.led, 'brief')} stay as they are" if plan.led else "")


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def agreed() -> bool:
    """Whether a person at a terminal says yes; elsewhere nothing is written without --yes."""
    if not sys.stdin.isatty():
        print("nothing written; add --yes to apply this", file=sys.stderr)
        return False
    return input("Apply this? [y/N] ").strip().lower() in ("y", "yes")
