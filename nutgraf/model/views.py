"""Views: plain data for the pages, one type a page kind. Every URL is root-relative ("/actors/joe-biden/");
the renderer turns it into one relative to the page. Labels are ready to show; `iso` fields are for machines."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nutgraf.model.span import Span
from nutgraf.model.words import Words


@dataclass(frozen=True, slots=True)
class Link:
    """A label and where it leads; `url` None shows the label alone."""

    label: str
    url: str | None = None
    note: str = ""
    """A few words beside the link: a kind, a role, a count."""


@dataclass(frozen=True, slots=True)
class DateView:
    """An EDTF date, how it reads and how it sorts."""

    iso: str
    label: str
    sort: str


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotated stretch of a body's plain text, to be wrapped when the body is rendered."""

    span: Span
    kind: str
    """actor | figure | quote | source | date"""
    id: str
    """Fragment of the stretch on its page, unique there: "figure-1-ref"."""
    note: str | None
    """Fragment of its note on the same page: "figure-1"."""
    url: str | None = None
    """Actors: where the words themselves lead."""
    label: str = ""
    """What a screen reader hears for the note's link: "Note: figure, 47,331 Cuban migrants"."""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class BodyView:
    """Markdown and the marks to set into it; rendered by render.body."""

    markdown: str
    plain: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorNote:
    """An actor as the brief's page lists it."""

    id: str
    link: Link
    kind: str
    role: str | None
    refs: tuple[str, ...]
    """Fragments of its mentions in the body."""
    quotes: int = 0
    figures: int = 0


@dataclass(frozen=True, slots=True)
class FigureNote:
    """One figure, on any page."""

    id: str
    number: int
    value: str
    """Ready to read: "about 47,331", "€422,000", "1.6 %", "10–20"."""
    sort: float
    unit: str | None
    what: str | None
    when: DateView | None
    by: Link | None
    text: str
    ref: str | None
    """Fragment of its words in the body; None where the anchor was lost."""
    url: str
    """Lasting address: the brief's page and the note's fragment."""
    brief: Link
    date: DateView
    change: str | None = None
    base: str | None = None
    record: str | None = None
    sentence: str = ""
    compare: str | None = None
    """Where all figures that count the same thing stand; None where this is the only one."""
    missing: str = ""
    """Why it has no `ref`: "lost" (its words were not found), "left_out" (not among the sentences of a digest)."""


@dataclass(frozen=True, slots=True)
class QuoteNote:
    """One quotation or reported statement, on any page."""

    id: str
    number: int
    text: tuple[str, ...]
    kind: str
    by: Link | None
    cue: str | None
    ref: str | None
    url: str
    brief: Link
    date: DateView
    matches: bool | None = None
    """Whether the words stand letter by letter in the stored article; None where there is none."""
    sentence: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class DateNote:
    """One dated event."""

    id: str
    number: int
    date: DateView
    what: str
    text: str
    ref: str | None
    url: str
    brief: Link
    missing: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A source as the brief's page lists it."""

    id: str
    number: int
    link: Link
    kind: str
    text: str | None
    ref: str | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class BriefCard:
    """A brief in a list."""

    link: Link
    date: DateView
    standfirst: str | None
    topics: tuple[Link, ...] = ()
    credit: str = ""
    draft: bool = False
    reasons: tuple[str, ...] = ()
    """Why it stands in this list: "same figure, other value"."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A sentence that mentions somebody, with its brief and the place in it."""

    brief: Link
    date: DateView
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class PageHead:
    """What every page has: its own address and what goes into <head>."""

    url: str
    title: str
    description: str = ""
    section: str = ""
    """Which entry of the navigation is current."""
    feed: str | None = None
    json_ld: str | None = None
    """JSON text, safe inside a script element."""
    card: str | None = None
    """Picture for links to a brief."""
    annotations: str | None = None
    """Web Annotations of a brief."""


@dataclass(frozen=True, slots=True)
class MovedView:
    """A former address, which leads to the present one."""

    head: PageHead
    name: str
    target: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Which part of a long list a page shows. The front of a list has neither label nor parent."""

    label: str = ""
    parent: Link | None = None
    parts: tuple[Link, ...] = ()
    """Narrower parts, each a page of its own; empty where the page shows all there is."""


@dataclass(frozen=True, slots=True)
class SiteFrame:
    """What the layout of every page shows of the site."""

    title: str
    tagline: str
    language: str
    base: str
    """Absolute address of the site, or empty."""
    nav: tuple[Link, ...]
    footer: str
    words: Words
    colours: Mapping[str, str] = field(default_factory=dict)
    """The site's own colours by token; "dark-…" where the reader prefers dark."""
    full_text: bool = True
    """Whether the text of all pages can be searched."""


@dataclass(frozen=True, slots=True)
class BriefView:
    head: PageHead
    headline: str
    date: DateView
    standfirst: str | None
    draft: bool
    reviewed: DateView | None
    byline: str | None
    credit: tuple[Link, ...]
    original: Link | None
    topics: tuple[Link, ...]
    body: BodyView
    digest: bool
    actors: tuple[ActorNote, ...]
    figures: tuple[FigureNote, ...]
    quotes: tuple[QuoteNote, ...]
    dates: tuple[DateNote, ...]
    sources: tuple[SourceNote, ...]
    speakers: tuple[Link, ...]
    """Who speaks how much: note is the share of quoted words."""
    voices: tuple[Link, ...]
    """Everybody on whose word something stands, in text order; note is the share of quoted words, if any."""
    related: tuple[BriefCard, ...]
    teasers: tuple[Link, ...]
    corrections: tuple[tuple[DateView, str], ...]
    language: str = "en"
    confirmed: int = 0
    """How many of its notes a person confirmed one by one."""
    as_proposed: int | None = None
    """How many of its notes stand as the machine proposed them; None where no proposal is stored."""
    annotations: str | None = None
    """JSON text of the file that `head.annotations` names."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the links under it: actors of one letter, briefs of one year."""

    label: str
    id: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """A list of links in groups: actors, sources, topics, the A–Z of search."""

    head: PageHead
    heading: str
    intro: str
    groups: tuple[Group, ...]
    chapter: Chapter = Chapter()


