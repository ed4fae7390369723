"""Views to pages: all kinds, all links, the way from words to note and back."""

import json
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from jinja2 import UndefinedError

from nutgraf.model.config import Config
from nutgraf.model.views import SitemapView
from nutgraf.render.addresses import relative_to, up_from
from nutgraf.render.feeds import sitemap
from nutgraf.render.pages import colours, tidy
from nutgraf.site.views import dated, people
from tests.render.fixture import ANNOTATIONS, PAGE, ROOT, site_views, templates
from tests.site.sites import library, story, words
from tests.sitecheck import Page, broken_links
from tests.whole_site import build_views, render_site


def rendered(changes: Mapping[str, tuple[str, str]] | None = None, base: str = "") -> dict[str, bytes]:
    """The fixture's site, with a piece of some templates replaced."""
    texts = templates()
    for name, (old, new) in (changes or {}).items():
        assert old in texts[name]
        texts[name] = texts[name].replace(old, new)
    return {artifact.path: artifact.content for artifact in render_site(site_views(base), texts)}


def untied(page: Page) -> list[str]:
    """Stretches without a note, notes without a way back, and links of either kind to the wrong sort of place."""
    by_id = {element["id"]: element for element in page.elements if "id" in element}
    there = {e["href"][1:] for e in page.elements if e.get("role") == "doc-noteref"}
    back = {e["href"][1:] for e in page.elements if e.get("role") == "doc-backlink"}
    marks = {name for name, e in by_id.items() if e.get("class", "").split(" ")[0] in ("mark", "actor")}
    notes = {name for name, e in by_id.items() if e.get("class", "").startswith("note ")}
    with_words = notes - {"source-3"}
    previewed = {e["data-note"] for e in page.elements if "data-note" in e}
    return sorted(
        (previewed - notes) | (marks ^ back) | {name for name in with_words if not name.startswith("actor")} ^ there
    )


def with_static(files: dict[str, bytes]) -> dict[str, bytes]:
    static = {f"static/{path.name}": path.read_bytes() for path in (ROOT / "static").iterdir()}
    return {**files, **static}


def test_every_template_is_rendered() -> None:
    used = {name for name, _ in site_views().pages}
    assert used == set(templates()) - {"base.html", "parts.html", "notes.html"}


def test_every_link_leads_somewhere() -> None:
    assert list(broken_links(with_static(rendered()))) == []


def long_site() -> dict[str, bytes]:
    """A site made from briefs, with lists in parts."""
    day, front = "2031-{:02}-14", "topics: [ports]\nactors:\n- {name: Ada Brandt, kind: person}\n"
    figure = 'figures:\n- {{value: {0}, what: ships, by: Ada Brandt, text: "{0} ships"}}\n'
    files = {
        f"content/briefs/b{n}.md": story(
            front + figure.format(n + 20), f"Ada Brandt counted {n + 20} ships.", f"Count {n}", day.format(n)
        )
        for n in range(1, 13)
    }
    config = Config(cards=False)
    with pytest.MonkeyPatch.context() as patch:
        for module in (dated, people):
            patch.setattr(module, "MOST", 4)
        views = build_views(library(files), config, "2032-01-01", False, words())
        return {artifact.path: artifact.content for artifact in render_site(views, templates())}


def test_every_link_of_a_site_with_lists_in_parts_leads_somewhere() -> None:
    files = with_static(long_site())
    assert "actors/ada-brandt/2031-03/index.html" in files and "figures/2031-03/index.html" in files
    assert list(broken_links(files)) == []


@pytest.mark.parametrize("base", ["", "https://news.example"])
def test_a_former_address_leads_on_by_every_way_it_has(base: str) -> None:
    page = Page(rendered(base=base)["actors/n-okafor/index.html"].decode())
    target = "../../actors/ngozi-okafor/"
    assert [e["content"] for e in page.elements if e.get("http-equiv") == "refresh"] == [f"0; url={target}"]
    assert [e["href"] for e in page.elements if e[""] == "a"] == [target]
    canonical = f"{base}/actors/ngozi-okafor/" if base else target
    assert [e["href"] for e in page.elements if e.get("rel") == "canonical"] == [canonical]


