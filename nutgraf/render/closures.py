"""What a template is made of: itself, and every template that it extends, includes or imports."""

from collections.abc import Mapping

from jinja2 import Environment, TemplateError, meta


def closures(templates: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Names of the templates that each template takes in, its own included; all of them where that cannot be told."""
    environment = Environment()
    direct = {name: _referenced(environment, text, templates) for name, text in templates.items()}
    return {name: _closure(name, direct) for name in templates}


def _referenced(environment: Environment, text: str, templates: Mapping[str, str]) -> frozenset[str]:
    try:
        found = tuple(meta.find_referenced_templates(environment.parse(text)))
    except TemplateError:
        return frozenset(templates)
    return frozenset(templates) if None in found else frozenset(name for name in found if name)


def _closure(name: str, direct: Mapping[str, frozenset[str]]) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += direct.get(one, ())
    return frozenset(seen)
