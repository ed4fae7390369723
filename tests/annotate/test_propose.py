"""From annotations to a proposal: anchors word for word, near where needed, doubtful items left out."""

import spacy

from nutgraf.annotate.document import parse_story
from nutgraf.annotate.propose import propose
from nutgraf.model.annotation import (
    ActorFound,
    ActorKind,
    Annotations,
    DateFound,
    FigureFound,
    QuoteFound,
    QuoteKind,
    Related,
    SourceFound,
    SourceKind,
)
from nutgraf.model.article import Article, Block, BlockKind, Story
from nutgraf.model.brief import Proposal, Source
from nutgraf.model.span import Span

TEXT = """Ana Sol said 40 boats sank on Monday.
FLEET OF ANA SOL IN PORT
On Monday, fishermen in the port of Vela
asked for help. “We need 40 boats,” Sol said.
(With information from EFE)
Whale seen off the pier"""
KINDS = (
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.CREDIT,
    BlockKind.TEASER,
)


def span(words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return Span(at, at + len(words))


def proposal(found: Annotations) -> Proposal:
    lines = ["Ana Sol said 40 boats sank on Monday.", "FLEET OF ANA SOL IN PORT"]
    lines += [TEXT[TEXT.index("On Monday, f") : TEXT.index("\n(With")], "(With information from EFE)"]
    lines += ["Whale seen off the pier"]
    blocks = tuple(Block(span(line), kind) for line, kind in zip(lines, KINDS, strict=True))
    story = Story(Article("2020-01-07-boats.txt", TEXT), blocks, "en", "2020-01-07")
    return propose(parse_story(story, spacy.blank("en")), found, "digest", "engine", lambda text: text)


def test_the_body_holds_paragraphs_cross_head_and_credit_and_no_teaser() -> None:
    made = proposal(
        Annotations(actors=(ActorFound("Ana Sol", ActorKind.PERSON),), related=(Related("Whale seen off the pier"),))
    )
    assert made.body == (
        "Ana Sol said 40 boats sank on Monday.\n\n## Fleet of Ana Sol in port\n\n"
        "On Monday, fishermen in the port of Vela asked for help. “We need 40 boats,” Sol said.\n\n"
        "(With information from EFE)\n"
    )
    assert [teaser.headline for teaser in made.front.related] == ["Whale seen off the pier"]
    assert (made.front.date, made.front.article) == ("2020-01-07", "2020-01-07-boats.txt")


def test_words_that_occur_twice_get_longer_words_that_occur_once() -> None:
    first, second = (FigureFound(span("40", n), span("40 boats", n), value=40) for n in (0, 1))
    figures = proposal(Annotations(figures=(first, second))).front.figures
    assert [figure.text for figure in figures] == ["40 boats", "40 boats"]
    for figure, other in zip(figures, ("sank", "need"), strict=True):
        assert figure.near is not None and figure.text in figure.near and other in figure.near


def test_words_across_a_line_break_are_found_in_the_body() -> None:
    found = FigureFound(span("40", 1), span("Vela\nasked for help. “We need 40 boats"), value=40)
    (figure,) = proposal(Annotations(figures=(found,))).front.figures
    assert figure.text == "Vela asked for help. “We need 40 boats"


def test_what_is_doubtful_or_outside_the_body_is_left_out() -> None:
    doubtful = FigureFound(span("40"), span("40 boats"), value=40, confidence=0.2)
    outside = DateFound(span("Whale seen"), "2020-01")
    made = proposal(Annotations(figures=(doubtful,), dates=(outside,)))
    assert made.front.figures == () and made.front.dates == ()


def test_a_date_said_twice_in_the_same_words_is_listed_once() -> None:
    dates = tuple(DateFound(span("Monday", n), "2020-01-06") for n in (0, 1))
    (date,) = proposal(Annotations(dates=dates)).front.dates
    assert date.text == "Monday" and date.near is not None and "sank on Monday" in date.near


def test_quotes_in_pieces_speakers_and_sources() -> None:
    quote = QuoteFound((span("We need 40 boats,"),), QuoteKind.DIRECT, span("said", 1), span("Sol", 1), "Ana Sol")
    report = QuoteFound((span("asked for help"),), QuoteKind.INDIRECT, None, span("fishermen"), "fishermen")
    nobody = QuoteFound((span("40 boats sank"),), QuoteKind.INDIRECT)
    agency = SourceFound("EFE", SourceKind.AGENCY, span("With information from EFE"))
    actor = ActorFound("Ana Sol", ActorKind.PERSON, aliases=("Sol",))
    front = proposal(Annotations(actors=(actor,), quotes=(quote, report, nobody), sources=(agency,))).front
    assert [(q.text, q.by, q.kind) for q in front.quotes] == [
        ("We need 40 boats,", "Ana Sol", "direct"),
        ("asked for help", "fishermen", "indirect"),
    ]
    assert front.sources == (
        Source("EFE", "agency", "With information from EFE"),
        Source("fishermen", "unnamed", "fishermen"),
    )


def test_an_alias_of_two_actors_is_nobodys() -> None:
    actors = tuple(ActorFound(f"{first} Sol", ActorKind.PERSON, aliases=("Sol", first)) for first in ("Ana", "Eva"))
    made = proposal(Annotations(actors=actors))
    assert [actor.aka for actor in made.front.actors] == [("Ana",), ("Eva",)]
    assert made.confidence["actors"] == (1.0, 1.0)
