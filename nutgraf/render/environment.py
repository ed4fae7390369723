"""The Jinja environment: templates come as a mapping, undefined names are errors, everything is escaped."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, escape

from nutgraf.model.views import BodyView
from nutgraf.render.body import Passage, render_body
from nutgraf.site import urls

try:
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:  # another version, or no compiled part: the same, slower

    def escape_text(text: str, /) -> str:
        return str(escape(text))


_URLS = {
    "home": urls.HOME,
    "actors": urls.ACTORS,
    "figures": urls.FIGURES,
    "topics": urls.TOPICS,
}
"""Addresses of the pages that templates link to by themselves."""
_HTML_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")


def _escaped(value: Any) -> str:
    """As `markupsafe.escape`, but a plain string: where it is only joined to a page."""
    kind = type(value)
    if kind is str:
        return escape_text(value)
    return value if kind is Markup else str(escape(value))


class _PlainOutput(CodeGenerator):
    """Escapes what a template shows without making an object of each piece (a third of the time of a page)."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class PageEnvironment(Environment):
    """Jinja as nutgraf's themes see it."""

    code_generator_class = _PlainOutput
    escaped = staticmethod(_escaped)


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
