"""Values that every format writes in its own way."""

import pytest

from nutgraf.formats.metadata import iso_day


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-03-04", "2021-03-04"),
        ("2021-03-04T23:30:00-05:00", "2021-03-04"),
        ("20210304T2330Z", "2021-03-04"),
        ("Thu, 4 Mar 2021 23:30:00 GMT", "2021-03-04"),
        ("0001-01-01T00:00:00", None),
        ("2021-13-04", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_days(written: str | None, day: str | None) -> None:
    assert iso_day(written) == day