def test_a_wrong_link_is_found() -> None:
    files = with_static(rendered({"notes.html": ('class="note figure" id="', 'class="note figure" data-id="')}))
    assert any("harbour/#figure-1 leads to no element" in line for line in broken_links(files))


def test_every_mark_has_its_note_and_every_note_its_words() -> None:
    assert untied(Page(rendered()["briefs/harbour/index.html"].decode())) == []


@pytest.mark.parametrize(
    ("template", "old", "new"),
    [
        ("notes.html", 'role="doc-backlink" href="#{{ note.ref }}"', ""),
        ("notes.html", 'href="#{{ note.ref }}"', 'href="#{{ note.id }}"'),
        ("notes.html", '<li class="note figure" id="{{ note.id }}">', '<li class="note figure">'),
        ("brief.html", 'role="doc-backlink" href="#{{ ref }}"', ""),
        ("brief.html", '<li class="note actor" id="{{ actor.id }}">', '<li class="note actor">'),
        ("brief.html", "{{ notes.any(all[id][1], all[id][0]) }}", ""),
    ],
)
def test_a_template_that_loses_a_way_back_is_found(template: str, old: str, new: str) -> None:
    assert untied(Page(rendered({template: (old, new)})["briefs/harbour/index.html"].decode()))


def test_a_name_that_the_view_lacks_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        rendered({"topic.html": ("view.text", "view.txet")})


def test_the_same_views_give_the_same_bytes() -> None:
    assert rendered() == rendered()


def test_no_page_asks_another_host_for_anything_or_holds_inline_code() -> None:
    for path, content in rendered().items():
        if not path.endswith(".html"):
            continue
        for element in Page(content.decode()).elements:
            assert "style" not in element, path
            assert not any(name.startswith("on") for name in element), path
            if element[""] in ("script", "link", "img"):
                assert "//" not in element.get("src", "") + element.get("href", ""), path
            if element[""] == "script":
                assert "src" in element or element.get("type") == "application/ld+json", path


def test_what_a_person_wrote_is_escaped() -> None:
    page = rendered({"home.html": ("{{ frame.title }}", "{{ '<b>&' }}")})["index.html"].decode()
    assert "&lt;b&gt;&amp;" in page and "<b>&" not in page


def test_pages_shown_at_any_depth_link_from_the_root() -> None:
    links = [link for link in Page(rendered()["404.html"].decode()).links if not link.startswith("#")]
    assert links and all(link.startswith("/") for link in links)
    hosted = Page(rendered(base="https://news.example")["404.html"].decode()).links
    assert "https://news.example/briefs/harbour/" in hosted


def test_canonical_address_only_where_the_site_has_one() -> None:
    assert b"canonical" not in rendered()["index.html"]
    assert (
        f'href="https://news.example{PAGE}"'.encode() in rendered(base="https://news.example")[f"{PAGE[1:]}index.html"]
    )


@pytest.mark.parametrize(
    ("page", "url", "expected"),
    [
        ("/", "/actors/a/", "./actors/a/"),
        ("/actors/a/", "/", "../../"),
        ("/actors/a/", "/actors/b/#x", "../../actors/b/#x"),
        ("/actors/a/", "/actors/a/", "../../actors/a/"),
        ("/actors/a/", "/static/site.css", "../../static/site.css"),
        ("/actors/a/", "#x", "#x"),
        ("/actors/a/", "https://example.org/", "https://example.org/"),
    ],
)
def test_relative_addresses(page: str, url: str, expected: str) -> None:
    assert relative_to(up_from(page))(url) == expected


def test_tidying_leaves_preformatted_text_alone() -> None:
    assert tidy("<p>a \n\n\n</p>  \n<pre>x \n\n y</pre>\n\n") == "<p>a\n</p>\n<pre>x \n\n y</pre>\n"


