"""Values that every format writes in its own way."""

import pytest

from nutgraf.formats.metadata import day_in_address, iso_day, without_tags


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


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://post.example/2021/03/04/ferry-sails", "2021-03-04"),
        ("https://post.example/news/2021/mar/4/ferry/", "2021-03-04"),
        ("https://post.example/ferry-sails-2021-03-04.html", "2021-03-04"),
        ("https://post.example/2021/13/04/ferry", None),
        ("https://post.example/12021/03/045/ferry", None),
        ("https://post.example/2021/03/ferry", None),
        (None, None),
    ],
)
def test_days_in_addresses(address: str | None, day: str | None) -> None:
    assert day_in_address(address) == day


def test_a_description_without_markup() -> None:
    assert without_tags('The ferry <b>sails</b> again, 3 < 4 [<a class="x" href="#">more</a>]') == (
        "The ferry sails again, 3 < 4 [ more ]"
    )
