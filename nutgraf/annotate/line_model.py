"""Which lines of a text are the story: a linear-chain conditional random field.

Its weights are in languages/any/lines.yaml, made by bench/train_lines.py.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

LABELS = ("before", "body", "between", "after")
"""What the line model tells apart: clutter above, the story, clutter within it, clutter below."""
BEFORE, BODY, BETWEEN, AFTER = range(4)
STEPS = ((0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 1), (1, 3), (3, 3))
"""Which label may follow which; a text starts with `before` or `body` and never ends with `between`."""
INTO = tuple(tuple(a for a, b in STEPS if b == label) for label in range(4))
OUT_OF = tuple(tuple(b for a, b in STEPS if a == label) for label in range(4))
NEVER = -1e9


def sort_lines(features: Sequence[Sequence[str]], model: Mapping[str, Any]) -> list[int]:
    """The label of each line: the story's by its probability, the rest by where the story stands."""
    story = [chance > 0.5 for chance in chances(features, model)]
    if True not in story:
        return [BEFORE] * len(story)
    first, last = story.index(True), len(story) - 1 - story[::-1].index(True)
    return [BODY if yes else BEFORE if i < first else AFTER if i > last else BETWEEN for i, yes in enumerate(story)]


def chances(features: Sequence[Sequence[str]], model: Mapping[str, Any]) -> list[float]:
    """How likely each line is the story's (forward-backward). Only `body` has weights of its own."""
    if not features:
        return []
    weights = model["weights"]
    worth = [sum(weights.get(name, 0.0) for name in row) for row in features]
    cost = {step: model["steps"][f"{LABELS[step[0]]} {LABELS[step[1]]}"] for step in STEPS}
    above = [[0.0, worth[0], NEVER, NEVER]]
    for here in worth[1:]:
        row = [_log_sum([above[-1][a] + cost[a, b] for a in INTO[b]]) for b in range(4)]
        row[BODY] += here
        above.append(row)
    below = [[0.0, 0.0, NEVER, 0.0]]
    for here in worth[:0:-1]:
        after = below[-1].copy()
        after[BODY] += here
        below.append([_log_sum([cost[a, b] + after[b] for b in OUT_OF[a]]) for a in range(4)])
    total = _log_sum([a + b for a, b in zip(above[-1], below[0], strict=True)])
    return [math.exp(min(0.0, up[BODY] + down[BODY] - total)) for up, down in zip(above, reversed(below), strict=True)]


def _log_sum(values: Sequence[float]) -> float:
    """The logarithm of a sum of powers."""
    highest = max(values)
    return highest + math.log(sum(math.exp(value - highest) for value in values))
