"""Compiled templates say what Jinja's own code would, and remember nothing from page to page."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from nutgraf.render.compiler import PageEnvironment

MACROS = """
{% macro link(item, rel="") %}
<a href="{{ up }}{{ item.url }}"{% if rel %} rel="{{ rel }}"{% endif %}>{{ item.label }}</a>
{% endmacro %}
{% macro box(title) %}<div title="{{ title }}">{{ caller() }}</div>{% endmacro %}
{% macro many() %}{{ varargs | join(",") }}{{ kwargs.x }}{% endmacro %}
"""
BASE = "<title>{{ title }}</title>{% block body %}{% block inner %}base{% endblock %}{% endblock %}"
COUNTING = "{% set n = namespace(i=0) %}{% macro next() %}{% set n.i = n.i + 1 %}{{ n.i }}{% endmacro %}"
LISTING = "{% set seen = [] %}{% macro next() %}{{ seen.append(1) or seen | length }}{% endmacro %}"
IMPORTING = '{% import "counting.html" as below with context %}{% macro next() %}{{ below.next() }}{% endmacro %}'
NAMING = """
{% from "macros.html" import link with context %}
{% macro twice(item) %}{{ link(item) }}{{ link(item) }}{% endmacro %}
"""
TEMPLATES = {
    "macros.html": MACROS,
    "base.html": BASE,
    "counting.html": COUNTING,
    "listing.html": LISTING,
    "importing.html": IMPORTING,
    "naming.html": NAMING,
}
ITEM = SimpleNamespace(url="/a?b=1&c", label='<"one">', marked=Markup("<i>"), number=3, none=None, text="a {n} {x}")


@pass_context
def shout(context: Context, text: str) -> str:
    return f"{context['up']} {text}!"


def environment(kind: type[Environment], templates: Mapping[str, str]) -> Environment:
    made = kind(loader=DictLoader({**TEMPLATES, **templates}), autoescape=True, undefined=StrictUndefined)
    made.filters["shout"] = shout
    made.globals["shouted"] = shout
    return made


def drawn(kind: type[Environment], page: str, **values: Any) -> str:
    context = {"up": "../..", "item": ITEM, "items": [ITEM, {"url": "/d", "label": "two"}], "title": "T", **values}
    templates = {"page.html": page, "with.html": f'{{% import "macros.html" as m with context %}}{page}'}
    return environment(kind, templates).get_template("with.html" if "m." in page else "page.html").render(context)


@pytest.mark.parametrize(
    "page",
    [
        "{{ item.label }}{{ item.marked }}{{ item.number }}{{ item.none }}{{ 1.5 }}{{ '<' }}",
        "{% for each in items %}{{ each.label }}{{ each['url'] }}{% endfor %}",
        "{{ item.gone is defined }}{{ item.gone | default('no') }}{{ items[1].keys | default('method') is callable }}",
        "{{ item.label.upper().lower()[:3] }}{{ item.text.format(n='<', x=item.marked) }}",
        "{{ item.marked.format() ~ item.label }}",
        '{{ m.link(item) }}{{ m.link(item, "up") }}{{ m.link(rel="x", item=item) }}',
        "{% call m.box(item.label) %}{{ item.label }}{{ m.link(item) }}{% endcall %}",
        '{{ m.many(1, "<", x=2) }}{{ m.many(*[1, 2], **{"x": 3}) }}',
        "{% set kept = m.link(item) %}{{ kept }}{{ kept | upper }}{{ [kept] | join }}",
        '{% from "naming.html" import twice with context %}{{ twice(item) }}',
        "{{ item.label | shout }}{{ shouted('<') }}{{ shouted(text='x') if false }}",
        '{% extends "base.html" %}{% block body %}[{{ super() }}]{{ self.inner() }}{% endblock %}',
        '{% extends "base.html" %}{% block inner %}<{{ title }}>{{ super() }}{% endblock %}',
        "{% set x %}<{{ item.label }}>{% endset %}{{ x }}{% filter upper %}a{{ item.label }}{% endfilter %}",
        "{% autoescape false %}{{ item.label }}{{ item.label.upper() }}{% endautoescape %}{{ item.label }}",
        "{% for each in items if each.url != '/d' %}{{ loop.index }}{{ each.label }}{% else %}none{% endfor %}",
        "{{ (item.label if item.number > 2 else item.gone.more) }}{{ item.none or item.label }}",
    ],
)  # fmt: skip
def test_pages_are_as_jinja_makes_them(page: str) -> None:
    assert drawn(PageEnvironment, page) == drawn(Environment, page)


@pytest.mark.parametrize(
    "page",
    ["{{ item.gone }}", "\n{{ item.none.gone }}", "a\n\n{{ gone }}", "{{ m.link(item) }}\n{{ items[1].gone.more }}"],
)
def test_what_is_undefined_is_told_where_and_as_jinja_tells_it(page: str) -> None:
    told = []
    for kind in (Environment, PageEnvironment):
        with pytest.raises(UndefinedError) as error:
            drawn(kind, page)
        lines = [entry.lineno for entry in error.traceback if "template" in entry.name]
        told.append((str(error.value), lines))
    assert told[0] == told[1]
    assert told[0][1]


@pytest.mark.parametrize("counting", ["counting.html", "listing.html", "importing.html"])
def test_macros_that_count_begin_anew_on_each_page(counting: str) -> None:
    page = f'{{% import "{counting}" as m with context %}}{{{{ m.next() }}}}{{{{ m.next() }}}}'
    template = environment(PageEnvironment, {"page.html": page}).get_template("page.html")
    assert [template.render(up=".") for _ in range(3)] == ["12"] * 3


def test_macros_go_by_what_each_page_has() -> None:
    page = '{% import "naming.html" as m with context %}{{ m.twice(item) }}'
    template = environment(PageEnvironment, {"page.html": page}).get_template("page.html")
    ups = [".", "..", ".", "../..", "a", "b", "c", "."]
    assert [template.render(up=up, item=ITEM).count(f'href="{up}/a') for up in ups] == [2] * len(ups)


def test_macros_are_made_once_for_pages_that_have_the_same() -> None:
    page = '{% import "naming.html" as m with context %}{{ m.twice(item) }}'
    made = environment(PageEnvironment, {"page.html": page})
    up, macros = "..", made.get_template("naming.html")
    made.get_template("page.html").render(up=up, item=ITEM)
    first = macros.make_module({"up": up})
    assert macros.make_module({"up": up, "item": 1}) is first
    assert macros.make_module({"up": "."}) is not first
