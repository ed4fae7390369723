"""The parts that several page kinds show: links, dates, notes, cards."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, cast

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
from nutgraf.site.anchors import stands_in
from nutgraf.site.library import Entry, slug_of
from nutgraf.site.link import Site
from nutgraf.site.reading import Placed, Reading, pieces
from nutgraf.site.related import counted_thing

T = TypeVar("T")
AGENCY, CITED, UNNAMED = "agency", "cited", "unnamed"


def date_view(text: str, words: Words) -> DateView:
    """A date as written, as read, and as sorted; one that cannot be read is shown as it stands, and sorts last."""
    period = edtf.parse(text)
    if period is None:
        return DateView(text, text, f"~{text}")
    return DateView(text, edtf.label(period, words.dates), period.sort)


def brief_date(site: Site, reading: Reading) -> DateView:
    """The day of a brief."""
    return _kept(site, reading, "date", lambda: date_view(reading.brief.front.date, site.words))


def brief_link(reading: Reading) -> Link:
    return Link(reading.brief.front.headline, reading.url)


def actor_link(entry: Entry, note: str = "") -> Link:
    return Link(entry.name, urls.actor(entry.slug), note)


def source_link(entry: Entry, note: str = "") -> Link:
    return Link(entry.name, urls.source(entry.slug), note)


def speaker_link(site: Site, reading: Reading, by: str | None) -> Link | None:
    """Whoever is meant by `by`, with a page where there is one."""
    if not by:
        return None
    meant = reading.who(by)
    slug = meant.slug or ""
    if meant.kind == "actor" and slug in site.actors:
        return actor_link(site.actors[slug])
    if meant.kind == "source" and slug in site.sources:
        return source_link(site.sources[slug])
    return Link(by)


def reference(site: Site, reading: Reading, note: Placed) -> tuple[str | None, str]:
    """Fragment of the note's words in the body; None, and why, where they were not found or are not published."""
    if note.anchor is None:
        return None, ""
    if not note.span:
        return None, "lost"
    return (urls.reference(note.fragment), "") if site.placed(reading, note.anchor.spans[0]) else (None, "left_out")


def _figure(site: Site, reading: Reading, note: Placed) -> FigureNote:
    figure = note.item
    assert isinstance(figure, Figure)
    ref, missing = reference(site, reading, note)
    return FigureNote(
        id=note.fragment,
        number=note.number,
        value=amount(figure, site.words),
        sort=sort_key(figure),
        unit=figure.unit,
        what=figure.what,
        when=date_view(figure.when, site.words) if figure.when else None,
        by=speaker_link(site, reading, figure.by),
        text=figure.text,
        ref=ref,
        url=urls.at(reading.url, note.fragment),
        brief=brief_link(reading),
        date=brief_date(site, reading),
        change=figure.change,
        base=figure.base,
        record=figure.record,
        sentence=reading.sentence(note.span),
        compare=_series(site, figure),
        missing=missing,
    )


def _series(site: Site, figure: Figure) -> str | None:
    """Address of all figures that count the same thing, where there are several."""
    thing = counted_thing(figure) if "figures" in site.config.pages else ""
    slug = urls.slugify(thing) if thing else ""
    return urls.series(slug) if len(site.counted.get(slug, ())) > 1 else None


def series_slugs(site: Site) -> tuple[str, ...]:
    """The things that are counted more than once, by slug."""
    return tuple(sorted(slug for slug, told in site.counted.items() if len(told) > 1))


def _quote(site: Site, reading: Reading, note: Placed) -> QuoteNote:
    quote = note.item
    assert isinstance(quote, Quote)
    ref, missing = reference(site, reading, note)
    article = site.originals.get(reading.brief.front.article or "")
    return QuoteNote(
        id=note.fragment,
        number=note.number,
        text=pieces(quote),
        kind=quote.kind,
        by=speaker_link(site, reading, quote.by),
        cue=quote.cue,
        ref=ref,
        url=urls.at(reading.url, note.fragment),
        brief=brief_link(reading),
        date=brief_date(site, reading),
        matches=stands_in(article, pieces(quote)) if article is not None else None,
        sentence=reading.sentence(note.span),
        missing=missing,
    )


def _date(site: Site, reading: Reading, note: Placed) -> DateNote:
    event = note.item
    assert isinstance(event, DatedEvent)
    ref, missing = reference(site, reading, note)
    return DateNote(
        id=note.fragment,
        number=note.number,
        date=date_view(event.date, site.words),
        what=event.what or "",
        text=event.text,
        ref=ref,
        url=urls.at(reading.url, note.fragment),
        brief=brief_link(reading),
        missing=missing,
    )


