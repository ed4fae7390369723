"""Verb `new`: a new site."""

import argparse
import sys
from pathlib import Path

from nutgraf import store
from nutgraf.cli.common import GOOD, USAGE, Verbs, common_flags, say

NAMES = ("new",)


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    verb = verbs.add_parser("new", parents=[common_flags()], help="make a new site")
    verb.add_argument("name", type=Path, metavar="DIR")
    verb.set_defaults(run=new)


def new(options: argparse.Namespace) -> int:
    """A new site, ready to build."""
    from nutgraf.starter import starter

    folder: Path = options.name
    if folder.exists() and any(folder.iterdir()):
        print(f"nutgraf: {folder} is there and not empty; name a new folder", file=sys.stderr)
        return USAGE
    for path, text in starter(folder.resolve().name).items():
        store.write_file(folder / path, text.encode())
    say(options, f"made {folder}/. Put articles into {folder}/{store.ARTICLES}/, then: cd {folder} && python3 build.py")
    return GOOD
