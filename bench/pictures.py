"""Pictures of the page kinds, from a built site.

python build.py && python -m bench.pictures [SITE]        the few of docs/pictures, from the demo site in public/
python -m bench.pictures --all FOLDER [SITE] [KIND…]      every kind, narrow, middling and wide, in light and dark,
                                                          and as it prints, to look at
python -m bench.pictures --desk                           the preview in the midst of docs/a-day-at-the-desk.md
"""

import argparse
import io
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from bench.pages import Sent, pages_of
from bench.preview import preview
from tests.tools import CHROMIUM_FLAGS, chromium
from tests.transcript import DAY, DOCUMENT, replayed

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures"
BRIEF = "/briefs/2022-04-20-what-is-known-of-the-talks/"
WIDTHS = (360, 800, 1440)
PAPER = 673
"""Width of A4 in CSS pixels, less the margins of static/print.css."""
TALLEST = 6000
"""CSS pixels of a page that are pictured where all of it is."""


@dataclass(frozen=True)
class Shot:
    """One picture: of which address, how wide and high (CSS pixels; all of the page where 0), how shown."""

    name: str
    url: str
    width: int
    height: int = 0
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"
    press: str = ""
    """What is clicked before."""


SHOTS = (
    Shot("brief", BRIEF, 1280, 1100),
    Shot("brief-dark", BRIEF, 1280, 1100, "dark"),
    Shot("brief-narrow", BRIEF, 400, 1100),
    Shot("home", "home", 1280, 1100),
    Shot("actor", "actor", 1280, 1100),
    Shot("figures", "figures", 1280, 1100),
    Shot("places", "places", 1280, 1000),
    Shot("changes", "changes", 1280, 1000),
)
"""Those of the repository; an address may be a kind of page."""


def every_shot(known: dict[str, str], kinds: list[str]) -> Iterator[Shot]:
    """Every kind of page in every way it is met."""
    for kind, url in {**known, "not-found": "/404.html"}.items():
        if not kinds or kind in kinds:
            for width in WIDTHS:
                yield Shot(f"{kind}-{width}", url, width)
                yield Shot(f"{kind}-{width}-dark", url, width, scheme="dark")
            yield Shot(f"{kind}-print", url, PAPER, media="print")


def take(browser: Browser, base: str, shot: Shot) -> Image.Image:
    """The picture."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height or 900}, color_scheme=shot.scheme, reduced_motion="reduce"
    )
    page.emulate_media(media=shot.media, color_scheme=shot.scheme)
    page.goto(base + shot.url)
    if shot.press:
        page.click(shot.press)
    taken = Image.open(io.BytesIO(page.screenshot(full_page=not shot.height)))
    page.close()
    return taken.crop((0, 0, taken.width, min(taken.height, TALLEST)))


SLIPS = (
    ("by: Harbour Board, cue: said, text", "by: Harbour Bord, cue: said, text"),
    ("We expect full", "We hope for full"),
)
"""What somebody writes by mistake, once each, for the overlay to show."""


def take_desk(browser: Browser) -> Iterator[tuple[str, Image.Image]]:
    """The preview's list of what needs a person's eyes, and its overlay, before that day's questions are answered."""
    os.environ["SOURCE_DATE_EPOCH"] = DAY
    with tempfile.TemporaryDirectory() as scratch:
        replayed(DOCUMENT.read_text(encoding="utf-8").partition("$ nutgraf review --keep")[0] + "```\n", Path(scratch))
        site = Path(scratch) / "desk"
        brief = next((site / "content/briefs").glob("*.md"))
        with preview(site) as (address, log):
            base = address.rstrip("/")
            yield "review", take(browser, base, Shot("", "/_review/", 1000, 700))
            text = brief.read_text(encoding="utf-8")
            for right, wrong in SLIPS:
                text = text.replace(right, wrong, 1)
            built = log.read_text().count("rebuilt, ")
            brief.write_text(text, encoding="utf-8")
            while log.read_text().count("rebuilt, ") == built:
                time.sleep(0.1)
            yield (
                "overlay",
                take(browser, base, Shot("", f"/briefs/{brief.stem}/", 1100, 860, press="nutgraf-preview .pill")),
            )


def main() -> None:
    """Write the pictures: WebP for the repository, PNG to look at."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    parser.add_argument("--desk", action="store_true")
    parser.add_argument("site", nargs="?", type=Path, default=Path("public"))
    parser.add_argument("kinds", nargs="*", help="with --all: these only")
    options = parser.parse_args()
    if options.desk:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS.split())
            for name, picture in take_desk(browser):
                picture.save(TARGET / f"{name}.webp", quality=72, method=6)
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Sent, directory=str(options.site.resolve())))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base, known = f"http://127.0.0.1:{server.server_port}", pages_of(options.site)
    few = [Shot(s.name, known.get(s.url, s.url), s.width, s.height, s.scheme, s.media) for s in SHOTS]
    folder: Path = options.all or TARGET
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS.split())
        for shot in every_shot(known, options.kinds) if options.all else few:
            file = folder / f"{shot.name}.{'png' if options.all else 'webp'}"
            picture = take(browser, base, shot)
            picture.save(file) if options.all else picture.save(file, quality=72, method=6)
            print(f"{file.name}: {file.stat().st_size:,} bytes")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
