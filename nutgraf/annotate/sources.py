"""Whom the story rests on without giving them a name: unnamed people, documents, agencies."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from nutgraf.model.annotation import Annotations, QuoteFound, SourceFound, SourceKind
from nutgraf.model.article import BlockKind, Document, LanguagePack, Paragraph
from nutgraf.model.span import Span

CLAUSE_WORDS = 30
"""A longer clause is no anchor: the speaker and the cue are taken instead."""
MENTIONED = 0.6
"""Confidence in an unnamed source that is the subject of a clause, without a statement of its own."""
CREDITED = 0.95


def make_sources(pack: LanguagePack) -> Callable[[Document, Annotations], Mapping[str, object]]:
    """The annotator of sources for one language: gives "sources", each name once. Needs credits, actors and quotes."""
    table = pack.table("sources")
    documents: frozenset[str] = frozenset(table.get("documents", ()))
    people: frozenset[str] = frozenset(table.get("people", ()))

    def run(document: Document, found: Annotations) -> Mapping[str, object]:
        known = {_key(name) for actor in found.actors for name in (actor.name, *actor.aliases)}
        named: dict[str, SourceFound] = {}
        for source in (
            *_credited(document, found),
            *_speaking(document, found, documents),
            *_subjects(document, people),
        ):
            if source.kind is SourceKind.AGENCY or _key(source.name) not in known:
                named.setdefault(_key(source.name), source)
        return {"sources": tuple(sorted(named.values(), key=lambda source: source.span))}

    return run


def _credited(document: Document, found: Annotations) -> Iterator[SourceFound]:
    """The agencies, each under the name that the story uses first, on the line of its credit."""
    seen: set[str] = set()
    for agency in found.credits.agencies:
        if agency.name not in seen:
            seen.add(agency.name)
            words = " ".join(agency.span.of(document.text).split()).removeprefix("The ").removeprefix("the ")
            short = words.upper() if words.isalpha() and words.islower() else words  # "mau/dpa/afp"
            name = agency.name if _key(words) == _key(agency.name) else short
            yield SourceFound(name, SourceKind.AGENCY, _credit(document, agency.span), CREDITED)


def _credit(document: Document, agency: Span) -> Span:
    """The sign-off that names the agency, without brackets; elsewhere the name itself."""
    for block in document.story.of_kind(BlockKind.CREDIT):
        if block.span.contains(agency):
            start, end = block.span.start, block.span.end
            bracketed = document.text[start] == "(" and document.text[end - 1] == ")"
            return Span(start + 1, end - 1) if bracketed else block.span
    return agency


def _speaking(document: Document, found: Annotations, documents: frozenset[str]) -> Iterator[SourceFound]:
    """Speakers of statements that are no actors: documents are cited, people unnamed."""
    actors = {actor.name for actor in found.actors}
    for quote in sorted(found.quotes, key=lambda quote: -quote.confidence):
        if (
            quote.listed
            and quote.by
            and quote.by not in actors
            and quote.speaker
            and quote.speaker.of(document.text).split()
        ):
            words = set(quote.by.lower().split())
            cited = words & documents or has_name(quote.by, quote.speaker, document.text)
            kind = SourceKind.CITED if cited else SourceKind.UNNAMED
            yield SourceFound(quote.by, kind, _clause(document, quote, quote.speaker), quote.confidence)


def has_name(speaker: str, span: Span | None, text: str) -> bool:
    """Whether a speaker goes by a name: its last word is written as one, and no sentence begins with it."""
    words = speaker.split()
    if not words or not words[-1][:1].isupper() or (len(words) > 1 and not words[0][:1].isupper()):
        return False
    at = text.find(words[-1], span.start, span.end) if span else -1
    return len(words) > 1 or (at > 0 and text[:at].rstrip(' “"')[-1:] not in (".", "!", "?", "\n", ""))


def _clause(document: Document, quote: QuoteFound, speaker: Span) -> Span:
    """Speaker, cue and statement in one stretch, where they stand close together; else speaker and cue."""
    for parts in ((speaker, quote.cue, *quote.content), (speaker, quote.cue)):
        spans = [part for part in parts if part is not None]
        whole = Span(min(s.start for s in spans), max(s.end for s in spans))
        words = whole.of(document.text)
        if "\n" not in words and len(words.split()) <= CLAUSE_WORDS:
            return whole
    return speaker


def _subjects(document: Document, people: frozenset[str]) -> Iterator[SourceFound]:
    """Nouns for unnamed sources ("experts", "a senior official") that are the subject of a clause."""
    for paragraph in document.paragraphs if document.parsed else ():
        if paragraph.block.kind is BlockKind.PARAGRAPH:
            for token in paragraph.doc:
                if token.lemma_ in people and token.pos_ == "NOUN" and _unnamed(token):
                    yield SourceFound(_name(token), SourceKind.UNNAMED, _around(paragraph, token.head), MENTIONED)


def _unnamed(noun: Any) -> bool:
    """Whether the noun is an active subject without article or name: "senior officials", not "the officials"."""
    plain = all(child.dep_ in ("amod", "compound", "relcl", "prep", "punct", "acl") for child in noun.children)
    named = any(child.pos_ == "PROPN" for child in noun.children)
    return noun.dep_ == "nsubj" and noun.head.pos_ == "VERB" and plain and not named


def _name(noun: Any) -> str:
    return str(noun.doc[noun.left_edge.i : noun.i + 1].text)


def _around(paragraph: Paragraph, verb: Any) -> Span:
    """The clause of a verb, at most CLAUSE_WORDS of it from the start."""
    start = verb.left_edge.i
    return paragraph.span(start, min(verb.right_edge.i + 1, start + CLAUSE_WORDS))


def _key(name: str) -> str:
    return name.casefold().removeprefix("the ")
