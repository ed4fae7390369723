"""Trains the line model: a linear-chain conditional random field (Lafferty, McCallum and Pereira, ICML 2001).

    python bench/train_lines.py PASTED.jsonl --clean ARTICLES.jsonl --out nutgraf/languages/any/lines.yaml
    python bench/train_lines.py PASTED.jsonl --clean ARTICLES.jsonl --folds 4 --predict PREDICTIONS.jsonl

The second form says what the model makes of web sites it has not seen. Rows of PASTED have `text`, `gold` (the story)
and `url`; ARTICLES are stories without clutter, used as they are and set into the pages of others (--graft of them).
"""
# ruff: noqa: N806 (matrices in capitals, as in the paper)

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import yaml

from nutgraf.annotate.line_model import BODY, LABELS, STEPS, best_path
from nutgraf.annotate.lines import split_lines
from nutgraf.layout import features, look_at, phrase_table, plain

CLUTTER = Path("nutgraf/languages/any/clutter.yaml")
WORD = re.compile(r"\w+")


def lines_of(text):
    return [span.of(text) for span in split_lines(text)]


def gold_labels(lines, gold):
    """Index into LABELS of each line: a line is the story's where its words follow one another in the gold text."""
    words = WORD.findall(plain(gold))
    grams = {tuple(words[i : i + 4]) for i in range(len(words) - 3)}
    whole = {tuple(WORD.findall(plain(part))) for part in gold.split("\n")}
    story = []
    for line in lines:
        own = WORD.findall(plain(line))
        mine = [tuple(own[i : i + 4]) for i in range(len(own) - 3)]
        if len(mine) >= 4:
            story.append(sum(g in grams for g in mine) >= 0.6 * len(mine))
        else:
            story.append(None if tuple(own) in whole else False)
    sure = [i for i, s in enumerate(story) if s]
    # the lede often stands above itself as a standfirst: of two copies the later one is the story's
    seen = {}
    for i in sure:
        key = " ".join(WORD.findall(plain(lines[i])))
        if key in seen:
            story[seen[key]] = False
        seen[key] = i
    sure = [i for i, s in enumerate(story) if s]
    first, last = (sure[0], sure[-1]) if sure else (len(lines), len(lines))
    return [label(i, s, first, last) for i, s in enumerate(story)]


def label(i, story, first, last):
    if i < first:
        return 0
    if i > last:
        return 3
    return 1 if story is None or story else 2


def encode(docs, index):
    width = max(len(d["feats"]) for d in docs)
    size = max((len(f) for d in docs for f in d["feats"]), default=1)
    ids = np.full((len(docs), width, size), len(index), dtype=np.int32)
    gold = np.zeros((len(docs), width), dtype=np.int32)
    mask = np.zeros((len(docs), width), dtype=bool)
    for n, d in enumerate(docs):
        for t, f in enumerate(d["feats"]):
            known = [index[x] for x in f if x in index]
            ids[n, t, : len(known)] = known
            gold[n, t] = d["gold"][t]
            mask[n, t] = True
    return ids, gold, mask


def log_sum(x, axis):
    top = x.max(axis=axis, keepdims=True)
    return (top + np.log(np.exp(x - top).sum(axis=axis, keepdims=True))).squeeze(axis)


def train(docs, l2=3.0, rounds=90, least=12):
    counts = Counter(x for d in docs for f in d["feats"] for x in set(f))
    names = sorted(x for x, n in counts.items() if n >= least)
    index = {x: i for i, x in enumerate(names)}
    K = len(LABELS)
    allowed = np.array([[(a, b) in STEPS for b in range(K)] for a in range(K)])
    start_ok = np.array([True, True, False, False])
    W = np.zeros(len(names) + 1)
    T = np.zeros((K, K))
    m1, m2 = [np.zeros_like(W), np.zeros_like(T)], [np.zeros_like(W), np.zeros_like(T)]
    ids, gold, mask = encode(docs, index)
    N, L, _ = ids.shape
    weight = np.array([d["weight"] for d in docs])
    lens = mask.sum(1)
    total = (lens * weight).sum()
    flat = ids.reshape(N * L, -1)
    for step in range(1, rounds + 1):
        E = np.zeros((N, L, K))
        E[:, :, BODY] = W[flat].sum(1).reshape(N, L)
        TT = np.where(allowed, T, -1e9)
        alpha = np.zeros((N, L, K))
        alpha[:, 0] = E[:, 0] + np.where(start_ok, 0, -1e9)
        for t in range(1, L):
            new = log_sum(alpha[:, t - 1, :, None] + TT[None], 1) + E[:, t]
            alpha[:, t] = np.where(mask[:, t, None], new, alpha[:, t - 1])
        logz = log_sum(alpha[:, -1], 1)
        beta = np.zeros((N, L, K))
        for t in range(L - 2, -1, -1):
            new = log_sum(TT[None] + (E[:, t + 1] + beta[:, t + 1])[:, None, :], 2)
            beta[:, t] = np.where(mask[:, t + 1, None], new, 0)
        P = np.exp(np.clip(alpha + beta - logz[:, None, None], -50, 0)) * mask[:, :, None]
        Y = np.eye(K)[gold] * mask[:, :, None]
        D = ((P - Y) * weight[:, None, None])[:, :, BODY].ravel()
        gW = np.bincount(flat.ravel(), weights=np.repeat(D, flat.shape[1]), minlength=len(W))[: len(W)]
        pair = np.zeros((K, K))
        for t in range(1, L):
            joint = alpha[:, t - 1, :, None] + TT[None] + (E[:, t] + beta[:, t])[:, None, :] - logz[:, None, None]
            exp = np.exp(np.clip(joint, -50, 0)) * (mask[:, t] * weight)[:, None, None]
            pair += exp.sum(0)
            ok = mask[:, t]
            np.add.at(pair, (gold[ok, t - 1], gold[ok, t]), -weight[ok])
        gW = (gW + l2 * W) / total
        gT = np.where(allowed, pair + l2 * T, 0) / total
        gW[-1] = 0
        rate = 0.15 * (1 - step / (rounds + 1))
        for n, (param, grad) in enumerate(((W, gW), (T, gT))):
            m1[n] = 0.9 * m1[n] + 0.1 * grad
            m2[n] = 0.99 * m2[n] + 0.01 * grad**2
            param -= rate * (m1[n] / (1 - 0.9**step)) / (np.sqrt(m2[n] / (1 - 0.99**step)) + 1e-9)
    steps = {f"{LABELS[a]} {LABELS[b]}": round(float(T[a, b]), 2) for a, b in sorted(STEPS)}
    return {"steps": steps, "weights": {x: round(float(W[i]), 2) for x, i in index.items() if abs(W[i]) >= 0.02}}


