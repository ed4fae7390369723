"""The page of one brief."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nutgraf.model.brief import Figure, Quote, Source
from nutgraf.model.views import ActorNote, BodyView, BriefView, FigureNote, Link, Mark, PageHead, QuoteNote
from nutgraf.model.words import Words
from nutgraf.site import urls
from nutgraf.site.amounts import amount
from nutgraf.site.digest import Excerpt
from nutgraf.site.json_ld import article_ld
from nutgraf.site.link import Site, Told
from nutgraf.site.reading import Placed, Reading, pieces
from nutgraf.site.text import even
from nutgraf.site.views import notes
from nutgraf.site.web_annotation import annotation_page, as_json


def brief_view(site: Site, told: Told) -> BriefView:
    """The page of one brief."""
    reading = told.whole
    front, words = reading.brief.front, site.words
    excerpt = site.excerpt(reading)
    body = body_view(site, reading, excerpt)
    figures, quotes = notes.figure_notes(site, told), notes.quote_notes(site, told)
    spoken = speakers(quotes)
    ld = article_ld(site, reading)
    card = urls.card(reading.brief.slug) if site.config.cards else None
    data = urls.annotations(reading.brief.slug) if site.config.web_annotations else None
    original = Link(words["the_original"], front.url) if front.url else None
    return BriefView(
        head=PageHead(
            reading.url, front.headline, front.standfirst or "", "briefs", json_ld=ld, card=card, annotations=data
        ),
        headline=front.headline,
        date=notes.brief_date(site, told),
        standfirst=front.standfirst,
        draft=front.status == "draft",
        reviewed=notes.date_view(front.reviewed, words) if front.reviewed else None,
        byline=front.byline,
        credit=notes.agencies(site, told),
        original=original,
        topics=notes.topic_links(site, told),
        body=body,
        digest=excerpt is not None,
        actors=actor_notes(site, reading, body),
        figures=figures,
        quotes=quotes,
        dates=notes.date_notes(site, told),
        sources=notes.source_notes(site, told),
        speakers=spoken,
        voices=voices((*figures, *quotes), spoken),
        related=tuple(notes.card(site, other, reasons) for other, reasons in site.related(told)),
        teasers=tuple(Link(teaser.headline, teaser.url) for teaser in front.related),
        corrections=tuple((notes.date_view(c.date, words), c.text) for c in front.corrections),
        language=front.language,
        as_proposed=told.as_proposed,
        confirmed=sum(note.item.reviewed is not None for note in reading.notes),
        annotations=as_json(annotation_page(site, reading)) if data else None,
    )


def body_view(site: Site, reading: Reading, excerpt: Excerpt | None) -> BodyView:
    """The body, whole or as chosen sentences, with every annotated stretch that is published, in text order."""
    body, found = reading.brief.body, [*_actor_marks(reading), *_note_marks(site, reading)]
    if excerpt:
        found = [replace(mark, span=span) for mark in found if (span := excerpt.place(mark.span)) is not None]
    marks = tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end, m.id)))
    return BodyView(excerpt.markdown, excerpt.plain, marks) if excerpt else BodyView(body.markdown, body.plain, marks)


def _actor_marks(reading: Reading) -> Iterator[Mark]:
    counts: Counter[str] = Counter()
    for mention in reading.mentions:
        if mention.marked:
            counts[mention.slug] += 1
            note = f"actor-{mention.slug}"
            listed = note if mention.slug in reading.cast.slugs else None
            id_ = urls.reference(note, counts[mention.slug])
            yield Mark(mention.span, "actor", id_, listed, urls.actor(mention.slug))


def _note_marks(site: Site, reading: Reading) -> Iterator[Mark]:
    for note in reading.notes:
        if note.anchor and note.span:
            first, *others = note.anchor.spans
            yield notes.mark(note, first, label_of(note, site.words), site.words)
            for number, span in enumerate(others, 2):
                yield Mark(span, note.list.rstrip("s"), urls.reference(note.fragment, number), None)


def label_of(note: Placed, words: Words) -> str:
    """A few words that tell a screen reader what a note is about."""
    item = note.item
    if isinstance(item, Figure):
        return " ".join(filter(None, (amount(item, words), item.what)))
    if isinstance(item, Quote):
        return words["by_whom"].format(name=item.by) if item.by else " ".join(pieces(item))[:40]
    return item.name if isinstance(item, Source) else item.date


def actor_notes(site: Site, reading: Reading, body: BodyView) -> tuple[ActorNote, ...]:
    """The actors as the front matter lists them, each once."""
    refs: dict[str, list[str]] = {}
    for mark in body.marks:
        if mark.kind == "actor" and mark.note:
            refs.setdefault(mark.note, []).append(mark.id)
    said = Counter(
        (note.list, reading.who(by).slug) for note in reading.notes if (by := getattr(note.item, "by", None))
    )
    found: dict[str, ActorNote] = {}
    for actor, slug in zip(reading.brief.front.actors, reading.cast.slugs, strict=True):
        id_ = f"actor-{slug}"
        link, counts = notes.actor_link(site.actors[slug]), (said["quotes", slug], said["figures", slug])
        note = ActorNote(id_, link, actor.kind, actor.role, tuple(refs.get(id_, ())), *counts)
        found.setdefault(slug, note)
    return tuple(found.values())


def voices(said: Iterable[FigureNote | QuoteNote], spoken: tuple[Link, ...]) -> tuple[Link, ...]:
    """Everybody on whose word a quotation or a figure stands, in text order, with their share of the quoted words."""
    shares = {(link.label, link.url): link for link in spoken}
    named = (note.by for note in sorted(said, key=lambda note: note.number))
    found = dict.fromkeys((link.label, link.url) for link in named if link)
    return tuple(shares.get(key) or Link(*key) for key in found)


def speakers(quotes: Iterable[QuoteNote]) -> tuple[Link, ...]:
    """Who speaks how much: the share of the words between quotation marks, most first."""
    counts: Counter[Link] = Counter()
    for quote in quotes:
        if quote.by:
            counts[quote.by] += quoted_words(quote)
    total = counts.total()
    ordered = sorted((pair for pair in counts.items() if pair[1]), key=lambda pair: (-pair[1], pair[0].label))
    return tuple(Link(link.label, link.url, f"{round(100 * n / total)} %") for link, n in ordered)


def quoted_words(quote: QuoteNote) -> int:
    """How many words stand between quotation marks: all of a direct quotation, the marked ones of a mixed one."""
    if quote.kind == "indirect":
        return 0
    words = " ".join(quote.text)
    marked = re.findall(r'"([^"]+)"', even(words)) if quote.kind == "mixed" else []
    return len(" ".join(marked or [words]).split())
