"""Verb `review`: what still needs a person's eyes, and the answers to what a merge asked."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from nutgraf import store
from nutgraf.cli.common import CONTENT_ERRORS, GOOD, USAGE, Verbs, common_flags, open_site, say
from nutgraf.model.task import Task

if TYPE_CHECKING:
    from nutgraf.builder.review import Sheets

NAMES = ("review",)


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    verb = verbs.add_parser("review", parents=[common_flags()], help="what still needs a person's eyes, worst first")
    verb.add_argument("places", nargs="*", metavar="BRIEF[:LINE]", help="a brief's file or slug (all)")
    verb.add_argument("--format", choices=("text", "json"), default="text")
    answer = verb.add_mutually_exclusive_group()
    answer.add_argument("--keep", action="store_true", help="answer questions there: your values stay")
    answer.add_argument("--take", action="store_true", help="answer questions there: the machine's go into the brief")
    verb.set_defaults(run=review)


def review(options: argparse.Namespace) -> int:
    """The worklist, or answers."""
    from nutgraf.builder import review as desk

    if not open_site(options.root):
        return USAGE
    sheets = desk.Sheets(options.root)
    known = [brief.path for brief, _, _ in sheets.pairs()]
    places = [place_of(options.root, given, known) for given in options.places]
    if unknown := [path for path, _ in places if path not in known]:
        print(f"nutgraf: there is no brief {', '.join(unknown)}", file=sys.stderr)
        return CONTENT_ERRORS
    if options.keep or options.take:
        if not places:
            print("nutgraf: name the brief, and its line where only one question is meant", file=sys.stderr)
            return USAGE
        answered = [answer(options, sheets, *place) for place in places]
        return GOOD if all(answered) else CONTENT_ERRORS
    tasks = [task for task in desk.review(options.root, sheets.pairs()) if not places or is_at(task, places)]
    print(as_json(tasks) if options.format == "json" else as_text(tasks), end="")
    if options.format == "text":
        say(options, summary(tasks))
    return GOOD


def answer(options: argparse.Namespace, sheets: "Sheets", path: str, line: int | None) -> bool:
    """Answer what is asked at a place; whether anything is."""
    from nutgraf.builder import review as desk

    done, left = desk.answer(options.root, sheets.pairs(), path, line, "take" if options.take else "keep")
    if not done:
        at = f"; open ones are at {', '.join(map(str, left))}" if left else ""
        print(f"nutgraf: {path}: there is no question{f' at line {line}' if line else ''}{at}", file=sys.stderr)
        return False
    say(options, f"{path}: {done} answered, {len(left)} open")
    return True


def place_of(root: Path, given: str, known: Sequence[str]) -> tuple[str, int | None]:
    """The brief's path within the site and a line, from a path or a slug with `:LINE` behind it."""
    name, _, line = given.rpartition(":") if given.rpartition(":")[2].isdigit() else (given, "", "")
    file = Path(name).resolve()
    if file.is_file() and file.is_relative_to(root.resolve()):
        path = file.relative_to(root.resolve()).as_posix()
    else:
        told = (known_path for known_path in known if name in (PurePosixPath(known_path).stem, known_path))
        path = next(told, f"{store.BRIEFS}/{name.removesuffix('.md')}.md")
    return path, int(line) if line else None


def is_at(task: Task, places: Sequence[tuple[str, int | None]]) -> bool:
    return any(task.path == path and line in (None, task.position.line) for path, line in places)


def as_text(tasks: Sequence[Task]) -> str:
    """A line each, and for a conflict the three versions."""
    lines = []
    for task in tasks:
        lines.append(f"{task.path}:{task.position.line}:{task.position.column}: {task.concern.slug}: {task.message}")
        if task.versions:
            was, mine, theirs = task.versions
            lines += [f"      it was       {was}", f"      you have     {mine}", f"      machine now  {theirs}"]
    return "".join(f"{line}\n" for line in lines)


def as_json(tasks: Sequence[Task]) -> str:
    """A list of objects: concern, path, line, column, message, confidence, base, mine, theirs."""
    rows = []
    for task in tasks:
        row = {"concern": task.concern.slug, "path": task.path, "line": task.position.line}
        row |= {"column": task.position.column, "message": task.message, "confidence": task.confidence}
        row |= dict(zip(("base", "mine", "theirs"), task.versions or (), strict=False))
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def summary(tasks: Sequence[Task]) -> str:
    """ "12 to look at: 3 conflict, 2 headline-figure …"."""
    counts = Counter(task.concern for task in tasks)
    told = ", ".join(f"{count} {concern.slug}" for concern, count in sorted(counts.items()))
    return f"{len(tasks)} to look at: {told}" if tasks else "nothing to look at"
