"""Pages of one actor, one source, one topic: a front with what is newest and, where it is long, parts by period."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from nutgraf.model.brief import DatedEvent, Figure, Quote
from nutgraf.model.span import Span
from nutgraf.model.views import (
    ActorView,
    BriefCard,
    Chapter,
    DateNote,
    FigureNote,
    Link,
    Mentioned,
    PageHead,
    QuoteNote,
    RoleView,
    SourceView,
    TopicView,
)
from nutgraf.site import urls
from nutgraf.site.json_ld import actor_ld
from nutgraf.site.library import Entry, slug_of
from nutgraf.site.link import Site, company
from nutgraf.site.reading import Reading
from nutgraf.site.text import fold
from nutgraf.site.views import notes
from nutgraf.site.views.chapters import PERIODS, Leaf, divide, leaves, period_key, period_label

MOST = 40
"""How many briefs one page goes into."""
NEWEST = 20
"""How many the front of a page in parts goes into."""
MOST_NAMES = 30
"""How many aliases, roles and companions are listed."""


def actor_views(site: Site, entry: Entry) -> Iterator[ActorView]:
    """The page of an actor and, after many briefs, its parts by period."""
    spoken = [site.place[reading.brief.slug] for reading, _ in site.said.get(("actor", entry.slug), ())]
    head = PageHead(urls.actor(entry.slug), entry.name, site.words["describe_actor"].format(name=entry.name), "actors")
    for leaf in _parts(site, entry, head, sorted({*entry.briefs, *spoken})):
        yield actor_view(site, entry, part_head(head, leaf), leaf.items, leaf.chapter)


def _parts(site: Site, entry: Entry, head: PageHead, indexes: Sequence[int]) -> Iterator[Leaf[int]]:
    """The briefs of each page; their indexes come latest first."""
    pairs = [(period_key(site.readings[i].brief.front.date), i) for i in indexes]
    whole = divide(pairs, MOST, PERIODS)
    newest = indexes[:NEWEST]
    return leaves(whole, head.url, head.url, entry.name, lambda key: period_label(key, site.words), newest)


def part_head(head: PageHead, leaf: Leaf[int]) -> PageHead:
    if not leaf.chapter.parent:
        return head
    return PageHead(leaf.url, f"{head.title}: {leaf.chapter.label}", head.description, head.section)


def actor_view(site: Site, entry: Entry, head: PageHead, indexes: Sequence[int], chapter: Chapter) -> ActorView:
    """What some briefs (by their indexes, latest first) tell of an actor; on the front also who it is."""
    front, readings = chapter.parent is None, [site.readings[i] for i in indexes]
    figures, quotes = said(site, "actor", entry.slug, readings)
    listed = set(entry.briefs)
    if front:
        head = replace(head, feed=urls.atom(head.url), json_ld=actor_ld(site, entry))
    return ActorView(
        head=head,
        name=entry.name,
        kind=entry.kind or "other",
        aliases=entry.aliases[:MOST_NAMES] if front else (),
        text=notes.page_text(entry.page) if front else None,
        roles=roles(site, entry)[:MOST_NAMES] if front else (),
        quotes=quotes,
        figures=figures,
        timeline=tuple(_events(site, entry, readings)),
        mentions=tuple(m for i in indexes for m in notes.mentioned(site, i, entry.slug)),
        company=tuple(_company(site, entry)) if front else (),
        briefs=tuple(notes.card(site, site.readings[i]) for i in indexes if i in listed),
        chapter=chapter,
    )


def _company(site: Site, entry: Entry) -> Iterator[Link]:
    for slug, count in company(site, entry.slug):
        yield notes.actor_link(site.actors[slug], site.words.count("brief", count))


def _events(site: Site, entry: Entry, readings: Sequence[Reading]) -> Sequence[DateNote]:
    """What happened, in order of time, as told in sentences that mention the actor."""
    found = [
        notes.date_note(site, reading, note)
        for reading in readings
        for note in reading.of("dates")
        if isinstance(note.item, DatedEvent) and note.item.what and _names(reading, note.span, entry.slug)
    ]
    return sorted(found, key=lambda note: (note.date.sort, note.url))


def _names(reading: Reading, span: Span | None, slug: str) -> bool:
    """Whether the sentence around a stretch mentions an actor."""
    if span is None:
        return False
    near = [s for s in reading.sentences if s.overlaps(span)]
    return any(m.slug == slug and any(s.overlaps(m.span) for s in near) for m in reading.mentions)


def said(
    site: Site, kind: str, slug: str, readings: Sequence[Reading]
) -> tuple[tuple[FigureNote, ...], tuple[QuoteNote, ...]]:
    """Figures and quotations of some briefs that stand on somebody's word, latest first."""
    chosen = {reading.brief.slug for reading in readings}
    pairs = [(r, n) for r, n in site.said.get((kind, slug), ()) if r.brief.slug in chosen]
    figures = tuple(notes.figure_note(site, r, n) for r, n in pairs if isinstance(n.item, Figure))
    return figures, tuple(notes.quote_note(site, r, n) for r, n in pairs if isinstance(n.item, Quote))


