"""The Jinja environment: templates come as a mapping, undefined names are errors, everything is escaped."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from nutgraf.model.views import BodyView, BriefView
from nutgraf.model.words import DateWords, Words
from nutgraf.render.body import Passage, render_body
from nutgraf.render.margin import Note, in_margin
from nutgraf.site import urls

try:
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:  # another version, or no compiled part: the same, slower

    def escape_text(text: str, /) -> str:
        return str(escape(text))


_URLS = {"home": urls.HOME, "briefs": urls.BRIEFS, "actors": urls.ACTORS, "figures": urls.FIGURES}
"""Addresses of the pages that templates link to by themselves."""

Notes = Mapping[str, tuple[str, Note]]
"""Kind and note by the note's fragment."""


WORDLESS = Words({}, DateWords((), (), *[""] * 10))
"""For templates that are only looked at."""


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

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("environment.called(context, ")
        self.visit(node.node, frame)
        for argument in node.args:
            self.write(", ")
            self.visit(argument, frame)
        self.write(")")


def _called(context: Context, callee: Any, *values: Any) -> Any:
    """As `Context.call`; a macro that takes just these values is called without being asked for everything else."""
    if type(callee) is Macro and not (callee.catch_kwargs or callee.catch_varargs or callee.caller):
        wanting = callee._argument_count - len(values)
        if wanting >= 0:
            return Markup(callee._func(*values, *(missing,) * wanting))
    return context.call(callee, *values)


class PageEnvironment(Environment):
    """Jinja as nutgraf's themes see it."""

    code_generator_class = _PlainOutput
    escaped = staticmethod(_escaped)
    called = staticmethod(_called)


def make_environment(templates: Mapping[str, str], words: Words, compiled: BytecodeCache | None = None) -> Environment:
    """An environment over `templates`, by name, that speaks with `words`.

    `compiled` is where they may be compiled already. Contexts must hold `relative`, the page's own address function.
    """
    environment = PageEnvironment(
        loader=FunctionLoader(lambda name: (templates[name], f"templates/{name}", None) if name in templates else None),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled,
    )
    environment.filters |= {
        "beside_none": _beside_none,
        "in_margin": in_margin,
        "counted": lambda number, name: words.count(name, number),
        "notes_by_id": _notes_by_id,
        "number": words.number,
        "passages": _passages,
        "share": _share,
    }
    environment.globals |= {"urls": _URLS, "t": SimpleNamespace(**words.texts)}
    return environment


@pass_context
def _passages(context: Context, body: BodyView) -> tuple[Passage, ...]:
    return render_body(body, context["relative"])


def _notes_by_id(view: BriefView) -> Notes:
    """All notes of a brief with their kinds."""
    kinds: tuple[tuple[str, tuple[Note, ...]], ...] = (
        ("figure", view.figures),
        ("quote", view.quotes),
        ("date", view.dates),
        ("source", view.sources),
    )
    return {note.id: (kind, note) for kind, notes in kinds for note in notes}


def _beside_none(notes: Notes, passages: Sequence[Passage]) -> list[tuple[str, Note]]:
    """The notes that stand beside no passage."""
    placed = {name for passage in passages for name in passage.notes}
    return [pair for name, pair in notes.items() if name not in placed]


def _share(value: float, all_values: Sequence[float]) -> str:
    """`value` in per cent of the largest of `all_values`, for the length of a bar."""
    largest = max((abs(each) for each in all_values), default=0)
    return f"{100 * abs(value) / largest:.1f}" if largest else "0"
