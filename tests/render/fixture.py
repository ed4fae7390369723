"""A small site as plain views, made by hand: an invented story with every kind of note and every page kind."""

from dataclasses import replace
from pathlib import Path

from nutgraf.formats.markdown import parse_body
from nutgraf.formats.words import parse_words
from nutgraf.model.span import Span
from nutgraf.model.views import (
    AboutView,
    ActorNote,
    ActorView,
    BodyView,
    BriefCard,
    BriefView,
    Change,
    ChangesView,
    Chapter,
    DateNote,
    DateView,
    FeedEntry,
    FeedView,
    FigureNote,
    FiguresView,
    Group,
    HomeView,
    IndexView,
    Link,
    Mark,
    Mentioned,
    MovedView,
    NotFoundView,
    PageHead,
    PageView,
    PlacesView,
    QuoteNote,
    QuotesView,
    RoleView,
    Series,
    SiteFrame,
    SitemapView,
    SourceNote,
    SourceView,
    TimelineView,
    TopicView,
)
from nutgraf.model.words import Words
from tests.whole_site import SiteViews

Note = FigureNote | QuoteNote | DateNote | SourceNote
ROOT = Path(__file__).parents[2]
PAGE = "/briefs/harbour/"
ANNOTATIONS = f"{PAGE}annotations.json"
BRIEF = Link("Harbour strike ends after nine days", PAGE)
OTHER = Link("Port talks begin", "/briefs/talks/")
DAY = DateView("2031-05-14", "14 May 2031", "2031-05-14")
EARLIER = DateView("2031-05-02", "2 May 2031", "2031-05-02")
OKAFOR = Link("Ngozi Okafor", "/actors/ngozi-okafor/", "person")
UNION = Link("Dockers’ Union of Vell", "/actors/dockers-union/", "organisation")
VELL = Link("Vell", "/actors/vell/", "place")
AGENCY = Link("Northwire", "/sources/northwire/", "agency")
TOPIC = Link("ports", "/topics/ports/")

MARKDOWN = """\
Dock workers in Vell went back to work on Tuesday after the *Dockers’ Union of Vell* and the port signed a deal \
that raises wages by 6.5 per cent over two years.

“We held out for nine days, and **nobody** broke ranks,” said Ngozi Okafor, who leads the union. Some 3,200 people \
took part, according to the union.

## What it cost

The port put its loss at €14 million. Two officials, who asked not to be named, said the true sum was “well above” \
that. [The terms](https://example.org/terms) will be `published` in full.

(Northwire)
"""


def brief_view() -> BriefView:
    """One brief with a mark of every kind; two of them overlap."""
    body = parse_body(MARKDOWN)
    figures = (
        _figure(1, "6.5 %", 6.5, "wages", "by 6.5 per cent", when=DateView("2031/2033", "2031 to 2033", "2031")),
        _figure(2, "about 3,200", 3200, "people on strike", "Some 3,200 people took part", by=UNION),
        _figure(3, "€14 million", 14e6, "loss of the port", "its loss at €14 million", unit="EUR", record="largest"),
    )
    quotes = (
        _quote(1, "We held out for nine days, and nobody broke ranks,", OKAFOR, "said", matches=True),
        _quote(2, "well above", Link("two officials"), "said", kind="mixed", matches=False),
        _quote(3, "Some 3,200 people took part", UNION, "according to", kind="indirect"),
    )
    dates = (DateNote("date-1", 1, DAY, "back to work", "Tuesday", "date-1-ref", PAGE + "#date-1", BRIEF),)
    sources = (
        SourceNote("source-1", 1, AGENCY, "agency", "(Northwire)", "source-1-ref"),
        SourceNote("source-2", 2, Link("two officials"), "unnamed", "Two officials", "source-2-ref"),
        SourceNote("source-3", 3, Link("port ledger"), "cited", None, None),
    )
    notes: list[tuple[str, tuple[Note, ...]]] = [
        ("figure", figures),
        ("quote", quotes),
        ("date", dates),
        ("source", sources),
    ]
    marks = [
        *(_mark(body.plain, kind, note) for kind, group in notes for note in group if note.ref),
        _named(body.plain, "Vell went", 4, "vell", VELL),
        _named(body.plain, "Dockers’ Union of Vell", 22, "union", UNION),
        _named(body.plain, "Ngozi Okafor", 12, "okafor", OKAFOR),
    ]
    return BriefView(
        head=_head(
            PAGE,
            BRIEF.label,
            "briefs",
            description="Dock workers are back.",
            json_ld='{"@type": "NewsArticle"}',
            annotations=ANNOTATIONS,
        ),
        headline=BRIEF.label,
        date=DAY,
        standfirst="Dock workers in Vell are back at their cranes, with a deal worth 6.5 per cent over two years.",
        draft=False,
        reviewed=DAY,
        byline="Ida Marsh",
        credit=(AGENCY,),
        original=Link("The original", "https://example.org/harbour"),
        topics=(TOPIC,),
        body=BodyView(body.markdown, body.plain, tuple(marks)),
        digest=False,
        actors=(
            ActorNote("actor-okafor", OKAFOR, "person", "leader of the union", ("actor-okafor-ref",), 1, 0),
            ActorNote("actor-union", UNION, "organisation", None, ("actor-union-ref",), 1, 1),
            ActorNote("actor-vell", VELL, "place", None, ("actor-vell-ref",)),
            *(ActorNote(f"actor-{n}", replace(UNION, label=f"Local {n}"), "organisation", None, ()) for n in range(3)),
        ),
        figures=figures,
        quotes=quotes,
        dates=dates,
        sources=sources,
        voices=(replace(OKAFOR, note="62 %"), replace(UNION, note="38 %"), Link("two officials")),
        speakers=(replace(OKAFOR, note="62 %"), replace(UNION, note="38 %")),
        related=(card(OTHER, EARLIER, reasons=("same figure, other value", "same actor")),),
        teasers=(Link("Whale seen in the bay"),),
        corrections=((DAY, "An earlier version gave the raise as 5.6 per cent."),),
        annotations='{"type": "AnnotationPage"}',
    )


