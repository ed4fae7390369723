"""The dateline: where a story was filed, when, and by which agency."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from nutgraf.annotate.agencies import Agencies, spells
from nutgraf.model.annotation import Named
from nutgraf.model.article import Block, BlockKind
from nutgraf.model.span import Span

LEDE = 80
"""Code points; shorter lines are no paragraph of a story."""
REACH = 250
"""Code points of a block in which a dateline may follow a byline that was glued to it."""
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w'’]*(?:[.\-][\w'’]+)*(?:\.(?!\s?[-–—]))?"
_DASH = r"\s*(?:\.\s?[-–—]+|:?\s?[-–—_]+)\s*"


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline and its parts; spans point into the article."""

    span: Span
    place: Span | None
    date: Span | None
    agencies: tuple[Named, ...] = ()
    outlet: Named | None = None


class DatelineFinder:
    """Finds datelines in all house styles: "PLACE, DATE (AGENCY) -", "(AGENCY) - PLACE, DATE -", "PLACE.-"."""

    def __init__(self, table: Any, agencies: Agencies) -> None:
        particles = "|".join(table.get("particles", ()))
        months = "|".join(sorted(map(re.escape, table.get("months", ())), key=len, reverse=True))
        word = rf"(?!(?i:{months})\b\.?\s*\d){_CAPITAL}"
        words = rf"{word}(?:[ /-](?:(?:{particles})[ ])*{word}){{0,5}}"
        self._place = rf"(?P<place>{words}(?:,\s(?:{words}))*(?:\s\({words}\))?)"
        date = (
            rf"(?i:\d{{1,2}}(?:er|º|ª|\.)?\s+(?:de\s+)?(?:{months})\b\.?(?:,?\s+(?:del?\s+)?\d{{4}})?"
            rf"|(?:{months})\b\.?\s+\d{{1,2}}\b(?:,?\s+\d{{4}})?)"
        )
        self._date = rf"(?P<date>{date})"
        self._agencies = agencies
        self._no_places = frozenset(table.get("not_places", ()))
        self._articles = frozenset(table.get("particles", ()))
        credit = r"(?:\((?P<credit>[^()\n]{2,60})\)|/(?P<slashed>[^/\n]{2,30})/)"
        left = r"(?:^|(?<=\s\s)|(?<=[—–\-=]\s)|(?<=[.!?”\"»]\s)|(?<=\n))"
        self.by_credit = re.compile(
            rf"{left}(?:{self._place}[,.]?\s+)?(?:{self._date}\.?,?\s*)?{credit}\.?(?P<dash>{_DASH}|\s+|$)", re.M
        )
        self.credit_first = re.compile(
            rf"^\(?(?P<credit>[^()\n]{{2,40}})\)\s*[-–—.]+\s*{self._place}(?:,\s*{self._date})?\s*[-–—]+\s"
        )
        self.plain = re.compile(
            rf"^{self._place}(?:,?\s+{self._date})?(?P<dash>{_DASH})(?:(?P<after>{date}){_DASH})?(?=[^\W\da-zß-ÿ]|[\"“«‘¿¡'])"
        )
        self.region = re.compile(rf"^(?P<place>{words},\s{words})\.\s+(?=[^\W\da-zß-ÿ])")

    def find(self, text: str, blocks: Iterable[Block]) -> Dateline | None:
        """The first dateline of the story, if any."""
        blocks = [b for b in blocks if b.kind not in (BlockKind.CAPTION, BlockKind.TEASER)]
        head = list(_head(blocks))
        for block in head:
            if found := self._credited(text, block) or self._bare(text, block):
                return found
        return self._lone(text, blocks)

    def _credited(self, text: str, block: Block) -> Dateline | None:
        words = block.span.of(text)
        if (match := self.credit_first.search(words)) and (found := self._read(match, block, text)):
            return found
        for match in self.by_credit.finditer(words, 0, REACH):
            if found := self._read(match, block, text):
                return found
        return None

    def _read(self, match: re.Match[str], block: Block, text: str) -> Dateline | None:
        groups = match.groupdict()
        part = "credit" if groups.get("credit") else "slashed"
        base = block.span.start
        credit = Span(match.start(part), match.end(part)).shifted(base)
        agencies = tuple(self._agencies.named(text, credit.start, credit.end))
        place, date = _part(match, "place", base), _part(match, "date", base)
        dash = groups.get("dash") is None or groups["dash"].strip() != ""
        if place and (not self._is_place(place.of(text)) or spells(place.of(text), credit.of(text))):
            return None
        outlet = None
        if not agencies:
            if not dash or not _is_outlet(credit.of(text), place.of(text) if place else "", date is not None):
                return None
            outlet = Named(credit.of(text).strip(), credit)
        elif not place and not dash:
            return None
        return Dateline(Span(match.start(), match.end()).shifted(base), place, date, agencies, outlet)

    def _bare(self, text: str, block: Block) -> Dateline | None:
        """A dateline that names no agency: "VIENNA — ", "Romita.- ", "Culiacán, Sinaloa. "."""
        words = block.span.of(text)
        if len(words) < LEDE or block.kind is BlockKind.HEADLINE:
            return None
        match = self.plain.match(words) or self.region.match(words)
        if not match or not self._is_place(match["place"]):
            return None
        dash = match.groupdict().get("dash", "").strip()
        if (dash in ("-", ":") and not match["place"].isupper()) or not self._is_short(match["place"]):
            return None
        date = _part(match, "date", block.span.start) or _part(match, "after", block.span.start)
        return Dateline(Span(*match.span()).shifted(block.span.start), _part(match, "place", block.span.start), date)

    def _lone(self, text: str, blocks: list[Block]) -> Dateline | None:
        """A place alone on its line, between the line with the time of publication and the first paragraph."""
        for stamp, block, lede in zip(blocks, blocks[1:], blocks[2:], strict=False):
            words = block.span.of(text)
            short = re.fullmatch(self._place, words) and len(words.split()) <= 4 and self._is_place(words)
            stamped = len(stamp.span) < LEDE and re.search(r"\b(?:19|20)\d\d\b", stamp.span.of(text))
            if short and stamped and len(lede.span) >= LEDE and not any(self._agencies.named(words)):
                return Dateline(block.span, block.span, None)
            if len(lede.span) >= 2 * LEDE:
                break
        return None

    def _is_short(self, place: str) -> bool:
        """Whether no part of a place is longer than three words: what is longer is a headline or a sentence."""
        parts = [[w for w in part.split() if w not in self._articles] for part in place.split(",")]
        return all(len(words) <= 3 for words in parts) and len(parts) <= 3

    def _is_place(self, words: str) -> bool:
        first = re.split(r"[\s,]", words, maxsplit=1)[0]
        known = {words.casefold().rstrip(".")} | ({first.casefold()} - self._articles)
        return len(words) >= 2 and not known & self._no_places and len(words.split()) <= 8


def _head(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks down to the third paragraph."""
    paragraphs = 0
    for block in blocks:
        yield block
        paragraphs += len(block.span) >= LEDE
        if paragraphs == 4:
            return


def _part(match: re.Match[str], name: str, base: int) -> Span | None:
    if not match.groupdict().get(name):
        return None
    return Span(match.start(name), match.end(name)).shifted(base)


def _is_outlet(credit: str, place: str, dated: bool) -> bool:
    site = re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}", credit.strip(), re.I)
    name = (place.isupper() or dated) and re.fullmatch(rf"{_CAPITAL}(?: {_CAPITAL}){{0,3}}", credit.strip())
    return bool(site or name)
