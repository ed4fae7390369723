"""Dates, by the cases of tests/golden/dates.txt, all published on Wednesday, 15 May 2024."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.annotate import days
from nutgraf.annotate.dates import ASIDE, make_dates
from nutgraf.annotate.days import Tense
from nutgraf.annotate.document import parse_story
from nutgraf.annotate.lines import split_lines
from nutgraf.engine import Engine
from nutgraf.model.annotation import Annotations, DateFound
from nutgraf.model.article import Article, Block, BlockKind, Document, Story
from nutgraf.model.config import AnnotateConfig
from nutgraf.model.span import Span

GOLDEN = Path(__file__).parents[1] / "golden"
PUBLISHED = "2024-05-15"
SHOWN = 0.4
"""Confidence from which a brief lists a date."""
DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))

LANGUAGES = {"# Spanish": "es", "# Portuguese": "pt", "# French": "fr", "# German": "de"}
"""By how the title of a case begins."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(AnnotateConfig())


def cases(name: str) -> Iterator[object]:
    """Title, text and expected lines of every case of a file."""
    for case in (GOLDEN / name).read_text(encoding="utf-8").split("\n\n"):
        title, text, *lines = case.strip().splitlines()
        yield pytest.param(title, text, [line[2:] for line in lines], id=title.lstrip("# "))


def document(engine: Engine, text: str, language: str = "en", published: str | None = PUBLISHED) -> Document:
    blocks = tuple(Block(span, BlockKind.PARAGRAPH) for span in split_lines(text))
    story = Story(Article("case", text, language=language), blocks, language, published)
    return parse_story(story, engine.model(language))


def dates(engine: Engine, text: str, language: str = "en", published: str | None = PUBLISHED) -> tuple[DateFound, ...]:
    found = make_dates(engine.pack(language))(document(engine, text, language, published), Annotations())["dates"]
    assert isinstance(found, tuple)
    return tuple(each for each in found if each.confidence >= SHOWN)


@pytest.mark.parametrize(("title", "text", "wanted"), list(cases("dates.txt")))
def test_golden(engine: Engine, title: str, text: str, wanted: list[str]) -> None:
    found = dates(engine, text, LANGUAGES.get(title.split(":")[0], "en"))
    assert [f"{d.span.of(text)} | {d.date}" for d in found] == wanted


def test_without_a_day_of_publication_only_absolute_dates_are_found(engine: Engine) -> None:
    text = "The mill opened on March 3, 2021 and closed on Tuesday, three days ago and in August, after 1998."
    assert [d.date for d in dates(engine, text, published=None)] == ["2021-03-03", "1998"]


def test_an_interval_keeps_its_ends(engine: Engine) -> None:
    text = "He sat in the council from 2004 to 2009."
    (found,) = dates(engine, text)
    assert [(span.of(text), when) for span, when in found.parts] == [("2004", "2004"), ("2009", "2009")]


def test_a_day_alone_on_a_line_around_the_story_is_no_line_of_a_brief(engine: Engine) -> None:
    text = "Saturday, May 11, 2024"
    story = Story(Article("case", text), (Block(Span(0, len(text)), BlockKind.BOILERPLATE),), "en", PUBLISHED)
    found = make_dates(engine.pack("en"))(Document(story, (), True), Annotations())["dates"]
    assert found == (DateFound(Span(0, len(text)), "2024-05-11", confidence=ASIDE),)


def test_what_happened(engine: Engine) -> None:
    assert [d.what for d in dates(engine, "He resigned after the protests in Weston on July 11, 2021.")] == [
        "protests in Weston"
    ]


@given(DAYS, st.integers(0, 6), st.sampled_from(Tense))
def test_a_weekday_is_at_most_six_days_away(today: date, weekday: int, tense: Tense) -> None:
    found = days.weekday_near(today, weekday, tense)
    away = (found - today).days
    assert found.weekday() == weekday
    assert 0 <= away <= 6 if tense is Tense.FUTURE else -6 <= away <= 0


@given(DAYS, st.integers(1, 12), st.sampled_from(Tense))
def test_a_month_is_within_a_year_on_the_side_of_the_tense(today: date, month: int, tense: Tense) -> None:
    away = (days.year_of(today, month, None, tense) - today.year) * 12 + month - today.month
    low, high = {Tense.PAST: (-11, 0), Tense.FUTURE: (0, 11), Tense.OPEN: (-6, 6)}[tense]
    assert low <= away <= high


@given(DAYS, st.integers(-40, 40))
def test_months_on_and_back(today: date, count: int) -> None:
    year, month = map(int, days.months_on(today, count).split("-"))
    assert (year - today.year) * 12 + month - today.month == count


def test_no_day_that_the_calendar_lacks() -> None:
    assert days.day(2023, 2, 29) is None
    assert days.day(2024, 2, 29) == "2024-02-29"


def test_a_day_printed_over_the_story_is_where_the_writer_counts_from(engine: Engine) -> None:
    line, text = "Thursday, May 16, 2024", "The pier burned yesterday."
    whole = f"{line}\n{text}"
    first, second = Span(0, len(line)), Span(len(line) + 1, len(whole))
    blocks = (Block(first, BlockKind.BYLINE), Block(second, BlockKind.PARAGRAPH))
    for printed, wanted in ((PUBLISHED, "2024-05-15"), ("2024-01-02", "2024-01-01")):
        story = parse_story(Story(Article("case", whole), blocks, "en", printed), engine.model("en"))
        found = make_dates(engine.pack("en"))(story, Annotations())["dates"]
        assert [d.date for d in found if d.span.overlaps(second)] == [wanted]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("today", "season", "turn", "wanted"),
    [
        (date(2024, 2, 1), 24, -1, "2022-24"),
        (date(2024, 4, 1), 24, -1, "2023-24"),
        (date(2024, 2, 1), 24, 0, "2023-24"),
        (date(2024, 7, 1), 22, -1, "2023-22"),
        (date(2024, 4, 1), 21, 1, "2025-21"),
    ],
)
def test_seasons(today: date, season: int, turn: int, wanted: str) -> None:
    assert days.season_near(today, season, turn) == wanted
