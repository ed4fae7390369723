"""Pages of one actor, one source, one topic: a front with what is newest and, where it is long, parts by period."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from nutgraf.model.views import (
    ActorView,
    BriefCard,
    DateNote,
    FigureNote,
    Mentioned,
    MovedView,
    PageHead,
    QuoteNote,
    RoleView,
    SourceView,
    TopicView,
)
from nutgraf.site import urls
from nutgraf.site.json_ld import actor_ld
from nutgraf.site.link import Entry, Site, Told
from nutgraf.site.text import fold
from nutgraf.site.views import notes
from nutgraf.site.views.chapters import PERIODS, Leaf, divide, leaves, period_key, period_label
from nutgraf.site.views.plan import Planned

Counted = tuple[Entry, int]
"""An actor and in how many briefs it is."""
MOST = 40
"""How many briefs one page goes into."""
NEWEST = 20
"""How many the front of a page in parts goes into."""
MOST_NAMES = 30
"""How many aliases, roles and companions are listed."""


def actor_pages(site: Site, entry: Entry) -> Iterator[Planned]:
    """The page of an actor and, after many briefs, its parts by period."""
    company = tuple(site.company(entry.slug))
    for leaf in _parts(site, entry, urls.actor(entry.slug), (*entry.briefs, *site.heard("actor", entry.slug))):
        yield Planned(leaf.url, "actor.html", actor_view, (entry, leaf, () if leaf.chapter.parent else company))
    yield from _moved(site.actors, entry, urls.actor)


def _moved(entries: Mapping[str, Entry], entry: Entry, address: Callable[[str], str]) -> Iterator[Planned]:
    """The addresses that an actor, source or topic had under former names, where nobody else has them now."""
    for name in entry.page.was if entry.page else ():
        slug = urls.slugify(name)
        if slug not in entries:
            url = urls.moved(address(slug))
            yield Planned(url, "moved.html", moved_view, (entry, url, address(entry.slug)))


def moved_view(_site: Site, entry: Entry, url: str, target: str) -> MovedView:
    """A former address."""
    return MovedView(PageHead(url, entry.name), entry.name, target)


def _parts(site: Site, entry: Entry, url: str, briefs: Sequence[Told]) -> Iterator[Leaf[Told]]:
    """The briefs of each page, latest first."""
    chosen = {told.slug: told for told in briefs}
    ordered = sorted(sorted(chosen.values(), key=lambda told: told.slug), key=lambda told: told.date, reverse=True)
    whole = divide([(period_key(told.date), told) for told in ordered], MOST, PERIODS)
    newest = ordered[:NEWEST]
    return leaves(whole, url, url, entry.name, lambda key: period_label(key, site.words), newest)


def part_head(head: PageHead, leaf: Leaf[Told]) -> PageHead:
    if not leaf.chapter.parent:
        return head
    return PageHead(leaf.url, f"{head.title}: {leaf.chapter.label}", head.description, head.section)


def actor_view(site: Site, entry: Entry, leaf: Leaf[Told], company: Sequence[Counted]) -> ActorView:
    """What some briefs tell of an actor; on the front also who it is, and with whom it appears in how many briefs."""
    front, briefs, name = leaf.chapter.parent is None, leaf.items, entry.name
    figures, quotes = said(site, "actor", entry.slug, briefs)
    told_of = site.words["describe_actor"].format(name=name)
    head = part_head(PageHead(urls.actor(entry.slug), name, told_of, "actors"), leaf)
    if front:
        head = replace(head, feed=urls.atom(head.url), json_ld=actor_ld(site, entry))
    return ActorView(
        head=head,
        name=name,
        kind=entry.kind or "other",
        aliases=entry.aliases[:MOST_NAMES] if front else (),
        text=notes.page_text(entry.page) if front else None,
        roles=roles(site, entry)[:MOST_NAMES] if front else (),
        quotes=quotes,
        figures=figures,
        timeline=tuple(_events(site, entry, briefs)),
        mentions=tuple(mention for told in briefs for mention in notes.mentioned(site, told, entry.slug)),
        company=tuple(notes.actor_link(other, site.words.count("brief", count)) for other, count in company),
        briefs=tuple(notes.card(site, told) for told in briefs if told.roles_of(entry.slug)),
        chapter=leaf.chapter,
    )


def _events(site: Site, entry: Entry, briefs: Sequence[Told]) -> Sequence[DateNote]:
    """What happened, in order of time, as told in sentences that mention the actor."""
    found = [notes.date_note(site, told, place) for told in briefs for place in told.events_of(entry.slug)]
    return sorted(found, key=lambda note: (note.date.sort, note.url))


def said(
    site: Site, kind: str, slug: str, briefs: Sequence[Told]
) -> tuple[tuple[FigureNote, ...], tuple[QuoteNote, ...]]:
    """Figures and quotations of some briefs that stand on somebody's word, latest first."""
    figures = [notes.figure_note(site, told, n) for told in briefs for n in told.said_by(kind, slug, "figures")]
    quotes = [notes.quote_note(site, told, n) for told in briefs for n in told.said_by(kind, slug, "quotes")]
    return tuple(figures), tuple(quotes)


