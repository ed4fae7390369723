"""Templates compiled to Python that makes the same page as Jinja's own code in less time: without an object for a piece
that is only joined, a call where Python has an expression, or macros made anew for a page that could not tell."""

import re
from collections import deque
from collections.abc import Mapping, MutableMapping
from functools import cached_property
from keyword import iskeyword
from operator import is_
from types import BuiltinMethodType
from typing import Any

from jinja2 import Environment, Template, meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:  # another version, or no compiled part: the same, slower

    def escape_text(text: str, /) -> str:
        return str(escape(text))


_IMPORTS = "from nutgraf.render.compiler import called, escape_text, escaped, written"
"""What compiled templates use besides what Jinja imports for them."""
_PIECEMEAL = re.compile(r"^( *)yield from (.+)$", re.MULTILINE)
_BY_FILTERS = ("relative",)
"""Names that filters look up in the context of a template."""
_KEPT = 4
"""Sets of macros of one template: pages of some depths take turns."""


def escaped(value: Any) -> str:
    """As `markupsafe.escape`, but a plain string: where it is only joined to a page."""
    kind = type(value)
    if kind is str:
        return escape_text(value)
    return value if kind is Markup else str(escape(value))


def called(context: Context, callee: Any, /, *values: Any, **named: Any) -> Any:
    """As `Context.call`, which asks more before it calls a string's method, or a macro with just its values."""
    if type(callee) is BuiltinMethodType:
        return callee(*values, **named)
    text = None if named else _text_of(callee, values)
    return context.call(callee, *values, **named) if text is None else Markup(text)


def written(context: Context, callee: Any, /, *values: Any) -> str:
    """What is called, as it is joined to a page."""
    text = _text_of(callee, values)
    return escaped(called(context, callee, *values)) if text is None else text


def _text_of(callee: Any, values: tuple[Any, ...]) -> str | None:
    """What a macro says that takes just these values; None where this is no such macro."""
    if type(callee) is not Macro or callee.catch_kwargs or callee.catch_varargs or callee.caller:
        return None
    wanting = callee._argument_count - len(values)
    return None if wanting < 0 else callee._func(*values, *(missing,) * wanting)


class _PageCode(CodeGenerator):
    """The code of one template."""

    _callee = "called"

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _is_escaped(frame, finalize):
            super()._output_child_pre(node, frame, finalize)
        elif _is_plain(node):
            self._callee = "written"
        else:
            self.write("(escape_text(_shown) if type(_shown := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _is_escaped(frame, finalize):
            super()._output_child_post(node, frame, finalize)
        elif not _is_plain(node):
            self.write(") is str else escaped(_shown))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(named.key) for named in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        callee, self._callee = self._callee, "called"
        self.write(f"{callee}(context, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("(_got if (_got := getattr((_of := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(_of, {node.attr!r}))")


def _is_escaped(frame: Frame, finalize: Any) -> bool:
    """Whether what is shown there is always escaped, and nothing else is done to it."""
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None


def _is_plain(node: nodes.Expr) -> bool:
    """Whether this is a call with nothing but values."""
    return isinstance(node, nodes.Call) and not (node.kwargs or node.dyn_args or node.dyn_kwargs)


_Asked = tuple[tuple[str, ...], tuple[str, ...]]
"""The names that a template of macros looks up in its context, and the templates it imports."""


def _asked(tree: nodes.Template) -> _Asked | None:
    """What a template asks for; None where it may be another one each time though that is the same."""
    if not all(_is_still(node) for node in tree.body):
        return None
    names, imported = meta.find_undeclared_variables(tree), list(meta.find_referenced_templates(tree))
    known = tuple(name for name in imported if name is not None)
    return ((*sorted(names), *_BY_FILTERS), known) if len(known) == len(imported) else None


def _is_still(node: nodes.Node) -> bool:
    """Whether this says the same each time, and remembers nothing."""
    if isinstance(node, nodes.Output):
        return all(isinstance(child, nodes.TemplateData) for child in node.nodes)
    return isinstance(node, nodes.Macro | nodes.Import | nodes.FromImport)


class _PageTemplate(Template):
    """A template whose macros are made anew only for a page that has something else for what they look up."""

    _asked: _Asked | None
    _made: deque[tuple[list[Any], TemplateModule]]

    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> Template:
        template = super()._from_namespace(environment, namespace, globals)
        vars(template).update(_asked=namespace["asked"], _made=deque(maxlen=_KEPT))
        return template

    def make_module(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> TemplateModule:
        """Its macros, in a context."""
        if self._names is None:
            return super().make_module(vars, shared, locals)
        found = {**(vars or {}), **{name: value for name, value in (locals or {}).items() if value is not missing}}
        asked = [found.get(name, missing) for name in self._names]
        for known, made in self._made:
            if all(map(is_, known, asked)):
                return made
        module = super().make_module(vars, shared, locals)
        self._made.append((asked, module))
        return module

    @cached_property
    def _names(self) -> tuple[str, ...] | None:
        """All names that it and what it imports look up; None where that is not all they go by."""
        if self._asked is None:
            return None
        names, imported = self._asked
        found = {*names, *self.environment.globals}
        for name in imported:
            below = getattr(self.environment.get_template(name), "_names", None)
            if below is None:
                return None
            found.update(below)
        return tuple(found)


class PageEnvironment(Environment):
    """Jinja as nutgraf's themes see it."""

    code_generator_class = _PageCode
    template_class = _PageTemplate

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        code = _PIECEMEAL.sub(r"\1yield concat(\2)", super()._generate(source, name, filename, defer_init))
        first, rest = code.split("\n", 1)
        return f"{first}; {_IMPORTS}; asked = {_asked(source)!r}\n{rest}"  # on its line: others are counted

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dictionary, which is copied for each page."""
        return {**self.globals, **(d or {})}
