"""Briefs: what is written reads back the same, and what cannot be read says where and why."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.formats.brief import parse_brief, write_brief
from nutgraf.formats.merge import merge_brief
from nutgraf.model.brief import Actor, DatedEvent, Figure, FrontMatter, Proposal, Quote, Source

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
actors = st.builds(
    Actor,
    texts,
    st.sampled_from(["person", "organisation", "place", "other"]),
    st.none() | texts,
    st.lists(texts, max_size=2).map(tuple),
)
numbers = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False)
figures = st.builds(
    Figure, texts, st.none() | numbers, unit=st.none() | texts, what=st.none() | texts, near=st.none() | texts
)
quotes = st.builds(
    Quote,
    texts | st.lists(texts, min_size=1, max_size=3).map(tuple),
    st.none() | texts,
    kind=st.sampled_from(["direct", "mixed", "indirect"]),
)
sources = st.builds(Source, texts, st.sampled_from(["agency", "cited", "unnamed"]), st.none() | texts)
dates = st.builds(DatedEvent, texts, texts, st.none() | texts)


def some(items: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(items, max_size=4).map(tuple)


fronts = st.builds(
    FrontMatter,
    texts,
    texts,
    st.none() | texts,
    topics=some(texts),
    actors=some(actors),
    figures=some(figures),
    quotes=some(quotes),
    sources=some(sources),
    dates=some(dates),
)


@given(fronts)
def test_written_brief_reads_back(front: FrontMatter) -> None:
    brief, problems = parse_brief(write_brief(front, "The body."), "content/briefs/a.md")
    assert problems == ()
    assert brief is not None and brief.front == front
    assert brief.body.plain == "The body."


def test_deep_nesting_never_reaches_libyaml() -> None:
    for text in ("[" * 100_000, "{a: " * 100_000, "- " * 100_000, "[\n" * 100_000):
        brief, problems = parse_brief(f"---\nheadline: {text}\n---\n", "brief.md")
        assert brief is None and problems


def test_bom_and_crlf_are_read() -> None:
    text = write_brief(FrontMatter("Head", "2022-04-20"), "Body.").replace("\n", "\r\n")
    brief, problems = parse_brief("\ufeff" + text, "brief.md")
    assert [p.code for p in problems] == ["unusual-layout"]
    assert brief is not None and brief.body.plain == "Body."


# ------------------------------------------------------------------ annotating again


def proposal(front: FrontMatter, body: str = "Body.") -> Proposal:
    return Proposal("a.txt", "0", "test", front, body)


@given(fronts, fronts)
def test_a_second_run_changes_nothing(old: FrontMatter, new: FrontMatter) -> None:
    text = write_brief(old, "Body.")
    first = merge_brief(text, proposal(old), proposal(new), "a.md")
    again = merge_brief(first.text, proposal(new), proposal(new), "a.md")
    assert again.text == first.text and not again.conflicts


@given(fronts, fronts)
def test_no_value_of_a_person_is_lost(old: FrontMatter, new: FrontMatter) -> None:
    by_hand = Actor("Added By Hand", "person", "a role nobody else has")
    mine = replace(
        old, headline="My own headline", actors=(*old.actors, by_hand), reviewed="2022-04-21", status="published"
    )
    text = write_brief(mine, "My own body.")
    merged, problems = parse_brief(merge_brief(text, proposal(old), proposal(new), "a.md").text, "a.md")
    assert merged is not None, problems
    assert merged.front.headline == "My own headline" or new.headline == "My own headline"
    assert by_hand in merged.front.actors
    assert merged.front.reviewed == "2022-04-21" and merged.front.status == "published"
    assert merged.body.plain == "My own body."


def test_deleted_stays_deleted_changed_stays_changed_untouched_follows() -> None:
    ann, bob, old = Actor("Ann", "person"), Actor("Bob", "person"), FrontMatter("Head", "2022-04-20")
    base = replace(old, actors=(ann, bob, Actor("Cy", "person", "mayor")))
    new = replace(old, actors=(ann, bob, Actor("Cy", "person", "mayor of Ulm"), Actor("Di", "person")))
    text = write_brief(base, "Body.").replace(
        "- {name: Ann, kind: person}\n", "# a comment of mine\n- {name: Ann, kind: other}  # sure\n"
    )
    text = text.replace("- {name: Bob, kind: person}\n", "")
    merged = merge_brief(text, proposal(base), proposal(new), "a.md")
    assert merged.text == text.replace("role: mayor}\n", "role: mayor of Ulm}\n- {name: Di, kind: person}\n")
    assert not merged.conflicts


def test_both_changed_asks_and_mine_stays() -> None:
    base = FrontMatter("Head", "2022-04-20", figures=(Figure("some 40 boats", 40),))
    new = replace(base, figures=(Figure("some 40 boats", 41),))
    text = write_brief(base, "Body.").replace("value: 40", "value: 42")
    merged = merge_brief(text, proposal(base), proposal(new), "a.md")
    assert merged.text == text
    assert [d.message for d in merged.conflicts] == [
        "value of this figure: you have 42, the machine now says 41 (it was 40)"
    ]


def test_line_ends_of_the_file_stay() -> None:
    base = FrontMatter("Head", "2022-04-20", actors=(Actor("Ann", "person"),))
    new = replace(base, actors=(Actor("Ann", "person", "mayor"),))
    text = write_brief(base, "Body.").replace("\n", "\r\n")
    merged = merge_brief(text, proposal(base), proposal(new), "a.md").text
    assert merged == text.replace("kind: person}", "kind: person, role: mayor}")
