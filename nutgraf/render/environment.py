"""The Jinja environment: templates come as a mapping, undefined names are errors, everything is escaped."""

import re
from collections.abc import Mapping, Sequence

from jinja2 import Environment, FunctionLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from nutgraf.model.views import BodyView
from nutgraf.render.body import Passage, render_body
from nutgraf.site import urls

_URLS = {
    "home": urls.HOME,
    "actors": urls.ACTORS,
    "figures": urls.FIGURES,
    "topics": urls.TOPICS,
}
"""Addresses of the pages that templates link to by themselves."""
_HTML_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")


def make_environment(templates: Mapping[str, str]) -> Environment:
    """An environment over `templates`, by name. Contexts must hold `relative`, the page's own address function."""
    environment = Environment(
        loader=FunctionLoader(lambda name: (templates[name], f"templates/{name}", None) if name in templates else None),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"rel": _rel, "passages": _passages, "share": _share, "plural": _plural}
    environment.globals["urls"] = _URLS
    environment.tests["html_date"] = _is_html_date
    return environment


@pass_context
def _rel(context: Context, url: str) -> str:
    """`url` as the page being rendered must write it."""
    return str(context["relative"](url))


@pass_context
def _passages(context: Context, body: BodyView) -> tuple[Passage, ...]:
    return render_body(body, context["relative"])


def _share(value: float, all_values: Sequence[float]) -> str:
    """`value` in per cent of the largest of `all_values`, for the length of a bar."""
    largest = max((abs(each) for each in all_values), default=0)
    return f"{100 * abs(value) / largest:.1f}" if largest else "0"


def _plural(count: int, singular: str, plural: str = "") -> str:
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def _is_html_date(iso: str) -> bool:
    """Whether HTML's `datetime` takes this EDTF date; it knows no intervals and no doubt."""
    return bool(_HTML_DATE.match(iso))
