"""Pages as views: who is linked to whom, which briefs belong together and why, digests, and what is withheld."""

import json
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.formats.markdown import parse_body
from nutgraf.model.brief import Figure
from nutgraf.model.config import Config
from nutgraf.model.views import (
    ActorView,
    BriefView,
    ChangesView,
    FiguresView,
    Link,
    PlacesView,
    SourceView,
    TopicView,
)
from nutgraf.site import urls
from nutgraf.site.amounts import amount
from nutgraf.site.digest import excerpt_of
from nutgraf.site.json_ld import script
from nutgraf.site.text import sentences
from tests.site.sites import library, story, words
from tests.whole_site import SiteViews, build_views

TODAY = "2031-06-01"
View = TypeVar("View")

OPENING = story(
    """
standfirst: The port opens again.
article: opening.txt
topics: [ports]
actors:
- {name: Ada Brandt, kind: person, role: harbour master, aka: [Brandt]}
- {name: Port Board, kind: organisation}
- {name: Vell, kind: place}
figures:
- {value: 40, what: waiting ships, when: 2031-05, by: Port Board, text: "40 ships were waiting"}
quotes:
- {by: Brandt, cue: said, text: "The port is open"}
- {by: Port Board, kind: indirect, cue: told, text: "40 ships were waiting"}
sources:
- {name: Northwire, kind: agency, text: "(Northwire)"}
dates:
- {date: 2031-05-14, what: the port opens, text: "Wednesday"}
""",
    "VELL (Northwire) – “The port is open,” Ada Brandt said on Wednesday.\n\n"
    "Nobody was hurt. The Port Board told reporters 40 ships were waiting. It rained in Vell.\n\n"
    "## What now\n\nBrandt will rest. [[Port Board|The board]] will meet.",
    "Port opens",
)
ANSWER = story(
    """
topics: [ports]
actors:
- {name: Ben Silva, kind: person, role: union leader}
- {name: Ada Brandt, kind: person, role: minister, aka: [Brandt]}
- {name: Port Board, kind: organisation}
figures:
- {value: 55, what: waiting ships, when: 2031-05, by: Ben Silva, text: "55 ships"}
quotes:
- {by: Ben Silva, text: "Brandt is wrong"}
""",
    "“Brandt is wrong,” Ben Silva said, counting 55 ships.",
    "Union objects",
    "2031-05-16",
)
OTHER = story("topics: [weather]", "It rained.", "Rain", "2031-05-15")
FILES = {
    "content/briefs/opening.md": OPENING,
    "content/briefs/answer.md": ANSWER,
    "content/briefs/rain.md": OTHER,
    "content/articles/opening.txt": "“The  port\nis open,” Ada Brandt said.",
}


def build(files: dict[str, str] = FILES, config: Config = Config(), drafts: bool = False) -> SiteViews:  # noqa: B008
    return build_views(library(files), config, TODAY, drafts, words())


def page(views: SiteViews, url: str, kind: type[View]) -> View:
    found = [view for _, view in views.pages if view.head.url == url]
    assert len(found) == 1
    assert isinstance(found[0], kind)
    return found[0]


def every_url(value: object) -> list[str]:
    """All addresses within the site that a view holds."""
    if isinstance(value, str):
        return [value] if value.startswith("/") and not value.startswith("//") else []
    if isinstance(value, tuple):
        return [url for part in value for url in every_url(part)]
    if is_dataclass(value):
        return [url for field in fields(value) for url in every_url(getattr(value, field.name))]
    return []


def fragments(view: object) -> set[str]:
    return {mark.id for mark in view.body.marks} | {  # type: ignore[attr-defined]
        note.id
        for notes in (view.actors, view.figures, view.quotes, view.dates, view.sources)  # type: ignore[attr-defined]
        for note in notes
    }


@pytest.mark.parametrize("config", [Config(), Config(body="digest")])
def test_every_link_within_the_site_leads_somewhere(config: Config) -> None:
    views = build(config=config)
    pages = {view.head.url for _, view in views.pages}
    assert len(pages) == len(views.pages)
    feeds = {url for feed in views.feeds for url in (feed.atom_url, feed.json_url)}
    places = {view.head.url: fragments(view) for _, view in views.pages if isinstance(view, BriefView)}
    cards = {urls.card(url.strip("/").partition("/")[2]) for url in places}
    annotations = {urls.annotations(url.strip("/").partition("/")[2]) for url in places}
    for _, view in views.pages:
        for url in every_url(view):
            target, _, fragment = url.partition("#")
            assert target in pages | feeds | cards | annotations
            assert not fragment or fragment in places[target]


