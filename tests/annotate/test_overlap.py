"""What holds where annotators disagree about the same words."""

import spacy

from nutgraf.annotate.document import parse_story
from nutgraf.annotate.overlap import make_overlap
from nutgraf.model.annotation import (
    ActorFound,
    ActorKind,
    Annotations,
    Credits,
    DateFound,
    FigureFound,
    Mention,
    Named,
    QuoteFound,
    QuoteKind,
)
from nutgraf.model.article import Article, Block, BlockKind, LanguagePack, Story
from nutgraf.model.span import Span

TEXT = "OSLO (Reuters) - Team 7 sold 40 boats on 3 May 2020, “a record,” Kari Moe told Reuters."


def span(words: str, after: int = 0) -> Span:
    at = TEXT.index(words, after)
    return Span(at, at + len(words))


def settled(found: Annotations) -> Annotations:
    story = Story(Article("a.txt", TEXT), (Block(Span(0, len(TEXT)), BlockKind.PARAGRAPH),), "en")
    document = parse_story(story, spacy.blank("en"))
    return Annotations(**make_overlap(LanguagePack("en", {}))(document, found))  # type: ignore[arg-type]


def figure(words: str) -> FigureFound:
    return FigureFound(span(words), span(words), value=1)


def test_a_number_in_a_date_or_a_name_is_no_figure() -> None:
    team = ActorFound("Team 7", ActorKind.ORGANISATION, mentions=(Mention(span("Team 7")),))
    dates = (DateFound(span("3 May 2020"), "2020-05-03"), DateFound(span("May 2020"), "2020-05"))
    found = settled(Annotations(actors=(team,), dates=dates, figures=(figure("7"), figure("40"), figure("3"))))
    assert [f.span for f in found.figures] == [span("40")]
    assert [d.date for d in found.dates] == ["2020-05-03"]


def test_an_actor_named_only_where_the_story_is_credited_is_none() -> None:
    agency = ActorFound("Reuters", ActorKind.ORGANISATION, mentions=(Mention(span("Reuters")),))
    place = ActorFound("OSLO", ActorKind.PLACE, mentions=(Mention(span("OSLO")),))
    moe = ActorFound("Kari Moe", ActorKind.PERSON, mentions=(Mention(span("Kari Moe")),))
    credits = Credits(agencies=(Named("Reuters", span("Reuters")),), dateline=span("OSLO (Reuters) - "))
    found = settled(Annotations(actors=(agency, place, moe), credits=credits))
    assert [actor.name for actor in found.actors] == ["Kari Moe"]


def test_a_report_that_repeats_a_quotation_goes() -> None:
    direct = QuoteFound((span("a record,"),), QuoteKind.DIRECT, by="Kari Moe", confidence=0.7)
    report = QuoteFound((span("a record"),), QuoteKind.INDIRECT, by="Kari Moe", confidence=0.9)
    other = QuoteFound((span("sold 40 boats"),), QuoteKind.INDIRECT, by="Kari Moe")
    assert settled(Annotations(quotes=(report, direct, other))).quotes == (other, direct)


def test_the_storys_own_agency_is_no_actor_where_somebody_talks_to_it() -> None:
    told = span("Reuters", TEXT.index("told"))
    agency = ActorFound("Reuters", ActorKind.ORGANISATION, mentions=(Mention(span("Reuters")), Mention(told)))
    credited = Annotations(actors=(agency,), credits=Credits(agencies=(Named("Reuters", span("Reuters")),)))
    assert settled(credited).actors == ()
    assert settled(Annotations(actors=(agency,))).actors == (agency,)
