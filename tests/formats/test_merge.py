"""Annotating again: random edits of a person against random runs of the machine, in many layouts of the file."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.formats.brief import item_line, parse_brief, write_brief
from nutgraf.formats.matching import pairs
from nutgraf.formats.merge import Merge, merge_brief
from nutgraf.model.brief import Actor, DatedEvent, Figure, FrontMatter, Proposal, Quote

NAMES = ("Ann Lee", "Bo Ruiz", "Cy Tran", "Di Okafor", "Ed Novak", "Flo Berg")
ANCHORS = (
    "some forty boats left the harbour",
    "2,000 people marched through Ulm",
    "a loan of 3 million euros for trams",
    "seven schools were shut on Monday",
)
HAND = Actor("Added By Hand", "person", "a role nobody else has")
roles = st.sampled_from([None, "mayor", "mayor: acting", "“boss” #1", "a\u2028b"])
values = st.sampled_from([None, 40, 41, 3.25])


def proposal(front: FrontMatter, body: str = "Body.") -> Proposal:
    return Proposal("a.txt", "0", "test", front, body)


@st.composite
def actor_runs(draw: st.DrawFn) -> tuple[list[Actor], list[Actor], list[Actor], list[Actor]]:
    """What the machine said, what the person left, what the machine says now, and what must come of it."""
    base, mine, new, expected = [], [], [], []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        b, m, n = (Actor(name, "person", draw(roles)) for _ in range(3))
        deleted, dropped = draw(st.booleans()), draw(st.booleans())
        m = draw(st.sampled_from([b, m]))
        base.append(b)
        mine += [] if deleted else [m]
        new += [] if dropped else [n]
        if not deleted and not (dropped and m == b):
            expected.append(m if dropped or m != b else n)
    if draw(st.booleans()):
        mine.append(HAND)
        expected.append(HAND)
    if draw(st.booleans()):
        found = Actor("Found Later", "person", draw(roles))
        new.append(found)
        expected.append(found)
    return base, mine, new, expected


@st.composite
def figure_runs(draw: st.DrawFn) -> tuple[list[Figure], list[Figure], list[Figure], list[Figure]]:
    base, mine, new, expected = [], [], [], []
    for text in draw(st.lists(st.sampled_from(ANCHORS), unique=True)):
        made = [Figure(text, draw(values), what=draw(st.sampled_from([None, "boats", "trams"]))) for _ in range(3)]
        b, m, n = made[0], draw(st.sampled_from(made[:2])), made[2]
        base.append(b)
        new.append(n)
        if not draw(st.booleans()):
            mine.append(m)
            kept = replace(
                m,
                value=n.value if m.value == b.value else m.value,
                what=n.what if m.what == b.what else m.what,
            )
            expected.append(kept)
    return base, mine, new, expected


def in_layout(line: str, layout: str) -> str:
    """An item as a person may have written it: with a comment, spread over lines, keys in another order."""
    if layout == "comment":
        return f"{line}  # sure {{of}} it"
    if layout == "above":
        return f"# about the next\n\n{line}"
    if layout == "spread":
        return line.replace("- {", "-   {").replace(", kind:", ",\n     kind:").replace(", text:", ",\n     text:")
    return line


def with_commented(mine: tuple[Actor, ...], expected: tuple[Actor, ...], layouts: list[str]) -> tuple[Actor, ...]:
    """What must come of the actors when one that a person commented on stays though the machine dropped it."""
    by_name = {actor.name: actor for actor in expected}
    stay = {a.name: a for a, layout in zip(mine, layouts, strict=False) if layout == "comment"} | by_name
    found = [actor for actor in expected if actor.name not in {a.name for a in mine}]
    return (*(stay[actor.name] for actor in mine if actor.name in stay), *found)


LAYOUTS = st.lists(st.sampled_from(["plain", "comment", "above", "spread"]), min_size=12, max_size=12)


def merged_to(expected: FrontMatter, text: str, base: FrontMatter, new: FrontMatter, ending: str) -> Merge:
    """The merge of a brief, which says what is expected and ends its lines as before."""
    merged = merge_brief(text, proposal(base), proposal(new), "a.md")
    brief, problems = parse_brief(merged.text, "a.md")
    assert brief is not None, problems
    assert brief.front == expected
    assert merged.text.count("\n") == merged.text.count(ending)
    return merged


@given(actor_runs(), figure_runs(), LAYOUTS, st.sampled_from(["\n", "\r\n"]))
def test_each_item_becomes_what_it_must_in_every_layout(actors, figures, layouts, ending) -> None:  # type: ignore[no-untyped-def]
    fronts = [
        FrontMatter("Head", "2022-04-20", actors=tuple(a), figures=tuple(f))
        for a, f in zip(actors, figures, strict=True)
    ]
    base, mine, new, expected = fronts
    text = write_brief(mine, "Body.")
    for item, layout in zip([*mine.actors, *mine.figures], layouts, strict=False):
        text = text.replace(item_line(item), in_layout(item_line(item), layout), 1)
    text = text.replace("\n", ending)
    assert parse_brief(text, "a.md")[0] is not None
    expected = replace(expected, actors=with_commented(mine.actors, expected.actors, layouts))

    merged = merged_to(expected, text, base, new, ending)
    again = merge_brief(merged.text, merged.proposal, proposal(new), "a.md")
    assert (again.text, again.proposal, again.questions) == (merged.text, merged.proposal, merged.questions)
    comments = [line for line in text.splitlines() if line.startswith("# about the next")]
    assert [line for line in merged.text.splitlines() if line.startswith("# about the next")] == comments
    for item, layout in zip([*mine.actors, *mine.figures], layouts, strict=False):
        if item in (*expected.actors, *expected.figures):
            assert in_layout(item_line(item), layout).replace("\n", ending) in merged.text


def in_brackets(front: FrontMatter, style: str, comments: list[bool]) -> str:
    """A brief whose lists are in brackets: on one line, or with items on lines of their own."""
    text = write_brief(front, "Body.")
    for name in ("actors", "figures"):
        items = getattr(front, name)
        told = [item_line(item).removeprefix("- ") for item in items]
        if style == "line":
            listed = f"{name}: [{', '.join(told)}]  # all"
        else:
            ends = ("," if style == "comma" or i < len(told) - 1 else "" for i in range(len(told)))
            notes = ("  # sure, {it} is" if note else "" for note in comments)
            rows = "".join(f"    {one}{end}{note}\n" for one, end, note in zip(told, ends, notes, strict=False))
            listed = f"{name}: [\n{rows}]"
        text = text.replace("\n".join([f"{name}:", *map(item_line, items)]), listed) if items else text
    return text


@given(
    actor_runs(),
    figure_runs(),
    st.sampled_from(["line", "lines", "comma"]),
    st.lists(st.booleans(), min_size=12, max_size=12),
    st.sampled_from(["\n", "\r\n"]),
)
def test_lists_in_brackets_keep_them(actors, figures, style, comments, ending) -> None:  # type: ignore[no-untyped-def]
    base, mine, new, expected = (
        FrontMatter("Head", "2022-04-20", actors=tuple(a), figures=tuple(f))
        for a, f in zip(actors, figures, strict=True)
    )
    text = in_brackets(mine, style, comments).replace("\n", ending)
    assert parse_brief(text, "a.md")[0] is not None
    if style != "line":
        layouts = ["comment" if note else "plain" for note in comments]
        expected = replace(expected, actors=with_commented(mine.actors, expected.actors, layouts))

    merged = merged_to(expected, text, base, new, ending)
    for note in (r"(?:name: |text: \")(\w+).*# sure", r"(actors|figures): .*# all"):
        assert re.findall(note, merged.text) == re.findall(note, text), "comments stay with what they are about"
    for name in ("actors", "figures"):
        assert not getattr(mine, name) or f"{name}: [" in merged.text
    again = merge_brief(merged.text, merged.proposal, proposal(new), "a.md")
    assert (again.text, again.proposal, again.questions) == (merged.text, merged.proposal, merged.questions)
    stays = item_line(HAND).removeprefix("- ")
    assert merged.text.count(stays) == text.count(stays)


def test_a_list_in_brackets_is_changed_within_its_line() -> None:
    a, b, c = (Actor(name, "person") for name in ("Ann", "Bo", "Cy"))
    base = FrontMatter("Head", "2022-04-20", actors=(a, b))
    listed = "actors: [ {name: Ann, kind: person},  { name: 'Bo', kind: person } ] # 2"
    text = f"---\nheadline: Head\ndate: 2022-04-20\n{listed}\n---\nB."
    new = replace(base, actors=(replace(a, role="mayor"), b, c))
    merged = merge_brief(text, proposal(base), proposal(new), "a.md")
    expected = text.replace("kind: person},", "kind: person, role: mayor},")
    assert merged.text == expected.replace("person } ]", "person },  {name: Cy, kind: person} ]")
    merged = merge_brief(text, proposal(base), proposal(replace(base, actors=(b,))), "a.md")
    assert merged.text == text.replace("{name: Ann, kind: person},  ", "")
    merged = merge_brief(text, proposal(base), proposal(replace(base, actors=())), "a.md")
    assert merged.text == text.replace("{name: Ann, kind: person},  { name: 'Bo', kind: person }", "")


def test_only_the_changed_value_of_a_line_gives_way() -> None:
    base = FrontMatter("Head", "2022-04-20", actors=(Actor("Ann", "person", "mayor"),))
    new = replace(base, headline="New head", actors=(Actor("Ann", "person", "former mayor", ("Lee",)),))
    text = (
        "---\n# mine\nheadline:   'Head'   # short\n\nactors:\n"
        "  -  { 'name': \"Ann\",  role: 'mayor', kind: person }  # check\n"
        "date: 2022-04-20\n---\nBody."
    )
    merged = merge_brief(text, proposal(base), proposal(new), "a.md")
    assert merged.conflicts == ()
    assert merged.text == text.replace("'Head'", "New head").replace("'mayor'", "former mayor, aka: [Lee]")


def test_block_items_keep_their_comments_and_ask() -> None:
    base = FrontMatter("Head", "2022-04-20", actors=(Actor("Ann", "person"),))
    text = "---\nheadline: Head\ndate: 2022-04-20\nactors:\n- name: Ann\n  # is she?\n  kind: person\n---\nBody."
    new = replace(base, actors=(Actor("Ann", "person", "mayor"),))
    merged = merge_brief(text, proposal(base), proposal(new), "a.md")
    assert merged.text == text
    assert [d.message for d in merged.conflicts] == [
        "this actor: you have {name: Ann, kind: person}, the machine now says"
        " {name: Ann, kind: person, role: mayor} (it was {name: Ann, kind: person})"
    ]
    changed = merge_brief(text, proposal(base), proposal(replace(base, actors=(Actor("Ann", "other"),))), "a.md")
    assert changed.text == text.replace("kind: person", "kind: other") and not changed.conflicts


@pytest.mark.parametrize(
    "text",
    [
        "---\n{headline: Head, date: 2022-04-20, standfirst: S}\n---\nBody.",
        "---\nheadline: Head\ndate: 2022-04-20\nstandfirst: S\n"
        "actors: [{name: Ann, kind: person, # is she?\n  role: clerk}]\n---\nBody.",
    ],
)
def test_a_layout_that_cannot_be_spliced_stays_and_is_told(text: str) -> None:
    base = FrontMatter("Head", "2022-04-20", "S", actors=(Actor("Ann", "person", "clerk"),))
    new = replace(base, actors=(Actor("Ann", "person"),), headline="New")
    merged = merge_brief(text, proposal(base), proposal(new), "a.md")
    before, after = parse_brief(text, "a.md")[0], parse_brief(merged.text, "a.md")[0]
    assert before is not None and after is not None
    assert after.front.actors == before.front.actors and after.front.standfirst == "S"
    assert merged.conflicts


@pytest.mark.parametrize("mark", ["\u2028", "\x85", "\u2029"])
def test_line_ends_that_only_yaml_knows_do_not_shift_a_splice(mark: str) -> None:
    base = FrontMatter("Head", "2022-04-20", actors=(Actor("Ann", "person"), Actor("Bob", "person")))
    text = write_brief(base, "Body.").replace("headline: Head", f'headline: "Head{mark}mine"')
    new = replace(base, actors=(Actor("Ann", "person", "mayor"), Actor("Bob", "person")))
    merged = merge_brief(text, proposal(base), proposal(new), "a.md")
    assert merged.text == text.replace("{name: Ann, kind: person}", "{name: Ann, kind: person, role: mayor}")


@given(st.booleans(), st.booleans(), st.text("ab \n#-", max_size=20).map(str.strip))
def test_the_body_follows_until_somebody_touches_it(touched: bool, changed: bool, words: str) -> None:
    front = FrontMatter("Head", "2022-04-20")
    base, mine, new = "The first text.", f"My text. {words}" if touched else "The first text.", "The second."
    merged = merge_brief(
        write_brief(front, mine), proposal(front, base), proposal(front, new if changed else base), "a.md"
    )
    brief, _ = parse_brief(merged.text, "a.md")
    assert brief is not None
    assert brief.body.markdown.strip() == (new if changed and not touched else mine).strip()
    assert bool(merged.conflicts) == (touched and changed)


def test_a_file_that_cannot_be_read_stays() -> None:
    front = FrontMatter("Head", "2022-04-20")
    text = "---\nheadline: a: b\n---\n"
    merged = merge_brief(text, proposal(front), proposal(replace(front, headline="New")), "a.md")
    assert merged.text == text and merged.conflicts


def test_items_are_known_again_by_anchor_then_by_likeness() -> None:
    old = (
        Figure("some 47 boats left the harbour", 47),
        Quote("We will not sign that paper today", "Ann"),
        Quote("no", "Ann"),
        DatedEvent("2022-04-20", "on Tuesday", near="left on Tuesday"),
        DatedEvent("2022-04-27", "on Tuesday", near="returns on Tuesday"),
    )
    assert pairs(old[:1], (Figure("some 47 boats had left the harbour", 47),)) == {0: 0}
    longer = Quote("We will not sign that paper today, or ever", "Ann")
    assert pairs(old[1:2], (Quote("not now", "Ann"), longer)) == {0: 1}
    assert pairs(old[2:3], (Quote("not now", "Ann"), Quote("no one may know of it", "Bo"))) == {}
    assert pairs(old[3:], (old[4], old[3])) == {0: 1, 1: 0}


SAVED_ELSEWHERE = """\ufeff---
date: 2031-05-14
headline: >-
  Some forty boats left the harbour of Vell on Monday after
  a strike