def _source(site: Site, reading: Reading, note: Placed) -> SourceNote:
    source = note.item
    assert isinstance(source, Source)
    link = source_link(site.sources[slug_of(source.name, site.names.sources)])
    return SourceNote(note.fragment, note.number, link, source.kind, source.text, *reference(site, reading, note))


def _kept(site: Site, reading: Reading, name: str, make: Callable[[], T]) -> T:
    """What several pages show of one brief, made once."""
    key = (reading.brief.slug, name)
    if key not in site.shown:
        site.shown[key] = make()
    return cast("T", site.shown[key])


def _once(site: Site, reading: Reading, note: Placed, make: Callable[[Site, Reading, Placed], T]) -> T:
    return _kept(site, reading, f"{note.list}-{note.index}", lambda: make(site, reading, note))


def figure_note(site: Site, reading: Reading, note: Placed) -> FigureNote:
    return _once(site, reading, note, _figure)


def quote_note(site: Site, reading: Reading, note: Placed) -> QuoteNote:
    return _once(site, reading, note, _quote)


def date_note(site: Site, reading: Reading, note: Placed) -> DateNote:
    return _once(site, reading, note, _date)


def source_note(site: Site, reading: Reading, note: Placed) -> SourceNote:
    return _once(site, reading, note, _source)


def figure_notes(site: Site, reading: Reading) -> tuple[FigureNote, ...]:
    return tuple(figure_note(site, reading, note) for note in reading.of("figures"))


def quote_notes(site: Site, reading: Reading) -> tuple[QuoteNote, ...]:
    return tuple(quote_note(site, reading, note) for note in reading.of("quotes"))


def date_notes(site: Site, reading: Reading) -> tuple[DateNote, ...]:
    return tuple(date_note(site, reading, note) for note in reading.of("dates"))


def source_notes(site: Site, reading: Reading) -> tuple[SourceNote, ...]:
    return tuple(source_note(site, reading, note) for note in reading.of("sources"))


def topic_links(site: Site, reading: Reading) -> tuple[Link, ...]:
    slugs = (slug_of(topic, site.names.topics) for topic in reading.brief.front.topics)
    return tuple(Link(site.topics[slug].name, urls.topic(slug)) for slug in dict.fromkeys(slugs))


def agencies(site: Site, reading: Reading) -> tuple[Link, ...]:
    """The agencies a brief is credited to."""
    credited = (s for s in reading.brief.front.sources if s.kind == AGENCY)
    slugs = dict.fromkeys(slug_of(source.name, site.names.sources) for source in credited)
    return tuple(source_link(site.sources[slug]) for slug in slugs)


def card(site: Site, reading: Reading, reasons: tuple[str, ...] = ()) -> BriefCard:
    """A brief in a list."""
    plain = _kept(site, reading, "card", lambda: _card(site, reading))
    return replace(plain, reasons=reasons) if reasons else plain


def _card(site: Site, reading: Reading) -> BriefCard:
    front = reading.brief.front
    return BriefCard(
        link=brief_link(reading),
        date=brief_date(site, reading),
        standfirst=front.standfirst,
        topics=topic_links(site, reading),
        credit=", ".join(link.label for link in agencies(site, reading)),
        draft=front.status == "draft",
    )


def mark(note: Placed, span: Span, label: str, words: Words) -> Mark:
    """The words of a note in the body."""
    kind = note.list.rstrip("s")
    told = words["note_label"].format(n=note.number, kind=words[f"note_{kind}"].lower(), words=label)
    return Mark(span, kind, urls.reference(note.fragment), note.fragment, label=told, number=note.number)


def page_text(page: Page | None) -> BodyView | None:
    """The editor's own text of a page."""
    return BodyView(page.body.markdown, page.body.plain) if page and page.body.plain else None


def mentioned(site: Site, index: int, slug: str) -> tuple[Mentioned, ...]:
    """The sentences of one brief that mention an actor, each once."""
    reading = site.readings[index]
    found: dict[str, str] = {}
    for number, mention in enumerate((m for m in reading.mentions if m.slug == slug and m.marked), 1):
        if site.placed(reading, mention.span) is None:
            continue
        place = urls.at(reading.url, urls.reference(f"actor-{slug}", number))
        found.setdefault(reading.sentence(mention.span), place)
    date = brief_date(site, reading)
    return tuple(Mentioned(brief_link(reading), date, sentence, url) for sentence, url in found.items())