def test_feeds() -> None:
    files = rendered(base="https://news.example")
    atom = ET.fromstring(files["feed.xml"])
    name = "{http://www.w3.org/2005/Atom}"
    assert atom.findtext(f"{name}entry/{name}summary") == "Dock workers & cranes <are> back."
    assert atom.findtext(f"{name}updated") == "2031-05-14T00:00:00Z"
    assert all(atom.find(f"{name}{tag}") is not None for tag in ("id", "title", "author", "link"))
    feed = json.loads(files["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["url"] == "https://news.example/briefs/harbour/"


def test_the_file_of_annotations_stands_where_the_page_says() -> None:
    files = rendered()
    page = Page(files[f"{PAGE[1:]}index.html"].decode())
    links = [
        e for e in page.elements if e.get("type") == 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
    ]
    assert [link["href"] for link in links] == [f"../..{ANNOTATIONS}"]
    assert json.loads(files[ANNOTATIONS[1:]]) == {"type": "AnnotationPage"}


def test_sitemap_and_robots() -> None:
    files = rendered(base="https://news.example")
    assert [address for address, _ in located(files["sitemap.xml"], "url")] == [
        "https://news.example/briefs/harbour/",
        "https://news.example/",
    ]
    assert b"Sitemap: https://news.example/sitemap.xml" in files["robots.txt"]
    assert b"Sitemap" not in rendered()["robots.txt"]


SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def located(content: bytes, tag: str) -> list[tuple[str | None, str | None]]:
    """Addresses and days of a sitemap (`url`) or an index of sitemaps (`sitemap`)."""
    root = ET.fromstring(content)
    assert root.tag == SITEMAPS + {"url": "urlset", "sitemap": "sitemapindex"}[tag]
    return [(each.findtext(f"{SITEMAPS}loc"), each.findtext(f"{SITEMAPS}lastmod")) for each in root]


@pytest.mark.parametrize(
    "limits", [{"most": 2}, {"size": 200 + 2 * len(b"<url><loc>https://a.example/p0/</loc></url>\n")}]
)
def test_a_sitemap_too_long_for_one_file_is_an_index_of_parts(limits: dict[str, int]) -> None:
    pages = tuple((f"/p{n}/", f"2031-05-1{n}" if n == 2 and "most" in limits else "") for n in range(5))
    files = dict(sitemap(SitemapView(pages), "https://a.example", **limits))
    index = located(files["/sitemap.xml"], "sitemap")
    assert [address for address, _ in index] == [f"https://a.example/sitemap-{n}.xml" for n in (1, 2, 3)]
    assert [day for _, day in index] == [None, "2031-05-12" if "most" in limits else None, None]
    parts = [located(files[f"/sitemap-{n}.xml"], "url") for n in (1, 2, 3)]
    assert [len(part) for part in parts] == [2, 2, 1]
    assert [address for part in parts for address, _ in part] == [f"https://a.example/p{n}/" for n in range(5)]
    assert all(len(content) <= limits.get("size", 1000) for path, content in files.items() if path != "/sitemap.xml")


def test_as_many_as_a_sitemap_holds_are_one_file() -> None:
    pages = tuple((f"/p{n}/", "") for n in range(50_001))
    assert [path for path, _ in sitemap(SitemapView(pages[:-1]), "")] == ["/sitemap.xml"]
    assert [path for path, _ in sitemap(SitemapView(pages), "")] == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap.xml"]


def test_addresses_in_a_sitemap_are_ascii_and_escaped() -> None:
    [(_, content)] = sitemap(SitemapView((("/actors/Ṣan‘ā’&co/", ""),)), "https://a.example")
    [(address, _)] = located(content, "url")
    assert content.isascii() and unquote(address or "") == "https://a.example/actors/Ṣan‘ā’&co/"


def test_a_site_without_pages_has_an_empty_sitemap() -> None:
    assert [located(content, "url") for _, content in sitemap(SitemapView(()), "")] == [[]]


def test_a_sites_own_colours_are_a_style_sheet_that_cannot_be_broken_out_of() -> None:
    chosen = {"accent": "#060", "dark-accent": "#9f9", "ink": "red;} body{display:none"}
    assert colours(chosen).decode() == (
        ":root{--accent:#060;}\n@media (prefers-color-scheme:dark){:root{--accent:#9f9;}}\n"
    )
    views = site_views()
    files = {
        a.path: a.content for a in render_site(replace(views, frame=replace(views.frame, colours=chosen)), templates())
    }
    assert "colours.css" in files and b'href="./colours.css"' in files["index.html"]
