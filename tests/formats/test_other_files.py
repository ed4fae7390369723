"""Proposals, pages, settings and rows of a corpus."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.formats.batch import article_of_row, body_of, record_of
from nutgraf.formats.brief import parse_brief, write_brief
from nutgraf.formats.page import parse_page
from nutgraf.formats.proposal import parse_proposal, write_proposal
from nutgraf.formats.schema import json_schema
from nutgraf.formats.settings import parse_config
from nutgraf.model.annotation import (
    ActorFound,
    ActorKind,
    Annotations,
    Credits,
    DateFound,
    FigureFound,
    Mention,
    MentionKind,
    Named,
    QuoteFound,
    QuoteKind,
    Related,
)
from nutgraf.model.article import Article, Block, BlockKind, Story
from nutgraf.model.brief import Actor, Figure, FrontMatter, Proposal, Quote, Role
from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Position
from nutgraf.model.span import Span

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)

# ------------------------------------------------------------------ proposals


@given(words, words, numbers, st.dictionaries(st.sampled_from(["actors", "figures"]), st.lists(st.floats(0, 1))))
def test_a_proposal_reads_back(headline: str, body: str, value: float, confidence: dict[str, list[float]]) -> None:
    front = FrontMatter(
        headline,
        "2022-04-20",
        actors=(Actor("Ann", "person", headline or None, (body,)),),
        figures=(Figure(body, value),),
        quotes=(Quote((headline, body), "Ann"), Quote(body, kind="indirect")),
    )
    shares = {name: tuple(round(share, 3) for share in held) for name, held in confidence.items()}
    proposal = Proposal("a.txt", "00ff", "nutgraf 1", front, body, shares)
    text = write_proposal(replace(proposal, confidence={k: tuple(v) for k, v in reversed(confidence.items())}))
    assert parse_proposal(text, "a.json") == (proposal, ())
    assert text == write_proposal(proposal)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", '{"article": 1}', '{"value": NaN}'])
def test_a_broken_proposal_is_a_finding(text: str) -> None:
    proposal, problems = parse_proposal(text, "a.json")
    assert proposal is None
    assert [d.code for d in problems] == ["broken-proposal"]


# ------------------------------------------------------------------ briefs


@given(words)
def test_the_body_reads_back(body: str) -> None:
    front = FrontMatter("Head", "2022-04-20")
    brief, problems = parse_brief(write_brief(front, body), "a.md")
    assert brief is not None, problems
    assert brief.body.markdown.strip("\n") == body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    assert brief.body.line == 7


def test_a_key_without_a_value_is_a_key_left_out() -> None:
    brief, problems = parse_brief(
        "---\nheadline: Head\ndate: 2022-04-20\nstandfirst:\ntopics: ~\nactors:\n---\n", "a.md"
    )
    assert brief is not None and problems == ()
    assert brief.front == FrontMatter("Head", "2022-04-20")


def test_only_text_and_numbers_are_read_from_scalars() -> None:
    items = "figures:\n- {text: 010, value: 3.50, when: 2022}\n"
    brief, _ = parse_brief(f"---\nheadline: 2022\ndate: 2022-04-20\nstandfirst: yes\n{items}---\n", "a.md")
    assert brief is not None
    assert (brief.front.headline, brief.front.date, brief.front.standfirst) == ("2022", "2022-04-20", "yes")
    assert brief.front.figures == (Figure("010", 3.5, when="2022"),)


@pytest.mark.parametrize("value", ["nan", ".inf", "1e999", "9" * 5000, "many", "[1]", "{a: b}"])
def test_what_is_no_number(value: str) -> None:
    text = f"---\nheadline: H\ndate: 2022-04-20\nfigures:\n- {{text: x, value: {value}}}\n---\n"
    brief, problems = parse_brief(text, "a.md")
    assert brief is None
    assert [(d.code, d.location.position) for d in problems] == [("wrong-type", Position(5, 20))]


@given(st.text(alphabet=list("-[]{}:,\"'#&*!|> \n\tab\u2028\0")))
def test_whatever_stands_there_is_read_or_told(text: str) -> None:
    brief, problems = parse_brief(f"---\nheadline: H\ndate: 2022-04-20\n{text}\n---\n", "a.md")
    assert (brief is None) == bool(problems)
    for problem in problems:
        assert problem.message and problem.location.path == "a.md"


# ------------------------------------------------------------------ pages and settings


def test_a_page() -> None:
    text = (
        "---\nname: Ana Ruiz\naliases: [Ruiz]\ntype: person\nroles:\n- {role: mayor, when: 2019/2023}\n"
        "latitude: 48.4\n---\nWho *she* is.\n"
    )
    page, problems = parse_page(text, "content/actors/ana-ruiz.md", "actor")
    assert page is not None and problems == ()
    assert (page.slug, page.kind, page.name, page.type) == ("ana-ruiz", "actor", "Ana Ruiz", "person")
    assert page.roles == (Role("mayor", "2019/2023"),)
    assert page.latitude == 48.4
    assert page.body.plain == "Who she is." and page.body.line == 9


def test_a_page_tells_an_unknown_key() -> None:
    page, problems = parse_page("---\nname: A\nalias: [B]\n---\n", "content/actors/a.md", "actor")
    assert page is None
    assert [(d.code, d.location.position, d.help) for d in problems] == [
        ("unknown-key", Position(3, 1), "did you mean aliases?")
    ]


def test_settings() -> None:
    text = "title: Harbour News\nbody: digest\nannotate:\n  models: {es: es_core}\nfindings: {lost-anchor: warning}\n"
    config, problems = parse_config(text, "site.yaml")
    assert problems == ()
    assert (config.title, config.body, config.annotate.models) == ("Harbour News", "digest", {"es": "es_core"})
    assert config.findings == {"lost-anchor": "warning"}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\ufeff"])
def test_no_settings_are_the_defaults(text: str) -> None:
    assert parse_config(text, "site.yaml") == (Config(), ())


def test_broken_settings_give_the_defaults_and_a_finding() -> None:
    config, problems = parse_config("titel: A\nfindings: {lost-anchor: loud}\n", "site.yaml")
    assert config == Config()
    assert [(d.code, d.location.position) for d in problems] == [
        ("unknown-key", Position(1, 1)),
        ("wrong-value", Position(2, 25)),
    ]


def test_the_schema_for_editors_knows_every_key() -> None:
    schema = json_schema(FrontMatter)
    assert schema["required"] == ["headline", "date"] and schema["additionalProperties"] is False
    assert list(schema["properties"]) == [f.name for f in fields(FrontMatter)]


# ------------------------------------------------------------------ rows


def test_rows_become_articles() -> None:
    row = {"id": 7, "text": "Words.", "date": "2022-04-20", "url": "https://example.org/a", "title": "Head"}
    article = article_of_row(row)
    assert (article.name, article.text, article.published) == ("7", "Words.", "2022-04-20")
    assert (article.url, article.title) == ("https://example.org/a", "Head")
    assert article_of_row({"id": "b", "text": "", "date": None}).published is None
    words = "The harbour is closed, the board said on Monday, and nobody knows when it will open. " * 4
    page = article_of_row({"id": "c", "html": f"<html><body><article><p>{words}</p></article></body></html>"})
    assert page.name == "c" and "harbour is closed" in page.text


@pytest.mark.parametrize("row", [[], {}, {"id": "a"}, {"text": "x"}, {"id": None, "text": "x"}, {"id": "a", "text": 1}])
def test_a_bad_row_says_so(row: object) -> None:
    with pytest.raises(ValueError, match="a row wants"):
        article_of_row(row)  # type: ignore[arg-type]


def test_an_annotated_article_becomes_a_row() -> None:
    text = "ULM (XYZ) - Mayor Ana Ruiz said 7% of boats left. She agreed.\n\nWhy\n\nShare this"
    at = lambda part: Span(text.index(part), text.index(part) + len(part))  # noqa: E731
    blocks = (
        Block(at(text.split("\n")[0]), BlockKind.PARAGRAPH),
        Block(at("Why"), BlockKind.HEADING),
        Block(at("Share this"), BlockKind.BOILERPLATE),
    )
    story = Story(Article("a", text), blocks, "en")
    said = QuoteFound(
        (at("7% of boats left"),), QuoteKind.INDIRECT, at("said"), at("Mayor Ana Ruiz"), "Ana Ruiz", (), 0.12345
    )
    found = Annotations(
        headline="Head",
        credits=Credits((Named("XYZ", at("XYZ")),), dateline=at("ULM (XYZ) -"), dateline_place=at("ULM")),
        dates=(DateFound(at("left"), "2022-04"),),
        actors=(
            ActorFound(
                "Ana Ruiz",
                ActorKind.PERSON,
                "Mayor",
                ("Ruiz",),
                (Mention(at("Ana Ruiz")), Mention(at("She"), MentionKind.PRONOUN)),
            ),
            ActorFound("Board", ActorKind.ORGANISATION),
        ),
        figures=(FigureFound(at("7%"), at("7% of boats left"), 7, unit="%", head=at("boats")),),
        quotes=(said,),
        related=(Related("Other news"),),
    )
    record = json.loads(json.dumps(record_of(story, found, False)))
    assert ",".join(record) == (
        "id,language,headline,body,actors,mentions,pronouns,attributions,figures,dates,agencies,cited,outlets,authors,"
        "dateline_place,dateline_date,related"
    )
    assert record["body"] == body_of(story) == text.removesuffix("\n\nShare this")
    assert [a["type"] for a in record["actors"]] == ["person", "organization"]
    assert [text[m["start"] : m["end"]] for m in record["mentions"]] == ["Ana Ruiz"]
    assert [(text[p["start"] : p["end"]], p["actor"]) for p in record["pronouns"]] == [("She", "Ana Ruiz")]
    (told,) = record["attributions"]
    assert [text[s:e] for s, e in told["content"] + told["source"]] == ["7% of boats left", "Mayor Ana Ruiz"]
    assert record["figures"][0] == {**record["figures"][0], "value": 7, "unit": "percent", "counts": "boats"}
    assert (record["dateline_place"], record["dateline_date"]) == ("ULM", None)
    assert [a["name"] for a in record["agencies"]] == ["XYZ"]