def roles(site: Site, entry: Entry) -> tuple[RoleView, ...]:
    """The roles of the actor's own page with their dates, then those that briefs give, with the brief."""
    own = entry.page.roles if entry.page else ()
    found = [RoleView(r.role, notes.date_view(r.when, site.words).label if r.when else "", None) for r in own]
    known = {fold(role.role) for role in own}
    for told in reversed(entry.briefs):
        for role in told.roles_of(entry.slug):
            if role and fold(role) not in known:
                known.add(fold(role))
                found.append(RoleView(role, notes.brief_date(site, told).label, notes.brief_link(site, told)))
    return tuple(found)


def source_pages(site: Site, entry: Entry) -> Iterator[Planned]:
    """The page of a source and, after many briefs, its parts by period."""
    for leaf in _parts(site, entry, urls.source(entry.slug), (*entry.briefs, *site.heard("source", entry.slug))):
        yield Planned(leaf.url, "source.html", source_view, (entry, leaf))
    yield from _moved(site.sources, entry, urls.source)


def source_view(site: Site, entry: Entry, leaf: Leaf[Told]) -> SourceView:
    """What some briefs take from a source; on the front also what it is."""
    front, name = leaf.chapter.parent is None, entry.name
    told_of = site.words["describe_source"].format(name=name)
    head = part_head(PageHead(urls.source(entry.slug), name, told_of, "sources"), leaf)
    figures, quotes = said(site, "source", entry.slug, leaf.items)
    twin = site.actor_called(name) if front else None
    dispatches: list[BriefCard] = []
    cited: list[Mentioned] = []
    for told in leaf.items:
        kinds = {kind for slug, _, kind in told.card.sources if slug == entry.slug}
        if notes.AGENCY in kinds:
            dispatches.append(notes.card(site, told))
        if kinds - {notes.AGENCY}:
            cited += _cited(site, told, entry.slug)
    return SourceView(
        head=head,
        name=name,
        kind=entry.kind or notes.CITED,
        text=notes.page_text(entry.page) if front else None,
        actor=notes.actor_link(twin) if twin else None,
        dispatches=tuple(dispatches),
        cited_in=tuple(cited),
        quotes=quotes,
        figures=figures,
        quoted_alone=sum(told.alone == entry.slug for told in entry.briefs) if front else 0,
        chapter=leaf.chapter,
    )


def _cited(site: Site, told: Told, slug: str) -> Iterator[Mentioned]:
    """Where a brief cites a source: the sentence, or the brief alone where no words are given."""
    date, link = notes.brief_date(site, told), notes.brief_link(site, told)
    for note in map(told.note, told.places("sources")):
        if note.by and note.by.slug == slug:
            yield Mentioned(link, date, note.sentence, urls.at(told.url, note.fragment))


def topic_pages(site: Site, entry: Entry) -> Iterator[Planned]:
    """The page of a topic and, after many briefs, its parts by period."""
    for leaf in _parts(site, entry, urls.topic(entry.slug), entry.briefs):
        busy = Counter(slug for told in leaf.items for slug in told.company)
        most = sorted((actor for actor, _ in site.busiest(busy, MOST_NAMES)), key=lambda actor: actor.slug)
        yield Planned(leaf.url, "topic.html", topic_view, (entry, leaf, tuple(most)))
    yield from _moved(site.topics, entry, urls.topic)


def topic_view(site: Site, entry: Entry, leaf: Leaf[Told], busiest: Sequence[Entry]) -> TopicView:
    """Some briefs on a topic, and who acts in them most."""
    front, briefs = leaf.chapter.parent is None, leaf.items
    told_of = site.words["describe_topic"].format(name=entry.name)
    head = part_head(PageHead(urls.topic(entry.slug), entry.name, told_of, "topics"), leaf)
    return TopicView(
        head=replace(head, feed=urls.atom(head.url)) if front else head,
        name=entry.name,
        text=notes.page_text(entry.page) if front else None,
        briefs=tuple(notes.card(site, told) for told in briefs),
        actors=tuple(notes.actor_link(actor, site.words.get(actor.kind, "")) for actor in busiest),
        figures=tuple(figure for told in briefs for figure in notes.figure_notes(site, told)),
        chapter=leaf.chapter,
    )
