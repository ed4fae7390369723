"""The built site as a reader's browser meets it: one line a page kind.

    python -m bench.pages [FOLDER]      (public/ unless another is named)

For each kind of page, the heaviest of it: axe-core's findings in light and in dark, bytes of HTML, CSS and script as
sent compressed (gzip), requests, those to other hosts, layout shift (CLS), main-thread time. Then html-validate on
every page and all internal links. Needs Playwright with Chromium; axe-core and html-validate where installed.
"""

import gzip
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.sitecheck import broken_links, read_site
from tests.tools import CHROMIUM_FLAGS, chromium

ROOT = Path(__file__).resolve().parent.parent
KINDS = {
    "home": "/",
    "brief": "/briefs/*/",
    "actor": "/actors/*/",
    "source": "/sources/*/",
    "topic": "/topics/*/",
    "briefs": "/briefs/",
    "actors": "/actors/",
    "sources": "/sources/",
    "topics": "/topics/",
    "figures": "/figures/",
    "series": "/figures/of/*/",
    "quotes": "/quotes/",
    "timeline": "/timeline/",
    "places": "/places/",
    "changes": "/changes/",
    "search": "/search/",
    "about": "/about/",
}
SHIFT = """new Promise(done => new PerformanceObserver(list => done(list.getEntries().reduce((n, e) => n + e.value, 0)))
.observe({type: 'layout-shift', buffered: true}) ?? setTimeout(() => done(0), 200))"""


class Sent(SimpleHTTPRequestHandler):
    """Serves a folder silently."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


def pages_of(folder: Path) -> dict[str, str]:
    """The heaviest page of each kind, by address."""
    found = {}
    for kind, pattern in KINDS.items():
        files = sorted(folder.glob(f"{pattern.lstrip('/')}index.html"), key=lambda file: file.stat().st_size)
        if files:
            at = files[-1].parent.relative_to(folder).as_posix()
            found[kind] = "/" if at == "." else f"/{at}/"
    return found


def axe_source() -> str | None:
    """axe-core of this machine."""
    told = subprocess.run(["npm", "root", "--global"], capture_output=True, text=True, check=False).stdout.strip()
    file = Path(told) / "axe-core" / "axe.min.js"
    return file.read_text(encoding="utf-8") if told and file.is_file() else None


def measure(browser: Browser, base: str, url: str, axe: str | None) -> dict[str, Any]:
    """Everything of one page."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    bodies: dict[str, int] = {}
    elsewhere: list[str] = []

    def take(response: Any) -> None:
        if not response.url.startswith(base):
            elsewhere.append(response.url)
        elif response.url.partition("?")[0].endswith(("/", ".css", ".js")):
            bodies[response.url] = len(gzip.compress(response.body(), 6))

    page.on("response", take)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    page.goto(base + url, wait_until="networkidle")
    spent = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
    shift = page.evaluate(SHIFT)
    faults: list[str] = []
    for scheme in ("light", "dark") if axe else ():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(axe)
        result = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
        faults += [violation["id"] for violation in result["violations"]]
    scripts = sum(size for name, size in bodies.items() if name.endswith(".js"))
    context.close()
    return {
        "axe": len(faults) if axe else "–",
        "bytes": sum(bodies.values()),
        "script": scripts,
        "requests": len(bodies),
        "elsewhere": len(elsewhere),
        "cls": round(shift, 4),
        "ms": round(1000 * spent["TaskDuration"]),
    }


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "public").resolve()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Sent, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base, axe = f"http://127.0.0.1:{server.server_port}", axe_source()
    print("| page | axe | bytes, gzip | of it script | requests | other hosts | CLS | main thread, ms |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS.split())
        for kind, url in pages_of(folder).items():
            print(f"| {kind} | " + " | ".join(f"{v}" for v in measure(browser, base, url, axe).values()) + " |")
        browser.close()
    server.shutdown()
    print(f"\ninternal links that lead nowhere: {len(list(broken_links(read_site(folder))))}")
    if tool := which("html-validate"):
        told = subprocess.run(
            [tool, "--config", str(ROOT / ".htmlvalidate.json"), "--formatter", "text", str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        print(f"html-validate: {len(told.stdout.splitlines())} findings")


if __name__ == "__main__":
    main()
