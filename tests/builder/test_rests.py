"""Which plans rest on a facet is the same, whether it was noted while they were made or afterwards."""

from array import array

import pytest

from nutgraf.builder import rests
from nutgraf.builder.made import Made
from nutgraf.builder.rests import Rests

PLANS = [Made(f"plan {n}", array("I", [7, n, 2**31 + n]).tobytes(), ()) for n in range(1000)]


@pytest.mark.parametrize("ahead", [0, 100, 10_000])
def test_plans_that_are_too_many_to_be_noted_at_once_are_noted_at_the_end(
    ahead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rests, "AHEAD", ahead)
    found = Rests(None)
    for start in range(0, len(PLANS), 100):
        found.begin(PLANS[start : start + 100])
    found.renew({plan.name: plan for plan in PLANS}, lambda: PLANS)
    assert found.of([2**31 + 500]) == {"plan 500"}
    assert found.of([7]) == {plan.name for plan in PLANS}
