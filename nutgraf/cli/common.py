"""What all verbs share: exit codes, flags, and how things are said."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from nutgraf import report, store
from nutgraf.model.diagnostic import Diagnostic, Severity

GOOD, CONTENT_ERRORS, USAGE, INTERRUPTED = 0, 1, 2, 130
Problems = Sequence[Diagnostic]


class Verbs(Protocol):
    """What argparse's `add_subparsers` gives."""

    def add_parser(
        self, name: str, *, parents: Sequence[argparse.ArgumentParser] = ..., help: str = ...
    ) -> argparse.ArgumentParser:
        """A verb's own parser."""


def positive(text: str) -> int:
    """A whole number from 1 on, for argparse."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("wants a whole number from 1 on")
    return number


def common_flags() -> argparse.ArgumentParser:
    """Flags of every verb."""
    flags = argparse.ArgumentParser(add_help=False)
    flags.add_argument("-c", "--config", default=store.SETTINGS, help="settings file (site.yaml)")
    flags.add_argument("-v", "--verbose", action="store_true", help="say more")
    flags.add_argument("-q", "--quiet", action="store_true", help="print findings and errors only")
    return flags


def job_flags() -> argparse.ArgumentParser:
    """Flags of verbs that annotate."""
    flags = argparse.ArgumentParser(add_help=False)
    flags.add_argument("-j", "--jobs", type=positive, default=1, metavar="N", help="processes that annotate (1)")
    return flags


def build_flags() -> argparse.ArgumentParser:
    """Flags of verbs that build."""
    flags = argparse.ArgumentParser(add_help=False)
    flags.add_argument("-o", "--output", type=Path, help="folder of the built site (public/)")
    flags.add_argument("--drafts", action="store_true", help="publish drafts too")
    flags.add_argument("--future", action="store_true", help="publish briefs dated after today too")
    flags.add_argument("--strict", action="store_true", help="warnings fail too")
    return flags


def today() -> str:
    """The ISO day; SOURCE_DATE_EPOCH, where set, for builds that must come out the same."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (date.fromtimestamp(int(epoch)) if epoch else date.today()).isoformat()


def open_site(root: Path) -> bool:
    """Whether there is a site, in which nothing is left half written; says what to do where there is none."""
    if (root / store.CONTENT).is_dir():
        if store.notes(root):
            _recover(root)
        return True
    print(f"nutgraf: {root} holds no site (no content/); make one with: nutgraf new DIR", file=sys.stderr)
    return False


def _recover(root: Path) -> None:
    from nutgraf.builder import transaction

    for done in transaction.recover(root):
        told = "finished" if done.finished else "took back, as you have edited since,"
        print(f"nutgraf: {told} what a killed run had begun: {', '.join(done.paths)}", file=sys.stderr)


def show(diagnostics: Problems) -> None:
    """Print findings on stderr."""
    print(report.as_text(diagnostics, colour(sys.stderr)), end="", file=sys.stderr)


def show_problems(diagnostics: Problems) -> None:
    """Print what needs mending; what is only told is for `check`."""
    show([d for d in diagnostics if d.severity is not Severity.INFO])


def colour(stream: object) -> bool:
    """Only on a terminal, and never where NO_COLOR is set."""
    return bool(getattr(stream, "isatty", lambda: False)()) and not os.environ.get("NO_COLOR")


def say(options: argparse.Namespace, line: str) -> None:
    """Print a line unless told to be quiet."""
    if not options.quiet:
        print(line, flush=True)


def worst(diagnostics: Problems, strict: bool = False) -> int:
    """The exit code that findings give."""
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return CONTENT_ERRORS if any(d.severity in fatal for d in diagnostics) else GOOD


class Meant:
    """Notes what would be written, and writes nothing."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, bytes] = {}

    def note(self, _root: Path, files: Mapping[str, bytes | None]) -> None:
        """Instead of writing files."""
        self.files |= {path: content for path, content in files.items() if content is not None}

    def changes(self, folder: str = "") -> Iterator[report.Change]:
        """What would change in a folder of the site, in order of path."""
        for path, content in sorted(self.files.items()):
            if path.startswith(folder):
                yield report.Change(path, store.read_text(self.root, path), content.decode("utf-8", "surrogateescape"))
