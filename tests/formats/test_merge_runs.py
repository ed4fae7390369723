"""Several runs of the machine with edits between them: what a person wrote is never lost, and a second run is idle.

The edits are made in the text, as a person makes them, and kept as promises that must hold after every later run.
"""

import re
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.formats.brief import item_line, parse_brief, write_brief
from nutgraf.formats.merge import merge_brief
from nutgraf.formats.proposal import parse_proposal, write_proposal
from nutgraf.model.brief import Actor, Figure, FrontMatter, Proposal

PARAGRAPHS = (
    "Some forty boats left the harbour of Vell.",
    "A loan of 3 million euros pays for new trams.",
    "Seven schools were shut on Monday, said Ann Lee.",
    "The mayor was away.",
    "Nobody could be reached at the port.",
)
ANCHORS = ("forty boats left the harbour", "3 million euros", "Seven schools were shut")
NAMES = ("Ann Lee", "Bo Ruiz", "Cy Tran", "Di Okafor")


@st.composite
def runs(draw: st.DrawFn) -> Proposal:
    """What the machine says of one version of the article."""
    told = [p for p in PARAGRAPHS if draw(st.integers(0, 4))]
    body = "\n\n".join(p.replace("was", "had been") if draw(st.integers(0, 3)) == 0 else p for p in told)
    figures = [
        Figure(a, draw(st.integers(1, 3)), what=draw(st.sampled_from([None, "boats", "euros"])))
        for a in ANCHORS
        if a in body and draw(st.integers(0, 3))
    ]
    actors = [
        Actor(n, "person", draw(st.sampled_from([None, "mayor", "clerk"])), draw(st.sampled_from([(), ("A",), ("B",)])))
        for n in NAMES
        if draw(st.integers(0, 3))
    ]
    topics = draw(st.lists(st.sampled_from(["trams", "boats", "schools"]), unique=True))
    front = FrontMatter(
        draw(st.sampled_from(["First head", "Second head"])),
        "2031-05-14",
        topics=tuple(topics),
        actors=tuple(actors),
        figures=tuple(figures),
    )
    return Proposal("a.txt", "0", "test", front, body + "\n")


@dataclass
class Promises:
    """What a person did, in words that can be looked up after any later run."""

    lines: dict[str, str] = field(default_factory=dict)
    """Whole lines written by hand, by what they are about."""
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    """Words that must stand somewhere, by what they are about and the kind of edit."""
    struck: set[str] = field(default_factory=set)
    """What must not stand in the front matter again."""


@dataclass
class Edit:
    """One kind of edit: on which of the places where it fits, and how."""

    kind: str
    which: int
    day: str


edits = st.builds(
    Edit,
    st.sampled_from(["headline", "value", "role", "strike", "add", "review", "comment", "paragraph", "topic", "move"]),
    st.integers(0, 5),
    st.sampled_from(["2031-05-15", "2031-05-16"]),
)


def edited(text: str, edit: Edit, promises: Promises) -> str:
    """The text after one edit, promises noted. An edit for which there is no place changes nothing."""
    front, _, body = text.partition("\n---\n")
    lines = front.split("\n")
    items = [i for i, line in enumerate(lines) if line.startswith("- {") and "reviewed" not in line]
    at = items[edit.which % len(items)] if items else None
    if edit.kind == "headline":
        promises.lines["headline"] = f'headline: "Mine {edit.which}"  # by hand'
        lines = [promises.lines["headline"] if one.startswith("headline:") else one for one in lines]
    elif edit.kind == "paragraph":
        paragraphs = body.strip("\n").split("\n\n")
        spot = edit.which % len(paragraphs)
        if not paragraphs[spot].startswith("By hand"):
            paragraphs[spot] = f"By hand {edit.which}{edit.day}."
            promises.words[paragraphs[spot], ""] = paragraphs[spot]
        body = "\n" + "\n\n".join(paragraphs) + "\n"
    elif edit.kind == "add" and f"By Hand {edit.which}" not in promises.lines:
        if "actors:" not in lines:
            lines.append("actors:")
        promises.lines[f"By Hand {edit.which}"] = f"- {{name: By Hand {edit.which}, kind: other}}"
        lines.insert(lines.index("actors:") + 1, promises.lines[f"By Hand {edit.which}"])
    elif edit.kind == "topic" and f"hand{edit.which}," not in front:
        lines = [re.sub(r"^topics: \[", f"topics: [hand{edit.which}, ", one) for one in lines]
        if any(f"hand{edit.which}," in one for one in lines):
            promises.words["topics", str(edit.which)] = f"hand{edit.which}"
    elif at is not None:
        lines = on_item(lines, at, edit, promises)
    return "\n".join(lines) + "\n---\n" + body