@pytest.mark.parametrize("config", [Config(), Config(body="digest")])
def test_every_mark_has_its_words_and_its_note_and_every_note_its_words(config: Config) -> None:
    view = page(build(config=config), urls.brief("opening"), BriefView)
    ids = [mark.id for mark in view.body.marks]
    notes = fragments(view) - set(ids)
    assert len(set(ids)) == len(ids)
    assert all(mark.note in notes for mark in view.body.marks)
    assert {ref for actor in view.actors for ref in actor.refs} <= set(ids)
    words = {mark.id: mark.span.of(view.body.plain) for mark in view.body.marks}
    assert [words[note.ref or ""] for note in view.figures] == ["40 ships were waiting"]
    assert [words[note.ref or ""] for note in view.quotes] == ["The port is open", "40 ships were waiting"]
    assert [words[note.ref or ""] for note in view.sources] == ["(Northwire)"]
    assert parse_body(view.body.markdown, 1).plain == view.body.plain


def test_annotations_beside_a_brief_are_about_its_notes_and_the_words_it_shows() -> None:
    views = build(config=Config(url="https://example.org"))
    pages = {f"https://example.org{view.head.url}" for _, view in views.pages}
    view = page(views, urls.brief("opening"), BriefView)
    told = json.loads(view.annotations or "")
    assert told["id"] == "https://example.org/briefs/opening/annotations.json"
    targets = {item["id"].partition("#")[2]: item["target"] for item in told["items"]}
    with_words = {note.id for note in (*view.figures, *view.quotes, *view.dates, *view.sources)}
    assert targets.keys() == with_words | {actor.id for actor in view.actors}
    assert [part["selector"]["exact"] for part in targets["figure-40-waiting-ships"]] == ["40 ships were waiting"]
    assert len(targets["actor-port-board"]) == len(view.actors[1].refs)
    bodies = [
        body for item in told["items"] for body in (item["body"] if type(item["body"]) is list else [item["body"]])
    ]
    assert {part["source"] for parts in targets.values() for part in parts} == {"https://example.org/briefs/opening/"}
    assert {body["source"] for body in bodies if "source" in body} <= pages


def test_a_site_can_do_without_annotations() -> None:
    view = page(build(config=Config(web_annotations=False)), urls.brief("opening"), BriefView)
    assert view.annotations is None and view.head.annotations is None


def test_brief_page() -> None:
    view = page(build(), urls.brief("opening"), BriefView)
    assert view.credit == (Link("Northwire", "/sources/northwire/"),)
    assert [(actor.link.label, actor.quotes, actor.figures) for actor in view.actors] == [
        ("Ada Brandt", 1, 0),
        ("Port Board", 1, 1),
        ("Vell", 0, 0),
    ]
    assert len(view.actors[1].refs) == 2  # by name, and by an explicit link
    assert view.quotes[0].matches is True  # spaces and line breaks do not count
    assert view.quotes[1].matches is False
    assert view.speakers == (Link("Ada Brandt", "/actors/ada-brandt/", "100 %"),)
    assert view.figures[0].id == "figure-40-waiting-ships"
    assert view.figures[0].sentence == "The Port Board told reporters 40 ships were waiting."


def test_related_briefs_have_their_reasons() -> None:
    views = build()
    related = page(views, urls.brief("opening"), BriefView).related
    assert [card.link.label for card in related] == ["Union objects"]
    assert set(related[0].reasons) == {
        "same figure, other value",
        "Ben Silva answers Ada Brandt",
        "Ada Brandt in a new role",
    }
    assert page(views, urls.brief("answer"), BriefView).related[0].reasons == related[0].reasons
    assert page(views, urls.brief("rain"), BriefView).related == ()


def test_whoever_answers_may_have_a_page_and_stand_in_no_list_of_actors() -> None:
    quote = 'topics: [ports]\nactors:\n- {{name: Ada Brandt, kind: person}}\nquotes:\n- {{by: {}, text: "{}"}}\n'
    one = story(quote.format("Ada Brandt", "It is open"), "“It is open,” Ada Brandt said.", "One")
    two = story(quote.format("Cy Umar", "Ada Brandt errs"), "“Ada Brandt errs,” Cy Umar said.", "Two", "2031-05-16")
    own = "---\nname: Cy Umar\n---\n"
    files = {"content/briefs/one.md": one, "content/briefs/two.md": two, "content/actors/cy-umar.md": own}
    assert page(build(files), urls.brief("one"), BriefView).related[0].reasons[0] == "Cy Umar answers Ada Brandt"


