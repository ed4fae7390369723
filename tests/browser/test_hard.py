"""Texts that break pages: many notes, many words, long words, other scripts."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from nutgraf.model.config import Config
from tests.browser.conftest import Quiet
from tests.browser.test_access import axe, violations
from tests.browser.test_reading import page_of
from tests.render.fixture import ROOT, templates
from tests.render.test_pages import untied
from tests.site.sites import library, story, words
from tests.sitecheck import Page, broken_links
from tests.whole_site import build_views, render_site

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
NAMES = ("Zoë Ó Súilleabháin", "N'Golo M’Bala", "نادية الخطيب", "דנה לוי", LONG, "Çağrı Ñáñez")
SENTENCE = "It rained on the harbour of Vell, and nobody who stood there said a word about the ships. "


def briefs() -> dict[str, str]:
    actors = "".join(f'- {{name: "{name}", kind: person, role: "clerk of {LONG}"}}\n' for name in NAMES)
    said = "\n\n".join(f"“We waited {n} hours,” {NAMES[n % 6]} said on day {n}." for n in range(100))
    quotes = "".join(f'- {{by: "{NAMES[n % 6]}", cue: said, text: "We waited {n} hours"}}\n' for n in range(100))
    figures = "".join(
        f'- {{value: {n}, what: hours, text: "{n} hours", near: "waited {n} hours"}}\n' for n in range(100)
    )
    dates = "".join(f'- {{date: 2031-05, what: wait {n}, text: "day {n}", near: "day {n}."}}\n' for n in range(100))
    front = f"actors:\n{actors}figures:\n{figures}quotes:\n{quotes}dates:\n{dates}"
    return {
        "content/briefs/dense.md": dense(),
        "content/briefs/notes.md": story(front, said, f"Three hundred notes on {LONG}"),
        "content/briefs/words.md": story(f"actors:\n{actors}", (SENTENCE * 5 + "\n\n") * 240, "Twenty thousand words"),
        "content/briefs/arabic.md": story(
            "language: ar\nactors:\n- {name: نادية الخطيب, kind: person}\n"
            "quotes:\n- {by: نادية الخطيب, cue: قالت, text: الميناء مفتوح}",
            "قالت نادية الخطيب إن «الميناء مفتوح» (NORTHWIRE) يوم الأربعاء.",
            "الميناء مفتوح",
        ),
    }


def dense() -> str:
    """Paragraphs of a few lines with seven notes each."""
    things = ("ships", "cranes", "crews", "buoys", "tugs", "pilots", "ropes")
    text = "\n\n".join(
        f"On pier {n} they counted {', '.join(f'{n}{i} {thing}' for i, thing in enumerate(things))}. {SENTENCE}"
        for n in range(1, 9)
    )
    figures = "".join(
        f'- {{value: {n}{i}, what: {thing} of the harbour, by: Ada Ruiz, text: "{n}{i} {thing}"}}\n'
        for n in range(1, 9)
        for i, thing in enumerate(things)
    )
    return story(f"actors:\n- {{name: Ada Ruiz, kind: person}}\nfigures:\n{figures}", text, "Seven notes a paragraph")


@pytest.fixture(scope="module")
def hard(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Address and files of a site made from such texts."""
    views = build_views(library(briefs()), Config(title=LONG), "2032-01-01", False, words())
    files = {artifact.path: artifact.content for artifact in render_site(views, templates())}
    files |= {f"static/{path.name}": path.read_bytes() for path in (ROOT / "static").iterdir()}
    folder = tmp_path_factory.mktemp("hard")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", files
    server.shutdown()
    server.server_close()


def passages(page: Any) -> list[dict[str, float]]:
    """Where the text of each passage begins and ends."""
    found: list[dict[str, float]] = page.locator(".passage > p").evaluate_all(
        "all => all.map(p => p.getBoundingClientRect()).map(({top, bottom}) => ({top, bottom}))"
    )
    return found


def test_many_notes_in_the_margin_leave_no_holes_in_the_text(browser: Any, hard: tuple[str, dict[str, bytes]]) -> None:
    with page_of(browser, hard[0] + "/briefs/dense/", 1280, java_script_enabled=False) as page:
        text = passages(page)
        assert len(text) == 8
        assert max(after["top"] - before["bottom"] for before, after in pairwise(text)) < 60  # two lines
        assert page.locator(".passage .note:visible").count() >= 8
        page.locator(".notes summary").nth(3).click()
        assert page.locator(".passage").nth(3).locator(".note:visible").count() == 7
        page.locator("a.noteref").nth(6).click()
        assert page.locator(".note:target").is_visible()


def test_every_link_leads_somewhere_and_every_note_back(hard: tuple[str, dict[str, bytes]]) -> None:
    files = hard[1]
    assert list(broken_links(files)) == []
    page = Page(files["briefs/notes/index.html"].decode())
    assert sum(element.get("role") == "doc-noteref" for element in page.elements) == 300
    assert untied(page) == []


def test_no_page_scrolls_sideways(browser: Any, hard: tuple[str, dict[str, bytes]]) -> None:
    site, files = hard
    with page_of(browser, site + "/", 320) as page:
        for path in sorted(files):
            if path.endswith("index.html"):
                page.goto(f"{site}/{Path(path).parent}/")
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= 320, path


def test_what_reads_from_the_right_stands_on_the_right(browser: Any, hard: tuple[str, dict[str, bytes]]) -> None:
    with page_of(browser, hard[0] + "/briefs/arabic/", 1280) as page:
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
        words, note = page.locator(".body .mark.quote").bounding_box(), page.locator("li.note.quote").bounding_box()
        assert note["x"] + note["width"] < words["x"]
        aligned = "all => all.map(e => getComputedStyle(e).textAlign)"
        assert set(page.locator(".page-head > *").evaluate_all(aligned)) == {"right"}
        whole, first = page.locator(".after").bounding_box(), page.locator(".who-list li").first.bounding_box()
        assert first["x"] == whole["x"]  # what the site itself says keeps its own direction
        assert violations(page, axe()) == []


def test_axe_finds_nothing_on_three_hundred_notes(browser: Any, hard: tuple[str, dict[str, bytes]]) -> None:
    with page_of(browser, hard[0] + "/briefs/notes/", 1280, reduced_motion="reduce") as page:
        assert violations(page, axe()) == []
