"""Slips of a person that YAML tells in its own words, at the line that follows, or not at all."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf.model.diagnostic import Position


class Slip(NamedTuple):
    """What a line has instead of what was meant."""

    code: str
    message: str
    help: str
    at: Position


_SLIPS = (
    (
        r"<{7}|={7}$|>{7}",
        "yaml-syntax",
        "git has left two versions here",
        "keep one, and take out the lines of <, = and >",
    ),
    (r"[ ]*[\u00a0\u2000-\u200b\u202f\u3000]", "yaml-indent", "a space that YAML does not know", "put a plain space"),
    (r"[A-Za-z_]+(?=:[^\s:/])", "yaml-colon", "no space behind the colon", "write key: value"),
    (r"[A-Za-z_]+[ ]*(?=[：﹕︓])", "yaml-colon", "a colon of another script", "write key: value"),
    (r"[ ]*(?=\{)", "yaml-indent", "an item without its hyphen", "write - {…}"),
    (r"[ ]*(?=-[\w{])", "yaml-indent", "an item without a space behind its hyphen", "write - {…}"),
    (r"[ ]*(?=[*•–—+][ ])", "yaml-start", "an item begins with a hyphen, not with this", "write - {…}"),
)
"""How a line begins, the finding's code, what is told, and what to do. The caret stands behind what is matched."""
_PLAIN = ("yaml-syntax", "yaml-indent")
"""Codes whose caret stands at the start of what is matched."""
_NEVER_FRONT = re.compile(r"(?!\s*$|\s*#|\s|-(?:\s|$)|[\w\"']+\s*:)")
"""A line that is no key, item, comment, or rest of one."""
_FENCE_MEANT = re.compile(r"\s*[-–—_=](?:\s*[-–—_=])*\s*")
_GROUPED = re.compile(r"\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+")
_SCALES = {"thousand": 1_000, "k": 1_000, "million": 1_000_000, "m": 1_000_000, "billion": 1_000_000_000, "bn": 10**9}
_SCALED = re.compile(rf"(\d+(?:\.\d+)?)\s*({'|'.join(_SCALES)})", re.I)
SYNONYMS = {
    "title": "headline",
    "subtitle": "standfirst",
    "summary": "standfirst",
    "description": "standfirst",
    "author": "byline",
    "authors": "byline",
    "tags": "topics",
    "keywords": "topics",
    "people": "actors",
    "numbers": "figures",
    "quotations": "quotes",
    "speaker": "by",
    "published": "date",
    "link": "url",
}
"""Keys as other programs call them."""


def slip_at(lines: Sequence[str], line: int) -> Slip | None:
    """What went wrong on a line (1-based) that YAML stumbles at, or on the last one before it with anything in it."""
    before = next((n for n in range(line - 1, 0, -1) if lines[n - 1].strip()), line)
    for number in (line, before):
        for pattern, code, message, help_ in _SLIPS:
            if found := re.match(pattern, lines[number - 1]):
                column = found.start() if code in _PLAIN else found.end()
                return Slip(code, message, help_, Position(number, column + 1))
    return None


def unclosed(lines: Sequence[str], start: int) -> Slip:
    """Where the front matter that begins on a line (0-based) and has no second fence should end."""
    for number, line in enumerate(lines[start + 1 :], start + 2):
        if _FENCE_MEANT.fullmatch(line):
            help_ = "make it three hyphens, ---"
            return Slip("open-front-matter", "the front matter is not closed by this line", help_, Position(number, 1))
        if _NEVER_FRONT.match(line):
            help_ = "put a line of three hyphens, ---, above it"
            return Slip(
                "open-front-matter", "the front matter is not closed before this line", help_, Position(number, 1)
            )
    help_ = "put a line of three hyphens, ---, under the last key"
    return Slip("open-front-matter", "the front matter is not closed", help_, Position(start + 1, 1))


def undivided(line: str, column: int) -> str | None:
    """The key before the colon at a column that YAML did not expect: mostly the comma before it is missing."""
    found = re.search(r"(\w+)$", line[: column - 1]) if line[column - 1 : column] == ":" else None
    return found[1] if found else None


def number_meant(text: str) -> str:
    """What to write for a number that is written for people."""
    text = text.strip()
    if _GROUPED.fullmatch(text):
        return f"write {re.sub(r'[^0-9]', '', text)}"
    if scaled := _SCALED.fullmatch(text):
        return f"write {float(scaled[1]) * _SCALES[scaled[2].lower()]:.0f}"
    if share := re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", text):
        return f'write value: {share[1]}, unit: "%"'
    return "digits, and a full stop before decimals: 47331, 3.5"


def thousands(key: str) -> str:
    """What to do about a key that is the rest of a number with commas; empty where it is none."""
    return "a comma divides keys here: write numbers without it, 3000000" if re.fullmatch(r"\d{3}", key) else ""
