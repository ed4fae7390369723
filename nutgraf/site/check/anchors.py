"""Words: annotations whose words are not where they should be."""

import re
from collections.abc import Iterator
from itertools import islice

from nutgraf.model.brief import Brief, Quote
from nutgraf.model.diagnostic import Diagnostic
from nutgraf.model.library import Library
from nutgraf.model.span import Span
from nutgraf.site.anchors import Fate, near_for, stands_in, tidy
from nutgraf.site.check.finding import finding
from nutgraf.site.reading import Placed, Reading, pieces
from nutgraf.site.suggest import suggestions
from nutgraf.site.text import even_text, whole_words


def findings(reading: Reading) -> Iterator[Diagnostic]:
    """Anchors that are lost or stand for several places."""
    for note in reading.notes:
        if note.anchor and note.anchor.fate is not Fate.FOUND:
            yield _misplaced(reading, note)


def _misplaced(reading: Reading, note: Placed) -> Diagnostic:
    assert note.anchor
    anchor, plain = note.anchor, reading.brief.body.plain
    key = (note.list, note.index, "near" if anchor.by_near else "text")
    if anchor.fate is Fate.LOST:
        close = suggestions(plain, anchor.words, anchor.scope)
        where = "the body" if anchor.by_near or not note.item.near else "the words of near"
        if anchor.scope and anchor.scope.start and where == "the body":
            where = "the body behind the piece before"
        told = " | ".join(one.words + _at_line(reading.brief, one.span) for one in close)
        help_ = f"nearest: {told}" if close else "correct the words, or take the item out"
        bare = anchor.words.strip("“”„«»‘’")
        if bare != anchor.words and tidy(bare) in reading.text.words:
            help_ = f"these marks belong to the words; quoted for YAML it is {_quoted(bare)}"
        return finding("lost-anchor", reading.brief, key, f"these words are not in {where}: {anchor.words}", help_)
    places = whole_words(reading.text.words, tidy(anchor.words))
    longer = (words for place in places if (words := near_for(reading.text, place)))
    message = f"these words stand {len(anchor.spans)} times in the body: {anchor.words}"
    help_ = "add near: " + " | ".join(map(_quoted, islice(longer, 4)))
    return finding("ambiguous-anchor", reading.brief, key, message, help_)


def _quoted(words: str) -> str:
    """As it is written in a brief."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _at_line(brief: Brief, span: Span) -> str:
    """ " (line 12)": where words of the body stand in the file, as far as its marks let that be told."""
    plain, body = brief.body.plain, brief.body
    words = re.compile(r"[\W_]+".join(re.findall(r"[^\W_]+", span.of(plain))[:4]))
    number = sum(1 for _ in words.finditer(plain, 0, span.start))
    places = [found.start() for found in words.finditer(body.markdown)]
    line = body.line + body.markdown.count("\n", 0, places[number]) if number < len(places) else None
    return f" (line {line})" if line else ""


def original(reading: Reading, library: Library) -> Iterator[Diagnostic]:
    """The article of the brief: gone, changed, or with other words than a quotation has."""
    name = reading.brief.front.article
    if not name:
        return
    if name not in library.articles:
        message = f"there is no content/articles/{name}"
        yield finding("missing-article", reading.brief, ("article",), message, "", ("article", name))
        return
    if name in library.changed_articles:
        message = f"{name} has changed since it was annotated"
        yield finding("changed-article", reading.brief, ("article",), message, f"annotate {name} merges what is new")
    text = even_text(library.articles[name])
    for note in reading.of("quotes"):
        assert isinstance(note.item, Quote)
        if note.item.kind != "indirect" and not stands_in(text, pieces(note.item)):
            words = " … ".join(pieces(note.item))
            missing = next((piece for piece in pieces(note.item) if not stands_in(text, (piece,))), words)
            close = suggestions(library.articles[name], missing)
            told = " | ".join(one.words for one in close)
            help_ = f"the article has: {told}" if close else "the article has nothing like it"
            key = ("quotes", note.index, "text")
            yield finding("altered-quotation", reading.brief, key, f"not in {name} letter by letter: {words}", help_)
