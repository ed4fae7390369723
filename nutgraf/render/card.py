"""The picture that other sites show beside a link to a brief: headline, site, day."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
"""Pixels, as Open Graph's readers want them."""
MARGIN = 84
SIZES = (80, 70, 62, 54, 46)
"""Heights of the headline's type in pixels, largest first."""
SMALL = 32
LEADING = 1.18
LINES = 5
"""Most lines of a headline."""
PAPER, INK, FADED, RULE = "#fbfaf7", "#1c1b19", "#6b675f", "#9c3a1e"
COLOURS = 16


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says."""

    headline: str
    site: str
    foot: str = ""
    """A line at the bottom: the day, the agency."""


def draw(card: Card, font: bytes) -> bytes:
    """A PNG of `WIDTH` × `HEIGHT` pixels. A headline in letters that the font lacks gives way to the site's name."""
    headline = card.headline if covers(font, card.headline) else card.site
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    small = _font(font, SMALL)
    pen.rectangle((MARGIN, MARGIN - 24, MARGIN + 96, MARGIN - 18), fill=RULE)
    pen.text((MARGIN, MARGIN), card.site if headline != card.site else "", fill=FADED, font=small)
    size, lines = fit(font, headline)
    top = MARGIN + 96
    for line in lines:
        pen.text((MARGIN, top), line, fill=INK, font=_font(font, size))
        top += round(size * LEADING)
    pen.text((MARGIN, HEIGHT - MARGIN - SMALL), card.foot if covers(font, card.foot) else "", fill=FADED, font=small)
    out = io.BytesIO()
    image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def fit(font: bytes, headline: str) -> tuple[int, Sequence[str]]:
    """The largest type in which a headline has room, and its lines; the last ends in "…" where none is small enough."""
    for size in SIZES:
        lines = wrap(_font(font, size), headline)
        if len(lines) <= LINES and len(lines) * size * LEADING <= HEIGHT - 3 * MARGIN - SMALL:
            return size, lines
    return SIZES[-1], (*lines[: LINES - 1], _cut(_font(font, SIZES[-1]), lines[LINES - 1]))


def _cut(font: ImageFont.FreeTypeFont, line: str) -> str:
    """A line that ends in "…" and still fits."""
    while font.getlength(f"{line}…") > WIDTH - 2 * MARGIN:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line.rstrip(' .,;:')}…"


def wrap(font: ImageFont.FreeTypeFont, text: str) -> tuple[str, ...]:
    """A text in lines that fit between the margins; a word too long for one is cut."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(font, word):
            longer = f"{lines[-1]} {piece}".strip()
            if font.getlength(longer) <= WIDTH - 2 * MARGIN:
                lines[-1] = longer
            else:
                lines.append(piece)
    return tuple(line for line in lines if line)


def _pieces(font: ImageFont.FreeTypeFont, word: str) -> list[str]:
    pieces = [""]
    for letter in word:
        if font.getlength(pieces[-1] + letter) > WIDTH - 2 * MARGIN:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def covers(font: bytes, text: str) -> bool:
    """Whether the font has a glyph for every letter."""
    face = _font(font, SMALL)
    missing = bytes(face.getmask("\uffff"))
    return all(letter.isspace() or bytes(face.getmask(letter)) != missing for letter in set(text))


def _font(font: bytes, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(font), size)
