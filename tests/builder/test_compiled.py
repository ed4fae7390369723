"""Compiled templates are taken from where Python keeps its own compiled modules, or made again."""

import sys
from pathlib import Path

import pytest
from jinja2.environment import Environment

from nutgraf.builder.compiled import Compiled
from nutgraf.render.environment import make_environment
from tests.site.sites import words

TEMPLATES = {"page.html": "{{ 1000|number }} {{ t.nav_quotes }}"}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Texts that were compiled."""
    found: list[str] = []
    compiling = Environment.compile

    def noted(self: Environment, source: str, *rest: object) -> object:
        found.append(source)
        return compiling(self, source, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", noted)
    return found


def drawn(language: str = "en", **templates: str) -> str:
    said = words(language)
    environment = make_environment({**TEMPLATES, **templates}, said, Compiled(said))
    return environment.get_template("page.html").render()


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_compiled_is_not_compiled_again(kept: Path, made: list[str]) -> None:
    first = drawn()
    assert len(files(kept)) == len(made) == 1
    assert drawn() == first and len(made) == 1


def test_other_words_and_other_texts_are(kept: Path, made: list[str]) -> None:
    english = drawn()
    assert english == "1,000 Quotes" and drawn("es") != english
    assert drawn(**{"page.html": "{{ 1000|number }}"}) == "1,000" and drawn() == english
    assert len(made) == 4


@pytest.mark.parametrize("at", [0, 40, -1])
def test_what_is_damaged_is_not_believed(kept: Path, made: list[str], at: int) -> None:
    wanted = drawn()
    (file,) = files(kept)
    raw = bytearray(file.read_bytes())
    raw[at] ^= 1
    for damaged in (bytes(raw), raw[:50], b""):
        file.write_bytes(damaged)
        assert drawn() == wanted
    assert len(made) == 4


def test_nothing_is_kept_where_python_keeps_nothing(
    kept: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    drawn()
    assert files(kept) == [] and drawn() and len(made) == 2
