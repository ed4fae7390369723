"""Whatever stands in the files of a site: findings, never a traceback."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.cli import BUG, main

BRIEF = """---
headline: “Harbour” reopens
date: 2031-05-14
status: published
article: story.txt
topics: [ports, trade]
actors:
- {name: Ada Brandt, kind: person, role: mayor, aka: [Brandt]}
- {name: Vell, kind: place}
figures:
- {low: 30, high: 40, what: ships, unit: ship, when: 2031-04/2031-05, by: Brandt, text: "40 ships"}
quotes:
- {by: Ada Brandt, kind: mixed, text: ["The port", "is open"], near: "The port is open"}
sources:
- {name: Reuters, kind: agency, text: "(Reuters)"}
dates:
- {date: 2031-05~, what: opening, text: "in May"}
related:
- {headline: More, url: "https://example.org"}
corrections:
- {date: 2031-05-15, text: It was 40.}
---

## Cross-head

VELL (Reuters) “The port is open,” said [[Ada Brandt]] of *Vell*,
[a page](/about/) ![a ship](/static/icon.svg) and 40 ships in May.

> Quoted `code`
"""
PROPOSAL = """{"article": "story.txt", "digest": "0", "engine": "t", "body": "B", "confidence": {"figures": [0.5]},
"front": {"headline": "H", "date": "2031-05-14", "figures": [{"text": "40 ships", "value": 40}]}}
"""
TEXTS = {
    "site.yaml": "title: Harbour news\nbody: digest\nfindings: {lost-anchor: warning, no-value: {preview: off}}\n",
    "content/briefs/story.md": BRIEF,
    "content/actors/ada-brandt.md": "---\nname: Ada Brandt\naliases: [A. Brandt]\ntype: person\nlatitude: 50.1\n"
    "longitude: -3\nroles: [{role: Mayor, when: 2029/..}]\n---\nA [text](/).\n",
    "content/topics/ports.md": "---\nname: ports\nterms: [harbour]\n---\n",
    "content/articles/story.txt": "Harbour reopens\n\nVELL (Reuters) “The port is open,” said Ada Brandt.\n",
    "content/proposals/story.json": PROPOSAL,
}
FILES = {path: text.encode() for path, text in TEXTS.items()}
TEMPLATE = {
    "templates/about.html": b'{% extends "base.html" %}\n{% block content %}{{ view.head.title }}{% endblock %}'
}
PIECES = (
    *(b"\t", b"\r", b"\0", b"\xff", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x1b[31m", b"\n", b"\n---\n"),
    *(
        b": ",
        b"- ",
        b"[",
        b"]",
        b"{",
        b"}",
        b"&a ",
        b"*a ",
        b"!!python/object:x ",
        b"? ",
        b"|\n",
        b">-\n",
        b"%",
        b'"',
        b"'",
    ),
    *(b"#", b",", b"null", b"~", b"1e999", b"-0", b"9" * 400, b".nan", b"0x1F", b"2031-02-30", b"../..", b"[" * 300),
    *(b"{% ", b"%}", b"{{ ", b"}}", b"[[", b"]]", b"](", b"<script>", b"headline: x\n", "Ã©‏𝕏İ".encode(), b"x" * 5000),
)


@st.composite
def mangled(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of the site, one to three of them cut, doubled or with strange pieces put in."""
    files = {**FILES, **draw(st.sampled_from([{}] * 19 + [TEMPLATE]))}
    for path in draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=3)):
        text = files[path]
        for _ in range(draw(st.integers(1, 4))):
            start = draw(st.integers(0, len(text)))
            end = draw(st.integers(start, min(len(text), start + draw(st.sampled_from([0, 1, 3, 40, 4000])))))
            piece = draw(st.sampled_from(PIECES) | st.binary(max_size=6) | st.just(text[start:end] * 2))
            text = text[:start] + piece + text[end:]
        files[path] = text
    return files


def run(files: dict[str, bytes], *commands: str) -> Iterator[tuple[int, str]]:
    with tempfile.TemporaryDirectory() as folder:
        for path, raw in files.items():
            (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / path).write_bytes(raw)
        for command in commands:
            said = StringIO()
            with redirect_stdout(said), redirect_stderr(said):
                code = main(command.split(), root=Path(folder))
            yield code, said.getvalue()


def holds(files: dict[str, bytes], *commands: str) -> None:
    for code, said in run(files, *commands):
        assert code in (0, 1)
        assert "Traceback" not in said and BUG not in said
        assert "\x1b" not in said, "what stands in a file moves no cursor"


EXAMPLES = int(os.environ.get("NUTGRAF_FUZZ", "0"))
"""Set it for a long run."""


@settings(max_examples=EXAMPLES or 150)
@given(mangled(), st.sampled_from(["text", "json", "github"]))
def test_check(files: dict[str, bytes], form: str) -> None:
    holds(files, f"check --format {form}")


@settings(max_examples=EXAMPLES // 10 or 12)
@given(mangled())
def test_build(files: dict[str, bytes]) -> None:
    holds(files, "build --drafts --future")


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_piece_behind_every_mark(piece: bytes) -> None:
    for mark in (b": ", b"- {", b"[", b"\n\n"):
        holds(
            {**FILES, "content/briefs/story.md": FILES["content/briefs/story.md"].replace(mark, mark + piece)}, "check"
        )


def test_the_site_itself_is_good() -> None:
    assert [code for code, _ in run({**FILES, **TEMPLATE}, "check", "build")] == [0, 0]
