"""Search in a real browser: a site with accents and ñ, and an archive of some years; a part of the index a month."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from nutgraf.builder import search
from nutgraf.builder.finish import finish
from nutgraf.model.config import Config
from tests.browser.conftest import Quiet
from tests.browser.test_access import axe, violations
from tests.browser.test_reading import page_of
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


def archived(day: str, number: int, text: str) -> tuple[str, str]:
    front = FRONT.format(topic="sea", name=f"Ada Sanz {number}")
    return f"content/briefs/{day}-{number}.md", story(front, text, f"Story {number} of {day}", day)


ARCHIVE = dict(
    [archived("2031-05-14", number, f"The ferry left for the {number} time.") for number in range(12)]
    + [archived("2030-03-01", 1, "The ferry was late."), archived("2030-02-01", 1, "The ferry was early.")]
    + [archived("2029-11-01", 1, "A lighthouse burned."), archived("2028-01-01", 1, "The ferry and the piñata.")]
)


@contextmanager
def served(briefs: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Address of a site whose index has a part for each month."""
    if search.pagefind() is None:
        pytest.skip("Pagefind has no program for this machine")
    config = Config()
    views = build_views(library(briefs), config, "2032-01-01", False, words())
    files = [(a.path, a.content) for a in render_site(views, templates())]
    files += [(f"static/{path.name}", path.read_bytes()) for path in (ROOT / "static").iterdir() if path.is_file()]
    for name, content in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "PART", 1)
        done = finish(folder, config, folder.parent / f"{folder.name}.json")
    assert done.index is not None and done.index.made == len({name[:22] for name in briefs}) + 1, done
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def searched(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(BRIEFS, tmp_path_factory.mktemp("searched")) as address:
        yield address


@pytest.fixture(scope="module")
def archive(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(ARCHIVE, tmp_path_factory.mktemp("archive")) as address:
        yield address


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


def told(page: Any) -> str:
    return str(page.inner_text("form.search output"))


def parts_asked(page: Any) -> set[str]:
    """Filled with the parts of the index from which anything is fetched."""
    asked: set[str] = set()
    page.on("request", lambda r: "/pagefind/" in r.url and r.url.count("/") > 4 and asked.add(r.url.split("/")[4]))
    return asked


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


def test_filters_that_could_not_be_read_are_asked_for_again(browser: Any, searched: str) -> None:
    page = browser.new_page()
    page.route("**/filters.json", lambda route: route.abort(), times=1)
    page.goto(f"{searched}/search/")
    page.click(".filters summary")
    until(page, "document.querySelector('form.search output').textContent.includes('not at hand')")
    page.click(".filters summary")
    page.click(".filters summary")
    until(page, "document.querySelector('select[name=kind]').length > 1")
    page.close()


def test_without_an_index_the_names_stay(browser: Any, site: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(f"{site}/search/")
    page.fill("#ask", "anything")
    until(page, "document.querySelector('form.search output').textContent.includes('not at hand')")
    assert page.is_visible(".names")
    page.close()


def test_older_parts_are_asked_on_demand(page: Any, archive: str) -> None:
    asked = parts_asked(page)
    page.goto(f"{archive}/search/")
    assert len(ask(page, "ferry")) == 10
    assert told(page) == "12 found since May 2031"
    assert asked == {"names", "2031-05"}
    page.click("text=Show more")
    until(page, "document.querySelectorAll('ol.found a').length === 12")
    until(page, "document.activeElement === document.querySelectorAll('ol.found a')[10]")
    page.click("text=Search older stories, back to March 2030")
    until(page, "document.querySelectorAll('ol.found a').length === 15")
    until(page, "document.activeElement === document.querySelectorAll('ol.found a')[12]")
    assert told(page) == "15 found"
    headings = ["Older stories, back to March 2030", "Older stories, back to November 2029"]
    assert page.locator(".results h2").all_inner_texts() == [*headings, "Older stories, back to January 2028"]
    assert not page.locator(".results button").count()


def test_few_hits_lead_to_older_parts_by_themselves(page: Any, archive: str) -> None:
    page.goto(f"{archive}/search/")
    said = page.evaluate_handle(
        """() => {
            const said = [];
            const output = document.querySelector("form.search output");
            new MutationObserver(() => said.push(output.textContent)).observe(output, {childList: true});
            return said;
        }"""
    )
    assert ask(page, "piñata") == ["Story 1 of 2028-01-01"]
    assert told(page) == "1 found"
    assert said.json_value()[:2] == ["Searching …", "0 found since May 2031, searching older stories …"]
    assert ask(page, "zeppelin") == []
    assert told(page) == "0 found"


def test_a_year_asks_its_own_parts(page: Any, archive: str) -> None:
    asked = parts_asked(page)
    page.goto(f"{archive}/search/?q=ferry&year=2030")
    page.wait_for_selector("ol.found a")
    assert sorted(found(page)) == ["Story 1 of 2030-02-01", "Story 1 of 2030-03-01"]
    assert told(page) == "2 found"
    assert asked == {"names", "2031-05", "2030-03", "2030-02", "2029-11"}  # the last goes on to the next one's month
    assert page.locator("select[name=year] option").all_inner_texts() == [
        "all",
        "2031 (12)",
        "2030 (2)",
        "2029 (1)",
        "2028 (1)",
    ]


def test_a_part_that_cannot_be_read_is_told_and_asked_again(browser: Any, archive: str) -> None:
    page = browser.new_page()
    page.goto(f"{archive}/search/?q=ferry")
    page.wait_for_selector(".older")
    page.route("**/pagefind/2030-03/**", lambda route: route.abort())
    page.click(".older")
    until(page, "document.querySelector('form.search output').textContent.includes('not at hand')")
    assert page.is_visible(".names")
    page.unroute("**/pagefind/2030-03/**")
    page.click(".older")
    until(page, "document.querySelector('form.search output').textContent === '15 found'")
    assert page.locator("ol.found a").count() == 13
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_results(browser: Any, archive: str, scheme: str) -> None:
    for width in (1280, 360):
        with page_of(browser, f"{archive}/search/?q=ferry&kind=brief", width, color_scheme=scheme) as page:
            page.click(".older")
            until(page, "document.querySelectorAll('.results section').length > 1")
            page.select_option("select[name=kind]", "")
            page.wait_for_selector(".older")
            page.click(".older")
            until(page, "document.querySelectorAll('.results section').length > 1")
            assert violations(page, axe()) == []
