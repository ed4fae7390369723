"""Pictures of the page kinds for docs/pictures, from the demo site.

python build.py && python -m bench.pictures [FOLDER]      (public/ unless another is named)
"""

import io
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from bench.pages import Sent, pages_of
from tests.tools import CHROMIUM_FLAGS, chromium

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
BRIEF = "/briefs/2022-04-20-what-is-known-of-the-talks/"
SHOTS = (
    ("brief", BRIEF, 1280, 1100, "light"),
    ("brief-dark", BRIEF, 1280, 1100, "dark"),
    ("brief-narrow", BRIEF, 400, 1100, "light"),
    ("home", "home", 1280, 1100, "light"),
    ("actor", "actor", 1280, 1100, "light"),
    ("figures", "figures", 1280, 1100, "light"),
    ("places", "places", 1280, 1000, "light"),
    ("changes", "changes", 1280, 1000, "light"),
)
"""Name, address or kind of page, width and height in CSS pixels, colours."""


def main() -> None:
    """Write the pictures as WebP."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "public").resolve()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Sent, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    known = pages_of(folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS.split())
        for name, where, width, height, colours in SHOTS:
            scheme = "dark" if colours == "dark" else "light"
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(f"http://127.0.0.1:{server.server_port}{known.get(where, where)}")
            file = TARGET / f"{name}.webp"
            Image.open(io.BytesIO(page.screenshot())).save(file, quality=72, method=6)
            print(f"{file.name}: {file.stat().st_size:,} bytes")
            page.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