@dataclass(frozen=True, slots=True)
class RoleView:
    role: str
    when: str
    brief: Link | None


@dataclass(frozen=True, slots=True)
class ActorView:
    head: PageHead
    name: str
    kind: str
    aliases: tuple[str, ...]
    text: BodyView | None
    roles: tuple[RoleView, ...]
    quotes: tuple[QuoteNote, ...]
    figures: tuple[FigureNote, ...]
    timeline: tuple[DateNote, ...]
    mentions: tuple[Mentioned, ...]
    company: tuple[Link, ...]
    """Who appears in the same briefs; note is in how many."""
    briefs: tuple[BriefCard, ...]
    chapter: Chapter = Chapter()


@dataclass(frozen=True, slots=True)
class SourceView:
    head: PageHead
    name: str
    kind: str
    text: BodyView | None
    actor: Link | None
    dispatches: tuple[BriefCard, ...]
    cited_in: tuple[Mentioned, ...]
    quotes: tuple[QuoteNote, ...]
    figures: tuple[FigureNote, ...]
    quoted_alone: int
    """Briefs in which it is the only source."""
    chapter: Chapter = Chapter()


@dataclass(frozen=True, slots=True)
class Series:
    """The same thing counted more than once."""

    link: Link
    """To the page that holds them all."""
    figures: tuple[FigureNote, ...]
    """By the period they hold for."""
    points: tuple[tuple[float, float], ...] = ()
    """For a chart, in per cent of its width and height: time from the left, value from the top. Empty: no chart."""


@dataclass(frozen=True, slots=True)
class FiguresView:
    head: PageHead
    heading: str
    figures: tuple[FigureNote, ...]
    series: tuple[Series, ...]
    all_series: Link | None = None
    """The list of them, where the page does not show all."""
    chapter: Chapter = Chapter()


@dataclass(frozen=True, slots=True)
class QuotesView:
    head: PageHead
    groups: tuple[tuple[Link, tuple[QuoteNote, ...]], ...]
    """By speaker."""
    chapter: Chapter = Chapter()


@dataclass(frozen=True, slots=True)
class TimelineView:
    head: PageHead
    groups: tuple[tuple[str, tuple[DateNote, ...]], ...]
    """By year, ascending, vague dates before the days in them."""
    chapter: Chapter = Chapter()


@dataclass(frozen=True, slots=True)
class TopicView:
    head: PageHead
    name: str
    text: BodyView | None
    briefs: tuple[BriefCard, ...]
    actors: tuple[Link, ...]
    figures: tuple[FigureNote, ...]
    chapter: Chapter = Chapter()


@dataclass(frozen=True, slots=True)
class PlacesView:
    head: PageHead
    groups: tuple[Group, ...]
    points: tuple[tuple[Link, float, float], ...]
    """Places on the map: link, latitude, longitude."""
    chapter: Chapter = Chapter()


@dataclass(frozen=True, slots=True)
class HomeView:
    head: PageHead
    lead: tuple[BriefCard, ...]
    rest: tuple[BriefCard, ...]
    actors: tuple[Link, ...]
    figures: tuple[FigureNote, ...]
    topics: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new."""

    kind: str
    """new_figure | figure_revised | new_speaker | correction"""
    link: Link
    before: str = ""
    """Figures revised: what was told before."""


@dataclass(frozen=True, slots=True)
class ChangesView:
    """What is new: figures, figures revised, speakers, corrections, by the day of their brief, latest first."""

    head: PageHead
    days: tuple[tuple[DateView, tuple[Change, ...]], ...]
    chapter: Chapter = Chapter()


@dataclass(frozen=True, slots=True)
class AboutView:
    head: PageHead
    counts: Mapping[str, int]
    """briefs, reviewed, drafts, actors, figures, quotes, sources"""
    reviewed_share: int
    """Per cent of briefs that a person confirmed."""
    figures_share: int = 0
    quotes_share: int = 0
    """Per cent of figures and of quotes that stand in briefs which a person confirmed."""


@dataclass(frozen=True, slots=True)
class NotFoundView:
    head: PageHead
    suggestions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FeedEntry:
    id: str
    url: str
    title: str
    date: DateView
    summary: str


@dataclass(frozen=True, slots=True)
class FeedView:
    """One feed, written as Atom and as JSON Feed."""

    atom_url: str
    json_url: str
    page_url: str
    title: str
    updated: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class SitemapView:
    urls: tuple[tuple[str, str], ...]
    """Address and ISO day of last change."""


PageView = (
    BriefView
    | IndexView
    | ActorView
    | SourceView
    | FiguresView
    | QuotesView
    | TimelineView
    | TopicView
    | PlacesView
    | HomeView
    | ChangesView
    | AboutView
    | NotFoundView
    | MovedView
)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the built site: path relative to the output folder, and its bytes."""

    path: str
    content: bytes
