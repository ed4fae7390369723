"""Whether a name is an actor's, and of what kind: learned weights over all that a document tells of it."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nutgraf.annotate.contexts import context_features
from nutgraf.annotate.lexicon import Lexicon
from nutgraf.annotate.traits import Traits
from nutgraf.annotate.votes import BODY, OTHER, PERSON, PLACE
from nutgraf.annotate.words import Passage

if TYPE_CHECKING:
    from nutgraf.annotate.actors import Entry

KINDS = (PERSON, BODY, PLACE)
CLASSES = (*KINDS, OTHER)
FARTHEST = 6.0
"""Bound of what the contexts of all mentions say, as a logarithm."""


class Judge:
    """Multinomial logistic regression in two steps: over the contexts of all mentions, then over the whole entry.

    The weights are those of one language, three a context (person, organisation, place) and four a trait (other as
    well); a judge without weights is false.
    """

    def __init__(self, lexicon: Lexicon, table: Mapping[str, Any]) -> None:
        self.lexicon, self.traits = lexicon, Traits(lexicon)
        self.contexts: Mapping[str, Sequence[float]] = table.get("contexts", {})
        self.weights: Mapping[str, Sequence[float]] = table.get("traits", {})

    def __bool__(self) -> bool:
        return bool(self.weights)

    def chances(self, entry: "Entry", texts: Sequence[Passage], plain: Mapping[str, int]) -> dict[str, float]:
        """How likely each kind is, and that the name is no actor's ("other"); they add up to 1."""
        features = self.features(entry, texts, plain)
        sums = _weighed(self.weights, features, len(CLASSES))
        highest = max(sums)
        powers = [math.exp(total - highest) for total in sums]
        return {kind: power / sum(powers) for kind, power in zip(CLASSES, powers, strict=True)}

    def features(self, entry: "Entry", texts: Sequence[Passage], plain: Mapping[str, int]) -> dict[str, float]:
        """The traits of an entry, and what the contexts of its mentions say together."""
        counts: dict[str, float] = {}
        for each in entry.found:
            for feature in context_features(each, texts[each.passage].words, self.lexicon):
                counts[feature] = counts.get(feature, 0.0) + 1
        sums = _weighed(self.contexts, counts, len(KINDS))
        scale, mean = math.sqrt(len(entry.found)), sum(sums) / len(sums)
        told = {
            f"context {kind}": max(-FARTHEST, min(FARTHEST, (total - mean) / scale))
            for kind, total in zip(KINDS, sums, strict=True)
        }
        return self.traits.of(entry, texts, plain) | told


def _weighed(weights: Mapping[str, Sequence[float]], features: Mapping[str, float], size: int) -> list[float]:
    sums = [0.0] * size
    for feature, value in features.items():
        for k, weight in enumerate(weights.get(feature, ())):
            sums[k] += weight * value
    return sums
