"""The words of the pages: complete in every language, changed one by one by a site."""

import re
from pathlib import Path

import pytest
import yaml

from nutgraf.formats.words import parse_words

FOLDER = Path(__file__).parents[2] / "templates"
FILES = {f"words/{file.name}": file.read_text(encoding="utf-8") for file in (FOLDER / "words").iterdir()}
ENGLISH = parse_words(FILES, "en")[0].texts
LANGUAGES = sorted(file.stem for file in (FOLDER / "words").glob("??.yaml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_with_the_same_places_to_fill(language: str) -> None:
    texts, problems = parse_words({**FILES, "words/en.yaml": FILES[f"words/{language}.yaml"]}, "en")
    assert problems == ()
    assert texts.texts.keys() | {"rtl_languages"} == ENGLISH.keys()
    for key, text in texts.texts.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", ENGLISH[key])), key
    assert (len(texts.dates.months), len(texts.dates.seasons)) == (12, 4)


def test_every_text_is_used_and_every_text_used_is_there() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.html"))
    asked = set(re.findall(r"\bt\.([a-z_]+)", pages))
    assert asked <= ENGLISH.keys()


def test_a_site_changes_single_texts_and_is_told_of_unknown_ones() -> None:
    own = {**FILES, "words.yaml": "nav_actors: People\nnav_actor: Person\n"}
    words, problems = parse_words(own, "es")
    assert words["nav_actors"] == "People" and words["nav_figures"] == "Cifras"
    assert [(p.code, p.location.path) for p in problems] == [("unknown-key", "templates/words.yaml")]


def test_names_of_countries_in_a_language_are_of_countries_that_are_there_and_each_once() -> None:
    english = {country.name for country in parse_words(FILES, "en")[0].countries.values()}
    assert len(english) > 150
    for path, text in FILES.items():
        if path.startswith("words/countries-"):
            names = yaml.safe_load(text)
            assert names.keys() <= english, path
            assert len(set(names.values())) == len(names) and not set(names.values()) & (english - names.keys()), path


def test_a_language_without_a_file_speaks_english() -> None:
    assert parse_words(FILES, "fi")[0].texts == ENGLISH
