"""Addresses, dates and anchors: properties that hold for any input, and the readings people expect."""

import string
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.model.span import Span
from nutgraf.site import edtf, urls
from nutgraf.site.anchors import Fate, locate, near_for
from nutgraf.site.text import Sought, around, even_text, fold, sentences, whole_words
from tests.site.sites import words

WORDS = st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=6), min_size=1, max_size=30)
ODD = st.sampled_from(
    [*"aAeEfiIkKsS\\'`´“”‘’\"é\u0301\u0327ﬁſßİıΣςσϒΥℂKÅ½\ufdfa\u00a0\u2028\u200d가각ΐ", "\r\n ", "\ud800"]
)
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n", "\u00a0", " \n "])


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Peña Nieto", "pena-nieto"),
        ("Dockers’ Union", "dockers-union"),
        ("Dockers' Union", "dockers-union"),
        ("Straße & Ørsted", "strasse-orsted"),
        ("A.B. 7", "a-b-7"),
        ("大阪", "大阪"),
    ],
)
def test_slug(label: str, slug: str) -> None:
    assert urls.slugify(label) == slug


@given(st.text())
def test_slug_is_a_safe_and_stable_folder_name(label: str) -> None:
    slug = urls.slugify(label)
    assert 0 < len(slug) <= urls.MAX_SLUG
    assert all(c.isalnum() or c == "-" for c in slug)
    assert slug.strip("-") == slug
    assert urls.slugify(slug) == slug


@given(st.lists(st.tuples(st.sampled_from(["a b", "c", "A b"]), st.text(max_size=2)), max_size=8))
def test_fragments_are_unique_and_do_not_depend_on_order(items: list[tuple[str, str]]) -> None:
    fragments = urls.fragments("figure", items)
    assert len(set(fragments)) == len(items)
    turned = urls.fragments("figure", items[::-1])
    single = [item for item in items if items.count(item) == 1]
    for item in single:
        assert fragments[items.index(item)] == turned[items[::-1].index(item)]


@pytest.mark.parametrize(
    ("written", "english", "spanish"),
    [
        ("2022-04-20", "20 April 2022", "20 de abril de 2022"),
        ("2022-04", "April 2022", "abril de 2022"),
        ("2022", "2022", "2022"),
        ("2021-10/2022-02", "October 2021 to February 2022", "octubre de 2021 a febrero de 2022"),
        ("2022-03/2022-05", "March to May 2022", "marzo a mayo de 2022"),
        ("2022-04-03/2022-04-05", "3 to 5 April 2022", "3 a 5 de abril de 2022"),
        ("../2017-03", "by March 2017", "hasta marzo de 2017"),
        ("2017-03/..", "since March 2017", "desde marzo de 2017"),
        ("2022~", "about 2022", "hacia 2022"),
        ("2022?", "2022 (uncertain)", "2022 (incierto)"),
        ("2022-22", "summer 2022", "verano de 2022"),
        ("201X", "2010s", "años 2010"),
    ],
)
def test_date_reads(written: str, english: str, spanish: str) -> None:
    period = edtf.parse(written)
    assert period
    assert edtf.label(period, words("en").dates) == english
    assert edtf.label(period, words("es").dates) == spanish


@pytest.mark.parametrize("text", ["", "..", "../..", "2022-02-30", "2022-13", "22-01-01", "2022-1-1", "today", "0000"])
def test_no_date(text: str) -> None:
    assert edtf.parse(text) is None


def test_leap_day_exists_in_leap_years_only() -> None:
    assert edtf.parse("2024-02-29")
    assert edtf.parse("2023-02-29") is None


def test_a_vague_date_sorts_before_the_days_in_it() -> None:
    dates = ["2022", "2022-04", "2022-04/2022-06", "2022-04-01", "2022-04-20", "2022-05", "2023"]
    keys = [period.sort for written in dates if (period := edtf.parse(written))]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(dates)


@given(st.dates(), st.dates())
def test_days_and_intervals(one: date, two: date) -> None:
    day, other = one.isoformat(), two.isoformat()
    single, interval = edtf.parse(day), edtf.parse(f"{day}/{other}")
    assert single and interval
    assert (single.first, single.last) == (day, day)
    assert interval.upside_down == (day > other)
    assert interval.upside_down or single.overlaps(interval)


@given(WORDS, st.data())
def test_an_even_text_leads_back_to_the_original(words: list[str], data: st.DataObject) -> None:
    text = "".join(word + data.draw(GAPS) for word in words)
    even = even_text(text)
    assert even.words.split() == words
    for place in whole_words(even.words, words[-1]):
        assert even.original(place).of(text) == words[-1]


