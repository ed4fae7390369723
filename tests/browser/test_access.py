"""What WCAG 2.2 AA asks for, as far as a program can tell, and the whole site by keyboard."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_reading import BRIEF, KINDS, page_of
from tests.render.fixture import ROOT
from tests.tools import missing

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe() -> str:
    """The source of axe-core, from node_modules here or of the whole machine; never downloaded."""
    folders = [ROOT / "node_modules"]
    try:
        found = subprocess.run(["npm", "root", "--global"], capture_output=True, text=True, check=False).stdout.strip()
        folders += [Path(found)] if found else []
    except FileNotFoundError:
        pass
    for folder in folders:
        if (file := folder / "axe-core" / "axe.min.js").is_file():
            return file.read_text(encoding="utf-8")
    missing("axe-core")


def violations(page: Any, source: str) -> list[str]:
    """One line an element that breaks a rule."""
    page.evaluate(source)
    found = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{v['id']}: {node['html'][:120]}" for v in found["violations"] for node in v["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_kind(browser: Any, site: str, scheme: str) -> None:
    source = axe()
    found: dict[str, list[str]] = {}
    for width in (1280, 360):
        with page_of(browser, site + "/", width, color_scheme=scheme, reduced_motion="reduce") as page:
            for url in KINDS:
                page.goto(site + url)
                if lines := violations(page, source):
                    found[f"{url} at {width}"] = lines
            page.goto(site + BRIEF)
            page.locator("a.noteref").first.click()
            if lines := violations(page, source):
                found["an open note"] = lines
    assert found == {}, json.dumps(found, indent=1)


def test_axe_sees_a_fault(browser: Any, site: str) -> None:
    source = axe()
    with page_of(browser, site + "/") as page:
        page.evaluate("document.querySelector('main').append(document.createElement('button'))")
        assert any(line.startswith("button-name") for line in violations(page, source))


WALK = """() => {
  const seen = (e) => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  return [...document.querySelectorAll('a[href], button, input, summary')].filter(seen).length;
}"""
HERE = """() => {
  const e = document.activeElement;
  const box = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  return {
    where: [...document.querySelectorAll('*')].indexOf(e),
    shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    ring: style.outlineStyle !== 'none' || e.matches('.skip'),
    name: e.outerHTML.slice(0, 100),
  };
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_every_control_of_every_page_kind_is_reached_in_order_by_tab_and_shows_it(
    browser: Any, site: str, width: int
) -> None:
    with page_of(browser, site + "/", width, reduced_motion="reduce") as page:
        page.route("**/static/search.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        for url in KINDS:
            page.goto(site + url)
            wanted = page.evaluate(WALK)
            order = []
            for _ in range(wanted):
                page.keyboard.press("Tab")
                at = page.evaluate(HERE)
                assert at["shown"] and at["ring"], (url, at)
                order.append(at["where"])
            assert len(set(order)) == wanted, url
            page.keyboard.press("Tab")
            assert page.evaluate("document.activeElement.matches('body, .skip')"), url


def test_the_whole_site_is_walked_by_keyboard(browser: Any, site: str) -> None:
    with page_of(browser, site + "/") as page:
        visited, waiting = set(), ["/"]
        while waiting:
            path = waiting.pop()
            if path in visited:
                continue
            visited.add(path)
            page.goto(site + path)
            links = page.evaluate(
                "[...document.querySelectorAll('a[href]')].filter(a => a.tabIndex >= 0 && a.host === location.host"
                " && a.checkVisibility()).map(a => a.pathname)"
            )
            waiting += [link for link in set(links) - visited if not link.endswith((".xml", ".json"))]
        assert set(KINDS) - {"/404.html"} <= visited


def test_the_skip_link_leads_to_the_text(browser: Any, site: str) -> None:
    with page_of(browser, site + BRIEF) as page:
        page.keyboard.press("Tab")
        assert page.locator(".skip").bounding_box()["y"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