def _head(url: str, title: str, section: str = "", description: str = "", **more: str) -> PageHead:
    return PageHead(url, title, description, section, **more)


def _figure(
    number: int,
    value: str,
    sort: float,
    what: str,
    text: str,
    unit: str | None = None,
    when: DateView | None = None,
    by: Link | None = None,
    record: str | None = None,
) -> FigureNote:
    name = f"figure-{number}"
    sentence = f"A sentence with {value} in it."
    return FigureNote(
        name,
        number,
        value,
        sort,
        unit,
        what,
        when,
        by,
        text,
        f"{name}-ref",
        f"{PAGE}#{name}",
        BRIEF,
        DAY,
        record=record,
        sentence=sentence,
    )


def _quote(number: int, text: str, by: Link, cue: str, kind: str = "direct", matches: bool | None = None) -> QuoteNote:
    name = f"quote-{number}"
    return QuoteNote(
        name,
        number,
        (text,),
        kind,
        by,
        cue,
        f"{name}-ref",
        f"{PAGE}#{name}",
        BRIEF,
        DAY,
        matches,
        f"So “{text}” it was.",
    )


def _mark(plain: str, kind: str, note: Note) -> Mark:
    text = note.text if isinstance(note.text, str) else (note.text or ("",))[0]
    start = plain.index(text)
    label = f"Note {note.number}: {kind}, {text[:40]}"
    return Mark(Span(start, start + len(text)), kind, note.ref or "", note.id, label=label, number=note.number)


def _named(plain: str, context: str, length: int, slug: str, actor: Link) -> Mark:
    start = plain.index(context)
    return Mark(Span(start, start + length), "actor", f"actor-{slug}-ref", f"actor-{slug}", actor.url)


def card(link: Link, date: DateView, reasons: tuple[str, ...] = (), draft: bool = False) -> BriefCard:
    """A brief in a list."""
    return BriefCard(link, date, "What it says in one sentence.", (TOPIC,), "Northwire", draft, reasons)


def other_brief() -> BriefView:
    """A brief with nothing but words."""
    body = parse_body("Talks between the port and its dockers began on Friday.\n")
    return replace(
        brief_view(),
        head=_head("/briefs/talks/", OTHER.label, "briefs"),
        headline=OTHER.label,
        standfirst=None,
        date=EARLIER,
        draft=True,
        reviewed=None,
        byline=None,
        credit=(),
        original=None,
        topics=(),
        body=BodyView(body.markdown, body.plain),
        actors=(),
        figures=(),
        quotes=(),
        dates=(),
        sources=(),
        speakers=(),
        related=(),
        teasers=(),
        corrections=(),
    )


def actor_view(link: Link, kind: str) -> ActorView:
    """An actor's page with every section."""
    brief = brief_view()
    about = parse_body("The editor’s own words, with *stress*.\n")
    return ActorView(
        head=_head(link.url or "", link.label, "actors", feed=f"{link.url}feed.xml", json_ld='{"@type": "Person"}'),
        name=link.label,
        kind=kind,
        aliases=("the dockers",),
        text=BodyView(about.markdown, about.plain),
        roles=(RoleView("leader of the union", "since 2029", BRIEF), RoleView("docker", "", None)),
        quotes=brief.quotes,
        figures=brief.figures,
        timeline=brief.dates,
        mentions=(
            Mentioned(BRIEF, DAY, "“We held out for nine days,” said Ngozi Okafor.", PAGE + "#actor-okafor-ref"),
        ),
        company=(replace(VELL, note="2 briefs"),),
        briefs=(card(BRIEF, DAY), card(OTHER, EARLIER, draft=True)),
    )


def source_view() -> SourceView:
    """An agency's page with every section."""
    brief = brief_view()
    about = parse_body("A news agency of the north.\n")
    return SourceView(
        head=_head(AGENCY.url or "", AGENCY.label, "sources"),
        name=AGENCY.label,
        kind="agency",
        text=BodyView(about.markdown, about.plain),
        actor=UNION,
        dispatches=(card(BRIEF, DAY),),
        cited_in=(Mentioned(OTHER, EARLIER, "Talks began, Northwire reports.", "/briefs/talks/"),),
        quotes=brief.quotes[:1],
        figures=brief.figures[:1],
        quoted_alone=1,
    )


