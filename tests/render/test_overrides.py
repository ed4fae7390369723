"""A site's own templates against a theme's."""

from nutgraf import store
from nutgraf.render.overrides import override_findings

THEME = {
    "base.html": "{% block styles %}{% endblock %}{% block content %}{% endblock %}",
    "parts.html": "{% macro card(view) %}{% endmacro %}{% macro dateline(view) %}{% endmacro %}",
    "topic.html": '{% extends "base.html" %}{% import "parts.html" as part %}{% block styles %}{% endblock %}'
    "{% block content %}{{ part.card(view) }}{% endblock %}",
}


def told(**own: str) -> list[str]:
    files = {f"{name}.html": text for name, text in own.items()}
    return [d.message for d in override_findings(THEME, files)]


def test_what_fits_is_not_told() -> None:
    assert told(topic='{% extends "base.html" %}{% block content %}{{ view.head.title }}{% endblock %}') == []


def test_what_the_theme_wants_of_an_own_template() -> None:
    assert told(base="{% block content %}{% endblock %}") == ["topic.html fills the block styles, which is not here"]
    assert told(parts="{% macro dateline(view) %}{% endmacro %}") == [
        "topic.html calls the macro card, which is not here"
    ]


def test_what_an_own_template_wants_of_the_theme() -> None:
    lost = '{% extends "base.html" %}{% block contents %}{% endblock %}'
    assert told(topic=lost) == ["base.html has no block contents; what stands in it is shown nowhere"]
    assert told(topic="{{ view.heading }}{% if view.x is defined %}{{ view.x }}{% endif %}{{ frame.titel }}") == [
        "frame has no titel",
        "view has no heading",
    ]
    assert told(extra="x") == ["extra.html overrides nothing: no page is made from it and no template includes it"]


def test_the_themes_own_templates_may_be_copied_as_they_are() -> None:
    theme = store.read_templates(store.theme_folder())
    pages = {name: text for name, text in theme.items() if name.endswith(".html")}
    assert override_findings(theme, pages) == ()
    assert override_findings(theme, {"brief.html": pages["brief.html"]}) == ()
    changed = {"brief.html": pages["brief.html"].replace("view.headline", "heading")}
    assert [d.message for d in override_findings(theme, changed)] == ["no template is given heading"]
