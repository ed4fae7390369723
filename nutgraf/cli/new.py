"""Verb `new`: a new site, or a brief by hand."""

import argparse
import sys
from pathlib import Path

from nutgraf import store
from nutgraf.cli.common import GOOD, USAGE, Verbs, common_flags, open_site, say, today

NAMES = ("new",)


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    verb = verbs.add_parser("new", parents=[common_flags()], help="make a new site, or a brief by hand")
    what = verb.add_mutually_exclusive_group(required=True)
    what.add_argument("name", nargs="?", type=Path, metavar="DIR", help="folder of the new site")
    what.add_argument("--brief", metavar="HEADLINE", help="a brief to fill in, in the site that is there")
    verb.add_argument("--date", help="day of the brief, YYYY-MM-DD (today)")
    verb.set_defaults(run=new)


def new(options: argparse.Namespace) -> int:
    """A new site, ready to build; or a brief, ready to fill in."""
    return new_site(options) if options.brief is None else new_brief(options)


def new_site(options: argparse.Namespace) -> int:
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


def new_brief(options: argparse.Namespace) -> int:
    """A brief with what every brief has, and an example of each kind of item as a comment."""
    from nutgraf.site.urls import slugify
    from nutgraf.starter import brief_by_hand

    if not open_site(options.root):
        return USAGE
    if not options.brief.strip():
        print("nutgraf: the brief wants a headline", file=sys.stderr)
        return USAGE
    day = options.date or today()
    path = f"{store.BRIEFS}/{day}-{slugify(options.brief, 60)}.md"
    if (options.root / path).exists():
        print(f"nutgraf: {path} is there already", file=sys.stderr)
        return USAGE
    store.write_file(options.root / path, brief_by_hand(options.brief, day).encode())
    say(options, f"made {path}")
    return GOOD
