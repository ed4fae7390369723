"""Words: annotations whose words are not where they should be."""

from collections.abc import Iterator

from nutgraf.model.brief import Quote
from nutgraf.model.diagnostic import Diagnostic
from nutgraf.model.library import Library
from nutgraf.site.anchors import Fate, near_for, nearest, stands_in, tidy
from nutgraf.site.check.finding import finding
from nutgraf.site.reading import Placed, Reading, pieces
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
        close = nearest(plain, anchor.words)
        where = "the body" if anchor.by_near or not note.item.near else "the words of near"
        help_ = f"nearest: {close}" if close else "correct the words, or take the item out"
        return finding("lost-anchor", reading.brief, key, f"these words are not in {where}: {anchor.words}", help_)
    longer = []
    for place in whole_words(reading.text.words, tidy(anchor.words)):
        words = near_for(reading.text, place)
        longer += [words] if words else []
    message = f"these words stand {len(anchor.spans)} times in the body: {anchor.words}"
    return finding(
        "ambiguous-anchor", reading.brief, key, message, "add near: " + " | ".join(f'"{w}"' for w in longer[:4])
    )


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
            close = nearest(library.articles[name], words)
            help_ = f"the article has: {close}" if close else "the article has nothing like it"
            key = ("quotes", note.index, "text")
            yield finding("altered-quotation", reading.brief, key, f"not in {name} letter by letter: {words}", help_)
