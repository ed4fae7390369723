"""Verb `serve`: the preview."""

import argparse
import time

from nutgraf import report, store
from nutgraf.cli.common import GOOD, USAGE, Verbs, common_flags, has_site, positive, say, show_problems, today
from nutgraf.model.diagnostic import Severity

NAMES = ("serve",)
WATCHED = ("content", "templates", "static")


def add(verbs: Verbs) -> None:
    """Put the verb on the command line."""
    verb = verbs.add_parser("serve", parents=[common_flags()], help="preview with live reload, drafts included")
    verb.add_argument("-p", "--port", type=positive, default=8000)
    verb.add_argument("--host", default="127.0.0.1")
    verb.add_argument("--open", action="store_true", help="open a browser")
    verb.set_defaults(run=serve)


def serve(options: argparse.Namespace) -> int:
    """Preview until interrupted."""
    from nutgraf import preview
    from nutgraf.builder.content import read_content
    from nutgraf.builder.publish import BuildOptions
    from nutgraf.builder.publish import build as publish

    if not has_site(options.root):
        return USAGE
    root, output = options.root, options.root / ".nutgraf" / "preview"
    how = BuildOptions(today(), output, drafts=True, future=True, preview=True)
    problems = [""]

    def rebuild() -> None:
        content = read_content(root, options.config)
        built = publish(root, content, how)
        show_problems(built.diagnostics)
        problems[0] = (
            "" if built.written else report.as_text(d for d in built.diagnostics if d.severity is Severity.ERROR)
        )
        state = (
            f"{len(built.written.written)} files changed" if built.written else "not rebuilt, the last good site stays"
        )
        say(options, f"{time.strftime('%H:%M:%S')} {state} ({report.summary(built.diagnostics)})")

    def take() -> preview.Stamps:
        return store.stamps(root, (*WATCHED, options.config))

    rebuild()
    port = preview.free_port(options.host, options.port)
    say(options, f"preview on http://{options.host}:{port}/ (Ctrl-C ends it)")
    if options.host not in ("127.0.0.1", "localhost", "::1"):
        say(options, f"bound to {options.host}: whoever reaches this machine can read your drafts")
    preview.serve(output, take, rebuild, lambda: problems[0], options.host, port, options.open)
    return GOOD