def on_item(lines: list[str], at: int, edit: Edit, promises: Promises) -> list[str]:
    line, known = lines[at], next(n for n in (*NAMES, *ANCHORS, "By Hand") if n in lines[at])
    if known == "By Hand":
        return lines
    if edit.kind == "strike":
        promises.struck.add(known)
        promises.words = {key: words for key, words in promises.words.items() if key[0] != known}
        return lines[:at] + lines[at + 1 :]
    if edit.kind == "move":
        first = at
        while lines[first - 1].startswith("- {"):
            first -= 1
        return [*lines[:first], line, *lines[first:at], *lines[at + 1 :]]
    if edit.kind == "comment":
        line += f"  # note {edit.which}"
        promises.words[known, line] = f"# note {edit.which}"
    elif edit.kind == "review":
        line = line.replace("}", f", reviewed: {edit.day}}}", 1)
        promises.lines[known] = line
    elif edit.kind == "value" and "value:" in line:
        promises.words[known, "value"] = f"value: {100 + edit.which}"
        line = re.sub(r"value: \d+", promises.words[known, "value"], line)
    elif edit.kind == "role" and "kind: person" in line:
        promises.words[known, "role"] = f"role: hand{edit.which}"
        line = re.sub(r"(, role: \w+)?(?=, aka|})", f", role: hand{edit.which}", line, count=1)
    return [*lines[:at], line, *lines[at + 1 :]]


@settings(max_examples=150, deadline=None)
@given(runs(), st.lists(st.tuples(st.lists(edits, max_size=4), runs()), min_size=1, max_size=4), st.booleans())
def test_what_a_person_wrote_outlives_any_number_of_runs(
    first: Proposal, rounds: list[tuple[list[Edit], Proposal]], windows: bool
) -> None:
    last, text, promises = first, write_brief(first.front, first.body), Promises()
    for changes, new in rounds:
        for edit in changes:
            text = edited(text, edit, promises)
        as_saved = ("\ufeff" + text).replace("\n", "\r\n") if windows else text
        merge = merge_brief(as_saved, last, new, "a.md")
        stored, problems = parse_proposal(write_proposal(merge.proposal), "a.json")
        assert stored == merge.proposal, problems
        again = merge_brief(merge.text, stored, new, "a.md")
        assert (again.text, again.proposal) == (merge.text, merge.proposal), "a second run is idle"
        assert again.questions == merge.questions, "a question stays until it is answered"
        assert merge.text.startswith("\ufeff") == windows
        assert merge.text.count("\n") == (merge.text.count("\r\n") if windows else merge.text.count("\n"))
        text, last = merge.text.removeprefix("\ufeff").replace("\r\n", "\n"), merge.proposal
        kept(text, promises)


def kept(text: str, promises: Promises) -> None:
    """Every promise holds: lines by hand stand as written, what was struck out is not back."""
    assert parse_brief(text, "a.md")[0] is not None
    front = text.partition("\n---\n")[0]
    assert set(promises.lines.values()) <= set(text.split("\n"))
    for words in promises.words.values():
        assert words in text, text
    for name in promises.struck:
        assert not re.search(rf"(?:name: |text: \"){re.escape(name)}", front), (name, text)


@given(runs(), runs())
def test_lines_that_say_nothing_new_stay_to_the_byte(first: Proposal, new: Proposal) -> None:
    text = write_brief(first.front, first.body)
    after = merge_brief(text, first, new, "a.md").text.split("\n")
    for item in {*first.front.actors, *first.front.figures} & {*new.front.actors, *new.front.figures}:
        assert item_line(item) in after
    assert [line for line in text.split("\n") if line.startswith("status")] == [
        line for line in after if line.startswith("status")
    ]


def test_what_was_struck_out_stays_out_when_the_machine_forgets_and_finds_it_again() -> None:
    ann = Actor("Ann Lee", "person", None, ("A",))
    with_ann = Proposal("a.txt", "0", "test", FrontMatter("H", "2031-05-14", topics=("t",), actors=(ann,)), "B.\n")
    without = replace(with_ann, front=FrontMatter("H", "2031-05-14"))
    text = write_brief(FrontMatter("H", "2031-05-14"), "B.\n")
    last = with_ann
    for new in (with_ann, without, with_ann):
        merge = merge_brief(text, last, new, "a.md")
        last = merge.proposal
        assert merge.text == text and not merge.questions
