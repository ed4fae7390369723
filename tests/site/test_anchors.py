"""Anchors: found at the right words, or reported; by the cases of tests/golden/anchors.txt and by random edits.

In a case ⟦ ⟧ stand around the words that are meant, where the edit has left them; FILLER is 900 code points of others.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.formats.markdown import parse_body
from nutgraf.model.span import Span
from nutgraf.site.anchors import Fate, locate, near_for, tidy
from nutgraf.site.suggest import suggestions
from nutgraf.site.text import even_text, whole_words

GOLDEN = Path(__file__).parents[1] / "golden" / "anchors.txt"
FILLER = "Trams run again today. " * 40


def cases() -> Iterator[object]:
    text = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), GOLDEN.read_text(encoding="utf-8"))
    for case in re.split(r"(?m)^# ", text)[1:]:
        title, rest = case.split("\n", 1)
        found = re.fullmatch(r"body: (.*?)\ntext: (.*?)\n(?:near: (.*?)\n)?> (.*?)\n*", rest, re.S)
        assert found, title
        yield pytest.param(*found.groups(), id=title)


def meant(marked: str) -> tuple[str, tuple[Span, ...]]:
    """The plain body, and the stretches that the brackets mark."""
    plain, spans, start = "", [], 0
    for part in re.split(r"([⟦⟧])", marked):
        if part == "⟦":
            start = len(plain)
        elif part == "⟧":
            spans.append(Span(start, len(plain)))
        else:
            plain += part
    return plain, tuple(spans)


def told(plain: str, pieces: tuple[str, ...], near: str | None) -> str:
    body = even_text(plain)
    anchor = locate(body, pieces, near)
    by_near = " near" if anchor.by_near else ""
    if anchor.fate is Fate.LOST:
        close = " | ".join(
            one.words for one in (suggestions(plain, anchor.words, anchor.scope) or suggestions(plain, anchor.words))
        )
        return f"lost{by_near}" + (f", nearest: {close}" if close else "")
    if anchor.fate is Fate.AMBIGUOUS:
        longer = [near_for(body, place) for place in whole_words(body.words, tidy(anchor.words))]
        return f"ambiguous{by_near}: " + " | ".join(words or "…" for words in longer)
    return "found"


@pytest.mark.parametrize(("body", "text", "near", "expected"), list(cases()))
def test_found_where_it_was_meant_or_reported(body: str, text: str, near: str | None, expected: str) -> None:
    plain, spans = meant(parse_body(body.replace("FILLER", FILLER)).plain)
    pieces = tuple(text.split(" | "))
    assert told(plain, pieces, near) == expected
    assert (expected == "found") == bool(spans), "brackets mark what is to be found"
    if spans:
        assert locate(even_text(plain), pieces, near).spans == spans


WORDS = st.sampled_from(["the", "port", "was", "shut", "47", "47,331", "“no”", "Vell", "in", "3.5", "boats", "left"])
SENTENCES = st.lists(st.lists(WORDS, min_size=3, max_size=7).map(" ".join), min_size=3, max_size=7)


@given(SENTENCES, st.data())
def test_after_any_edit_of_other_sentences_words_are_found_at_their_place_or_reported(
    sentences: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(sentences) - 1))
    words = sentences[at].split()
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 2, len(words)))
    text = " ".join(words[first:last])
    body = ". ".join(sentences)
    start = len(". ".join(sentences[:at])) + (2 if at else 0) + len(" ".join(words[:first])) + (1 if first else 0)
    even = even_text(body)
    unique = len(list(whole_words(even.words, tidy(text)))) == 1
    near = None if unique else near_for(even, Span(start, start + len(text)))
    if not unique and near is None:
        return
    assert locate(even, (text,), near).spans == (Span(start, start + len(text)),) or near
    before, after = data.draw(SENTENCES), data.draw(SENTENCES)
    gone = data.draw(st.booleans())
    edited = ". ".join([*before, *([] if gone else [sentences[at]]), *after])
    anchor = locate(even_text(edited), (text,), near)
    if anchor.fate is Fate.FOUND:
        scope = near or text
        assert len(list(whole_words(even_text(edited).words, tidy(scope)))) == 1, "the only place of these words"
        assert even_text(anchor.spans[0].of(edited)).words == tidy(text), "letter by letter"
        assert not gone or tidy(scope) in even_text(edited).words
    elif not gone and near is None:
        assert anchor.fate is Fate.AMBIGUOUS, "words that are there are not lost"
