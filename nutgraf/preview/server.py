"""Serving, and what happens when a file is saved: one build at a time off the event loop, then word to each page."""

import asyncio
import errno
import logging
import secrets
import socket
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import unquote, urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.escape import json_decode
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketHandler

from nutgraf.model.task import Task
from nutgraf.preview.pages import OWN, Client, Pages
from nutgraf.preview.problems import editor_link
from nutgraf.preview.worklist import ADDRESS, Worklist

Changed = frozenset[str] | None
"""Paths that may have changed, relative to the site's folder; None: any."""

LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")
"""By which only this machine can ask."""
PARTS = (".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")
"""Endings of what is not a page and stands in pages."""
HEAD_START = 0.12
"""Seconds that a browser has to load what was drawn at once, before this process is busy with the rest."""
T = TypeVar("T")
_LOG = logging.getLogger("nutgraf")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build has to say to the pages that are open."""

    changed: Collection[str]
    """Addresses of the files that are not as before, gone ones included."""
    problems: dict[str, Any]
    """For the overlay; see `Problems.told`."""
    base: str = ""
    """Address the site is published at."""
    editor: str = ""
    """Address by which files are opened; see `problems.editor_link`."""


class Desk(Protocol):
    """The site that is previewed."""

    root: Path

    def glance(self, changed: frozenset[str]) -> Collection[str]:
        """Draw at once what can be, before all is rebuilt; its addresses."""

    def rebuild(self, changed: Changed) -> Outcome:
        """Build what saved files change."""

    def review(self) -> Sequence[Task]:
        """What still needs a person's eyes, worst first."""


class Saves(Protocol):
    """What tells of saves."""

    def start(self) -> None:
        """Begin to tell."""

    def stop(self) -> None:
        """Tell nothing any more."""


class Loop(Watcher):  # type: ignore[misc]
    """In place of livereload's watcher: builds when told of saves, and tells the pages. One build at a time."""

    def __init__(
        self, rebuild: Callable[[Changed], Outcome], glance: Callable[[frozenset[str]], Collection[str]] = lambda _: ()
    ) -> None:
        super().__init__()
        self.watch("site")  # livereload would watch the current folder if it had nothing to watch
        self.rebuild, self.glance, self.outcome = rebuild, glance, Outcome((), {})
        self.start_id, self.count = secrets.token_hex(4), 0
        self.changed_at: dict[str, int] = {}
        """Number of the build that last changed an address."""
        self._waiting: list[Changed] = []
        self._busy = False
        self._executor = ThreadPoolExecutor(1)

    @property
    def build(self) -> str:
        """Name of the last build; other each time the preview is started."""
        return f"{self.start_id}-{self.count}"

    def start(self, callback: Callable[[], None]) -> bool:
        """True: no polling of livereload's own is wanted."""
        return True

    def take(self, changed: Changed) -> None:
        """Note saves, and build unless a build is under way, which then is followed by another. On the event loop."""
        self._waiting.append(changed)
        if not self._busy:
            self._busy = True
            IOLoop.current().add_callback(self._run)

    async def _run(self) -> None:
        while self._waiting:
            told, self._waiting = self._waiting, []
            changed = None if None in told else frozenset().union(*(paths for paths in told if paths is not None))
            if changed:
                await self._draw_at_once(changed)
            try:
                self.outcome = await self._in_turn(self.rebuild, changed)
                self._note(self.outcome.changed)
            except Exception as bug:
                _LOG.error("the preview could not be rebuilt (%s: %s); save again", type(bug).__name__, bug)
                _LOG.debug("where:", exc_info=bug)
            self._tell()
        self._busy = False

    async def _draw_at_once(self, changed: frozenset[str]) -> None:
        try:
            addresses = await self._in_turn(self.glance, changed)
        except Exception as bug:
            _LOG.debug("nothing could be drawn ahead", exc_info=bug)  # the build that follows tells what is wrong
            return
        if addresses:
            self._note(addresses)
            self._tell()
            await asyncio.sleep(HEAD_START)

    async def _in_turn(self, task: Callable[[Any], T], changed: Changed) -> T:
        return await IOLoop.current().run_in_executor(self._executor, task, changed)

    def _tell(self) -> None:
        for page in list(LiveReloadHandler.waiters):
            if isinstance(page, Page):
                page.tell()

    def _note(self, changed: Collection[str]) -> None:
        self.count += bool(changed)
        self.changed_at |= dict.fromkeys(changed, self.count)

    def since(self, build: str, address: str) -> tuple[bool, list[str]]:
        """Whether a page of that build is stale, and the addresses of parts of pages that have changed since."""
        start, _, number = build.partition("-")
        if start != self.start_id or not number.isdecimal():
            return True, []
        seen = int(number)
        static = [a for a, at in self.changed_at.items() if at > seen and a.endswith(PARTS)]
        return self.changed_at.get(address, 0) > seen, static


