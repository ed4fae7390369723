"""Related briefs: those that are taken from the last time are those that would be found."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.model.config import Config
from nutgraf.site import related
from nutgraf.site.link import Site, grouped, link
from nutgraf.site.related import Related, relate
from tests.site.sites import library, story, words

WORDS = words()
NAMES = ("Ann Lee", "Bo Diaz", "Cy Tam", "Ports Union", "Vell", "Ann LEE")
people = st.sampled_from(NAMES)
actors = st.builds(
    "- {{name: {}, kind: {}, role: {}}}".format,
    people,
    st.sampled_from(["person", "place"]),
    st.sampled_from(["head of ports", "chair"]),
)
figures = st.builds(
    lambda value, what, when, by: (
        f'- {{value: {value}, what: {what}, when: "{when}", by: {by}, text: "{value} boats"}}'
    ),
    st.integers(1, 3),
    st.sampled_from(["boats", "votes"]),
    st.sampled_from(["2031-05", "2031-06"]),
    people,
)
quotes = st.builds('- {{by: {}, cue: said, text: "We heard {}"}}'.format, people, people)


@st.composite
def briefs(draw: st.DrawFn) -> str:
    lists = {
        "actors": draw(st.lists(actors, max_size=4, unique_by=lambda line: line.split(",")[0])),
        "figures": draw(st.lists(figures, max_size=2)),
        "quotes": draw(st.lists(quotes, max_size=2)),
    }
    topics = draw(st.lists(st.sampled_from(["ports", "votes", "Votes"]), max_size=2, unique=True))
    front = f"topics: [{', '.join(topics)}]\n"
    front += "".join(f"{name}:\n" + "\n".join(lines) + "\n" for name, lines in lists.items() if lines)
    body = " ".join(line.split('text: "')[1].removesuffix('"}') + "." for line in [*lists["figures"], *lists["quotes"]])
    return story(front, f"{' and '.join(NAMES)} met. {body}", day=f"2031-05-{draw(st.integers(1, 9)):02}")


sites = st.dictionaries(st.sampled_from("abcdefgh"), briefs(), min_size=3, max_size=8)


def linked(texts: Mapping[str, str]) -> Site:
    return link(library({f"content/briefs/{s}.md": text for s, text in texts.items()}), Config(), "2099", True, WORDS)


def found(site: Site, last: Mapping[str, Related]) -> Mapping[str, Related]:
    listed = [site.listed(slug) for slug in site.days]
    return relate(listed, grouped(listed), site.called, WORDS, last)


@given(sites, sites, st.data())
def test_what_is_taken_from_the_last_time_is_what_would_be_found(
    one: Mapping[str, str], other: Mapping[str, str], data: st.DataObject
) -> None:
    changed = data.draw(st.sets(st.sampled_from(sorted({*one, *other})), max_size=3))
    old, new = data.draw(st.tuples(people, people))
    after = {slug: (other if slug in changed else one).get(slug, "").replace(old, new) for slug in {*one, *changed}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(related, "NEIGHBOURS", 2)
        patch.setattr(related, "MOST", 2)
        site = linked({slug: text for slug, text in after.items() if text})
        assert found(site, found(linked(one), {})) == found(site, {})


def test_only_what_a_change_touches_is_found_again() -> None:
    def told(topic: str) -> str:
        return story(f"topics: [{topic}]\nactors:\n- {{name: Ann Lee, kind: person}}", "Ann Lee spoke.")

    alone = story("topics: [votes]\nactors:\n- {name: Bo Diaz, kind: person}", "Bo Diaz spoke.")
    texts = {"a": told("ports"), "b": told("ports"), "c": alone, "d": alone}
    before, after = (found(linked(texts | {"a": told(topic)}), {}) for topic in ("ports", "boats"))
    assert {slug for slug in texts if before[slug] != after[slug]} == {"a", "b"}
    renamed = linked({slug: text.replace("Ann Lee", "Ann LEE") for slug, text in texts.items()})
    assert found(renamed, before) == found(renamed, {}) != before
