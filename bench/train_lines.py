r"""Trains the line model: a linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001).

    python bench/train_lines.py PASTED.jsonl --clean ARTICLES.jsonl --pages EVALDATA.json --more PAGES.jsonl \
        --out nutgraf/languages/any/lines.yaml
    python bench/train_lines.py PASTED.jsonl --clean … --pages … --more … --folds 4 --predict PREDICTIONS.jsonl

The second form says what the whole sorting of blocks makes of web sites that the weights have not seen. Rows of PASTED
have `text`, `gold` (the story) and `url`; ARTICLES are stories without clutter, used as they are and set into the pages
of others (--graft of them). EVALDATA is trafilatura's evaluation data (tests/evaldata.json, the pages in tests/eval/):
a page's lines are those that a copy of it would have, its story what nutgraf reads in the saved page, where all pieces
that people marked in it are on the right side. PAGES are more of the kind, whose story is known as a whole
(bench/gather_pages.py): those count of which nutgraf reads the same story. --seed divides the sites in another way.
Needs SciPy.
"""
# ruff: noqa: N806, E402 (matrices in capitals, as in the paper; the project is found first)

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

import numpy as np
import yaml
from lxml import etree
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from train_pages import LARGEST, site

from nutgraf.annotate.clean import sort_blocks
from nutgraf.annotate.language import detect_language
from nutgraf.annotate.line_features import line_features
from nutgraf.annotate.line_model import BODY, LABELS, NEVER, STEPS
from nutgraf.annotate.lines import split_lines
from nutgraf.engine import known_languages, load_pack, page_model
from nutgraf.formats.articles import decode
from nutgraf.formats.batch import body_of
from nutgraf.formats.page_blocks import page_blocks
from nutgraf.formats.page_story import extract, story_blocks, taken
from nutgraf.formats.saved_page import page_tree
from nutgraf.layout import look_at, phrase_table, plain
from nutgraf.model.article import Article

WORD = re.compile(r"\w+")
HEAD = "# Weights of the line model (bench/train_lines.py): how much each feature speaks for the story.\n"
LEAST_STORY, MOST_LINES = 80, 700
"""Words of a story and lines of a page that are learned from."""
FROM_PAGES = 0.4
"""How much a text from a page counts, beside one that people sorted."""
SAME = 0.95
"""Share of the runs of four words that the story of a page and what nutgraf reads in it have in common."""
SELECTIONS = 2
"""Loose ones of each page."""
EDGES = (0, 2, 4, 8, 12, 25, 40)
"""Lines around a story that a selection takes along."""
USUAL = 60
"""Lines of a text that weighs what its kind weighs; longer ones weigh more by the square root only."""
K = len(LABELS)
ALLOWED = np.array([[(a, b) in STEPS for b in range(K)] for a in range(K)])


@dataclass
class Text:
    """Lines, the label of each, and the web site that they are from."""

    id: str
    site: str
    lines: list
    gold: list
    share: float
    """How much it counts, beside a text that people sorted."""
    text: str = ""

    def __post_init__(self):
        self.features = line_features([looked_at(line) for line in self.lines])
        self.weight = self.share * (USUAL / len(self.lines)) ** 0.5


@cache
def looked_at(line):
    return look_at(line, phrases())


@cache
def phrases():
    return phrase_table(load_pack("any").table("clutter"))


def rows(path):
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def lines_of(text):
    return [span.of(text) for span in split_lines(text)]


def gold_labels(lines, gold):
    """Index into LABELS of each line: a line is the story's where it stands in the gold text, in the gold's order."""
    story = taken(lines, gold)
    first, last = (story.index(True), len(story) - 1 - story[::-1].index(True)) if True in story else (len(lines),) * 2
    return [0 if i < first else 3 if i > last else 1 if yes else 2 for i, yes in enumerate(story)]


def pasted(path):
    for row in rows(path):
        lines = lines_of(row["text"])
        yield Text(row["id"], site(row["url"]), lines, gold_labels(lines, row["gold"]), 1.0, row["text"])


def clean(articles):
    """Articles with no clutter at all: the model must learn to leave them whole."""
    for row in articles:
        lines = lines_of(row["text"])
        yield Text(row["id"], row["id"], lines, [BODY] * len(lines), 0.3)


def grafted(hosts, articles):
    """News stories set into the pages of others, the clutter within a story at the same share of its length."""
    hosts = [host for host in hosts if BODY in host.gold]
    for n, row in enumerate(articles):
        host = hosts[n * 7 % len(hosts)]
        story = lines_of(row["text"])
        old = host.gold.count(BODY)
        lines, gold, passed, done = [], [], 0, 0
        for line, label in zip(host.lines, host.gold, strict=True):
            if label == BODY:
                passed += 1
                until = len(story) * passed // old
                lines += story[done:until]
                gold += [BODY] * (until - done)
                done = until
            else:
                lines.append(line)
                gold.append(label)
        yield Text(row["id"], host.site, lines, gold, 0.5)


