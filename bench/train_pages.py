"""Trains the model of saved pages: logistic regression over the features of their blocks.

    python bench/train_pages.py PAGES.jsonl --pieces EVALDATA.json --out nutgraf/languages/any/pages.yaml
    python bench/train_pages.py PAGES.jsonl --pieces EVALDATA.json --folds 8 --predict PREDICTIONS.jsonl

The second form says what nutgraf makes of web sites that the weights have not seen. Rows of PAGES have `html` (a
gzipped file beside it), `gold` (the story) and `url`. EVALDATA (optional) has for an address its `file` and pieces that
belong to the story (`with`) or do not (`without`): the evaluation data of trafilatura, tests/evaldata.json with
tests/eval/ in its repository. A block is one row; only blocks that an extractor took are learned from.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import yaml
from lxml import etree

from nutgraf.formats.articles import decode
from nutgraf.formats.page_story import PageModel, candidates, extract, taken
from nutgraf.formats.saved_page import page_tree, read_page
from nutgraf.layout import phrase_table

TABLES = Path("nutgraf/languages/any")
HEAD = "# Weights of the blocks of saved pages (bench/train_pages.py): how much each feature speaks for the story.\n"
LARGEST = 900_000
"""Bytes; larger pages are mostly scripts and take too long here."""
SHORT = 12
"""Words of a block that a single word tells, rather than mentions."""


@dataclass
class Row:
    """A block of a page."""

    page: str
    site: str
    text: str
    features: frozenset[str]
    story: bool
    weight: float


def site(url):
    """The domain that somebody registered, so that no site is both learned from and tested on."""
    parts = urlsplit(url).netloc.split(".")
    second = len(parts) > 2 and parts[-2] in ("co", "com", "org", "net", "gov", "ac")
    return ".".join(parts[-3:] if second else parts[-2:])


def words(text):
    return text.split()


def whole_rows(path, model):
    """(id, rows) of each page whose whole story is known; a page weighs the same whatever its length."""
    for row in map(json.loads, Path(path).read_text("utf-8").splitlines()):
        where = (row["id"], site(row["url"]))
        page = gzip.decompress((Path(path).parent / row["html"]).read_bytes()).decode("utf-8", "replace")
        found = candidates(page_tree(page), extract(page), model)
        story = taken([each.text for each in found], row["gold"])
        total = sum(len(words(each.text)) for each in found) or 1
        weights = [((len(words(each.text)) + 3) / total) ** 0.5 for each in found]
        facts = zip(found, story, weights, strict=True)
        yield row["id"], [Row(*where, each.text, each.features, right, weight) for each, right, weight in facts]


def piece_rows(path, model):
    """Rows of the blocks that a known piece of a page is in."""
    for url, told in json.loads(Path(path).read_text("utf-8")).items():
        file = Path(path).parent / "eval" / told["file"]
        if not file.exists() or file.stat().st_size > LARGEST:
            continue
        page, _ = decode(file.name, file.read_bytes())
        try:
            found = candidates(page_tree(page), extract(page), model)
        except (etree.LxmlError, ValueError, TypeError):
            continue
        for each in found:
            if (story := belongs(each.text, told)) is not None:
                yield Row(url, site(url), each.text, each.features, story, 2 * 0.02**0.5)


def belongs(text, told):
    """Whether a block is the story's by the pieces in it; None where no piece tells."""
    story = None
    for right, pieces in ((False, told["without"]), (True, told["with"])):
        for piece in pieces or ():
            if piece.casefold() in text.casefold() and (len(words(piece)) >= 4 or len(words(text)) <= SHORT):
                story = right
    return story


def train(rows, l2=5.0, least=8, rounds=400):
    """Weights by feature, `bias` among them (Adam, full batch)."""
    counts = Counter(name for row in rows for name in row.features)
    names = sorted(name for name, n in counts.items() if n >= least)
    index = {name: i for i, name in enumerate(names)}
    ids = [[index[name] for name in row.features if name in index] for row in rows]
    flat = np.array([i for own in ids for i in own])
    sizes = np.array([len(own) for own in ids])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    story = np.array([float(row.story) for row in rows])
    weight = np.array([row.weight for row in rows])
    weight /= weight.mean()
    values = np.zeros(len(names) + 1)
    first, second = np.zeros_like(values), np.zeros_like(values)
    for step in range(1, rounds + 1):
        worth = np.add.reduceat(values[:-1][flat], starts) + values[-1]
        wrong = (1 / (1 + np.exp(-worth)) - story) * weight
        slope = np.append(np.bincount(flat, weights=np.repeat(wrong, sizes), minlength=len(names)), wrong.sum())
        slope += l2 * values * np.append(np.ones(len(names)), 0)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        rate = 0.03 * (1 - step / (rounds + 1))
        values -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-9)
    found = {name: round(float(values[i]), 3) for name, i in index.items() if abs(values[i]) >= 0.005}
    return {"bias": round(float(values[-1]), 3), **found}


def tested(path, whole, pieces, folds, l2, model):
    """What nutgraf makes of each page, by weights learned on other sites."""
    sites = sorted({row.site for _, rows in whole for row in rows})
    pages = [(row, site(row["url"])) for row in map(json.loads, Path(path).read_text("utf-8").splitlines())]
    for fold in range(folds):
        held = set(sites[fold::folds])
        known = [row for _, rows in whole for row in rows if row.site not in held]
        weights = train([*known, *(row for row in pieces if row.site not in held)], l2)
        for row in (row for row, where in pages if where in held):
            page = gzip.decompress((Path(path).parent / row["html"]).read_bytes()).decode("utf-8", "replace")
            yield {
                "id": row["id"],
                "body": read_page(row["id"], page, b"", None, partial(replace, model, weights=weights)).text,
            }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages")
    parser.add_argument("--pieces")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--predict")
    parser.add_argument("--out")
    parser.add_argument("--l2", type=float, default=5.0)
    args = parser.parse_args()
    phrases = phrase_table(yaml.safe_load((TABLES / "clutter.yaml").read_text("utf-8")))
    model = PageModel(phrases, phrase_table(yaml.safe_load((TABLES / "page_words.yaml").read_text("utf-8"))), {})
    whole = list(whole_rows(args.pages, model))
    pieces = list(piece_rows(args.pieces, model)) if args.pieces else []
    print(f"{sum(len(rows) for _, rows in whole)} blocks of {len(whole)} pages, {len(pieces)} blocks told by pieces")
    if args.folds:
        found = tested(args.pages, whole, pieces, args.folds, args.l2, model)
        Path(args.predict).write_text("".join(json.dumps(row) + "\n" for row in found), "utf-8")
    if args.out:
        weights = train([*(row for _, rows in whole for row in rows), *pieces], args.l2)
        head = (
            "# Weights of the blocks of saved pages (bench/train_pages.py): how much a feature speaks for the story.\n"
        )
        Path(args.out).write_text(head + yaml.safe_dump(weights, allow_unicode=True), "utf-8")


if __name__ == "__main__":
    main()
