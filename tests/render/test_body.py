"""Marks in a body: never a word more or less, always well nested."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.formats.commonmark import make_parser
from nutgraf.formats.markdown import parse_body
from nutgraf.model.span import Span
from nutgraf.model.views import BodyView, Mark
from nutgraf.render.addresses import relative_to
from nutgraf.render.body import render_body
from tests.sitecheck import Page

MARKDOWN = """\
A *line with **nested** stress*, `code` and [a link *within*](https://example.org) & an &amp; entity.
A second line, [[Named One|a name]]; \\*not stress\\*.

## A heading with *stress*

> A quotation, “said” she.

- One item
- Another `item`
"""
KINDS = ("actor", "figure", "quote", "source", "date")


def text_of(html: str) -> str:
    """What a reader sees, without the links to notes."""
    page = NoteFree(html)
    assert page.faults == []
    return "".join(page.text)


class NoteFree(Page):
    """A page read without its links to notes."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        self.skipping = ("role", "doc-noteref") in attrs

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        self.skipping = False

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            super().handle_data(data)

    skipping = False


def rendered(markdown: str, *marks: Mark) -> str:
    body = BodyView(markdown, parse_body(markdown).plain, marks)
    return "\n".join(passage.html for passage in render_body(body, relative_to("../..")))


def mark(start: int, end: int, kind: str, number: int) -> Mark:
    url = "/actors/a/" if kind == "actor" else None
    return Mark(Span(start, end), kind, f"{kind}-{number}-ref", f"{kind}-{number}", url, f"Note {number}", number)


@st.composite
def mark_sets(draw: st.DrawFn, markdown: str = MARKDOWN) -> list[Mark]:
    plain = parse_body(markdown).plain
    size = len(plain)
    marks = []
    for number in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, size - 1))
        end = draw(st.integers(start + 1, min(size, start + 60)))
        if not any(c.isalnum() for c in plain[start:end]):
            continue  # a line break alone is no words
        marks.append(mark(start, end, draw(st.sampled_from(KINDS)), number))
    return marks


@settings(max_examples=300, deadline=None)
@given(mark_sets())
def test_marks_change_no_word_and_nest_well(marks: list[Mark]) -> None:
    plain = make_parser().render(MARKDOWN)
    html = rendered(MARKDOWN, *marks)
    assert "".join(text_of(html).split()) == "".join(text_of(plain).split())
    page = Page(html)
    assert sorted(page.ids) == sorted(m.id for m in marks)
    refs = [e["href"] for e in page.elements if e.get("role") == "doc-noteref"]
    assert sorted(refs) == sorted(f"#{m.note}" for m in marks if m.kind != "actor")


PLAIN = 'Ten boats sank, "she" said.\nIt rained.\n\n\nNobody > knew.\n'


@given(mark_sets(PLAIN))
def test_marks_in_plain_bodies_are_set_as_in_others(marks: list[Mark]) -> None:
    body, relative = BodyView(PLAIN, parse_body(PLAIN).plain, tuple(marks)), relative_to("../")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nutgraf.render.body.plain_paragraphs", lambda _: None)
        wanted = render_body(body, relative)
    assert render_body(body, relative) == wanted


def test_a_mark_is_wrapped_and_followed_by_the_link_to_its_note() -> None:
    assert rendered("Ten boats sank.", mark(0, 9, "figure", 1)) == (
        '<p><span class="mark figure" id="figure-1-ref">Ten boats</span><a class="noteref figure" role="doc-noteref" '
        'href="#figure-1" aria-label="Note 1">1</a> sank.</p>'
    )


def test_crossing_marks_are_split_and_only_the_first_piece_has_the_id() -> None:
    html = rendered("one two three", mark(0, 7, "quote", 1), mark(4, 13, "figure", 2))
    assert html.count('id="figure-2-ref"') == 1
    assert html.count('class="mark figure"') == 2
    assert Page(html).faults == []


def test_a_note_link_stays_outside_a_link() -> None:
    html = rendered("[one two](https://example.org) three", mark(0, 3, "figure", 1))
    assert html.index("</a>") < html.index('role="doc-noteref"')


def test_actors_lead_to_their_page_but_not_from_links_headings_or_code() -> None:
    assert '<a class="actor" id="actor-1-ref" href="../../actors/a/" data-note="actor-1">Ann</a>' in rendered(
        "Ann ran.", mark(0, 3, "actor", 1)
    )
    assert '<a class="actor"' in rendered("“Ann ran.”", mark(0, 10, "quote", 2), mark(1, 4, "actor", 1))
    for markdown in ("[Ann](https://example.org)", "## Ann"):
        assert '<span class="mark actor" id="actor-1-ref">Ann</span>' in rendered(markdown, mark(0, 3, "actor", 1))


def test_a_note_stands_beside_the_first_block_that_ends_its_words() -> None:
    body = BodyView("One.\n\nTwo.", "One.\n\nTwo.", (mark(0, 4, "quote", 1), mark(6, 10, "figure", 2)))
    assert [passage.notes for passage in render_body(body, relative_to("."))] == [("quote-1",), ("figure-2",)]