class Page(LiveReloadHandler):  # type: ignore[misc]
    """The socket of one open page. It says which page it shows, of which build, and is told what has changed."""

    loop: Loop
    exists: Callable[[str], bool]

    def check_origin(self, origin: str) -> bool:
        """Only pages of the preview itself: livereload's own handler would tell any site that is open."""
        return bool(WebSocketHandler.check_origin(self, origin))

    def on_message(self, message: str | bytes) -> None:
        """The handshake is livereload's; `info` holds the build too."""
        super().on_message(message)
        told = json_decode(message)
        if told.get("command") == "info":
            self.shown, self.seen = unquote(urlsplit(told.get("url", "")).path), str(told.get("build", ""))
            self.tell()

    def tell(self) -> None:
        """What this page has to do: load again, take new style sheets or images, show problems."""
        loop = self.loop
        stale, static = loop.since(self.seen, self.shown)
        if not stale and loop.build != self.seen and not type(self).exists(self.shown):
            stale = True  # a 404 page, whose address may be there now
        self.seen = loop.build
        message = {"command": "reload", "path": self.shown, "page": stale, "static": static, "build": loop.build}
        self.send_message({**message, "problems": loop.outcome.problems})


class Preview(Server):  # type: ignore[misc]
    """livereload's server with the preview's own handlers before the files."""

    def __init__(self, loop: Loop, output: Path, local: bool, desk: "Desk") -> None:
        super().__init__(watcher=loop)
        self.root = str(output)
        base = {"build": staticmethod(lambda: loop.build), "base": staticmethod(lambda: loop.outcome.base)}
        self.SFH = type("ServedPages", (Pages,), {**base, "local": local})
        exists = staticmethod(lambda address: served(output, address))
        self._page = type("OpenPage", (Page,), {"loop": loop, "exists": exists})

        async def tasks() -> Sequence[Task]:
            return await IOLoop.current().run_in_executor(None, desk.review)

        def link(path: str, line: int, column: int) -> str:
            return editor_link(loop.outcome.editor, desk.root / path, line, column)

        own = {"tasks": staticmethod(tasks), "link": staticmethod(link), "build": base["build"]}
        self._worklist = type("ServedWorklist", (Worklist,), own)

    def get_web_handlers(self, script: bytes) -> list[Any]:
        """The preview's own addresses, then the site's."""
        own = [(rf"{OWN}socket", self._page), (rf"{OWN}([a-z.]+)", Client), (ADDRESS, self._worklist)]
        return [*own, *super().get_web_handlers(script)]

    def _setup_logging(self) -> None:
        for name in ("livereload", "tornado.access", "tornado.application", "tornado.general"):
            logging.getLogger(name).setLevel(logging.CRITICAL)


def served(output: Path, address: str) -> bool:
    """Whether the built site has a file for an address."""
    file = (output / address.lstrip("/")).resolve()
    return file.is_relative_to(output.resolve()) and (file.is_file() or (file / "index.html").is_file())


def free_port(host: str, port: int) -> int:
    """The first free port at or after `port`, of twenty. Raises OSError where all are taken."""
    for candidate in range(port, min(port + 20, 65_536)):
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
    watch: Callable[[Callable[[Changed], None]], Saves],
    desk: Desk,
    host: str,
    port: int,
    open_browser: bool,
) -> None:
    """Serve `output` until interrupted.

    `watch` makes what calls its argument, from any thread, with the paths that were saved; `desk` builds into
    `output`. Watching begins behind the first build, whose workers may be forked while there are no threads; a second
    look then finds what was saved meanwhile.
    """
    asyncio.set_event_loop(asyncio.new_event_loop())
    ioloop, loop = IOLoop.current(), Loop(desk.rebuild, desk.glance)
    saves = watch(lambda changed: ioloop.add_callback(loop.take, changed))
    loop.outcome = desk.rebuild(None)
    saves.start()
    ioloop.add_callback(loop.take, None)
    server = Preview(loop, output, host in LOCAL_HOSTS, desk)
    try:
        server.serve(port=port, host=host, live_css=True, open_url_delay=0.5 if open_browser else None)
    finally:
        saves.stop()