def selections(pages):
    """Whole pages and loose selections of them, sorted by what nutgraf reads in the saved page."""
    chance = random.Random(1)
    for url, copied, story in pages:
        gold = gold_labels(copied, story)
        if len(story.split()) < LEAST_STORY or gold.count(BODY) < 2:
            continue
        where = site(url)
        if len(copied) <= MOST_LINES:
            yield Text(f"{url} page", where, copied, gold, FROM_PAGES)
        first, last = gold.index(BODY), len(gold) - gold[::-1].index(BODY)
        for number in range(SELECTIONS):
            chosen = slice(max(0, first - chance.choice(EDGES)), last + chance.choice(EDGES))
            yield Text(f"{url} {number}", where, copied[chosen], gold[chosen], FROM_PAGES)


def pieced(path):
    """(address, lines of a copy, story) of the pages of which people marked pieces, and all are on the right side."""
    for url, told in json.loads(Path(path).read_text("utf-8")).items():
        file = Path(path).parent / "eval" / told["file"]
        if file.exists() and file.stat().st_size <= LARGEST:
            copied, story = copy_and_story(decode(file.name, file.read_bytes())[0])
            if agrees(story, told):
                yield url, copied, story


def known(path):
    """(address, lines of a copy, story) of the pages whose story is known, and is what nutgraf reads in them."""
    for row in rows(path):
        page = gzip.decompress((Path(path).parent / row["html"]).read_bytes()).decode("utf-8", "replace")
        copied, story = copy_and_story(page)
        read, told = word_runs(story), word_runs(row["gold"])
        if (read & told).total() >= SAME * max(read.total(), told.total()):
            yield row["url"], copied, story


def copy_and_story(page):
    """The lines that a copy of a page would have, and the story that nutgraf reads in it."""
    try:
        copied = lines_of("\n".join(block.text for block in page_blocks(page_tree(page))))
        return copied, "\n".join(story_blocks(page_tree(page), extract(page), page_model()))
    except (etree.LxmlError, ValueError, TypeError, AttributeError):
        return [], ""


def word_runs(text):
    words = WORD.findall(plain(text))
    return Counter(zip(*(words[start:] for start in range(4)), strict=False))


def agrees(story, told):
    """Whether all pieces that people marked are on the right side."""
    small = story.casefold()
    return all(piece.casefold() in small for piece in told["with"] or ()) and not any(
        piece.casefold() in small for piece in told["without"] or ()
    )


def matrix(texts, index):
    """A row a line, a column a feature."""
    lines = [sorted({index[name] for name in found if name in index}) for text in texts for found in text.features]
    columns = np.array([i for own in lines for i in own], dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum([len(own) for own in lines])])
    return csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(lines), len(index)))


def batches(sizes, most=40_000):
    """Indices of texts of like length, so that little room is lost where they stand side by side."""
    batch = []
    for i in np.argsort(sizes, kind="stable"):
        if batch and (len(batch) + 1) * sizes[i] > most:
            yield batch
            batch = []
        batch.append(int(i))
    yield batch


def log_sum(x, axis):
    top = x.max(axis=axis, keepdims=True)
    return (top + np.log(np.exp(x - top).sum(axis=axis, keepdims=True))).squeeze(axis)


def expected(worth, mask, steps, weight):
    """(log partition a text, probability of the story a line, expected steps) by forward and backward sums."""
    N, L = worth.shape
    E = np.zeros((N, L, K))
    E[:, :, BODY] = worth
    T = np.where(ALLOWED, steps, NEVER)
    end = np.array([0, 0, NEVER, 0])
    above = np.zeros((N, L, K))
    above[:, 0] = E[:, 0] + np.array([0, 0, NEVER, NEVER])
    for t in range(1, L):
        new = log_sum(above[:, t - 1, :, None] + T, 1) + E[:, t]
        above[:, t] = np.where(mask[:, t, None], new, above[:, t - 1])
    below = np.zeros((N, L, K))
    below[:, -1] = end
    for t in range(L - 2, -1, -1):
        new = log_sum(T + (E[:, t + 1] + below[:, t + 1])[:, None, :], 2)
        below[:, t] = np.where(mask[:, t + 1, None], new, below[:, t + 1])
    total = log_sum(above[:, -1] + end, 1)
    story = np.exp(np.minimum(0, above[:, :, BODY] + below[:, :, BODY] - total[:, None])) * mask
    pairs = np.zeros((K, K))
    for a, b in STEPS:
        joint = above[:, :-1, a] + T[a, b] + E[:, 1:, b] + below[:, 1:, b] - total[:, None]
        pairs[a, b] = (np.exp(np.minimum(0, joint)) * mask[:, 1:] * weight[:, None]).sum()
    return total, story, pairs


