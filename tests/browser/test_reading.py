"""What a reader can do, with a mouse, with keys, without script, on a telephone and on paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.render.fixture import site_views

BRIEF = "/briefs/harbour/"
KINDS = sorted(
    {template: view.head.url for template, view in reversed(site_views().pages) if template != "moved.html"}.values()
)
"""A page of each kind; the page of a name that has changed leads on at once."""


@contextmanager
def page_of(browser: Any, url: str, width: int = 1280, **options: Any) -> Iterator[Any]:
    """A page in a context of its own; at the end nothing may have failed or left this machine."""
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: "127.0.0.1" in request.url or complaints.append(f"asks for {request.url}"))
    page.goto(url)
    yield page
    assert complaints == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_complains_or_asks_elsewhere(browser: Any, site: str, scheme: str) -> None:
    for width in (320, 1600):
        with page_of(browser, site + "/", width, color_scheme=scheme) as page:
            for url in KINDS:
                page.goto(site + url)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (url, width)


def test_a_note_opens_beside_its_words_by_key_and_escape_returns(browser: Any, site: str) -> None:
    with page_of(browser, site + BRIEF, 400) as page:
        ref = page.locator("a.noteref").nth(1)
        ref.focus()
        assert page.locator(".popup .value").inner_text() == "6.5 %"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.className") == "popup"
        page.keyboard.press("Escape")
        assert page.locator(".popup").count() == 0
        assert page.evaluate("document.activeElement.getAttribute('href')") == ref.get_attribute("href")


def test_every_note_link_is_reached_by_tab(browser: Any, site: str) -> None:
    with page_of(browser, site + BRIEF, 400) as page:
        wanted = set(page.locator("a.noteref").evaluate_all("all => all.map(a => a.hash)"))
        reached = set()
        for _ in range(120):
            page.keyboard.press("Tab")
            reached.add(
                page.evaluate("document.activeElement.classList.contains('noteref') && document.activeElement.hash")
            )
        assert wanted and wanted <= reached


def test_a_note_opens_by_touch_and_its_back_link_returns(browser: Any, site: str) -> None:
    with page_of(browser, site + BRIEF, 400, has_touch=True) as page:
        ref = page.locator("a.noteref").first
        ref.tap()
        box, words = page.locator(".popup").bounding_box(), ref.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 400
        assert 0 < box["y"] - words["y"] < 60
        page.locator(".popup .back").tap()
        assert page.locator(".popup").count() == 0
        assert page.evaluate("document.activeElement.getAttribute('href')") == ref.get_attribute("href")


def test_on_a_wide_screen_notes_stand_in_the_margin_without_script(browser: Any, site: str) -> None:
    with page_of(browser, site + BRIEF, 1280, java_script_enabled=False) as page:
        words, note = page.locator("#date-1-ref").bounding_box(), page.locator("#date-1").bounding_box()
        assert note["x"] > 700
        assert abs(note["y"] - words["y"]) < 40


def test_without_script_a_note_link_unfolds_its_note_and_leads_back(browser: Any, site: str) -> None:
    with page_of(browser, site + BRIEF, 400, java_script_enabled=False) as page:
        assert not page.locator("#figure-1").is_visible()
        page.locator("a.noteref").nth(1).click()
        page.locator("#figure-1").wait_for(state="visible")
        page.locator("#figure-1 .back").click()
        assert page.url.endswith("#figure-1-ref")


def test_hover_lights_the_note_in_the_margin(browser: Any, site: str) -> None:
    with page_of(browser, site + BRIEF, 1280) as page:
        page.locator("a.noteref").first.scroll_into_view_if_needed()
        page.locator("a.noteref").first.hover()
        assert page.locator(".note.lit").get_attribute("id") == "date-1"
        assert page.locator(".popup").count() == 0


def test_figures_sort_and_filter(browser: Any, site: str) -> None:
    with page_of(browser, site + "/figures/") as page:
        values = page.locator("#figures-table td.number")
        head = page.locator("#figures-table th button").first
        head.click()
        assert values.all_inner_texts() == ["6.5 %", "about 3,200", "€14 million"]
        head.click()
        assert values.all_inner_texts()[0] == "€14 million"
        assert page.locator("#figures-table th").first.get_attribute("aria-sort") == "descending"
        page.locator("#find").fill("STRIKE people")
        assert page.locator("#figures-table tbody tr:visible").count() == 1


def test_search_folds_accents_but_keeps_n_apart(browser: Any, site: str) -> None:
    with page_of(browser, site + "/search/") as page:
        found = page.locator(".index-list li:visible")
        everything = found.count()
        page.locator("#find").fill("angela")
        assert set(found.all_inner_texts()) == {"Peña, Ángela"}
        page.locator("#find").fill("pena")
        assert found.count() == 0
        page.locator("#find").fill("")
        assert found.count() == everything


def test_lists_are_whole_without_script(browser: Any, site: str) -> None:
    for url, rows in (("/figures/", "#figures-table tbody tr"), ("/search/", ".index-list li")):
        with page_of(browser, site + url, java_script_enabled=False) as page:
            assert page.locator(f"{rows}:visible").count() >= 3
            assert not page.locator(".finder").is_visible()


def test_on_paper_the_notes_are_under_the_text(browser: Any, site: str) -> None:
    with page_of(browser, site + BRIEF, 700) as page:
        page.emulate_media(media="print")
        assert page.locator("#figure-1 .value").is_visible()
        assert not page.locator(".masthead nav").is_visible()


def test_less_motion_on_request(browser: Any, site: str) -> None:
    with page_of(browser, site + BRIEF, reduced_motion="reduce") as page:
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_kind_of_mark_is_switched_off_by_key_and_stays_off(browser: Any, site: str) -> None:
    with page_of(browser, site + BRIEF) as page:
        style = "getComputedStyle(document.querySelector('.body .mark.figure')).textDecorationLine"
        assert page.evaluate(style) == "underline"
        page.locator("[data-kind=figure] input").focus()
        page.keyboard.press("Space")
        assert page.evaluate(style) == "none"
        assert not page.locator("#figure-1").is_visible() and page.locator("#quote-1").is_visible()
        page.reload()
        assert page.evaluate(style) == "none"
        page.locator("[data-kind=figure] label").click()
        assert page.evaluate(style) == "underline"


def test_an_actor_is_previewed_on_hover_on_focus_and_by_touch(browser: Any, site: str) -> None:
    with page_of(browser, site + BRIEF) as page:
        name = page.locator("#actor-okafor-ref")
        name.hover()
        page.locator(".popup .role").wait_for()
        assert page.locator(".popup .role").inner_text() == "leader of the union"
        page.keyboard.press("Escape")
        assert page.locator(".popup").count() == 0
        page.mouse.move(0, 0)
        page.locator("body").click(position={"x": 1, "y": 1})
        name.focus()
        assert page.locator(".popup").count() == 1
        assert name.get_attribute("aria-describedby") == "popup"
        name.press("Enter")
        page.wait_for_url("**/actors/ngozi-okafor/")
    with page_of(browser, site + BRIEF, 400, has_touch=True) as page:
        page.locator("#actor-okafor-ref").tap()
        page.locator(".popup strong a").tap()
        page.wait_for_url("**/actors/ngozi-okafor/")


def test_what_is_new_since_the_last_visit(browser: Any, site: str) -> None:
    with page_of(browser, site + "/changes/") as page:
        assert page.locator(".visit").inner_text() == ""
        page.evaluate(
            "const kept = JSON.parse(localStorage['nutgraf-visit']); kept.seen.pop();"
            "localStorage['nutgraf-visit'] = JSON.stringify(kept)"
        )
        page.reload()
        assert page.locator(".changes .fresh").count() == 1
        assert page.locator(".visit").inner_text().startswith("New since your last visit")
        page.reload()
        assert page.locator(".changes .fresh").count() == 0


def test_nothing_moves_while_a_page_loads(browser: Any, site: str) -> None:
    moved = (
        "new Promise(done => new PerformanceObserver(list => done(list.getEntries().map(e => e.value)))"
        ".observe({type: 'layout-shift', buffered: true}) ?? setTimeout(() => done([]), 150))"
    )
    for width in (360, 1280):
        with page_of(browser, site + "/", width) as page:
            for url in KINDS:
                page.goto(site + url)
                assert sum(page.evaluate(moved)) == 0, (url, width)
