"""Topics: from the editor's list, with a reason."""

import spacy

from nutgraf.annotate.document import parse_story
from nutgraf.annotate.lines import split_lines
from nutgraf.annotate.topics import make_topics
from nutgraf.engine import Engine
from nutgraf.model.annotation import Annotations, TopicFound
from nutgraf.model.article import Article, Block, BlockKind, LanguagePack, Story
from nutgraf.model.brief import Page
from nutgraf.model.config import AnnotateConfig
from nutgraf.model.span import Span

PAGES = (
    Page("ferries", "ferries.md", "topic", "ferries", aliases=("ferry",), terms=("harbour", "pier")),
    Page("schools", "schools.md", "topic", "schools", terms=("teacher", "pupils")),
    Page("mexico", "mexico.md", "topic", "México"),
)


def topics(text: str) -> tuple[TopicFound, ...]:
    story = Story(Article("a.txt", text), (Block(Span(0, len(text)), BlockKind.PARAGRAPH),), "en")
    document = parse_story(story, spacy.blank("en"))
    fields = make_topics(LanguagePack("en", {}), PAGES)(document, Annotations())
    return fields["topics"]  # type: ignore[return-value]


def test_a_name_or_alias_is_enough_and_is_the_reason() -> None:
    (found,) = topics("The ferry left the pier. A second ferry waited.")
    assert (found.label, found.reason) == ("ferries", "“ferry” × 2, “pier” × 1")


def test_one_term_is_not_enough_and_two_are() -> None:
    assert topics("The teacher waited.") == ()
    assert [found.label for found in topics("The teacher and her pupils waited.")] == ["schools"]


def test_accents_and_case_do_not_matter_but_word_borders_do() -> None:
    assert [found.label for found in topics("Trade with MEXICO grew.")] == ["México"]
    assert topics("Ferryman and schoolsong.") == ()


def test_terms_stand_out_by_spread_headline_and_compounds() -> None:
    engine = Engine(AnnotateConfig())
    lines = (
        "The ferry strike began at noon, and the harbour was empty.",
        "Nobody knows how long the ferry strike will last. A crab was seen.",
        "The harbour lost money, the mayor said. A crab sat on the pier.",
    )
    text = "\n".join(lines)
    blocks = tuple(Block(span, BlockKind.PARAGRAPH) for span in split_lines(text))
    document = parse_story(Story(Article("a.txt", text), blocks, "en"), engine.model("en"))
    found = make_topics(engine.pack("en"), ())(document, Annotations(headline="Ferry strike empties the port"))[
        "topics"
    ]
    assert found == (TopicFound("ferry strike", "“ferry strike” × 2, in the headline", 0.6),)
