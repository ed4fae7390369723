"""Sources, by the cases of tests/golden/sources.txt: kind | name | anchor."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nutgraf.annotate.credits import make_credits
from nutgraf.annotate.document import parse_story
from nutgraf.annotate.lines import split_lines
from nutgraf.annotate.pipeline import annotate, annotator
from nutgraf.annotate.quotes import make_quotes
from nutgraf.annotate.sources import make_sources
from nutgraf.engine import Engine, load_pack
from nutgraf.model.annotation import ActorFound, ActorKind, Annotations, Mention
from nutgraf.model.article import Article, Block, BlockKind, Document, Story
from nutgraf.model.config import AnnotateConfig
from nutgraf.model.span import Span

GOLDEN = Path(__file__).parents[1] / "golden" / "sources.txt"
ENGINE = Engine(AnnotateConfig())
PACK = load_pack("en")
STEPS = (
    annotator("credits", make_credits(PACK), "", "credits"),
    annotator("quotes", make_quotes(PACK), "", "quotes"),
    annotator("sources", make_sources(PACK), "", "sources"),
)


def document(text: str) -> Document:
    blocks = tuple(
        Block(span, BlockKind.CREDIT if text[span.start] == "(" else BlockKind.PARAGRAPH) for span in split_lines(text)
    )
    return parse_story(Story(Article("case", text), blocks, "en"), ENGINE.model("en"))


def cases() -> Iterator[object]:
    for case in GOLDEN.read_text(encoding="utf-8").strip().split("\n\n"):
        title, *lines = case.splitlines()
        text = "\n".join(line for line in lines if not line.startswith("> "))
        yield pytest.param(text, [line[2:] for line in lines if line.startswith("> ")], id=title.lstrip("# "))


@pytest.mark.parametrize(("text", "wanted"), [*cases()])
def test_golden(text: str, wanted: list[str]) -> None:
    found = annotate(document(text), STEPS)
    assert [f"{s.kind.value} | {s.name} | {s.span.of(text)}" for s in found.sources] == wanted


def test_an_actor_who_speaks_is_no_source_of_its_own() -> None:
    text = "The guild said the dam was closed."
    guild = ActorFound("the guild", ActorKind.ORGANISATION, mentions=(Mention(Span(4, 9)),))
    found = Annotations(actors=(guild,))
    found = Annotations(actors=(guild,), quotes=make_quotes(PACK)(document(text), found)["quotes"])  # type: ignore[arg-type]
    assert found.quotes
    assert make_sources(PACK)(document(text), found)["sources"] == ()
