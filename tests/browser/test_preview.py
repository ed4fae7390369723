"""The preview in a real browser: a save shows, a broken brief keeps the last good page and says why."""

import os
import re
import subprocess
import sys
import time
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


@pytest.fixture
def site(tmp_path: Path) -> Path:
    main(["new", str(tmp_path / "site"), "-q"])
    (tmp_path / "site/content/briefs").mkdir()
    (tmp_path / "site/content/briefs/harbour.md").write_text(BRIEF, encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, str(site / "build.py"), "serve", "-p", "8731"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                yield found[0]
                break
        process.terminate()


def test_saves_show_and_errors_keep_the_last_good_site(site: Path, address: str, browser: Any) -> None:
    brief = site / "content/briefs/harbour.md"
    page = browser.new_page()
    page.goto(f"{address}briefs/harbour/")
    time.sleep(1)  # the script connects after the page has loaded
    brief.write_text(BRIEF.replace("First", "Second"), encoding="utf-8")
    page.wait_for_selector("h1:has-text('Second headline')", timeout=10_000)
    brief.write_text(BRIEF.replace("status: draft", "status: draught").replace("First", "Third"), encoding="utf-8")
    page.wait_for_selector(".build-problem:has-text('did you mean draft?')", timeout=10_000)
    assert page.inner_text("h1") == "Second headline"
    brief.write_text(BRIEF.replace("First", "Third"), encoding="utf-8")
    page.wait_for_selector("h1:has-text('Third headline')", timeout=10_000)
    assert not page.query_selector(".build-problem")
    (site / "static").mkdir()
    (site / "site.yaml").write_text("title: Another title\n", encoding="utf-8")
    page.wait_for_selector("header:has-text('Another title')", timeout=10_000)
    response = page.goto(f"{address}nowhere/")
    assert response.status == 404
    assert not (site / "public").exists()
