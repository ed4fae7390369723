"""Verb `test`: the test suite of a checkout."""

import argparse
import os
import sys

from nutgraf.cli.common import USAGE, Verbs, common_flags

NAMES = ("test",)


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    verb = verbs.add_parser("test", parents=[common_flags()], help="the test suite (a checkout of nutgraf only)")
    verb.add_argument("rest", nargs=argparse.REMAINDER, metavar="ARGUMENT", help="for pytest")
    verb.set_defaults(run=test)


def test(options: argparse.Namespace) -> int:
    """The test suite of a checkout."""
    if not (options.root / "tests").is_dir() or not (options.root / "nutgraf").is_dir():
        print("nutgraf: the tests are in a checkout of nutgraf only", file=sys.stderr)
        return USAGE
    import pytest

    os.chdir(options.root)
    return int(pytest.main(options.rest))
