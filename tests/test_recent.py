"""What a bounded mapping remembers."""

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.model.recent import Recent


@given(st.lists(st.integers(0, 9)), st.integers(1, 4))
def test_the_values_used_last_are_there_and_at_most_twice_as_many(used: list[int], size: int) -> None:
    recent: Recent[int, str] = Recent(size)
    for key in used:
        if recent.get(key) is None:
            recent[key] = str(key)
    latest = list(dict.fromkeys(reversed(used)))
    kept = {*recent._younger, *recent._older}  # asking would renew them
    assert set(latest[:size]) <= kept
    assert len(kept) <= 2 * size
