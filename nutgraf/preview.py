"""Preview on the livereload package: what is served, and what happens when a file changes.

Three of livereload's habits are worked around: its watcher stops at the first changed file of a folder and misses a
file whose time went backwards (so a snapshot of all files is compared), it drops a reload that follows another
within three seconds (so reloads are sent from here), and it injects an inline script (which the pages' own security
policy refuses, so the script is linked).
"""

import errno
import logging
import socket
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from html import escape
from pathlib import Path
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler, StaticFileHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.web import HTTPError

POLL = 200
"""Milliseconds between two looks at the files."""
SCRIPT = b'<script src="/livereload.js?mindelay=10&amp;v=2" defer></script>'
Stamps = Mapping[str, tuple[int, int, int]]


class Snapshots(Watcher):  # type: ignore[misc]
    """Compares snapshots of the watched files; one rebuild for a burst of saves, off the event loop."""

    def __init__(self, take: Callable[[], Stamps], rebuild: Callable[[], None], executor: Executor) -> None:
        super().__init__()
        self._take, self._rebuild, self._executor = take, rebuild, executor
        self._seen = take()
        self._busy = False
        self.watch("content")

    def start(self, callback: Callable[[], None]) -> bool:
        """Poll on the event loop; True tells livereload that no polling of its own is wanted."""
        PeriodicCallback(callback, POLL).start()
        return True

    def examine(self) -> tuple[None, None]:
        """Start a rebuild when anything changed. The answer tells livereload to send nothing itself."""
        self._changes.clear()
        if not self._busy and (now := self._take()) != self._seen:
            changed = sorted(path for path in {*now, *self._seen} if now.get(path) != self._seen.get(path))
            self._seen, self._busy = now, True
            IOLoop.current().add_callback(self._run, changed)
        return None, None

    async def _run(self, changed: list[str]) -> None:
        try:
            await IOLoop.current().run_in_executor(self._executor, self._rebuild)
        except Exception:
            logging.getLogger("nutgraf").exception("the preview could not be rebuilt")
        finally:
            self._busy = False
        styles_only = all(path.endswith(".css") for path in changed)
        LiveReloadHandler.reload_waiters(changed[0] if styles_only else "*")


class Pages(StaticFileHandler):  # type: ignore[misc]
    """Serves the built pages with the reload script and, while the site does not build, an overlay that says why."""

    overlay: Callable[[], str]

    async def get(self, path: str, include_body: bool = True) -> None:
        """A page with its additions, any other file as it is."""
        file = Path(self.root, self.parse_url_path(path)).resolve()
        if not file.is_relative_to(Path(self.root).resolve()):
            raise HTTPError(404)
        if file.is_dir() and path and not path.endswith("/"):
            self.redirect(f"/{path}/")
            return
        page = file / "index.html" if file.is_dir() else file
        if not page.is_file():
            self.set_status(404)
            page = Path(self.root, "404.html")
        if page.suffix != ".html" or not page.is_file():
            self.set_status(200)
            serve: Awaitable[None] = super().get(path, include_body)
            await serve
            return
        self._transforms: list[Any] = []  # livereload's, which adds its inline script
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(self.added(page.read_bytes()))

    def compute_etag(self) -> None:
        """None: what is served is made when it is asked for."""

    def added(self, page: bytes) -> bytes:
        """The page with script and overlay."""
        page = page.replace(b"</head>", SCRIPT + b"</head>", 1)
        return page.replace(b"</body>", type(self).overlay().encode() + b"</body>", 1)


def overlay_html(text: str) -> str:
    """The findings that keep the last good site on screen, as a box at the foot of the page."""
    if not text:
        return ""
    return (
        '<dialog open class="build-problem" aria-label="The site does not build">'
        f"<p><strong>Not rebuilt: this is the last good site.</strong></p><pre>{escape(text)}</pre></dialog>"
    )


def free_port(host: str, port: int) -> int:
    """The first free port at or after `port`, of twenty. Raises OSError where all are taken."""
    for candidate in range(port, port + 20):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError as problem:
                if problem.errno != errno.EADDRINUSE:
                    raise
                continue
            return candidate
    raise OSError(errno.EADDRINUSE, f"ports {port} to {port + 19} are taken")


def serve(
    output: Path,
    take: Callable[[], Stamps],
    rebuild: Callable[[], None],
    problems: Callable[[], str],
    host: str,
    port: int,
    open_browser: bool,
) -> None:
    """Serve `output` until interrupted.

    `take` gives a snapshot of the watched files, `rebuild` builds into `output`, `problems` gives the text of the
    overlay, empty when the last build was good.
    """
    handler: Any = type("ServedPages", (Pages,), {"overlay": staticmethod(lambda: overlay_html(problems()))})
    with ThreadPoolExecutor(1) as executor:
        server = Server(watcher=Snapshots(take, rebuild, executor))
        server.SFH = handler
        server._setup_logging = lambda: logging.getLogger("livereload").setLevel(logging.ERROR)
        server.serve(port=port, host=host, root=str(output), live_css=True, open_url_delay=1 if open_browser else None)
