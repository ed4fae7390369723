"""Long lists in parts: nothing lost, nothing twice, no page too long, and few pages touched by a new brief."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.model.config import Config
from nutgraf.model.views import BriefView, PageView
from nutgraf.site.related import NEIGHBOURS
from nutgraf.site.views.chapters import PERIODS, divide, leaves, period_label
from tests.site.sites import library, story, words
from tests.whole_site import build_views

WORDS = words()
DAYS = st.dates().map(str)
KEYS = st.lists(st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4])), max_size=60)


@given(KEYS, st.integers(1, 9))
def test_every_member_stands_on_one_page_and_no_page_is_too_long(keys: list[str], most: int) -> None:
    pairs = [(key, (key, number)) for number, key in enumerate(sorted(keys, reverse=True))]
    whole = divide(pairs, most, PERIODS)
    front, *parts = leaves(whole, "/x/", "/x/", "X", lambda key: period_label(key, WORDS), [])
    pages = [front, *parts]
    assert sorted(item for page in pages for item in page.items) == sorted(item for _, item in pairs)
    assert all(len(page.items) <= most for page in pages)
    urls = [page.url for page in (front, *parts)]
    assert len(set(urls)) == len(urls)
    linked = {link.url for page in (front, *parts) for link in page.chapter.parts}
    assert linked == {page.url for page in parts}


@given(KEYS, st.integers(1, 9), DAYS)
def test_a_newcomer_moves_nobody_on_pages_that_stay(keys: list[str], most: int, day: str) -> None:
    def pages(some: list[str]) -> dict[str, tuple[str, ...]]:
        whole = divide([(key, key) for key in sorted(some)], most, PERIODS)
        return {leaf.url: leaf.items for leaf in leaves(whole, "/x/", "/x/", "X", str, [])}

    before, after = pages(keys), pages([*keys, day])
    for url in before.keys() & after.keys() - {"/x/"}:
        key = url.removeprefix("/x/").rstrip("/").partition(".")[0]
        assert before[url] == after[url] or day.startswith(key)


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("203", "2030s"),
        ("2031", "2031"),
        ("2031-02", "February 2031"),
        ("2031-02-0", "1 to 9 February 2031"),
        ("2031-02-2", "20 to 28 February 2031"),
        ("2031-02-11.2", "11 February 2031 (2)"),
    ],
)
def test_periods_read(key: str, label: str) -> None:
    assert period_label(key, WORDS) == label


def many(count: int) -> dict[str, str]:
    """Briefs over five months that all name, quote and count the same."""
    return {
        f"content/briefs/story-{n}.md": story(
            f"""
topics: [ports]
actors:
- {{name: Ada Brandt, kind: person}}
- {{name: Person {"abcdefghij"[n % 10] * 3} {n}, kind: person}}
figures:
- {{value: {n}, what: ships, text: "{n} ships"}}
quotes:
- {{by: Ada Brandt, text: "We counted {n}"}}
sources:
- {{name: Northwire, kind: agency, text: "(Northwire)"}}
dates:
- {{date: 2031-0{1 + n % 5}-{1 + n % 28:02d}, what: a count, text: "that day"}}
""",
            f"(Northwire) “We counted {n},” Ada Brandt said that day, of {n} ships.",
            f"Story {n}",
            f"2031-0{1 + n % 5}-{1 + n % 28:02d}",
        )
        for n in range(count)
    }


def pages(files: dict[str, str]) -> dict[str, PageView]:
    views = [view for _, view in build_views(library(files), Config(), "2031-12-31", False, WORDS).pages]
    assert len({view.head.url for view in views}) == len(views)
    return {view.head.url: view for view in views}


def test_no_page_grows_with_the_site_and_a_new_brief_changes_few() -> None:
    files = many(450)
    before = pages(files)
    longest = max(len(str(view)) for view in pages(many(225)).values())
    assert max(len(str(view)) for view in before.values()) < 1.25 * longest
    assert {"/archive/2031-05/", "/figures/2031-01/", "/actors/ada-brandt/2031-05/", "/a-z/actors/p/"} <= {*before}
    new = story("actors:\n- {name: Ada Brandt, kind: person}", "Ada Brandt rests.", "Rest", "2031-05-28")
    after = pages(files | {"content/briefs/rest.md": new})
    changed = {url for url in after if after[url] != before.get(url)}
    related = {url for url in changed if isinstance(after[url], BriefView) and url in before}
    assert len(related) <= 2 * NEIGHBOURS
    assert changed - related == {
        "/",
        "/briefs/",
        "/briefs/rest/",
        "/archive/2031-05/",
        "/actors/",
        "/actors/ada-brandt/",
        "/actors/ada-brandt/2031-05-2/",
        "/a-z/search/r/",
        "/search/",
        "/about/",
        "/404.html",
    }
