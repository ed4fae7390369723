"""The parts that several page kinds show: links, dates, notes, cards."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from nutgraf.model.brief import DatedEvent, Figure, Page, Quote, Source
from nutgraf.model.span import Span
from nutgraf.model.views import (
    BodyView,
    BriefCard,
    DateNote,
    DateView,
    FigureNote,
    Link,
    Mark,
    Mentioned,
    QuoteNote,
    SourceNote,
)
from nutgraf.model.words import Words
from nutgraf.site import edtf, urls
from nutgraf.site.amounts import amount, sort_key
from nutgraf.site.facts import counted_thing, note_part
from nutgraf.site.library import Meant
from nutgraf.site.link import Entry, Site, Told
from nutgraf.site.reading import Placed, pieces

T = TypeVar("T")
AGENCY, CITED, UNNAMED = "agency", "cited", "unnamed"


def date_view(text: str, words: Words) -> DateView:
    """A date as written, as read, and as sorted; one that cannot be read is shown as it stands, and sorts last."""
    period = edtf.parse(text)
    if period is None:
        return DateView(text, text, f"~{text}")
    return DateView(text, edtf.label(period, words.dates), period.sort)


def brief_date(site: Site, told: Told) -> DateView:
    """The day of a brief."""
    return site.kept(told.slug, "date", lambda: date_view(told.date, site.words))


def brief_link(site: Site, told: Told) -> Link:
    return site.kept(told.slug, "link", lambda: Link(told.card.headline, told.url))


def actor_link(entry: Entry, note: str = "") -> Link:
    return Link(entry.name, urls.actor(entry.slug), note)


def source_link(entry: Entry, note: str = "") -> Link:
    return Link(entry.name, urls.source(entry.slug), note)


def speaker_link(site: Site, by: Meant | None) -> Link | None:
    """Whoever is meant, with a page where there is one."""
    if by is None:
        return None
    slug = by.slug or ""
    if by.kind == "actor" and slug in site.actors:
        return site.kept(slug, "actor", lambda: actor_link(site.actors[slug]))
    if by.kind == "source" and slug in site.sources:
        return site.kept(slug, "source", lambda: source_link(site.sources[slug]))
    return Link(by.label)


def _figure(site: Site, told: Told, place: int) -> FigureNote:
    note = told.note(place)
    figure = note.item
    assert isinstance(figure, Figure)
    return FigureNote(
        id=note.fragment,
        number=note.number,
        value=amount(figure, site.words),
        sort=sort_key(figure),
        unit=figure.unit,
        what=figure.what,
        when=date_view(figure.when, site.words) if figure.when else None,
        by=speaker_link(site, note.by),
        text=figure.text,
        ref=note.ref,
        url=urls.at(told.url, note.fragment),
        brief=brief_link(site, told),
        date=brief_date(site, told),
        change=figure.change,
        base=figure.base,
        record=figure.record,
        sentence=note.sentence,
        compare=_series(site, figure),
        missing=note.missing,
    )


def _series(site: Site, figure: Figure) -> str | None:
    """Address of all figures that count the same thing, where there are several."""
    thing = counted_thing(figure) if "figures" in site.config.pages else ""
    slug = urls.slugify(thing) if thing else ""
    return urls.series(slug) if slug and site.has_series(slug) else None


def series_name(site: Site, slug: str) -> str:
    """What figures of the same thing count, as the latest of them says it."""

    def named() -> str:
        told, place = site.counting(slug)[0]
        return series_label(figure_note(site, told, place))

    return site.kept(slug, "series", named)


def series_label(figure: FigureNote) -> str:
    """What a figure counts, and in which unit."""
    return " · ".join(filter(None, (figure.what, figure.unit)))


def _quote(site: Site, told: Told, place: int) -> QuoteNote:
    note = told.note(place)
    quote = note.item
    assert isinstance(quote, Quote)
    return QuoteNote(
        id=note.fragment,
        number=note.number,
        text=pieces(quote),
        kind=quote.kind,
        by=speaker_link(site, note.by),
        cue=quote.cue,
        ref=note.ref,
        url=urls.at(told.url, note.fragment),
        brief=brief_link(site, told),
        date=brief_date(site, told),
        matches=note.matches,
        sentence=note.sentence,
        missing=note.missing,
    )


def _date(site: Site, told: Told, place: int) -> DateNote:
    note = told.note(place)
    event = note.item
    assert isinstance(event, DatedEvent)
    return DateNote(
        id=note.fragment,
        number=note.number,
        date=date_view(event.date, site.words),
        what=event.what or "",
        text=event.text,
        ref=note.ref,
        url=urls.at(told.url, note.fragment),
        brief=brief_link(site, told),
        missing=note.missing,
        sentence="" if event.what else note.sentence,
    )


def _source(site: Site, told: Told, place: int) -> SourceNote:
    note = told.note(place)
    source = note.item
    assert isinstance(source, Source) and note.by
    link = source_link(site.sources[note.by.slug or ""])
    return SourceNote(note.fragment, note.number, link, source.kind, source.text, note.ref, note.missing)


def _once(site: Site, told: Told, place: int, make: Callable[[Site, Told, int], T]) -> T:
    return site.kept(told.slug, note_part(place), lambda: make(site, told, place))


def figure_note(site: Site, told: Told, place: int) -> FigureNote:
    return _once(site, told, place, _figure)


def quote_note(site: Site, told: Told, place: int) -> QuoteNote:
    return _once(site, told, place, _quote)


def date_note(site: Site, told: Told, place: int) -> DateNote:
    return _once(site, told, place, _date)


def source_note(site: Site, told: Told, place: int) -> SourceNote:
    return _once(site, told, place, _source)


def figure_notes(site: Site, told: Told) -> tuple[FigureNote, ...]:
    return tuple([figure_note(site, told, place) for place in told.places("figures")])


def quote_notes(site: Site, told: Told) -> tuple[QuoteNote, ...]:
    return tuple([quote_note(site, told, place) for place in told.places("quotes")])


def date_notes(site: Site, told: Told) -> tuple[DateNote, ...]:
    return tuple([date_note(site, told, place) for place in told.places("dates")])


def source_notes(site: Site, told: Told) -> tuple[SourceNote, ...]:
    return tuple([source_note(site, told, place) for place in told.places("sources")])


def topic_links(site: Site, told: Told) -> tuple[Link, ...]:
    slugs = dict.fromkeys(slug for slug, _ in told.card.topics)
    return tuple(Link(site.topics[slug].name, urls.topic(slug)) for slug in slugs)


def agencies(site: Site, told: Told) -> tuple[Link, ...]:
    """The agencies a brief is credited to."""
    slugs = dict.fromkeys(slug for slug, _, kind in told.card.sources if kind == AGENCY)
    return tuple(source_link(site.sources[slug]) for slug in slugs)


def card(site: Site, told: Told, reasons: tuple[str, ...] = ()) -> BriefCard:
    """A brief in a list."""
    plain = site.kept(told.slug, "card", lambda: _card(site, told))
    return replace(plain, reasons=reasons) if reasons else plain


def _card(site: Site, told: Told) -> BriefCard:
    return BriefCard(
        link=brief_link(site, told),
        date=brief_date(site, told),
        standfirst=told.card.standfirst,
        topics=topic_links(site, told),
        credit=", ".join(link.label for link in agencies(site, told)),
        draft=told.card.status == "draft",
    )


def mark(note: Placed, span: Span, label: str, words: Words) -> Mark:
    """The words of a note in the body."""
    kind = note.list.rstrip("s")
    told = words["note_label"].format(n=note.number, kind=words[f"note_{kind}"].lower(), words=label)
    return Mark(span, kind, urls.reference(note.fragment), note.fragment, label=told, number=note.number)


def page_text(page: Page | None) -> BodyView | None:
    """The editor's own text of a page."""
    return BodyView(page.body.markdown, page.body.plain) if page and page.body.plain else None


def mentioned(site: Site, told: Told, slug: str) -> tuple[Mentioned, ...]:
    """The sentences of one brief that mention an actor, each once."""
    date, link = brief_date(site, told), brief_link(site, told)
    places = ((sentence, urls.reference(f"actor-{slug}", number)) for sentence, number in told.mentions_of(slug))
    return tuple(Mentioned(link, date, sentence, urls.at(told.url, place)) for sentence, place in places)
