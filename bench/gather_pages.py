"""News pages whose story is known, from the test data of other projects, in the form that bench/train_lines.py reads.

    python bench/gather_pages.py --fundus FUNDUS --readability READABILITY --out FOLDER

FUNDUS is a checkout of flairNLP/fundus (pages of news publishers in forty countries, with what its parsers, written for
each publisher, find in them), READABILITY one of mozilla/readability (pages with what a reader view shows). Rows of
FOLDER/pages.jsonl have `url`, `gold` (the story) and `html` (a gzipped file beside it).
"""

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lxml import html
from train_lines import word_runs

from nutgraf.formats.articles import decode
from nutgraf.formats.page_blocks import page_blocks
from nutgraf.formats.saved_page import page_tree

FUNDUS_DATA, READABILITY_DATA = Path("tests/resources/parser/test_data"), Path("test/test-pages")
LARGEST = 2_500_000
"""Characters of a page."""
FOUND = 0.85
"""Share of a story that stands in the page, where it is the page's."""
_ADDRESS = re.compile(r"""canonical["'][^>]*?href=["'](http[^"']+)|og:url["'][^>]*?content=["'](http[^"']+)""")


def lines(markup: str) -> str:
    root = page_tree(markup)
    return "\n".join(block.text for block in page_blocks(root)) if root is not None else ""


def fundus(checkout: Path) -> Iterator[tuple[str, str, str]]:
    """(address, page, story); of the stories in a publisher's file the one that stands in the page."""
    for country in sorted(folder for folder in (checkout / FUNDUS_DATA).iterdir() if folder.is_dir()):
        about = json.loads((country / "meta.info").read_text("utf-8"))
        for file in sorted(country.glob("*.html.gz")):
            told = file.with_name(f"{file.name.split('_')[0]}.json")
            if not told.exists():
                continue
            page = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
            here = word_runs(lines(page))
            stories = [story(each["body"]) for each in json.loads(told.read_text("utf-8")).values() if each.get("body")]
            found = [(word_runs(text), text) for text in stories]
            fit = [(runs.total(), text) for runs, text in found if (runs & here).total() > FOUND * runs.total()]
            if fit:
                yield about.get(file.name, {}).get("url") or address(page, file.name), page, max(fit)[1]


def story(body: dict) -> str:
    sections = [line for each in body["sections"] for line in (*each["headline"], *each["paragraphs"])]
    return "\n".join((*(body.get("summary") or ()), *sections))


def readability(checkout: Path) -> Iterator[tuple[str, str, str]]:
    """(address, page, story)"""
    for folder in sorted((checkout / READABILITY_DATA).iterdir()):
        page, _ = decode("source.html", (folder / "source.html").read_bytes())
        expected = html.fromstring(f"<div>{(folder / 'expected.html').read_text('utf-8')}</div>")
        yield address(page, folder.name), page, "\n".join(block.text for block in page_blocks(expected))


def address(page: str, name: str) -> str:
    """What a page says its address is; one of its own, by the file's name, where it says none."""
    found = _ADDRESS.search(page)
    return next(filter(None, found.groups())) if found else f"http://{name}.example/"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--fundus", type=Path)
    parser.add_argument("--readability", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    readers = ((fundus, args.fundus), (readability, args.readability))
    pages = [page for read, checkout in readers if checkout for page in read(checkout) if len(page[1]) <= LARGEST]
    with (args.out / "pages.jsonl").open("w", encoding="utf-8") as target:
        for number, (url, page, gold) in enumerate(pages):
            name = f"{number:04}.html.gz"
            (args.out / name).write_bytes(gzip.compress(page.encode(), mtime=0))
            target.write(json.dumps({"url": url, "gold": gold, "html": name}) + "\n")
    print(f"{len(pages)} pages")


if __name__ == "__main__":
    main()