def train(texts, l2, least=8, rounds=80):
    """Steps and weights that make the gold labels most likely (L-BFGS, an L2 penalty)."""
    counts = Counter(name for text in texts for found in text.features for name in set(found))
    index = {name: i for i, name in enumerate(sorted(name for name, n in counts.items() if n >= least))}
    X = matrix(texts, index)
    back = X.T.tocsr()
    sizes = np.array([len(text.lines) for text in texts])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    weight = np.array([text.weight for text in texts])
    line_weight = np.repeat(weight, sizes)
    gold = np.concatenate([[label == BODY for label in text.gold] for text in texts]).astype(float)
    gold_pairs = np.zeros((K, K))
    for text in texts:
        np.add.at(gold_pairs, (text.gold[:-1], text.gold[1:]), text.weight)
    places = []
    for batch in batches(sizes):
        mask = np.arange(max(sizes[batch])) < sizes[batch][:, None]
        places.append((batch, mask, (starts[batch][:, None] + np.arange(mask.shape[1]))[mask]))

    def loss(values):
        W, T = values[: len(index)], np.zeros((K, K))
        T[ALLOWED] = values[len(index) :]
        worth = X @ W
        story, pairs, cost = np.zeros(len(gold)), np.zeros((K, K)), 0.0
        for batch, mask, at in places:
            padded = np.zeros(mask.shape)
            padded[mask] = worth[at]
            total, chance, steps = expected(padded, mask, T, weight[batch])
            story[at] = chance[mask]
            pairs += steps
            cost += (total * weight[batch]).sum()
        cost += l2 / 2 * W @ W + 0.05 * (T * T).sum() - (worth * gold * line_weight).sum() - (gold_pairs * T).sum()
        return cost, np.concatenate(
            [back @ ((story - gold) * line_weight) + l2 * W, (pairs - gold_pairs + 0.1 * T)[ALLOWED]]
        )

    found = minimize(loss, np.zeros(len(index) + len(STEPS)), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    T = np.zeros((K, K))
    T[ALLOWED] = found.x[len(index) :]
    steps = {f"{LABELS[a]} {LABELS[b]}": round(float(T[a, b]), 2) for a, b in sorted(STEPS)}
    weights = {name: round(float(found.x[i]), 2) for name, i in index.items() if abs(found.x[i]) >= 0.03}
    return {"steps": steps, "weights": weights}


def predicted(texts, model):
    """What the whole sorting of blocks makes of texts by these weights."""
    for text in texts:
        language = detect_language(text.text)
        pack = packs(language if language in known_languages() else "any")
        story = sort_blocks(Article(text.id, text.text), replace(pack, tables={**pack.tables, "lines": model}))
        yield {"id": text.id, "body": body_of(story)}


packs = cache(load_pack)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pasted")
    parser.add_argument("--clean")
    parser.add_argument("--pages")
    parser.add_argument("--more", action="append", default=[])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--predict")
    parser.add_argument("--out")
    parser.add_argument("--l2", type=float, default=4.0)
    parser.add_argument("--graft", type=int, default=120)
    args = parser.parse_args()
    texts = list(pasted(args.pasted))
    extra = list(selections(pieced(args.pages))) if args.pages else []
    for path in args.more:
        extra += selections(known(path))
    if args.clean:
        articles = rows(args.clean)
        extra += [*clean(articles[:60]), *grafted(texts, articles[60 : 60 + args.graft])]
    print(f"{len(texts)} pasted texts, {len(extra)} others", flush=True)
    if args.folds:
        sites, found = sorted({text.site for text in texts}), []
        if args.seed:
            random.Random(args.seed).shuffle(sites)
        for fold in range(args.folds):
            held = set(sites[fold :: args.folds])
            model = train([text for text in texts + extra if text.site not in held], args.l2)
            found += predicted([text for text in texts if text.site in held], model)
        Path(args.predict).write_text("".join(json.dumps(row) + "\n" for row in found), "utf-8")
    if args.out:
        model = train(texts + extra, args.l2)
        Path(args.out).write_text(HEAD + yaml.safe_dump(model, allow_unicode=True, sort_keys=False), "utf-8")


if __name__ == "__main__":
    main()
