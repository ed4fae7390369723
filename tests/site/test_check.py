"""Findings of meaning: each file of tests/sites/invalid holds the files of a small site and what is found in it."""

import re
from pathlib import Path

import pytest

from nutgraf.model.config import Config
from nutgraf.model.diagnostic import Diagnostic, Severity
from nutgraf.model.library import Library
from nutgraf.site.check import DEFAULTS, check
from tests.site.sites import library, story

CASES = sorted((Path(__file__).parents[1] / "sites" / "invalid").glob("*.txt"))
TODAY = "2031-05-20"


def parts(text: str) -> dict[str, str]:
    """The files of a case by path, and what is expected under "expected"."""
    names = re.findall(r"(?m)^=== (.*)$", text)
    return dict(zip(names, re.split(r"(?m)^=== .*\n", text)[1:], strict=True))


def shown(finding: Diagnostic) -> str:
    """path:line:column severity[code] message, the words underlined, and the help, as lines."""
    at = finding.location
    place = f"{at.path}:{at.position.line}:{at.position.column}" if at.position else at.path
    start = at.position.column - 1 if at.position else 0
    lines = [f"{place}: {finding.severity}[{finding.code}] {finding.message}"]
    lines += [f"  at: {at.line_text[start : start + at.width]}"] if at.line_text else []
    lines += [f"  help: {finding.help}"] if finding.help else []
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_findings(case: Path) -> None:
    files = parts(case.read_text(encoding="utf-8"))
    expected = files.pop("expected")
    assert "".join(map(shown, check(library(files), Config(), TODAY))) == expected


def test_every_code_but_those_of_stored_files_has_a_case() -> None:
    told = "".join(case.read_text(encoding="utf-8") for case in CASES)
    assert set(re.findall(r"\w+\[([a-z-]+)\]", told)) == set(DEFAULTS) - {"changed-article", "proposal-without-brief"}


LOST = story('quotes:\n- {text: "gone"}', "Nothing is here.")


def test_site_yaml_sets_the_level() -> None:
    files = {"content/briefs/a.md": LOST}
    assert [d.severity for d in check(library(files), Config(), TODAY)] == [Severity.ERROR]
    milder = check(library(files), Config(findings={"lost-anchor": "info"}), TODAY)
    assert [d.severity for d in milder] == [Severity.INFO]
    assert check(library(files), Config(findings={"lost-anchor": "off"}), TODAY) == ()


def test_an_article_that_changed_is_reported() -> None:
    files = {"content/briefs/a.md": story("article: a.txt", "Text."), "content/articles/a.txt": "Text."}
    stored = library(files)
    assert check(stored, Config(), TODAY) == ()
    changed = Library(stored.briefs, stored.pages, stored.articles, frozenset({"a.txt"}))
    assert [d.code for d in check(changed, Config(), TODAY)] == ["changed-article"]