def test_a_figure_without_a_period_ties_only_briefs_that_are_akin() -> None:
    figure = 'figures:\n- {{value: {}, what: people, text: "{} people"}}\n'
    one = story(figure.format(5, 5), "There were 5 people.", "One")
    two = story(figure.format(6, 6), "There were 6 people.", "Two")
    apart = build({"content/briefs/one.md": one, "content/briefs/two.md": two})
    assert page(apart, urls.brief("one"), BriefView).related == ()
    one, two = (text.replace("figures:", "topics: [crowds]\nfigures:") for text in (one, two))
    akin = page(
        build({"content/briefs/one.md": one, "content/briefs/two.md": two}), urls.brief("one"), BriefView
    ).related
    assert akin[0].reasons == ("same figure, other value", "topic: crowds")


def test_actor_page() -> None:
    view = page(build(), urls.actor("ada-brandt"), ActorView)
    assert view.aliases == ("Brandt",)
    assert [(role.role, role.when) for role in view.roles] == [
        ("harbour master", "14 May 2031"),
        ("minister", "16 May 2031"),
    ]
    assert [quote.text for quote in view.quotes] == [("The port is open",)]
    assert [event.what for event in view.timeline] == ["the port opens"]
    assert {link.label: link.note for link in view.company} == {"Port Board": "2 briefs", "Ben Silva": "1 brief"}
    assert [mention.sentence for mention in view.mentions] == [
        "“Brandt is wrong,” Ben Silva said, counting 55 ships.",
        "VELL (Northwire) – “The port is open,” Ada Brandt said on Wednesday.",
        "Brandt will rest.",
    ]


def test_an_actors_own_page_gives_name_aliases_and_roles_everywhere() -> None:
    own = (
        "---\nname: Ada M. Brandt\naliases: [Ada Brandt, the harbour master]\n"
        "roles:\n- {role: minister, when: 2031/..}\n---\nBorn in Vell.\n"
    )
    views = build(FILES | {"content/actors/ada-brandt.md": own})
    view = page(views, urls.actor("ada-brandt"), ActorView)
    assert view.name == "Ada M. Brandt"
    assert (view.roles[0].role, view.roles[0].when) == ("minister", "since 2031")
    assert view.text and view.text.plain == "Born in Vell."
    assert page(views, urls.brief("answer"), BriefView).actors[1].link.label == "Ada M. Brandt"


def test_source_page() -> None:
    view = page(build(), urls.source("northwire"), SourceView)
    assert [card.link.label for card in view.dispatches] == ["Port opens"]
    assert (view.kind, view.quoted_alone) == ("agency", 0)


def test_figures_that_count_the_same_thing_are_compared() -> None:
    view = page(build(), urls.FIGURES, FiguresView)
    compared = [(series.link, [figure.value for figure in series.figures]) for series in view.series]
    link = Link("waiting ships", "/figures/of/waiting-ships/", "2 figures")
    assert compared == [(link, ["40", "55"])]
    own = page(build(), "/figures/of/waiting-ships/", FiguresView)
    assert [figure.value for figure in own.figures] == ["55", "40"]
    assert page(build(), urls.brief("answer"), BriefView).figures[0].compare == link.url


def test_a_revised_figure_is_a_change() -> None:
    days = page(build(), urls.CHANGES, ChangesView).days
    assert [day.iso for day, _ in days] == ["2031-05-16", "2031-05-14"]
    assert ("figure_revised", "40", "55") in [(c.kind, c.before, c.link.label) for c in days[0][1]]


DRAFT = OTHER.replace("published", "draft")


def test_drafts_and_briefs_of_days_to_come_are_withheld() -> None:
    early = OTHER.replace("2031-05-15", "2031-06-02")
    files = {"content/briefs/draft.md": DRAFT, "content/briefs/early.md": early, "content/briefs/rain.md": OTHER}
    briefs = [view.head.url for _, view in build(files).pages if isinstance(view, BriefView)]
    assert briefs == ["/briefs/rain/"]
    with_drafts = [view.head.url for _, view in build(files, drafts=True).pages if isinstance(view, BriefView)]
    assert with_drafts == ["/briefs/draft/", "/briefs/rain/"]


