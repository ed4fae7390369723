"""Cards: pictures of the right size in which every headline has room."""

import io
from pathlib import Path

import pytest
from PIL import Image

import nutgraf
from nutgraf.render.card import HEIGHT, LINES, MARGIN, WIDTH, Card, covers, draw, fit

FONT = (Path(nutgraf.__file__).parent / "fonts" / "SourceSerif4-Semibold.otf").read_bytes()
LONG = "Ministers of nine countries weigh an answer that none of them wants to be the first to give " * 3


@pytest.mark.parametrize("headline", ["Short", LONG, "Donaudampfschifffahrtsgesellschaft" * 4, "Ñandú, señora Łódź"])
def test_a_headline_stays_inside_its_margins(headline: str) -> None:
    image = Image.open(io.BytesIO(draw(Card(headline, "The Site", "1 May 2031"), FONT))).convert("RGB")
    assert image.size == (WIDTH, HEIGHT)
    paper = image.getpixel((2, 2))
    edges = [(x, y) for x in (*range(MARGIN - 8), *range(WIDTH - MARGIN + 8, WIDTH)) for y in range(0, HEIGHT, 3)]
    assert all(image.getpixel(place) == paper for place in edges)


def test_a_headline_too_long_ends_in_an_ellipsis() -> None:
    _, lines = fit(FONT, LONG * 3)
    assert len(lines) <= LINES and lines[-1].endswith("…")
    assert " ".join(fit(FONT, "A short one")[1]) == "A short one"


def test_letters_that_the_font_lacks_give_way_to_the_name_of_the_site() -> None:
    assert covers(FONT, "Ñandú Łódź Ήλιος Привет “…”") and not covers(FONT, "عنوان")
    assert draw(Card("عنوان", "The Site"), FONT) == draw(Card("The Site", "The Site"), FONT)
