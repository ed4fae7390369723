"""Bodies: what is text, what is a link, and where each word stands."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.formats.commonmark import is_safe_link, make_parser, parsed_body, text_offsets
from nutgraf.formats.markdown import escape_markdown, parse_body, plain_paragraphs
from nutgraf.model.brief import BodyLink
from nutgraf.model.views import BodyView
from nutgraf.render.body import render_body

BODY = """## Two *views*

The **mayor** said “no”
to [the `plan`](https://example.org/plan), and [[Ana Ruiz|she]] left `at once`.

- one [[Harbour Board]]
- two

> Quoted words.

```
code
```
"""


def test_plain_is_the_words_with_blocks_divided_by_a_blank_line() -> None:
    body = parse_body(BODY, 9)
    assert body.plain == (
        "Two views\n\nThe mayor said “no” to the plan, and she left at once.\n\n"
        "one Harbour Board\n\ntwo\n\nQuoted words."
    )
    assert body.line == 9


def test_headings_code_and_links_are_protected() -> None:
    body = parse_body(BODY, 1)
    assert [span.of(body.plain) for span in body.protected] == [
        "Two views",
        "the plan",
        "she",
        "at once",
        "Harbour Board",
    ]
    assert [(link.span.of(body.plain), link.target) for link in body.links] == [
        ("she", "Ana Ruiz"),
        ("Harbour Board", "Harbour Board"),
    ]
    assert all(isinstance(link, BodyLink) for link in body.links)


def test_every_words_token_is_found_at_its_offset() -> None:
    plain = parse_body(BODY, 1).plain
    for token, span in text_offsets(make_parser().parse(BODY)):
        expected = " " if token.type.endswith("break") else token.content
        assert span.of(plain) == expected


@pytest.mark.parametrize(
    "url",
    ["https://example.org/", "HTTP://example.org", "mailto:a@example.org", "/actors/a/", "../x.html", "#figure-1", ""],
)
def test_links_that_are_allowed(url: str) -> None:
    assert is_safe_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "javascript%3Aalert(1)",
        "java%0Ascript:alert(1)",
        "data:image/png;base64,AAAA",
        "vbscript:x",
        "file:///etc/hosts",
        "//example.org/x",
        "/%5Cexample.org",
        "%2F/example.org",
        "/a%00b",
    ],
)
def test_links_that_are_refused_stay_text(url: str) -> None:
    assert not is_safe_link(url)
    assert "<a" not in make_parser().render(f"[words]({url}) and <{url}>")


def test_html_is_text() -> None:
    assert make_parser().render("<b>x</b>\n\n<script>y</script>").count("&lt;") == 4


@pytest.mark.parametrize("text", ["[[ ]]", "[[]]", "[[a|b|c]]", "[[a", "[[a\nb]]"])
def test_broken_name_links_are_text(text: str) -> None:
    assert parse_body(text, 1).links == ()


PIECES = [*"*_`[]()<>!#&;\\~-+=.|:/ \t\n\r1a“é^\u2028\0", "&amp;", "http://a.b", "[[a]]", "](/u)"]
MARKS = st.lists(st.sampled_from(PIECES)).map("".join)


@given(st.one_of(st.text(), MARKS))
def test_escaped_text_reads_as_the_same_words(text: str) -> None:
    expected = re.sub(r"\s*[\r\n]\s*", " ", text.replace("\0", "\ufffd")).strip()
    body = parse_body(escape_markdown(text), 1)
    assert body.plain == expected
    assert body.links == ()
    heading = parse_body(f"## {escape_markdown(text)}", 1)
    assert heading.plain == expected


def test_prose_is_left_as_it_is() -> None:
    prose = "MADRID (EFE).- Up 3.5 % [sic] to $4-5m; snake_case & co. <3 — 'so', she said (twice)."
    assert escape_markdown(prose) == prose


PIECES = (
    "Ann",
    "ran",
    "2.",
    "3)",
    "-",
    "#",
    ">",
    "=",
    "~~~",
    "&",
    "&amp;",
    "_",
    "*x*",
    "`",
    "\n",
    "\n\n",
    "  ",
    "\t",
    "!",
    "é\xa0",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(("", " ")))
def test_plain_bodies_are_read_as_the_whole_parser_reads_them(pieces: list[str], gap: str) -> None:
    markdown = gap.join(pieces)
    body = parsed_body(markdown, 3)
    assert parse_body(markdown, 3) == body
    if plain_paragraphs(markdown) is not None:
        passages = render_body(BodyView(markdown, body.plain), str)
        assert "".join(f"{passage.html}\n" for passage in passages) == make_parser().render(markdown)
