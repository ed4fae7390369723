"""The page of one brief."""

from collections import Counter

from nutgraf.model.brief import Figure, Quote, Source
from nutgraf.model.span import Span
from nutgraf.model.views import ActorNote, BodyView, BriefView, Link, Mark, PageHead
from nutgraf.site import urls
from nutgraf.site.amounts import amount
from nutgraf.site.json_ld import article_ld
from nutgraf.site.link import Site
from nutgraf.site.reading import Placed, Reading, pieces
from nutgraf.site.views import notes


def brief_view(site: Site, index: int) -> BriefView:
    """The view of `site.readings[index]`."""
    reading = site.readings[index]
    front, language = reading.brief.front, site.config.language
    related = tuple(notes.card(site, site.readings[i], reasons) for i, reasons in site.related[index])
    ld = article_ld(site, reading)
    original = Link("The article as published", front.url) if front.url else None
    return BriefView(
        head=PageHead(reading.url, front.headline, front.standfirst or "", "briefs", json_ld=ld),
        headline=front.headline,
        date=notes.date_view(front.date, language),
        standfirst=front.standfirst,
        draft=front.status == "draft",
        reviewed=notes.date_view(front.reviewed, language) if front.reviewed else None,
        byline=front.byline,
        credit=notes.agencies(site, reading),
        original=original,
        topics=notes.topic_links(site, reading),
        body=BodyView(reading.brief.body.markdown, reading.brief.body.plain, marks(site, reading)),
        digest=False,
        actors=actor_notes(site, reading),
        figures=notes.figure_notes(site, reading),
        quotes=notes.quote_notes(site, reading),
        dates=notes.date_notes(site, reading),
        sources=notes.source_notes(site, reading),
        speakers=speakers(site, reading),
        related=related,
        teasers=tuple(Link(teaser.headline, teaser.url) for teaser in front.related),
        corrections=tuple((notes.date_view(c.date, language), c.text) for c in front.corrections),
        language=front.language,
    )


def marks(site: Site, reading: Reading) -> tuple[Mark, ...]:
    """Every annotated stretch of the body, in text order."""
    found = [_actor_mark(site, slug, number, span) for slug, number, span in _numbered(reading)]
    for note in reading.notes:
        if note.anchor and note.span:
            spans = note.anchor.spans
            found.append(notes.mark(note, spans[0], label_of(note)))
            found += [
                Mark(span, note.list.rstrip("s"), f"{urls.reference(note.fragment)}-{i}", None)
                for i, span in enumerate(spans[1:], 2)
            ]
    return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end, m.id)))


def _numbered(reading: Reading) -> list[tuple[str, int, Span]]:
    counts: Counter[str] = Counter()
    found = []
    for mention in reading.mentions:
        if mention.marked:
            counts[mention.slug] += 1
            found.append((mention.slug, counts[mention.slug], mention.span))
    return found


def _actor_mark(site: Site, slug: str, number: int, span: Span) -> Mark:
    note = f"actor-{slug}"
    listed = note if slug in site.actors else None
    return Mark(span, "actor", urls.reference(note, number), listed, urls.actor(slug), number=None)


def label_of(note: Placed) -> str:
    """A few words that tell a screen reader what a note is about."""
    item = note.item
    if isinstance(item, Figure):
        return " ".join(filter(None, (amount(item), item.what)))
    if isinstance(item, Quote):
        return f"by {item.by}" if item.by else " ".join(pieces(item))[:40]
    return item.name if isinstance(item, Source) else item.date


def actor_notes(site: Site, reading: Reading) -> tuple[ActorNote, ...]:
    """The actors as the front matter lists them, each once."""
    refs: dict[str, list[str]] = {}
    for slug, number, _ in _numbered(reading):
        refs.setdefault(slug, []).append(urls.reference(f"actor-{slug}", number))
    said = Counter(
        (note.list, reading.who(by).slug) for note in reading.notes if (by := getattr(note.item, "by", None))
    )
    found: dict[str, ActorNote] = {}
    for actor, slug in zip(reading.brief.front.actors, reading.cast.slugs, strict=True):
        entry = site.actors[slug]
        link = notes.actor_link(entry)
        quotes, figures = said["quotes", slug], said["figures", slug]
        note = ActorNote(f"actor-{slug}", link, actor.kind, actor.role, tuple(refs.get(slug, ())), quotes, figures)
        found.setdefault(slug, note)
    return tuple(found.values())


def speakers(site: Site, reading: Reading) -> tuple[Link, ...]:
    """Who speaks how much: the share of all quoted and reported words, most first."""
    counts: Counter[Link] = Counter()
    for note in reading.of("quotes"):
        link = notes.speaker_link(site, reading, getattr(note.item, "by", None))
        if link:
            counts[link] += sum(len(piece.split()) for piece in pieces(note.item))
    total = counts.total()
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].label))
    return tuple(Link(link.label, link.url, f"{round(100 * n / total)} %") for link, n in ordered)