actors:
  - name: Ann Lee
    kind: person
    role: mayor
    aka:
      - Lee
  - name: Vell
    kind: place
figures:
  - value: 40
    what: boats
    text: Some forty boats
topics:
  - ports
  - "strikes"
status: published
---

Some forty boats left, said [[Ann Lee]]. [[Ann Lee|She]] was there.
"""


def test_a_brief_that_another_program_saved_is_merged_in_its_own_layout() -> None:
    text = SAVED_ELSEWHERE.replace("\n", "\r\n")
    brief, told = parse_brief(text, "a.md")
    assert brief is not None
    assert [d.message for d in told] == [
        "the file has a byte order mark and line ends of Windows and items over several lines"
    ]
    last = proposal(brief.front, brief.body.markdown)
    assert merge_brief(text, last, last, "a.md").text == text
    actors = (replace(brief.front.actors[0], role="former mayor"), *brief.front.actors[1:], Actor("Cy Tran", "person"))
    new = replace(brief.front, topics=("ports", "harbours"), actors=actors)
    merge = merge_brief(text, last, proposal(new, last.body), "a.md")
    expected = text.replace("role: mayor", "role: former mayor")
    expected = expected.replace("    kind: place\r\n", "    kind: place\r\n  - {name: Cy Tran, kind: person}\r\n")
    expected = expected.replace('topics:\r\n  - ports\r\n  - "strikes"', "topics: [ports, harbours]")
    assert merge.text == expected and not merge.conflicts