def test_a_digest_keeps_chosen_sentences_word_for_word_and_shows_no_others_anywhere() -> None:
    views = build(config=Config(body="digest"))
    view = page(views, urls.brief("opening"), BriefView)
    assert view.digest
    assert view.body.plain == (
        "VELL (Northwire) – “The port is open,” Ada Brandt said on Wednesday.\n\n"
        "The Port Board told reporters 40 ships were waiting."
    )
    shown = json.dumps([str(other) for _, other in views.pages] + [str(feed) for feed in views.feeds])
    assert not [words for words in ("Nobody was hurt", "It rained in Vell", "Brandt will rest") if words in shown]


def test_the_agencys_page_decides_how_its_dispatches_are_published() -> None:
    own = "---\nname: Northwire\ntype: agency\nbody_mode: {}\n---\n"
    digest = build(FILES | {"content/sources/northwire.md": own.format("digest")})
    assert page(digest, urls.brief("opening"), BriefView).digest
    assert not page(digest, urls.brief("answer"), BriefView).digest
    full = build(FILES | {"content/sources/northwire.md": own.format("full")}, Config(body="digest"))
    assert not page(full, urls.brief("opening"), BriefView).digest
    assert page(full, urls.brief("answer"), BriefView).digest


MARKS = st.text("ab.! *_[]()#>-+1`~<&\\|\u201c\u00e9", max_size=40)


@given(st.lists(MARKS, min_size=1, max_size=4), st.data())
def test_a_digest_reads_as_its_plain_text(blocks: list[str], data: st.DataObject) -> None:
    body = parse_body("\n\n".join(blocks), 1)
    parts = sentences(body.plain)
    kept = tuple(part for part in parts if data.draw(st.booleans()))
    excerpt = excerpt_of(body, kept)
    assert parse_body(excerpt.markdown, 1).plain == excerpt.plain
    for sentence in excerpt.sentences:
        place = excerpt.place(sentence)
        assert place and place.of(excerpt.plain) == sentence.of(body.plain)


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ({"value": 47331, "approx": "about"}, "about 47,331"),
        ({"value": 422000, "unit": "EUR"}, "€422,000"),
        ({"value": 3200000, "unit": "USD"}, "$3.2 million"),
        ({"value": 1.6, "unit": "%"}, "1.6 %"),
        ({"low": 10, "high": 20, "unit": "kilometre"}, "10–20 kilometres"),
        ({"value": 1, "unit": "kilometre"}, "1 kilometre"),
        ({"low": 10}, "10 or more"),
        ({"high": 10, "unit": "CHF"}, "up to CHF 10"),
        ({"value": 5, "unit": "percentage point"}, "5 percentage points"),
        ({"value": 6, "unit": "foot"}, "6 feet"),
        ({"value": 9, "unit": "day"}, "9 days"),
        ({"value": 6, "unit": "km"}, "6 km"),
        ({"low": 10, "approx": "at least"}, "at least 10"),
        ({"high": 10, "approx": "up to"}, "up to 10"),
        ({"value": -4.5, "unit": "%"}, "−4.5 %"),
        ({"value": 1e15}, "1,000 trillion"),
    ],
)
def test_amounts_read(figure: dict[str, Any], shown: str) -> None:
    assert amount(Figure(text="", **figure), words()) == shown


@given(st.text())
def test_json_ld_cannot_end_its_element(text: str) -> None:
    written = script({"headline": text})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == {"headline": text}


def test_the_same_library_gives_the_same_views() -> None:
    turned = dict(reversed(FILES.items()))
    assert build(turned) == build()


def test_an_empty_site_has_all_its_general_pages() -> None:
    views = build({})
    assert {urls.HOME, urls.BRIEFS, urls.SEARCH, urls.ABOUT, urls.NOT_FOUND} <= {v.head.url for _, v in views.pages}


def test_topic_page() -> None:
    view = page(build(), urls.topic("ports"), TopicView)
    assert [card.link.label for card in view.briefs] == ["Union objects", "Port opens"]
    assert [figure.value for figure in view.figures] == ["55", "40"]


def counting(value: int, when: str) -> str:
    figure = f'figures:\n- {{value: {value}, what: ships, when: {when}, text: "{value} ships", reviewed: 2031-05-14}}'
    return story(figure, f"There were {value} ships.", f"{value} ships")


