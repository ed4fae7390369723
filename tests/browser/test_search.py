"""Search in a real browser: a site with accents and ñ, its index made in two parts."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from nutgraf.builder import search
from nutgraf.builder.finish import finish
from nutgraf.model.config import Config
from tests.browser.conftest import Quiet
from tests.render.fixture import ROOT, templates
from tests.site.sites import library, story, words
from tests.whole_site import build_views, render_site

FRONT = """
topics: [{topic}]
actors:
- {{name: {name}, kind: person}}
"""
BRIEFS = {
    "content/briefs/2030-01-01-harvest.md": story(
        FRONT.format(topic="farming", name="Íñigo Peña"),
        "Íñigo Peña says that the piñata <b>harvest</b> of the year was good. El año fue bueno.",
        "A good harvest",
        "2030-01-01",
    ),
    "content/briefs/2031-05-14-ring.md": story(
        FRONT.format(topic="sport", name="Zoë Müller"),
        "Zoë Müller won the ring final. Ano is another word.",
        "Müller wins the final",
    ),
}


@pytest.fixture(scope="module")
def searched(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if search.pagefind() is None:
        pytest.skip("Pagefind has no program for this machine")
    folder = tmp_path_factory.mktemp("searched")
    config = Config()
    views = build_views(library(BRIEFS), config, "2032-01-01", False, words())
    files = [(a.path, a.content) for a in render_site(views, templates())]
    files += [(f"static/{path.name}", path.read_bytes()) for path in (ROOT / "static").iterdir() if path.is_file()]
    for name, content in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "PART", 1)
        done = finish(folder, config, folder.parent / f"{folder.name}.json")
    assert done.index is not None and done.index.made == 3, done
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page()
    problems: list[str] = []
    opened.on("console", lambda line: problems.append(line.text) if line.type in ("error", "warning") else None)
    opened.on("pageerror", lambda problem: problems.append(str(problem)))
    yield opened
    opened.close()
    assert not problems


def until(page: Any, true: str) -> None:
    """Wait for a JavaScript expression; Playwright's own way of waiting is refused by the page's policy."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came true: {true}")


def found(page: Any) -> list[str]:
    until(page, "!/…/.test(document.querySelector('form.search output').textContent)")
    return [link.inner_text() for link in page.query_selector_all("ol.found a")]


def ask(page: Any, words_: str) -> list[str]:
    page.fill("#ask", words_)
    until(page, f"new URLSearchParams(location.search).get('q') === {words_!r}")
    return found(page)


def test_nothing_is_fetched_before_somebody_asks(page: Any, searched: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{searched}/search/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/pagefind/" in url]
    assert ask(page, "harvest")
    assert all(url.startswith(searched) for url in asked)


def test_accents_are_folded_and_n_with_tilde_is_not(page: Any, searched: str) -> None:
    page.goto(f"{searched}/search/")
    assert "Müller wins the final" in ask(page, "muller final")
    assert ask(page, "pinata") == []
    assert ask(page, "piñata") == ["A good harvest"]
    assert ask(page, "año") == ["A good harvest"]
    assert page.inner_text("ol.found p").find("ñ") >= 0
    assert "<b>" not in page.inner_html("ol.found p")
    page.click("ol.found a")
    page.wait_for_url("**/briefs/2030-01-01-harvest/")


def test_an_address_holds_the_question_and_filters_narrow(page: Any, searched: str) -> None:
    page.goto(f"{searched}/search/?q=the&kind=brief&year=2031")
    page.wait_for_selector("ol.found a")
    assert found(page) == ["Müller wins the final"]
    assert page.input_value("select[name=year]") == "2031"
    page.select_option("select[name=year]", "")
    until(page, "document.querySelectorAll('ol.found a').length === 2")
    page.select_option("select[name=topic]", "farming")
    until(page, "document.querySelectorAll('ol.found a').length === 1")
    page.fill("#ask", "")
    page.select_option("select[name=topic]", "")
    page.select_option("select[name=kind]", "")
    until(page, "location.search === ''")
    assert page.is_visible(".names")


def test_without_an_index_the_names_stay(browser: Any, site: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(f"{site}/search/")
    page.fill("#ask", "anything")
    until(page, "document.querySelector('form.search output').textContent.includes('not at hand')")
    assert page.is_visible(".names")
    page.close()
