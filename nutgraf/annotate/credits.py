"""Who made the story: agencies credited or only cited, papers, authors, dateline."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from nutgraf.annotate.agencies import Agencies, read_agencies, spells
from nutgraf.annotate.dateline import LEDE, Dateline, DatelineFinder
from nutgraf.annotate.people import ListReader, Makers
from nutgraf.annotate.photos import PhotoCredits
from nutgraf.model.annotation import Annotations, Credits, Named
from nutgraf.model.article import Block, BlockKind, Document, LanguagePack
from nutgraf.model.span import Span

OUTSIDE = (BlockKind.CAPTION, BlockKind.TEASER)
BYLINE = 140
"""Code points; a longer line is no byline."""


def make_credits(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator of credits for one language."""
    finder = CreditFinder(pack.table("credits"), read_agencies(pack.table("agencies") or ()))

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        credits = finder.find(document.text, document.story.blocks)
        return {"credits": replace(credits, bylined=finder.bylined(document.story.article.authors))}

    return run


class CreditFinder:
    """Reads credits by the phrases of a table; compiled once, it keeps nothing of a text."""

    def __init__(self, table: Any, agencies: Agencies) -> None:
        self._agencies = agencies
        self._reader = ListReader(table, agencies)
        self._photos = PhotoCredits(table.get("photo", ()))
        self._datelines = DatelineFinder(table, agencies)
        self._signoffs = SignoffFinder(table, agencies, self._reader)
        self._citations = CitationFinder(table, agencies, self._reader, self._photos)
        self._byline = re.compile(rf"^\W*{_either(table, 'byline')}:?\s+(?=[^\W\d_])", re.I)
        self._credit = re.compile(rf"\W*{_either(table, 'credited_with')}\s", re.I)
        self._stamp = re.compile(rf"\b{_either(table, 'months')}\b.*|\b\d.*", re.I | re.S)

    def find(self, text: str, blocks: tuple[Block, ...]) -> Credits:
        """The credits of a text sorted into blocks."""
        dateline = self._datelines.find(text, blocks)
        makers = Makers(dateline.agencies, (), (dateline.outlet,) if dateline.outlet else ()) if dateline else Makers()
        for block in blocks:
            if block.kind is not BlockKind.CAPTION and not self._is_photo_line(text, block.span):
                makers += self._bylines(text, block, dateline) if block.kind not in OUTSIDE else Makers()
                makers += self._signoffs.find(text, block, last=block in blocks[-3:])
        cited, outlets = self._citations.find(text, blocks, makers)
        return Credits(
            agencies=_once(makers.agencies),
            cited=cited,
            outlets=_once((*makers.outlets, *outlets)),
            authors=_by_name(makers.authors),
            dateline=dateline.span if dateline else None,
            dateline_place=dateline.place if dateline else None,
            dateline_date=dateline.date if dateline else None,
        )

    def bylined(self, authors: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """The agencies among the authors that a page names: "Jane Roe, AP"."""
        parts = (part for author in authors for part in self._reader.parts(author))
        whole = {part: next(self._agencies.named(part), None) for part in parts}
        return tuple((part, found.name) for part, found in whole.items() if found and len(found.span) == len(part))

    def _is_photo_line(self, text: str, span: Span) -> bool:
        """A short line whose only agencies are credited with a picture; "Source: AFP/Reuters" is of the text."""
        if len(span) > BYLINE or self._credit.match(text, span.start, span.end):
            return False
        named = tuple(self._agencies.named(text, span.start, span.end))
        return bool(named) and all(self._photos.credits(text, each.span, span) for each in named)

    def _bylines(self, text: str, block: Block, dateline: Dateline | None) -> Makers:
        """What a byline says: "By Jane Roe", "Associated Press", "Jane Roe | Reuters"."""
        span = block.span
        if dateline and span.contains(dateline.span) and dateline.span != span:
            span = Span(span.start, dateline.span.start)
        words = span.of(text).rstrip()
        if not 2 <= len(words) <= BYLINE or (
            words.endswith((".", "?", "!", ":")) and block.kind is not BlockKind.BYLINE
        ):
            return Makers()
        if match := self._byline.match(words):
            rest = self._stamp.sub("", words[match.end() :])
            if len(self._reader.leftovers(rest)) <= 1 and rest[:1].isupper():
                start = span.start + match.end()
                return self._reader.read(text, Span(start, start + len(rest)), "authors")
            return Makers()
        return self._unmarked(text, span, words, block.kind is BlockKind.BYLINE)

    def _unmarked(self, text: str, span: Span, words: str, sure: bool) -> Makers:
        """A line without "by": counts where nothing but agencies, names and jobs stands in it."""
        rest = self._stamp.sub("", words).rstrip(" ,|-–—(")
        if not rest or self._reader.leftovers(rest):
            return Makers()
        stretch = Span(span.start, span.start + len(rest))
        found = self._reader.read(text, stretch, "authors")
        people = tuple(p for p in found.authors if self._reader.is_person(p.name))
        first = min((n.span.start for n in (*found.agencies, *people)), default=span.end)
        if not sure and (not found.agencies or first > span.start + 4 or len(found.authors) > len(people) + 1):
            return Makers()
        if not sure and not self._is_head(rest, found):
            return Makers()
        return Makers(found.agencies, people, found.outlets if sure else ())

    def _is_head(self, line: str, found: Makers) -> bool:
        """Agency alone, or after a name and a comma, bar or bracket: "AP courts Jane" is none."""
        left = self._agencies.without(line)
        for person in found.authors:
            left = left.replace(person.name, " ")
        return len(re.findall(r"[^\W\d_]{2,}", left)) <= 3 and len(found.authors) <= 3


class SignoffFinder:
    """Sign-offs and notes: "(With information from EFE)", "Reporting by …; editing by …", "© 2019 Associated Press"."""

    def __init__(self, table: Any, agencies: Agencies, reader: ListReader) -> None:
        self._agencies = agencies
        self._reader = reader
        opening = r"(?:^|(?<=[.!?»”\"’)(\[*_;|/–—-])|(?<=\n))\s*"
        names = r"(?P<list>[^;()\[\]\n]{2,200}?)(?=\.(?!\w)|[;()\[\]\n]|$)"
        self._lists = (
            (re.compile(rf"{opening}(?i:{_either(table, 'credited_with')})\s+{names}", re.M), "outlets"),
            (re.compile(rf"{opening}(?i:{_either(table, 'reported_by')}):?\s+{names}", re.M), "authors"),
            (re.compile(rf"\b(?i:{_either(table, 'published_by')})\s+{names}"), "outlets"),
            (
                re.compile(rf"(?i:{_either(table, 'follow')})\s+(?P<list>{_NAME})(?=\s+(?:https?:|@|on\b|en\b|at\b))"),
                "authors",
            ),
        )
        self._copyright = re.compile(
            rf"(?i:{_either(table, 'copyright')})[\s,]*(?:\d{{4}})?[\s,]*(?:by\s+|de\s+)?(?P<list>[^.,;\n|]{{2,60}})"
        )
        self._contribution = re.compile(rf"\s(?i:{_either(table, 'contributed')})\b")
        self._contributed = re.compile(rf"(?P<list>[^\n;()]{{2,240}}?){self._contribution.pattern}", re.M)
        self._brackets = re.compile(r"[(\[]\s*(?P<list>[^()\[\]\n]{2,80}?)\s*[)\]][\s\w/.]{0,16}$")
        self._closing = re.compile(r"(?:[.!?»”\"]\s*[-–—/]*\s*|^\s*[-–—/]+\s*)(?P<list>[^\W_][^.!?»”\"\n]{1,40})\.?$")

    def find(self, text: str, block: Block, last: bool) -> Makers:
        """Makers credited in one block; `last`: it is one of the last blocks of the text."""
        found = Makers()
        for pattern, others in self._lists:
            for match in pattern.finditer(text, block.span.start, block.span.end):
                found += self._list(text, match, others)
        if self._contribution.search(text, block.span.start, block.span.end):  # the list before it is slow to look for
            for match in self._contributed.finditer(text, block.span.start, block.span.end):
                found += self._contributors(text, match)
        for match in self._copyright.finditer(text, block.span.start, block.span.end):
            makers = self._reader.read(text, Span(*match.span("list")), "outlets")
            found += Makers(
                agencies=makers.agencies, outlets=tuple(o for o in makers.outlets if self._reader.is_outlet(o.name))
            )
        return found + self._ending(text, block, last)

    def _list(self, text: str, match: re.Match[str], others: str) -> Makers:
        span = Span(*match.span("list"))
        makers = self._reader.read(text, span, others)
        loose = self._reader.leftovers(span.of(text))
        if len(loose) > 3 and not makers.agencies:
            return Makers()
        people = tuple(a for a in makers.authors if self._reader.is_person(a.name))
        return Makers(makers.agencies, people, makers.outlets)

    def _contributors(self, text: str, match: re.Match[str]) -> Makers:
        start, end = match.span("list")
        sentence = re.compile(r"(?:^|[.!?”\"]\s+|[—_]\s+)(?=[^\W\d_a-z])")
        cuts = [m.end() for m in sentence.finditer(text, start, end) if not re.search(r"\b[A-Z]\.\s$", text[: m.end()])]
        span = Span(max(cuts, default=start), end)
        words = re.sub(r"\s(?:in|en|desde|from)\s(?:[^\W\d_a-z][\w.]*\s?)+", " ", span.of(text))
        words = re.sub(r"['’]s?\b", " ", words)
        if [w for w in self._reader.leftovers(words) if w not in ("and", "also")]:
            return Makers()
        outlets = tuple(
            Named(m.group(1), Span(span.start + m.start(1), span.start + m.end(1)))
            for m in re.finditer(rf"({_NAME})['’]s?\s", span.of(text))
            if not any(self._agencies.named(m.group(1)))
        )
        taken = max((o.span.end + 2 for o in outlets), default=span.start)
        makers = self._reader.read(text, Span(taken, span.end), "authors")
        agencies = tuple(self._agencies.named(text, span.start, span.end))
        people = tuple(a for a in makers.authors if a.name.replace(" ", "").isalpha() or self._reader.is_person(a.name))
        return Makers(agencies, people, outlets + makers.outlets)

    def _ending(self, text: str, block: Block, last: bool) -> Makers:
        """An agency in brackets or alone at the end of a paragraph; short blocks with one are captions unless last."""
        words = block.span.of(text)
        patterns = [self._brackets] if last or len(words) >= 2 * LEDE else []
        for pattern in (*patterns, *([self._closing] if last else [])):
            if match := pattern.search(words):
                span = Span(match.start("list"), match.end("list")).shifted(block.span.start)
                agencies = tuple(self._agencies.named(text, span.start, span.end))
                rest = re.findall(r"[^\W\d_]{3,}", self._agencies.without(span.of(text)))
                if agencies and all(len(word) <= 4 and word.islower() for word in rest):
                    return Makers(agencies=agencies)
        return Makers()


REACH = 300
"""Code points before a short form in which the words that it stands for are looked for."""
_SHORT = re.compile(r"\(([^\W\d_a-z]{2,6})\)")
_WORDS_BEFORE = re.compile(r"(?:[\w’'-]+\s){1,7}$")
_NAME = r"[^\W\d_a-z][\w.'’-]*(?:\s[^\W\d_a-z][\w.-]*){0,4}"


class CitationFinder:
    """Agencies and papers that are only a source inside the story: "told AFP", "según Efe", "a Reuters poll"."""

    def __init__(self, table: Any, agencies: Agencies, reader: ListReader, photos: PhotoCredits) -> None:
        self._agencies = agencies
        self._reader = reader
        self._before = re.compile(rf"\b{_either(table, 'cited_before')}\s+$", re.I)
        self._after = re.compile(rf"^(?:\W{{0,2}}|['’]s?|/\w+)\s*{_either(table, 'cited_after')}\b", re.I)
        self._no_agency = re.compile(rf"^\s{_either(table, 'not_agency_after')}\b", re.I)
        self._photos = photos
        told, said = _either(table, "outlet_before"), _either(table, "outlet_after")
        self._outlet = re.compile(
            rf"(?:\b(?i:{told})\s+(?:the\s|el\s|la\s)?(?P<told>{_NAME})|(?P<said>{_NAME})\s(?i:{said})\b)"
        )

    def find(self, text: str, blocks: Iterable[Block], credited: Makers) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
        """(agencies cited, papers cited), each mention once."""
        taken = [n.span for n in (*credited.agencies, *credited.outlets)]
        own = {n.name for n in credited.agencies}
        strangers = self._other_bodies(text)
        story = [b for b in blocks if b.kind not in (*OUTSIDE, BlockKind.BYLINE, BlockKind.CREDIT)]
        cited = tuple(
            named
            for block in story
            for named in self._agencies.named(text, block.span.start, block.span.end)
            if named.name not in own and named.span.of(text) not in strangers and named.span not in taken
            if self._is_source(text, named, block.span)
        )
        outlets = tuple(o for block in story for o in self._outlets(text, block.span))
        return cited, outlets

    def _is_source(self, text: str, named: Named, block: Span) -> bool:
        before, after = (
            text[max(block.start, named.span.start - 60) : named.span.start],
            text[named.span.end : named.span.end + 40],
        )
        if self._no_agency.match(after) or self._photos.credits(text, named.span, block):
            return False
        if re.search(r"\b(?:las|los|os|as)\s+$", before):
            return False
        clear = self._agencies.clear.fullmatch(named.span.of(text)) is not None
        if not clear and re.search(r"(?<![.!?”\"]\s)\b(?!The\b|An?\b|By\b|La\b)[A-Z][a-zß-ÿ]+\s$", before):
            return False  # "Michael Bloomberg"
        return clear or bool(self._before.search(before) or self._after.match(after))

    def _other_bodies(self, text: str) -> set[str]:
        """Short forms that the text itself introduces for somebody else: "the Australian Federal Police (AFP)"."""
        introduced = (
            (m[1], _WORDS_BEFORE.search(text, max(0, m.start() - REACH), m.start())) for m in _SHORT.finditer(text)
        )
        return {
            short
            for short, words in introduced
            if words
            and any(self._agencies.named(short))
            and not any(self._agencies.named(words[0], clear=True))
            and re.search(r"[a-z]", words[0])
            and spells(words[0], short)
        }

    def _outlets(self, text: str, block: Span) -> Iterator[Named]:
        for match in self._outlet.finditer(text, block.start, block.end):
            part = "told" if match["told"] else "said"
            words = match[part].rstrip(".")
            name = re.sub(r"^.*[a-z]\.\s|^(?:The|As|But|And|Both|El|La)\s(?=[A-Z]{2,}\b)", "", words)
            if self._reader.is_outlet(name) and not any(self._agencies.named(name)):
                end = match.start(part) + len(words)
                yield Named(name, Span(end - len(name), end))


def _either(table: Any, key: str) -> str:
    forms = sorted(map(str, table.get(key, ())), key=lambda form: (-len(form), form))
    return "(?:" + "|".join(_flexible(form) for form in forms) + ")" if forms else "(?!)"


def _flexible(form: str) -> str:
    return re.escape(form).replace(r"\ ", r"\s+")


def _once(named: Iterable[Named]) -> tuple[Named, ...]:
    """Each mention once, in text order."""
    return tuple(sorted({n.span: n for n in named}.values(), key=lambda n: n.span))


def _by_name(named: Iterable[Named]) -> tuple[Named, ...]:
    """Each name once, where it stands first."""
    return tuple(
        sorted(
            {n.name.casefold(): n for n in sorted(named, key=lambda n: n.span, reverse=True)}.values(),
            key=lambda n: n.span,
        )
    )