def roles(site: Site, entry: Entry) -> tuple[RoleView, ...]:
    """The roles of the actor's own page with their dates, then those that briefs give, with the brief."""
    own = entry.page.roles if entry.page else ()
    found = [RoleView(r.role, notes.date_view(r.when, site.words).label if r.when else "", None) for r in own]
    known = {fold(role.role) for role in own}
    for index in reversed(entry.briefs):
        reading = site.readings[index]
        for actor, slug in zip(reading.brief.front.actors, reading.cast.slugs, strict=True):
            if slug == entry.slug and actor.role and fold(actor.role) not in known:
                known.add(fold(actor.role))
                when = notes.brief_date(site, reading).label
                found.append(RoleView(actor.role, when, notes.brief_link(reading)))
    return tuple(found)


def source_views(site: Site, entry: Entry) -> Iterator[SourceView]:
    """The page of a source and, after many briefs, its parts by period."""
    spoken = [site.place[reading.brief.slug] for reading, _ in site.said.get(("source", entry.slug), ())]
    head = PageHead(
        urls.source(entry.slug), entry.name, site.words["describe_source"].format(name=entry.name), "sources"
    )
    for leaf in _parts(site, entry, head, sorted({*entry.briefs, *spoken})):
        yield source_view(site, entry, part_head(head, leaf), leaf.items, leaf.chapter)


def source_view(site: Site, entry: Entry, head: PageHead, indexes: Sequence[int], chapter: Chapter) -> SourceView:
    """What some briefs (by their indexes, latest first) take from a source; on the front also what it is."""
    front, readings = chapter.parent is None, [site.readings[i] for i in indexes]
    figures, quotes = said(site, "source", entry.slug, readings)
    twin = site.actors.get(slug_of(entry.name, site.names.actors)) if front else None
    dispatches: list[BriefCard] = []
    cited: list[Mentioned] = []
    for reading in readings:
        kinds = {s.kind for s in reading.brief.front.sources if slug_of(s.name, site.names.sources) == entry.slug}
        if notes.AGENCY in kinds:
            dispatches.append(notes.card(site, reading))
        if kinds - {notes.AGENCY}:
            cited += _cited(site, reading, entry.slug)
    return SourceView(
        head=head,
        name=entry.name,
        kind=entry.kind or notes.CITED,
        text=notes.page_text(entry.page) if front else None,
        actor=notes.actor_link(twin) if twin else None,
        dispatches=tuple(dispatches),
        cited_in=tuple(cited),
        quotes=quotes,
        figures=figures,
        quoted_alone=sum(_alone(site, site.readings[i], entry.slug) for i in entry.briefs) if front else 0,
        chapter=chapter,
    )


def _alone(site: Site, reading: Reading, slug: str) -> bool:
    """Whether a brief rests on this source and nobody else."""
    if {slug_of(s.name, site.names.sources) for s in reading.brief.front.sources} != {slug}:
        return False
    return not {reading.who(by).slug for n in reading.notes if (by := getattr(n.item, "by", None))} - {slug}


def _cited(site: Site, reading: Reading, slug: str) -> Iterator[Mentioned]:
    """Where a brief cites a source: the sentence, or the brief alone where no words are given."""
    date = notes.brief_date(site, reading)
    for note in reading.of("sources"):
        if slug_of(getattr(note.item, "name", ""), site.names.sources) == slug:
            sentence, url = reading.sentence(note.span), urls.at(reading.url, note.fragment)
            yield Mentioned(notes.brief_link(reading), date, sentence, url)


def topic_views(site: Site, entry: Entry) -> Iterator[TopicView]:
    """The page of a topic and, after many briefs, its parts by period."""
    head = PageHead(urls.topic(entry.slug), entry.name, site.words["describe_topic"].format(name=entry.name), "topics")
    for leaf in _parts(site, entry, head, entry.briefs):
        yield topic_view(site, entry, part_head(head, leaf), leaf.items, leaf.chapter)


def topic_view(site: Site, entry: Entry, head: PageHead, indexes: Sequence[int], chapter: Chapter) -> TopicView:
    """Some briefs on a topic (by their indexes, latest first), and who acts in them most."""
    front, readings = chapter.parent is None, [site.readings[i] for i in indexes]
    busy = Counter(s for r in readings for s in dict.fromkeys(r.cast.slugs) if site.actors[s].kind != "place")
    most = sorted(sorted(busy, key=lambda s: (-busy[s], s))[:MOST_NAMES])
    return TopicView(
        head=replace(head, feed=urls.atom(head.url)) if front else head,
        name=entry.name,
        text=notes.page_text(entry.page) if front else None,
        briefs=tuple(notes.card(site, r) for r in readings),
        actors=tuple(notes.actor_link(site.actors[slug], site.words.get(site.actors[slug].kind, "")) for slug in most),
        figures=tuple(f for r in readings for f in notes.figure_notes(site, r)),
        chapter=chapter,
    )
