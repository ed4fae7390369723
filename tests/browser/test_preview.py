"""The preview in a real browser: a save shows, the reader's place stays, findings come and go."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nutgraf.cli import main

ROOT = Path(__file__).resolve().parents[2]
BRIEF = """---
headline: First headline
date: 2031-05-14
status: draft
---

Dock workers in Vell went back to work.
"""
LONG = "\n".join(f"\nParagraph {number} tells of the harbour of Vell and of its ships.\n" for number in range(120))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    main(["new", str(tmp_path / "site"), "-q"])
    (tmp_path / "site/content/briefs").mkdir()
    (tmp_path / "site/static").mkdir()
    (tmp_path / "site/static/print.css").write_text("/* own */", encoding="utf-8")
    (tmp_path / "site/content/briefs/harbour.md").write_text(BRIEF, encoding="utf-8")
    (tmp_path / "site/content/briefs/other.md").write_text(BRIEF.replace("Dock", "Crane"), encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, str(site / "build.py"), "serve", "-p", "8731"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                address = found[0]
            if "files changed" in line:  # the first build is there
                yield address
                break
        process.terminate()


@pytest.fixture
def page(browser: Any, address: str) -> Any:
    page = browser.new_page(viewport={"width": 900, "height": 600})
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    open_page(page, f"{address}briefs/harbour/")
    yield page
    assert page.problems == []
    page.close()


def open_page(page: Any, address: str) -> Any:
    """Load a page and wait until it is connected to the preview."""
    for _ in range(50):
        try:
            with page.expect_websocket(lambda socket: "/_preview/socket" in socket.url, timeout=10_000) as socket:
                response = page.goto(address)
            socket.value.wait_for_event("framereceived", timeout=10_000)
            return response
        except Exception as problem:
            if "REFUSED" not in str(problem):
                raise
    raise AssertionError("the preview does not answer")


def see(page: Any, selector: str, state: str = "visible") -> None:
    page.locator(selector).first.wait_for(state=state, timeout=15_000)


def test_saves_show_and_errors_keep_the_last_good_site(site: Path, address: str, page: Any) -> None:
    brief = site / "content/briefs/harbour.md"
    brief.write_text(BRIEF.replace("First", "Second"), encoding="utf-8")
    see(page, "h1:has-text('Second headline')")
    brief.write_text(BRIEF.replace("status: draft", "status: draught").replace("First", "Third"), encoding="utf-8")
    see(page, ".panel:has-text('did you mean draft?')")
    assert page.inner_text("h1") == "Second headline"
    link = page.locator(".panel a.place").first
    assert link.get_attribute("href") == f"vscode://file{brief.as_posix()}:4:9"
    assert link.inner_text() == "content/briefs/harbour.md:4:9"
    brief.write_text(BRIEF.replace("First", "Third"), encoding="utf-8")
    see(page, "h1:has-text('Third headline')")
    see(page, ".panel", "detached")
    (site / "site.yaml").write_text("title: Another title\nurl: https://example.org\n", encoding="utf-8")
    see(page, "header:has-text('Another title')")
    assert not (site / "public").exists()
    published = [p.read_bytes() for p in (site / ".nutgraf/preview").rglob("*.html")]
    assert published and not any(b"_preview" in html for html in published), "the script is in no built page"


def test_warnings_are_a_pill_that_opens_and_closes(site: Path, page: Any) -> None:
    wrong = BRIEF.replace("status: draft", "status: draft\nquotes:\n- {text: gone}")
    (site / "content/briefs/harbour.md").write_text(wrong, encoding="utf-8")
    see(page, ".pill:has-text('1 warning')")
    page.locator(".pill").click()
    see(page, ".panel:has-text('lost-anchor')")
    page.keyboard.press("Escape")
    see(page, ".pill:has-text('1 warning')")


def test_the_readers_place_is_an_element(site: Path, page: Any) -> None:
    brief = site / "content/briefs/harbour.md"
    brief.write_text(BRIEF + LONG, encoding="utf-8")
    see(page, "p:has-text('Paragraph 119')")
    target = page.locator("p:has-text('Paragraph 60 ')").first
    target.evaluate("e => { scrollTo({top: scrollY + e.getBoundingClientRect().top - 40, behavior: 'instant'}) }")
    before = target.evaluate("e => e.getBoundingClientRect().top")
    above = "\nA new paragraph stands above.\n" * 1 + "".join(f"\nAdded line {n}.\n" for n in range(20))
    brief.write_text(BRIEF + above + LONG, encoding="utf-8")
    see(page, "p:has-text('Added line 19')", "attached")
    page.wait_for_load_state("load")
    page.wait_for_timeout(100)
    after = page.locator("p:has-text('Paragraph 60 ')").first.evaluate("e => e.getBoundingClientRect().top")
    assert abs(after - before) < 3


def test_a_style_sheet_is_swapped_and_other_pages_are_left_alone(site: Path, page: Any) -> None:
    page.evaluate("() => { window.untouched = true }")
    (site / "static/print.css").write_text("/* changed */", encoding="utf-8")
    see(page, 'link[href*="print.css"][href*="preview="]', "attached")
    (site / "content/briefs/other.md").write_text(BRIEF.replace("Dock workers", "Pilots"), encoding="utf-8")
    wrong = "---\nheadline: A\n---\n"
    (site / "content/briefs/third.md").write_text(wrong, encoding="utf-8")
    see(page, ".panel")
    assert page.evaluate("() => window.untouched === true")


def test_a_page_that_is_not_there_comes_when_it_is(site: Path, address: str, page: Any) -> None:
    response = open_page(page, f"{address}briefs/later/")
    assert response.status == 404
    (site / "content/briefs/later.md").write_text(BRIEF.replace("First", "Later"), encoding="utf-8")
    see(page, "h1:has-text('Later headline')")
