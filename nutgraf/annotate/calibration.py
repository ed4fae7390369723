"""From a classifier's score to a probability, along a monotone curve that was fitted on held-out rows.

Isotonic regression (Zadrozny and Elkan, 2002), shipped as a few points with straight lines between them.
"""

from bisect import bisect_right
from collections.abc import Sequence

Curve = Sequence[tuple[float, float]]
"""(score, probability) pairs, rising in both."""


def calibrated(score: float, curve: Curve) -> float:
    """The probability for a score, 0 to 1; the score itself where there is no curve."""
    if not curve:
        return score
    at = bisect_right([s for s, _ in curve], score)
    if at in (0, len(curve)):
        return curve[0][1] if at == 0 else curve[-1][1]
    (left, low), (right, high) = curve[at - 1], curve[at]
    return low + (high - low) * (score - left) / (right - left)
