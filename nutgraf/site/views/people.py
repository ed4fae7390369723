"""Pages of one actor, one source, one topic."""

from nutgraf.model.brief import DatedEvent, Figure, Quote
from nutgraf.model.span import Span
from nutgraf.model.views import (
    ActorView,
    FigureNote,
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


def actor_view(site: Site, entry: Entry) -> ActorView:
    url = urls.actor(entry.slug)
    figures, quotes = said(site, "actor", entry.slug)
    told = f"{entry.name}: briefs, quotations and figures"
    return ActorView(
        head=PageHead(
            url,
            entry.name,
            told,
            "actors",
            urls.atom(url),
            actor_ld(site, entry),
        ),
        name=entry.name,
        kind=entry.kind or "other",
        aliases=entry.aliases,
        text=notes.page_text(entry.page),
        roles=roles(site, entry),
        quotes=quotes,
        figures=figures,
        timeline=tuple(
            notes.date_note(site, r, note)
            for r in (site.readings[i] for i in reversed(entry.briefs))
            for note in r.of("dates")
            if isinstance(note.item, DatedEvent) and note.item.what and _names(r, note.span, entry.slug)
        ),
        mentions=tuple(m for i in entry.briefs for m in notes.mentioned(site, i, entry.slug)),
        company=tuple(notes.actor_link(site.actors[slug], _briefs(n)) for slug, n in company(site, entry.slug)),
        briefs=tuple(notes.card(site, site.readings[i]) for i in entry.briefs),
    )


def _briefs(count: int) -> str:
    return f"{count} brief{'' if count == 1 else 's'}"


def _names(reading: Reading, span: Span | None, slug: str) -> bool:
    """Whether the sentence around a stretch mentions an actor."""
    if span is None:
        return False
    near = [s for s in reading.sentences if s.overlaps(span)]
    return any(m.slug == slug and any(s.overlaps(m.span) for s in near) for m in reading.mentions)


def said(site: Site, kind: str, slug: str) -> tuple[tuple[FigureNote, ...], tuple[QuoteNote, ...]]:
    """Figures and quotations that stand on somebody's word, latest first."""
    pairs = site.said.get((kind, slug), ())
    figures = tuple(notes.figure_note(site, r, n) for r, n in pairs if isinstance(n.item, Figure))
    return figures, tuple(notes.quote_note(site, r, n) for r, n in pairs if isinstance(n.item, Quote))


def roles(site: Site, entry: Entry) -> tuple[RoleView, ...]:
    """The roles of the actor's own page with their dates, then those that briefs give, with the brief."""
    language = site.config.language
    own = entry.page.roles if entry.page else ()
    found = [RoleView(r.role, notes.date_view(r.when, language).label if r.when else "", None) for r in own]
    known = {fold(role.role) for role in own}
    for index in reversed(entry.briefs):
        reading = site.readings[index]
        for actor, slug in zip(reading.brief.front.actors, reading.cast.slugs, strict=True):
            if slug == entry.slug and actor.role and fold(actor.role) not in known:
                known.add(fold(actor.role))
                when = notes.date_view(reading.brief.front.date, language).label
                found.append(RoleView(actor.role, when, notes.brief_link(reading)))
    return tuple(found)


def source_view(site: Site, entry: Entry) -> SourceView:
    url = urls.source(entry.slug)
    figures, quotes = said(site, "source", entry.slug)
    twin = next((a for a in site.actors.values() if fold(a.name) == fold(entry.name)), None)
    dispatches, cited, alone = [], [], 0
    for index in entry.briefs:
        reading = site.readings[index]
        kinds = {s.kind for s in reading.brief.front.sources if slug_of(s.name, site.names.sources) == entry.slug}
        if notes.AGENCY in kinds:
            dispatches.append(notes.card(site, reading))
        if kinds != {notes.AGENCY}:
            cited += _cited(site, index, entry.slug)
        speakers = {reading.who(by).slug for n in reading.notes if (by := getattr(n.item, "by", None))}
        others = {slug_of(s.name, site.names.sources) for s in reading.brief.front.sources} - {entry.slug}
        alone += not others and not speakers - {entry.slug}
    return SourceView(
        head=PageHead(url, entry.name, f"{entry.name}: what rests on its word", "sources"),
        name=entry.name,
        kind=entry.kind or notes.CITED,
        text=notes.page_text(entry.page),
        actor=notes.actor_link(twin) if twin else None,
        dispatches=tuple(dispatches),
        cited_in=tuple(cited),
        quotes=quotes,
        figures=figures,
        quoted_alone=alone,
    )


def _cited(site: Site, index: int, slug: str) -> list[Mentioned]:
    """Where a brief cites a source: the sentence, or the brief alone where no words are given."""
    reading = site.readings[index]
    date = notes.date_view(reading.brief.front.date, site.config.language)
    found = []
    for note in reading.of("sources"):
        if slug_of(getattr(note.item, "name", ""), site.names.sources) == slug:
            sentence, url = reading.sentence(note.span), urls.at(reading.url, note.fragment)
            found.append(Mentioned(notes.brief_link(reading), date, sentence, url))
    return found


def topic_view(site: Site, entry: Entry) -> TopicView:
    url, readings = urls.topic(entry.slug), [site.readings[i] for i in entry.briefs]
    slugs = dict.fromkeys(slug for r in readings for slug in r.cast.slugs if site.actors[slug].kind != "place")
    return TopicView(
        head=PageHead(url, entry.name, f"Briefs on {entry.name}", "topics", urls.atom(url)),
        name=entry.name,
        text=notes.page_text(entry.page),
        briefs=tuple(notes.card(site, r) for r in readings),
        actors=tuple(notes.actor_link(site.actors[slug], site.actors[slug].kind) for slug in sorted(slugs)),
        figures=tuple(f for r in readings for f in notes.figure_notes(site, r)),
    )
