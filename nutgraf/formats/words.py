"""The words of the pages: YAML, one text a key."""

import re
from collections.abc import Mapping
from dataclasses import fields

from nutgraf.formats.front_matter import read_yaml, undecodable
from nutgraf.model.diagnostic import Diagnostic, Location
from nutgraf.model.findings import report
from nutgraf.model.words import Country, DateWords, Words

ENGLISH = "words/en.yaml"
COUNTRIES = "words/countries.yaml"
_IN_LANGUAGE = re.compile(r"words/countries-\w+\.yaml")
OWN = "words.yaml"
"""A site's own changes to single texts."""


def parse_words(files: Mapping[str, str], language: str) -> tuple[Words, tuple[Diagnostic, ...]]:
    """The words for the pages of a site, from the texts of templates/ by name.

    English stands in for what another language lacks; a site's own words.yaml goes before both.
    """
    texts: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for name in (ENGLISH, f"words/{language}.yaml", OWN):
        found, told = _texts(files.get(name, ""), f"templates/{name}")
        problems += [*told, *(_unknown(key, name) for key in found if texts and key not in texts)]
        texts |= found
    patterns = {field.name: texts.get(field.name, "") for field in fields(DateWords)}
    months, seasons = tuple(patterns.pop("months").split()), tuple(patterns.pop("seasons").split())
    countries, told = _countries(files, language)
    return Words(texts, DateWords(months, seasons, **patterns), countries), (*problems, *told)


def _countries(files: Mapping[str, str], language: str) -> tuple[dict[str, Country], tuple[Diagnostic, ...]]:
    """Countries by their names in any language; a language's names are in a file of their own, by English name."""
    node, problems = read_yaml(files.get(COUNTRIES, ""), f"templates/{COUNTRIES}")
    places = node.value if node and isinstance(node.value, dict) else {}
    named = {
        path: _texts(text, f"templates/{path}") for path, text in sorted(files.items()) if _IN_LANGUAGE.match(path)
    }
    here = named.get(f"words/countries-{language}.yaml", ({}, ()))[0]
    found: dict[str, Country] = {}
    for names in ({english: english for english in places}, *(names for names, _ in named.values())):
        for english, name in names.items():
            if english in places:
                latitude, longitude = map(float, places[english])
                found.setdefault(name, Country(here.get(english, english), latitude, longitude))
    return found, (*problems, *(problem for _, told in named.values() for problem in told))


def _texts(text: str, path: str) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    if problem := undecodable(text, path):
        return {}, (problem,)
    node, problems = read_yaml(text, path)
    value = node.value if node else None
    return ({k: v for k, v in value.items() if isinstance(v, str)} if isinstance(value, dict) else {}), problems


def _unknown(key: str, name: str) -> Diagnostic:
    place = Location(f"templates/{name}")
    return report("unknown-key", f"no page says {key!r}", place, f"the keys are in the theme's {ENGLISH}")
