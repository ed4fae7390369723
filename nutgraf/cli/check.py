"""Verb `check`: all findings."""

import argparse
import sys

from nutgraf import report
from nutgraf.cli.common import USAGE, Verbs, colour, common_flags, open_site, say, today, worst
from nutgraf.model.diagnostic import Diagnostic

NAMES = ("check",)


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    verb = verbs.add_parser("check", parents=[common_flags()], help="all findings; exit 1 on errors")
    verb.add_argument("--format", choices=("text", "json", "github"), default="text")
    verb.add_argument("--strict", action="store_true", help="warnings fail too")
    verb.set_defaults(run=check)


def check(options: argparse.Namespace) -> int:
    """All findings."""
    if not open_site(options.root):
        return USAGE
    told = found(options)
    if options.format == "text":
        print(report.as_text(told, colour(sys.stdout)), end="")
        say(options, report.summary(told))
    else:
        print({"json": report.as_json, "github": report.as_github}[options.format](told), end="")
    return worst(told, options.strict)


def found(options: argparse.Namespace) -> tuple[Diagnostic, ...]:
    """The findings; where a build remembers the site, only what has changed since is read."""
    from nutgraf.builder.kept import memo_at
    from nutgraf.builder.publish import BuildOptions, findings

    how = BuildOptions(today())
    if memo_at(options.root, options.config, how.output, how.flags)[0].is_file():
        from nutgraf.builder.surveyor import Surveyor

        return Surveyor(options.root, how, options.config).findings()
    from nutgraf.builder.content import read_content

    return findings(read_content(options.root, options.config), how)
