"""A browser on the fixture's site, served from this machine."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.render.fixture import ROOT, site_views, templates
from tests.tools import CHROMIUM_FLAGS, chromium, missing
from tests.whole_site import render_site


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a line on each request."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    path = chromium()
    if path is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS.split())
        yield running
        running.close()


@pytest.fixture(scope="session")
def site(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the fixture's site."""
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def write_site(folder: Path) -> None:
    files = [(artifact.path, artifact.content) for artifact in render_site(site_views(), templates())]
    files += [(f"static/{path.name}", path.read_bytes()) for path in (ROOT / "static").iterdir()]
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
