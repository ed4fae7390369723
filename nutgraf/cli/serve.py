"""Verb `serve`: the preview."""

import argparse
import os
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nutgraf import report, store
from nutgraf.cli.common import GOOD, USAGE, Verbs, common_flags, open_site, positive, say, show_problems, today
from nutgraf.model.diagnostic import Diagnostic, Severity
from nutgraf.model.task import Task

if TYPE_CHECKING:
    from nutgraf import preview
    from nutgraf.builder.review import Sheets

NAMES = ("serve",)
WATCHED = ("content", "templates", "static")
MOST = 100
"""Findings that are shown at a save."""


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
    from nutgraf.watcher import Saves

    if not open_site(options.root):
        return USAGE
    desk = Desk(options)
    port = preview.free_port(options.host, options.port)
    if port != options.port:
        say(options, f"port {options.port} is taken")
    address = f"http://{options.host}:{port}"
    say(options, f"preview on {address}/ (Ctrl-C ends it); what needs your eyes is on {address}{preview.WORKLIST}")
    if options.host not in preview.LOCAL_HOSTS:
        say(options, f"bound to {options.host}: whoever reaches this machine can read your drafts")
    watched = (*WATCHED, options.config)
    preview.serve(
        desk.output,
        lambda tell: Saves(options.root, watched, tell),
        desk,
        options.host,
        port,
        options.open,
    )
    return GOOD


class Desk:
    """Builds the preview again and again, and says what came of it: in the terminal, and to the pages."""

    def __init__(self, options: argparse.Namespace) -> None:
        from nutgraf.builder.publish import BuildOptions
        from nutgraf.builder.session import Session
        from nutgraf.model.config import Config

        self.options, self.root = options, options.root
        self.output = options.root / ".nutgraf" / "preview"
        how = BuildOptions(today(), self.output, drafts=True, future=True, preview=True)
        self._session = Session(options.root, how, options.config)
        self._config = Config()
        self._sheets: Sheets | None = None

    def glance(self, changed: frozenset[str]) -> Sequence[str]:
        """Draw the pages of saved briefs at once."""
        return self._session.glance(changed)

    def rebuild(self, changed: frozenset[str] | None) -> "preview.Outcome":
        """Build what the saved files change."""
        from nutgraf import preview
        from nutgraf.formats.settings import parse_config
        from nutgraf.site.urls import url_of

        start = time.perf_counter()
        names = "the preview" if changed is None else ", ".join(sorted(changed)[:3]) + " …" * (len(changed) > 3)
        say(self.options, f"{time.strftime('%H:%M:%S')} {'building' if changed is None else 'saved'} {names}")
        if changed is None or self.options.config in changed:
            root, name = self.options.root, self.options.config
            self._config, _ = parse_config(store.read_text(root, name), name)
        built = self._session.rebuild(changed)
        gone = built.written.pruned if built.written else ()
        editor = os.environ.get("NUTGRAF_EDITOR", self._config.editor)
        problems = preview.Problems(built.diagnostics, kept=built.written is None)
        told = problems.told(self.options.root, editor, report.excerpt)
        urls = (*built.changed_urls, *map(url_of, gone))
        self._say(built.diagnostics, len(urls) if built.written else None, time.perf_counter() - start)
        return preview.Outcome(urls, told, self._config.url, editor)

    def review(self) -> Sequence[Task]:
        """What still needs a person's eyes."""
        from nutgraf.builder.review import Sheets, review

        self._sheets = self._sheets or Sheets(self.root)
        return review(self.root, self._sheets.pairs())

    def _say(self, found: tuple[Diagnostic, ...], files: int | None, took: float) -> None:
        """Findings, worst first, and a line on the build."""
        told = sorted(
            (d for d in found if d.severity is not Severity.INFO), key=lambda d: list(Severity).index(d.severity)
        )
        show_problems(told[:MOST])
        if len(told) > MOST:
            say(self.options, f"and {len(told) - MOST} more: check tells all")
        state = "not rebuilt, the last good site stays" if files is None else f"rebuilt, {files} files changed"
        say(self.options, f"{time.strftime('%H:%M:%S')} {state} ({report.summary(found)}, {1000 * took:.0f} ms)")
