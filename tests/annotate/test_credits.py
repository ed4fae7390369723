"""Credits, by the cases of tests/golden/credits.txt."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nutgraf.annotate.agencies import read_agencies
from nutgraf.annotate.credits import CreditFinder
from nutgraf.annotate.lines import split_lines
from nutgraf.engine import load_pack
from nutgraf.model.annotation import Credits, Named
from nutgraf.model.article import Block, BlockKind

GOLDEN = Path(__file__).parents[1] / "golden" / "credits.txt"


def cases() -> Iterator[tuple[str, str, dict[str, str]]]:
    for case in GOLDEN.read_text(encoding="utf-8").split("\n\n"):
        title, *lines = case.strip().splitlines()
        text = "\n".join(line for line in lines if not line.startswith(">"))
        wanted = dict(line[1:].strip().split(": ", 1) for line in lines if line.startswith("> "))
        yield title.lstrip("# "), text, wanted


def find(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Credits:
    pack = load_pack("es" if " el " in text or " la " in text or " los " in text else "en")
    finder = CreditFinder(pack.table("credits"), read_agencies(pack.table("agencies")))
    return finder.find(text, tuple(Block(span, kind) for span in split_lines(text)))


def as_written(credits: Credits, text: str) -> dict[str, str]:
    def names(named: tuple[Named, ...]) -> str:
        return "; ".join(dict.fromkeys(each.name for each in named))

    found = {
        "agencies": names(credits.agencies),
        "cited": names(credits.cited),
        "outlets": names(credits.outlets),
        "authors": names(credits.authors),
        "place": credits.dateline_place.of(text) if credits.dateline_place else "",
        "date": credits.dateline_date.of(text) if credits.dateline_date else "",
    }
    return {key: value for key, value in found.items() if value}


@pytest.mark.parametrize(("text", "wanted"), [pytest.param(t, w, id=title) for title, t, w in cases()])
def test_golden(text: str, wanted: dict[str, str]) -> None:
    assert as_written(find(text), text) == wanted


def test_spans_hold_the_names() -> None:
    text = "By Nora Lindqvist\nHELSINKI (Reuters) - The ice road to the island opened on Sunday, the town hall said."
    credits = find(text)
    assert [named.span.of(text) for named in (*credits.authors, *credits.agencies)] == ["Nora Lindqvist", "Reuters"]
    assert credits.dateline is not None and credits.dateline.of(text) == "HELSINKI (Reuters) - "


def test_a_caption_credits_nobody() -> None:
    assert find("Fishermen mend their nets. (Reuters)", BlockKind.CAPTION) == Credits()


def test_there_are_at_least_sixty_agencies_and_no_name_means_two() -> None:
    table = load_pack("en").table("agencies")
    forms = [form for row in table for form in {row["name"], *row.get("aliases", ()), *row.get("short", ())}]
    assert len(table) >= 60
    assert len(forms) == len(set(forms))


def test_an_agency_that_a_page_names_as_its_author_is_an_agency() -> None:
    pack = load_pack("en")
    finder = CreditFinder(pack.table("credits"), read_agencies(pack.table("agencies")))
    authors = ("Nora Lind, AP", "Reuters", "Pavel Rask")
    assert finder.bylined(authors) == (("AP", "Associated Press"), ("Reuters", "Reuters"))
