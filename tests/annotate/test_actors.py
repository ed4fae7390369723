"""Actors, their roles, and who is meant by "she" or "the group", by the cases of tests/golden."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nutgraf.annotate.acronyms import abbreviates, is_acronym
from nutgraf.annotate.actors import make_actors
from nutgraf.annotate.coreference import make_coreference
from nutgraf.annotate.document import parse_story
from nutgraf.engine import Engine
from nutgraf.model.annotation import ActorFound, Annotations, MentionKind
from nutgraf.model.article import Article, Block, BlockKind, Document, Story
from nutgraf.model.config import AnnotateConfig
from nutgraf.model.span import Span

GOLDEN = Path(__file__).parents[1] / "golden"
Find = Callable[[str, str], tuple[ActorFound, ...]]


def cases(name: str) -> Iterator[object]:
    """Title, text and the expected lines of every case of a file."""
    for case in (GOLDEN / name).read_text(encoding="utf-8").split("\n\n"):
        title, *lines = case.strip().splitlines()
        text = "\n".join(line for line in lines if not line.startswith(">"))
        wanted = [line[1:].strip() for line in lines if line.startswith(">") and line != ">"]
        language = "es" if title.startswith("# Spanish") else "en"
        yield pytest.param(text, language, wanted, id=title.lstrip("# "))


def story_of(text: str, language: str) -> Story:
    """A story of one paragraph a line."""
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block(Span(start, start + len(line)), BlockKind.PARAGRAPH))
        start += len(line) + 1
    return Story(Article("case", text, language=language), tuple(blocks), language)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(AnnotateConfig())


@pytest.fixture(scope="module")
def find(engine: Engine) -> Find:
    def run(text: str, language: str) -> tuple[ActorFound, ...]:
        document: Document = parse_story(story_of(text, language), engine.model(language))
        pack = engine.pack(language)
        named = Annotations(actors=make_actors(pack)(document, Annotations())["actors"])  # type: ignore[arg-type]
        return make_coreference(pack)(document, named)["actors"]  # type: ignore[return-value]

    return run


@pytest.mark.parametrize(("text", "language", "wanted"), list(cases("actors.txt")))
def test_actors(find: Find, text: str, language: str, wanted: list[str]) -> None:
    def line(actor: ActorFound) -> str:
        fields = (actor.name, actor.kind.value, actor.role or "-", "; ".join(actor.aliases))
        return " | ".join(fields).removesuffix(" | ").removesuffix(" | -")

    assert [line(actor) for actor in find(text, language)] == wanted


@pytest.mark.parametrize(("text", "language", "wanted"), list(cases("roles.txt")))
def test_roles(find: Find, text: str, language: str, wanted: list[str]) -> None:
    found = {f"{actor.name}: {actor.role or '-'}" for actor in find(text, language)}
    assert set(wanted) <= found


@pytest.mark.parametrize(("text", "language", "wanted"), list(cases("coreference.txt")))
def test_coreference(find: Find, text: str, language: str, wanted: list[str]) -> None:
    later = [
        (mention.span, f"{mention.span.of(text)}: {actor.name}")
        for actor in find(text, language)
        for mention in actor.mentions
        if mention.kind is not MentionKind.NAME
    ]
    assert [line for _, line in sorted(later)] == wanted


def test_spans_are_names_without_titles_and_possessives(find: Find) -> None:
    text = "The voters like Mayor Ann Tyler's plan. Mr. Reed's boat was sold by Dr. Ann Tyler."
    spans = [m.span.of(text) for actor in find(text, "en") for m in actor.mentions if m.kind is MentionKind.NAME]
    assert spans == ["Ann Tyler", "Ann Tyler", "Reed"]


def test_names_are_unique_and_confidences_are_probabilities(find: Find) -> None:
    text = (
        "Ann Tyler of Leeds met Leeds mayor Bob Tyler. Tyler thanked Tyler. London was dry, said Ann Tyler of London."
    )
    actors = find(text, "en")
    assert len({actor.name for actor in actors}) == len(actors) >= 4
    assert all(0 < actor.confidence < 1 for actor in actors)


def test_a_language_without_tables_has_no_actors(find: Find) -> None:
    assert find("A Câmara reuniu-se em Coimbra.", "pt") == ()


@pytest.mark.parametrize(
    ("short", "name", "meant"),
    [
        ("IWB", "Inland Waterways Board", True),
        ("UAV", "Union of Amateur Violinists", True),
        ("FBI", "Inland Waterways Board", False),
        ("I", "Inland", False),
    ],
)
def test_abbreviates(short: str, name: str, meant: bool) -> None:
    assert abbreviates(short, name) is meant


def test_acronyms_have_capitals() -> None:
    assert is_acronym("E.U.")
    assert not is_acronym("Ohio")


def test_captions_name_actors(engine: Engine) -> None:
    text = "Photo: Ruth Castell.\nCastell opened the school. She thanked the pupils."
    caption, body = Span(0, 20), Span(21, len(text))
    blocks = (Block(caption, BlockKind.CAPTION), Block(body, BlockKind.PARAGRAPH))
    document = parse_story(Story(Article("case", text), blocks, "en"), engine.model("en"))
    actors = make_actors(engine.pack("en"))(document, Annotations())["actors"]
    assert [(actor.name, actor.aliases) for actor in actors] == [("Ruth Castell", ("Castell",))]  # type: ignore[attr-defined]
    assert [paragraph.block.span for paragraph in document.paragraphs] == [body]
