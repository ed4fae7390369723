"""Headlines: the published one, else words of the lede as they stand."""

import re

import pytest
import spacy

from nutgraf.annotate.document import parse_story
from nutgraf.annotate.headline import LONGEST, cut, first_sentence, make_headline
from nutgraf.model.annotation import Annotations, Credits, QuoteFound, QuoteKind
from nutgraf.model.article import Article, Block, BlockKind, Document, LanguagePack, Story
from nutgraf.model.span import Span

LEDE = (
    "OSLO (Reuters) - Norway's smallest port reopened on Monday after a winter of repairs that cost more than the "
    "town earns in a year, which had split its council. The first ship brought salt."
)


def document(*lines: tuple[str, BlockKind], **metadata: str) -> Document:
    text = "\n".join(line for line, _ in lines)
    blocks, at = [], 0
    for line, kind in lines:
        blocks.append(Block(Span(at, at + len(line)), kind))
        at += len(line) + 1
    story = Story(Article("a.txt", text, **metadata), tuple(blocks), "en")
    return parse_story(story, spacy.blank("en"))


def run(doc: Document, credits: Credits = Credits()) -> Annotations:  # noqa: B008
    return Annotations(**make_headline(LanguagePack("en", {}))(doc, Annotations(credits=credits)))  # type: ignore[arg-type]


def test_the_published_headline_and_the_lede_as_standfirst() -> None:
    found = run(
        document(("Port reopens", BlockKind.HEADLINE), (LEDE, BlockKind.PARAGRAPH)), Credits(dateline=Span(13, 30))
    )
    assert found.headline == "Port reopens"
    assert found.standfirst is not None and found.standfirst.startswith("Norway's smallest port")
    assert found.standfirst.endswith("its council.")


def test_the_title_of_the_metadata_is_the_headline() -> None:
    assert run(document((LEDE, BlockKind.PARAGRAPH), title="Salt comes first")).headline == "Salt comes first"


def test_without_one_it_is_cut_from_the_lede_word_for_word() -> None:
    found = run(document((LEDE, BlockKind.PARAGRAPH)), Credits(dateline=Span(0, 17)))
    assert found.headline is not None and found.headline.rstrip("…") in LEDE
    assert found.headline.startswith("Norway") and len(found.headline) <= LONGEST
    assert found.standfirst == "The first ship brought salt."


@pytest.mark.parametrize(
    ("told", "standfirst"),
    [
        ("A port for salt", "A port for salt"),
        ("Salt comes first. Then comes grain, and", "Salt comes first."),
        ("Salt comes fi...", "Norway"),
        ("Salt comes fi…", "Norway"),
        ("OSLO (Reuters) - Norway's smallest port reopened on Monday after a win", "Norway"),
        (f"{LEDE} {'Grain came next. ' * 40}", "Norway"),
        ("Word upon word " * 40, "Norway"),
    ],
)
def test_of_a_published_description_what_is_whole(told: str, standfirst: str) -> None:
    read = document((LEDE, BlockKind.PARAGRAPH), title="Salt comes first", standfirst=told)
    found = run(read, Credits(dateline=Span(0, 17))).standfirst
    assert found is not None and found.startswith(standfirst) and found[-1] != "…" and len(found) <= 400


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Mr. Hale left. He said nothing.", "Mr. Hale left."),
        ("The U.S. Senate met. It voted.", "The U.S. Senate met."),
        ("“We won.” The crowd sang.", "“We won.”"),
        ("No stop at all", "No stop at all"),
    ],
)
def test_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


BOUNDARY = re.compile(r"[,;:](?=\s)|\s(?=after\s)")


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("The pier burned down.", "The pier burned down"),
        (
            "The council of the northern district voted to close both schools, a step which parents had opposed for "
            "months, and which the mayor called unavoidable.",
            "The council of the northern district voted to close both schools",
        ),
        (
            "The mayor of Weston, Ana Sol, closed the pier on Monday after a storm that sank nine boats in the harbour "
            "within an hour.",
            "The mayor of Weston, Ana Sol, closed the pier on Monday",
        ),
        (
            "The harbour master said on Monday “the pier, the shed and the crane were lost to the storm of last week”, "
            "and left the hall.",
            "The harbour master said on Monday “the pier, the shed and the crane were lost to the storm of last week”",
        ),
        (
            "Nobody in the town of Weston saw the storm that came in from the sea on Monday evening until it was far "
            "too late to tie the boats to the new pier.",
            "Nobody in the town of Weston saw the storm that came in from the sea on Monday evening until it…",
        ),
    ],
)
def test_cut_ends_at_a_clause_that_says_something(sentence: str, headline: str) -> None:
    assert cut(sentence, BOUNDARY, lambda words: "ed" in words or "said" in words or "saw" in words) == headline


def test_who_said_it_is_no_part_of_a_headline() -> None:
    text = "The pier of Weston burned down, the coast guard said."
    said = QuoteFound((Span(0, text.index(", the")),), QuoteKind.INDIRECT)
    told = make_headline(LanguagePack("en", {}))(document((text, BlockKind.PARAGRAPH)), Annotations(quotes=(said,)))
    assert (told["headline"], told["standfirst"]) == ("The pier of Weston burned down", None)


def test_marks_behind_a_headline_are_left_out() -> None:
    doc = document(("Port reopens;", BlockKind.HEADLINE), (LEDE, BlockKind.PARAGRAPH))
    assert run(doc).headline == "Port reopens"


def test_a_line_that_is_only_the_dateline_is_no_headline() -> None:
    doc = document(
        ("WESTON, 14 May (EP) -", BlockKind.HEADLINE), ("The pier of Weston burned down.", BlockKind.PARAGRAPH)
    )
    assert run(doc, Credits(dateline=Span(0, 21))).headline == "The pier of Weston burned down"


def test_teasers_become_related() -> None:
    found = run(document((LEDE, BlockKind.PARAGRAPH), ("Whale seen off the pier", BlockKind.TEASER)))
    assert [teaser.headline for teaser in found.related] == ["Whale seen off the pier"]