@given(WORDS, st.data())
def test_words_are_found_where_they_stand_or_reported(words: list[str], data: st.DataObject) -> None:
    text = "".join(word + data.draw(GAPS) for word in words)
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    anchor = locate(even_text(text), (data.draw(GAPS).join(words[start:end]),))
    times = sum(words[i : i + end - start] == words[start:end] for i in range(len(words)))
    assert anchor.fate is (Fate.FOUND if times == 1 else Fate.AMBIGUOUS)
    for span in anchor.spans:
        assert span.of(text).split() == words[start:end]


@given(WORDS, st.data())
def test_near_for_makes_an_ambiguous_place_plain(words: list[str], data: st.DataObject) -> None:
    body = even_text(" ".join(words))
    for place in whole_words(body.words, words[0]):
        near = near_for(body, place)
        if near:
            assert len(list(whole_words(body.words, near))) == 1
            found = locate(body, (words[0],), near)
            assert found.fate is Fate.AMBIGUOUS or found.spans == (place,)


def test_only_quote_marks_and_spaces_may_differ() -> None:
    body = even_text("She said “it’s over”,\nand left at 1923 hours.")
    assert locate(body, ('"it\'s over", and',)).fate is Fate.FOUND
    assert locate(body, ("It's over",)).fate is Fate.LOST
    assert locate(body, ("its over",)).fate is Fate.LOST
    assert locate(body, ("23",)).fate is Fate.LOST


def test_pieces_are_found_each_behind_the_one_before() -> None:
    text = "The port is open, she said, and the port is safe."
    anchor = locate(even_text(text), ("The port is open", "the port is safe"))
    assert [span.of(text) for span in anchor.spans] == ["The port is open", "the port is safe"]
    assert locate(even_text(text), ("the port is safe", "The port is open")).fate is Fate.LOST


def test_near_chooses_among_several() -> None:
    text = "Vell said no. Vell said yes."
    assert locate(even_text(text), ("Vell",)).fate is Fate.AMBIGUOUS
    assert locate(even_text(text), ("Vell",), "Vell said yes").spans == (Span(14, 18),)
    lost = locate(even_text(text), ("Vell",), "Vell said perhaps")
    assert (lost.fate, lost.by_near) == (Fate.LOST, True)


def test_sentences_end_before_capitals_but_not_behind_titles_and_initials() -> None:
    text = "Mr. J. Brandt of the U.S. Navy left. “Why?” she asked. It cost 3.5 million.\n\nA cross-head\n\nThe end."
    assert [span.of(text) for span in sentences(text)] == [
        "Mr. J. Brandt of the U.S. Navy left.",
        "“Why?” she asked.",
        "It cost 3.5 million.",
        "A cross-head",
        "The end.",
    ]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=8), st.data())
def test_around_holds_the_spans_that_are_touched(lengths: list[int], data: st.DataObject) -> None:
    spans, at = [], 0
    for length in lengths:
        spans.append(Span(at, at + length))
        at += length + 1
    start = data.draw(st.integers(0, at - 1))
    inner = Span(start, data.draw(st.integers(start + 1, at)))
    touched = [span for span in spans if span.overlaps(inner)]
    expected = Span(touched[0].start, touched[-1].end) if touched else inner
    assert around(tuple(spans), inner) == expected


def holds(raw: bytes, name: str) -> bool:
    """Whether a file holds a name in any spelling."""
    return fold(name) in fold(raw.decode("utf-8", "surrogateescape").replace("\\", ""))


FILES = st.lists(
    st.one_of(ODD.map(lambda c: c.encode("utf-8", "replace")), st.binary(max_size=3), st.text().map(str.encode))
)


@given(FILES.map(b"".join), st.data())
def test_a_file_that_holds_a_name_is_never_passed_over(raw: bytes, data: st.DataObject) -> None:
    folded = fold(raw.decode("utf-8", "surrogateescape").replace("\\", ""))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(folded))] * 2)))
    name = data.draw(st.one_of(st.just(folded[start:end]), st.lists(ODD, max_size=4).map("".join)))
    assert Sought(["Ngozi Okafor", name]).maybe_in(raw) or not holds(raw, name)


def test_every_character_that_folds_may_stand_in_a_name() -> None:
    for char in filter(lambda c: fold(c) != c, map(chr, range(sys.maxunicode + 1))):
        one, other = f"a{char}b", f"a{fold(char)}b"
        for name, text in ((other, f"x {one} x"), (one, f"x {other} x"), (one, one.upper()), (other, one.upper())):
            assert Sought([name]).maybe_in(text.encode()) or not holds(text.encode(), name), (name, text)


def test_a_file_without_a_name_is_passed_over() -> None:
    sought = Sought(["Peña Nieto"])
    assert sought.maybe_in("said PENÄ\n  “Nie\\to”".encode())
    assert not sought.maybe_in("said Peña, not Nieta".encode())
    assert not sought.maybe_in("said Peña of the Nietos".encode())
