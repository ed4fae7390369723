"""How long from a save to the painted page, in a real browser: `python bench/preview.py [SIZE …]`.

A site of made-up briefs is served by `nutgraf serve`, one brief is open in Chromium, and its file is saved again and
again with another headline, each time when all that the last save changes has been drawn. Measured from right before
the save to the first contentful paint of the page that shows that headline, both on this machine's clock; medians over
the saves. `build` is what the terminal says of it: the brief's own page is drawn before, the rest of the site then.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]
from corpus import make_site  # noqa: E402

from tests.tools import CHROMIUM_FLAGS, chromium  # noqa: E402

SAVES, WARM = 15, 3
ROOT = Path(__file__).resolve().parent.parent
PAINTED = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return paint ? performance.timeOrigin + paint.startTime : 0;
}"""


@contextmanager
def preview(site: Path) -> Iterator[tuple[str, Path]]:
    """A running preview: its address, and the file that holds what it says."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    log = site / "serve.log"
    with log.open("w") as out:
        serve = [sys.executable, "-m", "nutgraf", "serve", "-p", "8790"]
        process = subprocess.Popen(serve, cwd=site, env=env, stdout=out, stderr=subprocess.STDOUT)
    try:
        while not (ready := re.search(r"(http://\S+/)[\s\S]*rebuilt, ", log.read_text())):
            if process.poll() is not None:
                raise RuntimeError(log.read_text())
            time.sleep(0.2)
        yield ready[1], log
    finally:
        process.terminate()
        process.wait()


def saves(page: Any, brief: Path, text: str, log: Path) -> Iterator[float]:
    """Milliseconds of each save; the next one comes when all that the last one changes has been drawn."""
    for number in range(WARM + SAVES):
        headline = f"Headline number {number} of this bench"
        scratch, built = brief.with_name(".scratch"), log.read_text().count(" rebuilt, ")
        scratch.write_text(re.sub(r"(?m)^headline: .*$", f"headline: {headline}", text, count=1), encoding="utf-8")
        start = time.time()
        scratch.replace(brief)
        page.locator(f"h1:text-is('{headline}')").wait_for(timeout=60_000)
        while not (painted := page.evaluate(PAINTED)):
            time.sleep(0.005)
        if number >= WARM:
            yield painted - 1000 * start
        while log.read_text().count(" rebuilt, ") < built + 1:
            time.sleep(0.02)
        time.sleep(0.2)


def measure(size: int) -> tuple[list[float], list[float]]:
    """Milliseconds from save to paint, and of the builds."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = make_site(Path(folder) / "site", size)
        brief = sorted((site / "content/briefs").glob("*.md"))[size // 2]
        with preview(site) as (address, log):
            browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS.split())
            page = browser.new_page()
            page.goto(f"{address}briefs/{brief.stem}/")
            time.sleep(1)
            took = list(saves(page, brief, brief.read_text(encoding="utf-8"), log))
            builds = re.findall(r" rebuilt, .*?(\d+) ms\)", log.read_text())
            browser.close()
    return took, [float(ms) for ms in builds[-SAVES:]]


def main() -> None:
    """A line for each size."""
    print(f"{'briefs':>8}  {'save to paint':>14}  {'worst':>7}  {'build':>7}   ({SAVES} saves each, medians, ms)")
    for size in [int(text) for text in sys.argv[1:]] or [100, 1000, 10_000]:
        took, builds = measure(size)
        print(f"{size:>8,}  {median(took):>14.0f}  {max(took):>7.0f}  {median(builds):>7.0f}", flush=True)


if __name__ == "__main__":
    main()
