"""Figures, by the cases of tests/golden/figures*.txt, all published on Wednesday, 15 May 2024."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nutgraf.annotate.clauses import WORDS
from nutgraf.annotate.dates import make_dates
from nutgraf.annotate.document import parse_story
from nutgraf.annotate.figures import make_figure_attribution, make_figures
from nutgraf.annotate.lines import split_lines
from nutgraf.annotate.numbers import NumberReader
from nutgraf.engine import Engine
from nutgraf.model.annotation import Annotations, Credits, DateFound, FigureFound, QuoteFound, QuoteKind
from nutgraf.model.article import Article, Block, BlockKind, Document, Story
from nutgraf.model.config import AnnotateConfig
from nutgraf.model.span import Span

GOLDEN = Path(__file__).parents[1] / "golden"
SHOWN = 0.5
"""Confidence from which a brief lists a figure."""

LANGUAGES = {"# Spanish": "es", "# Portuguese": "pt", "# French": "fr", "# German": "de"}
"""By how the title of a case begins."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(AnnotateConfig())


def cases(name: str) -> Iterator[object]:
    """Title, text and other lines of every case of a file."""
    for case in (GOLDEN / name).read_text(encoding="utf-8").split("\n\n"):
        title, text, *lines = case.strip().splitlines()
        yield pytest.param(title, text, lines, id=title.lstrip("# "))


def document(engine: Engine, text: str, language: str = "en") -> Document:
    blocks = tuple(Block(span, BlockKind.PARAGRAPH) for span in split_lines(text))
    story = Story(Article("case", text, language=language), blocks, language, "2024-05-15")
    return parse_story(story, engine.model(language))


def figures(engine: Engine, read: Document) -> tuple[FigureFound, ...]:
    pack = engine.pack(read.story.language)
    dates = make_dates(pack)(read, Annotations())["dates"]
    assert isinstance(dates, tuple) and all(isinstance(d, DateFound) for d in dates)
    found = make_figures(pack)(read, Annotations(dates=dates))["figures"]
    assert isinstance(found, tuple)
    return tuple(f for f in found if f.confidence >= SHOWN)


def as_written(figure: FigureFound, text: str, fields: frozenset[str]) -> str:
    size = f"{figure.low}–{figure.high}" if figure.value is None else str(figure.value)
    told = {
        "what": figure.what,
        "approx": figure.approx,
        "change": figure.change,
        "base": figure.base,
        "record": figure.record,
        "when": figure.when,
        "by": figure.by,
        "text": figure.anchor.of(text) if "text" in fields else None,
    }
    return " | ".join([f"{size} {figure.unit or ''}".strip(), *(f"{k}: {v}" for k, v in told.items() if v)])


@pytest.mark.parametrize(("title", "text", "lines"), list(cases("figures.txt")))
def test_golden(engine: Engine, title: str, text: str, lines: list[str]) -> None:
    wanted = [line[2:] for line in lines]
    read = document(engine, text, LANGUAGES.get(title.split(":")[0], "en"))
    fields = frozenset({"text"} if "text: " in "".join(wanted) else ())
    assert [as_written(f, text, fields) for f in figures(engine, read)] == wanted


def test_a_dateline_is_not_counted(engine: Engine) -> None:
    text = "LONDON, May 14 (UPI) -- The jobless rate rose to 4.3 percent in the three months to March."
    found = Annotations(credits=Credits(dateline=Span(0, 24)))
    figures = make_figures(engine.pack("en"))(document(engine, text), found)["figures"]
    assert isinstance(figures, tuple) and next((f.value, f.what) for f in figures) == (4.3, "jobless rate")


@pytest.mark.parametrize(("title", "text", "lines"), list(cases("figures_attributed.txt")))
def test_golden_attribution(engine: Engine, title: str, text: str, lines: list[str]) -> None:
    told = [line[2:].split(": ", 1) for line in lines if line.startswith("= ")]
    quotes = tuple(
        QuoteFound((Span(text.index(words), text.index(words) + len(words)),), QuoteKind.INDIRECT, by=by)
        for by, words in told
    )
    read = document(engine, text)
    before = Annotations(figures=figures(engine, read), quotes=quotes)
    found = make_figure_attribution(engine.pack("en"))(read, before)["figures"]
    assert isinstance(found, tuple)
    wanted = [line[2:] for line in lines if line.startswith("> ")]
    assert [" | ".join([str(f.value), *([f"by: {f.by}"] if f.by else [])]) for f in found] == wanted


def test_anchors_are_short_hold_the_number_and_cross_no_quotation_mark(engine: Engine) -> None:
    text = (
        "“We counted 40 boats,” she told the crowd that had gathered in the old market hall before noon, while "
        "more than 300 pilots, some of whom had come from as far as Weston and the northern islands, waited outside."
    )
    found = figures(engine, document(engine, text))
    assert [f.value for f in found] == [40, 300]
    for figure in found:
        words = figure.anchor.of(text)
        assert figure.anchor.contains(figure.span) and len(words.split()) <= WORDS and not set(words) & set("“”,")


def test_numbers_by_the_signs_of_a_language(engine: Engine) -> None:
    english = NumberReader(engine.pack("en").table("figures"))
    spanish = NumberReader(engine.pack("es").table("figures"))
    written = {"47,331": 47331, "1.9 million": 1900000, "3½": 3.5, "two hundred and six": 206, "half a million": 500000}
    assert {each: english.value(each) for each in written} == written
    written = {"47.331": 47331, "1,9 millones": 1900000, "22 mil": 22000, "treinta y dos mil": 32000}
    assert {each: spanish.value(each) for each in written} == written
