"""Full-text search of a large site: what its index costs to make, and what a reader's first search fetches.

    python -m bench.search 1000 10000      for made-up archives of these sizes (10,000 take some 3 GB of disk)

Index: time and peak memory of making it from the built pages, and again after one brief was edited. First search: all
that is fetched from below pagefind/ from the first letter typed until a screenful was found or all parts were asked,
without compression by the server, and how long it took on this machine.
"""

import argparse
import shutil
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from corpus import SETTINGS, Corpus, make_site  # noqa: E402
from pages import Sent  # noqa: E402
from speed import Measured, measured, nutgraf  # noqa: E402

from tests.tools import CHROMIUM_FLAGS, chromium  # noqa: E402

FINISH = """
from pathlib import Path
from nutgraf.builder.finish import finish
from nutgraf.model.config import Config
done = finish(Path("public"), Config(cards=False), Path("finished"))
assert done.index and not done.index.problem, done
"""


def index(site: Path) -> Measured:
    """The index brought up to date, in a process of its own."""
    return measured([sys.executable, "-c", FINISH], site, site / "public", {"PYTHONPATH": str(ROOT)})


def first_search(folder: Path, query: str) -> tuple[int, int, str, float]:
    """Requests, bytes, what the page says and seconds of a reader's first search."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Sent, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fetched: list[int] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS.split())
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/search/")
        page.on("requestfinished", lambda r: "/pagefind/" in r.url and fetched.append(r.sizes()["responseBodySize"]))
        start = time.perf_counter()
        page.fill("form.search input", query)
        output = page.locator("form.search output")
        while not (told := output.inner_text()) or "…" in told:
            page.wait_for_timeout(10)
        page.wait_for_load_state("networkidle")
        took = time.perf_counter() - start
        browser.close()
    server.shutdown()
    return len(fetched), sum(fetched), told, took


def report(size: int, scratch: Path) -> None:
    """One table."""
    folder = Path(tempfile.mkdtemp(dir=scratch, prefix=f"search-{size}-"))
    site = make_site(folder / "site", size)
    (site / "site.yaml").write_text(SETTINGS.replace("search: false\n", ""), encoding="utf-8")
    built = nutgraf(site)  # with the index; made again below, apart from the build
    shutil.rmtree(site / "public" / "pagefind")
    row = index(site)
    files = [file for file in (site / "public" / "pagefind").rglob("*") if file.is_file()]
    print(f"{size:,} briefs, {built.pages:,} pages")
    print(f"  index: {row.wall:.1f} s, {row.cpu:.1f} s CPU, peak {row.peak:.0f} MiB")
    print(f"  on disk: {len(files):,} files, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB")
    page = sorted((site / "public" / "briefs").glob("*/index.html"))[size // 2]
    head, start, text = page.read_text(encoding="utf-8").partition('<div class="passage">\n<p>')
    page.write_text(f"{head}{start}Changed. {text}", encoding="utf-8")
    row = index(site)
    print(f"  one page changed: {row.wall:.1f} s, {row.cpu:.1f} s CPU, peak {row.peak:.0f} MiB")
    story = next(iter(Corpus(size)))
    for what, query in (("a common word", "harbour"), ("a name", story.actors[0][0]), ("no hit", "xylophone")):
        requests, sent, told, took = first_search(site / "public", query)
        print(f"  first search, {what}: {requests} requests, {sent / 1000:.0f} kB, “{told}”, {took:.2f} s")
    shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    for size in options.sizes:
        report(size, options.scratch)


if __name__ == "__main__":
    main()
