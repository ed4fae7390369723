"""What is read without pydantic is what pydantic reads."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from nutgraf.formats.page import FRONTS
from nutgraf.formats.plain_values import plainly
from nutgraf.model.brief import FrontMatter

NUMBERS = ("0", "-0", "007", "12", "-3", "+4", "1.5", "1.50", "2.0", "1e3", "1_0", " 5 ", "9" * 30, "nan", "٣", "inf")
scalars = st.none() | st.text(max_size=3) | st.sampled_from(("a", "direct", "person", "\ud800", *NUMBERS))
lists = st.lists(scalars, max_size=2)


def mappings(*keys: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(keys), scalars | lists, max_size=4)


numbers = st.fixed_dictionaries(
    {"text": st.just("x")}, optional={key: st.sampled_from(NUMBERS) for key in ("value", "low")}
)
items = numbers | mappings("text", "value", "by", "kind", "name", "date", "aka", "headline", "oddly")
fronts = st.fixed_dictionaries(
    {"headline": scalars, "date": st.just("2031-01-02")},
    optional={
        "status": scalars | st.sampled_from(("draft", "published")),
        "topics": lists,
        "figures": st.lists(items, max_size=2),
        "quotes": st.lists(items, max_size=2),
        "actors": st.lists(items, max_size=2) | scalars,
    },
)
pages = st.fixed_dictionaries(
    {"name": st.text(max_size=3)},
    optional={"aliases": lists, "type": scalars, "latitude": st.sampled_from(NUMBERS), "terms": lists},
)


@given(fronts)
def test_briefs(value: dict[str, Any]) -> None:
    plain = plainly(FrontMatter, value)
    assert plain is None or repr(plain) == repr(TypeAdapter(FrontMatter).validate_python(value))


@given(pages, st.sampled_from(tuple(FRONTS.values())))
def test_pages(value: dict[str, Any], model: type) -> None:
    plain = plainly(model, value)
    assert plain is None or repr(plain) == repr(TypeAdapter(model).validate_python(value))


@pytest.mark.parametrize("number", ["0", "12", "-3", "1.5"])
def test_common_values_are_in_no_doubt(number: str) -> None:
    figure = {"value": number, "what": "ships", "text": "some ships"}
    front = {"headline": "A", "date": "2031-01-02", "status": "draft", "topics": ["a"], "figures": [figure]}
    assert plainly(FrontMatter, front) == TypeAdapter(FrontMatter).validate_python(front)
    place = {"name": "Vell", "type": "place", "latitude": number}
    assert plainly(FRONTS["actor"], place) == TypeAdapter(FRONTS["actor"]).validate_python(place)
