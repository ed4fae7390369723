"""Statements and their speakers, by the cases of tests/golden/quotes.txt and quotes_es.txt.

A case is a title, the text (a line a paragraph) and, behind ">", what is found:
kind | speaker | cue | content, its pieces divided by " … ".
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from nutgraf.annotate.calibration import calibrated
from nutgraf.annotate.document import parse_story
from nutgraf.annotate.drafts import Draft
from nutgraf.annotate.lines import split_lines
from nutgraf.annotate.quotation_marks import find_quotations
from nutgraf.annotate.quotes import Finder, make_quotes
from nutgraf.annotate.speakers import Speakers
from nutgraf.engine import Engine, load_pack
from nutgraf.model.annotation import (
    ActorFound,
    ActorKind,
    Annotations,
    Credits,
    Mention,
    MentionKind,
    QuoteFound,
    QuoteKind,
)
from nutgraf.model.article import Article, Block, BlockKind, Document, Story
from nutgraf.model.config import AnnotateConfig
from nutgraf.model.span import Span

GOLDEN = Path(__file__).parents[1] / "golden"


@cache
def engine() -> Engine:
    return Engine(AnnotateConfig())


def document(text: str, language: str = "en") -> Document:
    blocks = tuple(Block(span, BlockKind.PARAGRAPH) for span in split_lines(text))
    return parse_story(Story(Article("case", text), blocks, language), engine().model(language))


def quotes(text: str, language: str = "en", actors: tuple[ActorFound, ...] = ()) -> tuple[QuoteFound, ...]:
    run = make_quotes(load_pack(language))
    return run(document(text, language), Annotations(actors=actors))["quotes"]  # type: ignore[return-value]


def shown(quote: QuoteFound, text: str) -> str:
    content = " … ".join(piece.of(text) for piece in quote.content)
    return " | ".join((quote.kind.value, quote.by or "-", quote.cue.of(text) if quote.cue else "-", content))


def cases(name: str) -> Iterator[object]:
    for case in (GOLDEN / name).read_text(encoding="utf-8").strip().split("\n\n"):
        title, *lines = case.splitlines()
        text = "\n".join(line for line in lines if not line.startswith("> "))
        yield pytest.param(text, [line[2:] for line in lines if line.startswith("> ")], id=title.lstrip("# "))


@pytest.mark.parametrize(("text", "wanted"), [*cases("quotes.txt")])
def test_golden(text: str, wanted: list[str]) -> None:
    assert [shown(quote, text) for quote in quotes(text) if quote.listed] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "PARIS -- The harbour office said the bridge would be closed until spring.",
        "PARIS -- The bridge will be closed until spring, the harbour office said.",
    ],
)
def test_a_dateline_says_nothing(text: str) -> None:
    found = make_quotes(load_pack("en"))(document(text), Annotations(credits=Credits(dateline=Span(0, 8))))["quotes"]
    assert [quote.by for quote in found] == ["harbour office"]  # type: ignore[attr-defined]


def test_a_title_means_its_holder() -> None:
    text = "The bill was read by Nora Berg. In a post, the US President said: “We will not sell the ferry.”"
    president = ActorFound("Martha Lind", ActorKind.PERSON, role="US President")
    assert [quote.by for quote in quotes(text, actors=(president,))] == ["Martha Lind"]


@pytest.mark.parametrize(("text", "wanted"), [*cases("quotes_es.txt")])
def test_golden_spanish(text: str, wanted: list[str]) -> None:
    assert [shown(quote, text) for quote in quotes(text, "es")] == wanted


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("He said 'no' and left.", ["no"]),
        ("The boys' own players' union isn't 'happy'.", ["happy"]),
        ("''It is late,'' she said. ''Go home.''", ["It is late,", "Go home."]),
        ("“Closed by a mark that opens“ and then nothing", ["Closed by a mark that opens"]),
        ("«Hola», dijo. „Guten Tag“, sagte er.", ["Hola", "Guten Tag"]),
        ("“A quotation that goes on", ["A quotation that goes on"]),
        ('A mark that nobody "closes in this paragraph', []),
        ("\"She said 'go' to me\"", ["She said 'go' to me"]),
        ('Nothing between "" the marks.', []),
    ],
)
def test_quotation_marks(text: str, inner: list[str]) -> None:
    assert [quotation.inner.of(text) for quotation in find_quotations(text)] == inner


def test_a_mark_without_partner_opens_a_quotation_that_the_next_paragraph_continues() -> None:
    assert not find_quotations("She said: “We stayed.")
    assert [q.closed for q in find_quotations("She said: “We stayed.", continued=True)] == [False]


def person(name: str, text: str, **others: MentionKind) -> ActorFound:
    forms = {name: MentionKind.NAME, **others}
    mentions = tuple(Mention(Span(text.find(w), text.find(w) + len(w)), kind) for w, kind in forms.items())
    return ActorFound(name, ActorKind.PERSON, mentions=mentions)


def test_a_pronoun_speaks_for_its_actor() -> None:
    text = "Nora Lindqvist opened the road. Later she said the ice was thick."
    (found,) = quotes(text, actors=(person("Nora Lindqvist", text, she=MentionKind.PRONOUN),))
    assert found.by == "Nora Lindqvist"
    assert found.speaker is not None and found.speaker.of(text) == "she"


def test_a_pronoun_that_no_actor_claims_is_who_spoke_last() -> None:
    text = "Nora Lindqvist said the ice was thick.\nShe added that nobody should drive alone."
    assert [q.by for q in quotes(text, actors=(person("Nora Lindqvist", text),))] == ["Nora Lindqvist"] * 2


def test_a_name_behind_a_description_is_the_speaker() -> None:
    text = "The secretary of the fishing guild, Nora Lindqvist, said the ice was thick."
    assert [q.by for q in quotes(text, actors=(person("Nora Lindqvist", text),))] == ["Nora Lindqvist"]


def test_the_aide_of_a_person_is_not_that_person() -> None:
    text = "An aide to Nora Lindqvist said the ice was thick."
    assert [q.by for q in quotes(text, actors=(person("Nora Lindqvist", text),))] == ["aide to Nora Lindqvist"]


def test_data_are_the_word_of_who_made_them() -> None:
    text = "According to data from the Coast Guard, nine ships were lost in March."
    guard = ActorFound("Coast Guard", ActorKind.ORGANISATION, mentions=(Mention(Span(27, 38)),))
    assert [q.by for q in quotes(text, actors=(guard,))] == ["Coast Guard"]


def test_fragments_of_a_mixed_statement() -> None:
    text = "The mayor said the storm had left the quarter “in ruins” and two villages “without a road.”"
    (found,) = quotes(text)
    assert found.kind is QuoteKind.MIXED
    assert [fragment.of(text) for fragment in found.fragments] == ["in ruins", "without a road."]


def test_wishes_are_found_and_not_listed() -> None:
    text = "The mayor wants to rebuild the bridge by May.\nThe mayor said the bridge would be rebuilt by May."
    wish, said = quotes(text)
    assert (wish.listed, said.listed) == (False, True)


@pytest.mark.parametrize(("score", "wanted"), [(0.1, 0.4), (0.5, 0.4), (0.6, 0.5), (0.7, 0.6), (0.99, 0.9)])
def test_a_score_becomes_a_probability_along_its_curve(score: float, wanted: float) -> None:
    assert calibrated(score, ((0.5, 0.4), (0.7, 0.6), (0.9, 0.9))) == pytest.approx(wanted)
    assert calibrated(score, ()) == score


def test_the_curves_that_are_shipped_rise() -> None:
    curves = load_pack("en").table("quote_weights")["curves"]
    assert curves.keys() == {"quoted", "said", "attitude"}
    assert all(
        points == sorted(points) and sorted(p for _, p in points) == [p for _, p in points]
        for points in curves.values()
    )


def test_a_language_without_rules_finds_nothing() -> None:
    assert quotes("Borgmesteren sagde, at broen var lukket.", "da") == ()


def test_a_statement_of_a_relative_pronoun_alone_is_none():
    text = "Nora Lindqvist replied that"
    table = load_pack("en").table("quotes")
    story = Story(Article("a.txt", text), (Block(Span(0, len(text)), BlockKind.PARAGRAPH),), "en", None)
    draft = Draft((Span(23, 27),), Span(15, 22), None, Span(0, 14), None, 0.9, "clause", False)
    found = Finder(table, {}).finish(Document(story, (), True), (), (draft,), Speakers((), table))
    assert found == ()
