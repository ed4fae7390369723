"""The order of annotators and how each sees what those before it found."""

from collections.abc import Mapping

import pytest
import spacy

from nutgraf.annotate.document import parse_story
from nutgraf.annotate.pipeline import Annotator, annotate, annotator, in_order, pipeline
from nutgraf.model.annotation import Annotations, TopicFound
from nutgraf.model.article import Article, Block, BlockKind, Document, LanguagePack, Story
from nutgraf.model.span import Span


def document(text: str = "The ferry sails again on Monday.") -> Document:
    story = Story(Article("a.txt", text), (Block(Span(0, len(text)), BlockKind.PARAGRAPH),), "en")
    return parse_story(story, spacy.blank("en"))


def headline(document: Document, found: Annotations) -> Mapping[str, object]:
    return {"headline": "Ferry sails"}


def topics(document: Document, found: Annotations) -> Mapping[str, object]:
    return {"topics": (TopicFound(str(found.headline), "the headline"),)}


FIRST = annotator("headline", headline, "", "headline")
SECOND = annotator("topics", topics, "headline", "topics")


def test_each_sees_what_those_before_it_found() -> None:
    found = annotate(document(), (FIRST, SECOND))
    assert found.headline == "Ferry sails"
    assert found.topics == (TopicFound("Ferry sails", "the headline"),)


def test_the_order_is_checked() -> None:
    assert in_order((FIRST, SECOND)) == (FIRST, SECOND)
    with pytest.raises(ValueError, match="'topics' needs headline"):
        in_order((SECOND, FIRST))


def test_a_field_that_was_not_declared_is_a_bug() -> None:
    with pytest.raises(ValueError, match="returned headline"):
        annotate(document(), (Annotator("x", frozenset(), frozenset({"topics"}), headline),))


def test_the_real_list_is_in_order_and_runs_without_any_table() -> None:
    found = annotate(document(), pipeline(LanguagePack("xx", {}), ()))
    assert found.headline == "The ferry sails again on Monday"