def _index(url: str, heading: str, *links: Link) -> tuple[str, IndexView]:
    groups = tuple(Group(name, f"group-{name.lower()}", links) for name in ("A", "B"))
    template = "search.html" if "search" in url else "index.html"
    return template, IndexView(_head(url, heading, url.strip("/")), heading, "What is listed here.", groups)


def site_views(base: str = "") -> SiteViews:
    """Every page kind once or more; each internal link leads to a page or file that is there."""
    brief = brief_view()
    card_now, card_then = card(BRIEF, DAY), card(OTHER, EARLIER, draft=True)
    nav = tuple(
        Link(label, f"/{label.lower()}/", label.lower())
        for label in (
            "Actors",
            "Figures",
            "Quotes",
            "Timeline",
            "Topics",
            "Places",
            "Sources",
            "Changes",
            "Search",
            "About",
        )
    )
    footer = "Made by hand for a test."
    frame = SiteFrame("The Vell Ledger", "News from a harbour town", "en", base, nav, footer, words())
    events = (
        *brief.dates,
        replace(
            brief.dates[0],
            id="date-2",
            date=DateView("2031-05/2031-06", "May to June 2031", "2031-05"),
            url="/briefs/talks/",
        ),
    )
    pages: tuple[tuple[str, PageView], ...] = (
        (
            "home.html",
            HomeView(
                _head("/", "The Vell Ledger", feed="/feed.xml"),
                (card_now,),
                (card_then,),
                (OKAFOR,),
                brief.figures,
                (TOPIC,),
            ),
        ),
        ("brief.html", brief),
        ("brief.html", other_brief()),
        _index("/actors/", "Actors", OKAFOR, UNION, VELL),
        _index("/sources/", "Sources", AGENCY),
        _index("/topics/", "Topics", TOPIC),
        _index("/search/", "Search", BRIEF, OKAFOR, Link("Peña, Ángela", "/actors/vell/")),
        *(("actor.html", actor_view(link, link.note)) for link in (OKAFOR, UNION, VELL)),
        ("source.html", source_view()),
        (
            "figures.html",
            FiguresView(
                _head("/figures/", "Figures", "figures"),
                "Figures",
                brief.figures,
                (Series(Link("people on strike", "/figures/"), brief.figures[1:], ((0.0, 100.0), (100.0, 0.0))),),
                chapter=Chapter(parts=(Link("2031", "/figures/"),)),
            ),
        ),
        (
            "quotes.html",
            QuotesView(_head("/quotes/", "Quotes", "quotes"), ((OKAFOR, brief.quotes[:1]), (UNION, brief.quotes[1:]))),
        ),
        ("timeline.html", TimelineView(_head("/timeline/", "Timeline", "timeline"), (("2031", events),))),
        (
            "topic.html",
            TopicView(_head("/topics/ports/", "ports", "topics"), "ports", None, (card_now,), (OKAFOR,), brief.figures),
        ),
        (
            "places.html",
            PlacesView(_head("/places/", "Places", "places"), (Group("V", "group-v", (VELL,)),), ((VELL, 60.1, 4.9),)),
        ),
        (
            "changes.html",
            ChangesView(
                _head("/changes/", "What changed"),
                (
                    (
                        DAY,
                        (
                            Change("figure_revised", Link("€14 million", PAGE + "#figure-3", "loss"), "€12 million"),
                            Change("correction", Link("The raise is 6.5 per cent.", PAGE)),
                        ),
                    ),
                ),
            ),
        ),
        ("about.html", AboutView(_head("/about/", "About", "about"), {"briefs": 2, "figures": 1003}, 50)),
        (
            "moved.html",
            MovedView(_head("/actors/n-okafor/index.html", "Ngozi Okafor"), "Ngozi Okafor", OKAFOR.url or ""),
        ),
        ("404.html", NotFoundView(_head("/404.html", "Not found"), (BRIEF,))),
    )
    entry = FeedEntry("urn:brief:harbour", PAGE, BRIEF.label, DAY, "Dock workers & cranes <are> back.")
    feeds = tuple(
        FeedView(f"{page}feed.xml", f"{page}feed.json", page, frame.title, DAY.iso, (entry,))
        for page in ("/", *(f"{link.url}" for link in (OKAFOR, UNION, VELL)))
    )
    return SiteViews(frame, pages, feeds, SitemapView(((PAGE, DAY.iso), ("/", ""))))


def templates() -> dict[str, str]:
    """The theme's templates by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "templates").glob("*.html")}


def words(language: str = "en") -> Words:
    """The theme's words."""
    files = (ROOT / "templates" / "words").iterdir()
    return parse_words({f"words/{f.name}": f.read_text(encoding="utf-8") for f in files}, language)[0]