def site(url):
    return ".".join(urlsplit(url).netloc.split(".")[-2:])


def load(path, phrases):
    docs = []
    for row in map(json.loads, Path(path).read_text().splitlines()):
        lines = lines_of(row["text"])
        feats = features([look_at(x, phrases) for x in lines])
        gold = gold_labels(lines, row["gold"])
        docs.append(
            {"id": row["id"], "lines": lines, "feats": feats, "gold": gold, "site": site(row["url"]), "weight": 1.0}
        )
    return docs


def clean_docs(path, phrases, most):
    """Articles with no clutter at all: the model must learn to leave them whole."""
    for row in list(map(json.loads, Path(path).read_text().splitlines()))[:most]:
        lines = lines_of(row["text"])
        feats = features([look_at(x, phrases) for x in lines])
        gold = [BODY] * len(lines)
        yield {"id": row["id"], "lines": lines, "feats": feats, "gold": gold, "site": row["id"], "weight": 0.3}


def grafted(docs, path, phrases, most):
    """News stories set into the pages of others, the clutter within a story at the same share of its length."""
    articles = list(map(json.loads, Path(path).read_text().splitlines()))[60 : 60 + most]
    hosts = [d for d in docs if BODY in d["gold"]]
    for n, row in enumerate(articles):
        host = hosts[n * 7 % len(hosts)]
        story = lines_of(row["text"])
        old = [g for g in host["gold"] if g == BODY]
        lines, gold, passed, done = [], [], 0, 0
        for line, g in zip(host["lines"], host["gold"], strict=True):
            if g == BODY:
                passed += 1
                until = len(story) * passed // len(old)
                lines += story[done:until]
                gold += [BODY] * (until - done)
                done = until
            else:
                lines.append(line)
                gold.append(g)
        feats = features([look_at(x, phrases) for x in lines])
        yield {"id": row["id"], "lines": lines, "feats": feats, "gold": gold, "site": host["site"], "weight": 0.5}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pasted")
    parser.add_argument("--clean")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--predict")
    parser.add_argument("--out")
    parser.add_argument("--l2", type=float, default=50.0)
    parser.add_argument("--graft", type=int, default=120)
    args = parser.parse_args()
    phrases = phrase_table(yaml.safe_load(CLUTTER.read_text()))
    docs = load(args.pasted, phrases)
    extra = list(clean_docs(args.clean, phrases, 60)) if args.clean else []
    if args.clean:
        extra += grafted(docs, args.clean, phrases, args.graft)
    if args.folds:
        sites = sorted({d["site"] for d in docs})
        out = []
        for fold in range(args.folds):
            held = set(sites[fold :: args.folds])
            model = train([d for d in docs + extra if d["site"] not in held], args.l2)
            for d in docs:
                if d["site"] in held:
                    path = best_path(d["feats"], model)
                    body = "\n\n".join(x for x, label in zip(d["lines"], path, strict=True) if label == BODY)
                    out.append({"id": d["id"], "body": body, "path": path, "gold": d["gold"]})
        Path(args.predict).write_text("".join(json.dumps(o) + "\n" for o in out))
    if args.out:
        model = train(docs + extra, args.l2)
        text = "# Weights of the line model (bench/train_lines.py): how much each feature speaks for the story.\n"
        Path(args.out).write_text(text + yaml.safe_dump(model, allow_unicode=True, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
