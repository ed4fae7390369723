"""Lines sorted into story and surroundings, by the cases of tests/golden/clean.txt."""

from pathlib import Path

import pytest

from nutgraf.annotate.clean import sort_blocks
from nutgraf.annotate.document import parse_story
from nutgraf.annotate.language import detect_language, language_of
from nutgraf.annotate.lines import split_lines
from nutgraf.engine import load_pack
from nutgraf.model.article import Article, BlockKind, LanguagePack, Story

GOLDEN = Path(__file__).parents[1] / "golden" / "clean.txt"


def cases() -> list[tuple[str, str, list[tuple[str, str]], str | None]]:
    """(title, text, [(kind, line)], day) of each case; glued sign-offs are put back on one line with what follows."""
    found = []
    for block in GOLDEN.read_text(encoding="utf-8").split("\n== ")[1:]:
        title, *rows = block.rstrip("\n").split("\n")
        day = next((row.removeprefix("published: ") for row in rows if row.startswith("published: ")), None)
        lines = [row for row in rows if not row.startswith("published: ")]
        wanted = [(kind, text) for kind, _, text in (row.partition(" | ") for row in lines) if text]
        text = "\n".join(row.partition(" | ")[2] for row in lines)
        if "glued" in title:
            text = text.replace(")\nKeep reading", ")Keep reading")
        found.append((title, text, wanted, day))
    return found


@pytest.fixture(scope="module")
def packs() -> dict[str, LanguagePack]:
    return {code: load_pack(code) for code in ("en", "es")}


def sort(text: str, packs: dict[str, LanguagePack], **fields: object) -> Story:
    return sort_blocks(Article("a.txt", text, **fields), packs[detect_language(text)])  # type: ignore[arg-type]


@pytest.mark.parametrize(("title", "text", "wanted", "day"), cases(), ids=[case[0] for case in cases()])
def test_golden(title: str, text: str, wanted: list[tuple[str, str]], day: str | None, packs: dict[str, LanguagePack]):
    story = sort(text, packs)
    assert [(block.kind.value, block.span.of(text)) for block in story.blocks] == wanted
    assert story.published == day


def test_day_of_the_file_wins_over_one_in_the_text(packs: dict[str, LanguagePack]):
    text = cases()[2][1]
    assert sort(text, packs, published="2021-03-05").published == "2021-03-05"


def test_a_flash_of_two_words_is_a_story(packs: dict[str, LanguagePack]):
    story = sort_blocks(Article("a.txt", "Fares rise."), packs["en"])
    assert [block.kind for block in story.blocks] == [BlockKind.PARAGRAPH]


def test_body_that_a_reader_took_out_keeps_all_but_captions(packs: dict[str, LanguagePack]):
    text = (
        "The museum will lend the map to Oslo for a year.\n\nFor how long\n\nIt will come back in time for the "
        "jubilee, the director said on Monday.\n\nThe map in its case. Photo: Example Agency\n\n"
        "(With information from AFP)"
    )
    kinds = [block.kind for block in sort(text, packs, body_only=True).blocks]
    paragraph = BlockKind.PARAGRAPH
    assert kinds == [paragraph, BlockKind.HEADING, paragraph, BlockKind.CAPTION, BlockKind.CREDIT]


WRAPPED = """The council of Ferrow decided on Monday that the market will move to
the old railway yard, where there is room for sixty stalls and a roof
against the rain.

Traders had asked for the move since the spring. The first market at
the new place will be held in October, the mayor said.
"""


def test_wrapped_paragraphs_are_joined_and_lists_are_not():
    assert [span.of(WRAPPED).count("\n") for span in split_lines(WRAPPED)] == [2, 1]
    assert len(split_lines("Home\nWorld\nSport\nCulture\nA short line\nAnother one\n")) == 6


def test_offsets_of_a_parsed_story_hold_across_line_breaks(packs: dict[str, LanguagePack]):
    import spacy

    document = parse_story(sort(WRAPPED, packs), spacy.blank("en"))
    assert not document.parsed
    for paragraph in document.paragraphs:
        for token in paragraph.doc:
            if not token.is_space:
                assert paragraph.span(token.i, token.i + 1).of(WRAPPED) == token.text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The mayor said that she will not be at the opening of the bridge."),
        ("es", "La alcaldesa dijo que no estará en la inauguración del puente."),
        ("pt", "A prefeita disse que não vai estar na inauguração da ponte."),
        ("fr", "La maire a dit qu'elle ne sera pas à l'inauguration du pont avec les autres."),
        ("it", "La sindaca ha detto che non sarà all'inaugurazione del ponte."),
        ("de", "Die Bürgermeisterin sagte, dass sie nicht zur Eröffnung der Brücke kommt."),
        ("nl", "De burgemeester zei dat zij niet bij de opening van de brug zal zijn."),
        ("ca", "L'alcaldessa va dir que no serà a la inauguració del pont amb els altres."),
        ("ru", "Мэр сказала, что не придёт на открытие моста."),
        ("und", "12 345 – 67"),
    ],
)
def test_language(code: str, text: str):
    assert detect_language(text) == code


@pytest.mark.parametrize(
    ("declared", "text", "code"),
    [
        ("de", "The mayor said that she will not be at the opening of the bridge in May.", "en"),
        ("en", "La alcaldesa dijo que no estará en la inauguración del puente.", "es"),
        ("pt", "De la alcaldesa no se sabe si la obra está a tiempo.", "pt"),
        ("gl", "A prefeita disse que não vai estar na inauguração da ponte.", "gl"),
        ("de", "12 345 – 67", "de"),
        (None, "The mayor said that she will not be there.", "en"),
    ],
)
def test_a_language_that_is_declared_by_mistake(declared: str | None, text: str, code: str):
    assert language_of(declared, text) == code
