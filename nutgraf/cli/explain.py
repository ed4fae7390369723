"""Verb `explain`: why a page was drawn again, and what it rests on."""

import argparse
import sys

from nutgraf.cli.common import GOOD, USAGE, Verbs, build_flags, common_flags, open_site

NAMES = ("explain",)


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    flags = [common_flags(), build_flags()]
    verb = verbs.add_parser("explain", parents=flags, help="why a page was drawn again, and what it rests on")
    verb.add_argument("url", metavar="URL", help="address of a page as the last build made it: /briefs/a-brief/")
    verb.set_defaults(run=explain)


def explain(options: argparse.Namespace) -> int:
    """Tell what the last build knows of a page."""
    from nutgraf.builder.reasons import explained
    from nutgraf.cli.build import session_of

    if not open_site(options.root):
        return USAGE
    state = session_of(options).remembered()
    url = options.url if options.url.startswith("/") else f"/{options.url}"
    lines = [*explained(state, url)] or [*explained(state, f"{url}/")]
    if not lines:
        print(
            f"nutgraf: the last build made no page {url}; build first, and name it as in the browser", file=sys.stderr
        )
        return USAGE
    print("\n".join(lines))
    return GOOD