def test_three_counts_of_one_thing_make_a_chart() -> None:
    files = {f"content/briefs/s{v}.md": counting(v, when) for v, when in ((50, "2030"), (100, "2031"), (75, "2032"))}
    series = page(build(files), "/figures/of/ships/", FiguresView).series[0]
    assert series.points == ((0.0, 50.0), (50.0, 0.0), (100.0, 25.0))
    del files["content/briefs/s75.md"]
    assert page(build(files), "/figures/of/ships/", FiguresView).series[0].points == ()


def test_items_confirmed_one_by_one_are_counted() -> None:
    view = page(build({"content/briefs/one.md": counting(3, "2031")}), urls.brief("one"), BriefView)
    assert view.confirmed == 1


def test_a_digest_says_that_a_sentence_is_left_out_and_not_that_it_is_lost() -> None:
    files = {"content/briefs/one.md": OPENING.replace('text: "Wednesday"', 'text: "Nobody was hurt"')}
    note = page(build(files, Config(body="digest")), urls.brief("one"), BriefView).dates[0]
    assert (note.ref, note.missing) == (None, "left_out")
    lost = {"content/briefs/one.md": OPENING.replace('text: "Wednesday"', 'text: "Friday"')}
    assert page(build(lost), urls.brief("one"), BriefView).dates[0].missing == "lost"


def test_a_site_has_the_lists_it_asks_for_and_links_to_no_others() -> None:
    views = build(config=Config(pages=("briefs", "quotes")))
    found = {view.head.url for _, view in views.pages}
    assert {"/quotes/", "/briefs/"} <= found and not {"/figures/", "/figures/of/waiting-ships/", "/about/"} & found
    assert [link.url for link in views.frame.nav] == ["/briefs/", "/quotes/"]
    assert page(views, urls.brief("answer"), BriefView).figures[0].compare is None


def test_countries_are_on_the_map_and_places_with_coordinates() -> None:
    own = "---\nname: Vell\ntype: place\nlatitude: 60.5\nlongitude: 5\n---\n"
    files = FILES | {
        "content/actors/vell.md": own,
        "content/briefs/cuba.md": story("actors:\n- {name: Cuba, kind: place}", "Cuba waits."),
    }
    points = page(build(files), urls.PLACES, PlacesView).points
    assert [link.label for link, _, _ in points] == ["Cuba", "Vell"]
    assert points[1][1:] == (60.5, 5)


COUNTRIES = story(
    "actors:\n- {name: United States, kind: place, aka: [US]}\n- {name: Alemania, kind: place}\n"
    "- {name: Japan, kind: place}\n- {name: Vell, kind: place}",
    "The United States, Alemania, Japan and Vell.",
)


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["Germany", "Japan", "United States"]), ("es", ["Alemania", "Estados Unidos", "Japan"])],
)
def test_places_are_called_as_the_pages_speak_but_for_those_the_editor_named(language: str, names: list[str]) -> None:
    files = {"content/briefs/one.md": COUNTRIES, "content/actors/japan.md": "---\nname: Japan\ntype: place\n---\n"}
    views = build_views(library(files), Config(language=language), TODAY, False, words(language))
    view = page(views, urls.PLACES, PlacesView)
    assert [link.label for link, _, _ in view.points] == names
    assert [link.label for link in view.groups[0].links] == [*names, "Vell"]
    assert [link.url for link in view.groups[0].links if link.label in ("Germany", "Alemania")] == ["/actors/alemania/"]
    assert len(page(views, urls.actor("alemania"), ActorView).mentions) == 1


def test_the_pages_speak_spanish() -> None:
    spanish = build_views(library(FILES), Config(language="es"), TODAY, False, words("es"))
    view = page(spanish, urls.brief("opening"), BriefView)
    assert view.date.label == "14 de mayo de 2031"
    assert [mark.label for mark in view.body.marks if mark.kind == "figure"] == ["Nota 4: cifra, 40 waiting ships"]
    assert "la misma cifra, otro valor" in view.related[0].reasons
    assert spanish.frame.nav[2].label == "Cifras"
    assert amount(Figure(text="", value=1234.5, unit="%"), words("es")) == "1.234,5 %"
    assert amount(Figure(text="", value=3200000, approx="over"), words("es")) == "más de 3,2 millones"
