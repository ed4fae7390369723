"""Verb `import`: articles from elsewhere into content/articles/."""

import argparse
import sys
from collections import Counter

from nutgraf.cli.common import CONTENT_ERRORS, GOOD, USAGE, Verbs, common_flags, open_site, say

NAMES = ("import",)
TOLD = {"new": "new", "replaced": "replaced", "there": "there already", "differs": "left alone"}


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    verb = verbs.add_parser("import", parents=[common_flags()], help="bring articles in: files, folders, URLs, feeds")
    verb.add_argument("origins", nargs="+", metavar="URL-or-FILE", help="a folder, a quoted pattern or a feed as well")
    verb.add_argument("--replace", action="store_true", help="put a corrected version in the place of the one there")
    verb.set_defaults(run=bring_in)


def bring_in(options: argparse.Namespace) -> int:
    """Bring articles in and say what became of each."""
    from nutgraf.builder.bring import bring

    if not open_site(options.root):
        return USAGE
    fates: Counter[str] = Counter()
    for origin in options.origins:
        for one in bring(options.root, origin, options.replace):
            fates[one.fate] += 1
            if one.fate == "unreadable":
                print(f"nutgraf: {one.origin}: {one.reason}", file=sys.stderr)
                continue
            reason = f" ({one.reason}: put it at the start of the name, YYYY-MM-DD-…)" if one.reason else ""
            reason = f" ({one.origin} differs; --replace puts it there)" if one.fate == "differs" else reason
            say(options, f"{TOLD[one.fate]}: {one.path}{reason}")
    if fates["new"] or fates["replaced"]:
        say(options, "next: annotate" + (" merges what was corrected into the briefs" if fates["replaced"] else ""))
    return CONTENT_ERRORS if fates["unreadable"] else GOOD
