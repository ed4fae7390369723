"""Which lines of a text are the story: a linear-chain conditional random field.

Its weights are in languages/any/lines.yaml, made by bench/train_lines.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any

LABELS = ("before", "body", "between", "after")
"""What the line model tells apart: clutter above, the story, clutter within it, clutter below."""
BEFORE, BODY, BETWEEN, AFTER = range(4)
STEPS = frozenset({(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 1), (1, 3), (3, 3)})
"""Which label may follow which; a text starts with `before` or `body`."""


def best_path(features: Sequence[Sequence[str]], model: Mapping[str, Any]) -> list[int]:
    """The most probable labels of the lines (Viterbi), as indices into `LABELS`. Only `body` has weights of its own."""
    if not features:
        return []
    weights = model["weights"]
    cost = {step: model["steps"][f"{LABELS[step[0]]} {LABELS[step[1]]}"] for step in STEPS}
    score = [0.0, _body_score(features[0], weights), float("-inf"), float("-inf")]
    back: list[list[int]] = []
    for row in features[1:]:
        came = [max((a for a in range(4) if (a, b) in STEPS), key=lambda a: score[a] + cost[a, b]) for b in range(4)]
        score = [score[came[b]] + cost[came[b], b] for b in range(4)]
        score[BODY] += _body_score(row, weights)
        back.append(came)
    path = [max((BODY, AFTER), key=lambda k: score[k])]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]


def _body_score(row: Sequence[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) for name in row)
