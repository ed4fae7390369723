"""Verb `check`: all findings."""

import argparse
import sys

from nutgraf import report
from nutgraf.cli.common import USAGE, Verbs, colour, common_flags, open_site, say, today, worst

NAMES = ("check",)


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    verb = verbs.add_parser("check", parents=[common_flags()], help="all findings; exit 1 on errors")
    verb.add_argument("--format", choices=("text", "json", "github"), default="text")
    verb.add_argument("--strict", action="store_true", help="warnings fail too")
    verb.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """All findings."""
    from nutgraf.builder.content import read_content
    from nutgraf.builder.publish import BuildOptions, findings

    if not open_site(options.root):
        return USAGE
    told = findings(read_content(options.root, options.config), BuildOptions(today()))
    if options.format == "text":
        print(report.as_text(told, colour(sys.stdout)), end="")
        say(options, report.summary(told))
    else:
        print({"json": report.as_json, "github": report.as_github}[options.format](told), end="")
    return worst(told, options.strict)
