"""A site's own templates against the theme's: what no longer fits together."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import get_args

from jinja2 import TemplateSyntaxError, meta, nodes

from nutgraf.model.diagnostic import Diagnostic, Location, Position
from nutgraf.model.findings import report
from nutgraf.model.nearest import asked
from nutgraf.model.views import PageView, SiteFrame
from nutgraf.render.environment import WORDLESS, make_environment

CONTEXT = frozenset({"view", "frame", "up", "relative"})
"""What every template is given."""
Trees = Mapping[str, nodes.Template]


def override_findings(theme: Mapping[str, str], own: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """What in a site's own templates has nothing to hold on to in the theme, or keeps from the theme what it needs."""
    environment = make_environment({**theme, **own}, WORDLESS)
    found: list[Diagnostic] = []
    trees: dict[str, nodes.Template] = {}
    for name, source in {**theme, **own}.items():
        try:
            trees[name] = environment.parse(source, name, f"templates/{name}")
            if name in own:  # filters and tests that there are not
                environment.compile(source, name, f"templates/{name}")
        except TemplateSyntaxError as problem:
            trees.pop(name, None)
            place = _place(name, problem.lineno, {**theme, **own})
            found.append(report("template-error", problem.message or str(problem), place, "mend the template"))
    for name in [name for name in own if name in trees]:
        family = (trees[name], *(trees[parent] for parent in _parents(name, trees)))
        known = {*CONTEXT, *environment.globals, *(made for tree in family for made in _made(tree))}
        checks = (
            *_idle(name, theme, trees),
            *_lost_blocks(name, trees),
            *_missing(name, theme, trees),
            *_unknown_names(name, trees[name], known),
            *_unknown_attributes(name, trees[name]),
        )
        for line, message, help_ in sorted(set(checks)):
            found.append(report("template-override", message, _place(name, line, own), help_))
    return tuple(found)


def _place(name: str, line: int, sources: Mapping[str, str]) -> Location:
    lines = sources[name].splitlines()
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    words = text.strip()
    return Location(f"templates/{name}", Position(line, text.find(words) + 1), text, len(words) or 1)


Fault = tuple[int, str, str]
"""Line, message, help."""


def _idle(name: str, theme: Mapping[str, str], trees: Trees) -> Iterator[Fault]:
    """A template of a name that nothing asks for."""
    asked_for = {other for tree in trees.values() for other in meta.find_referenced_templates(tree) if other}
    if name not in theme and name not in asked_for:
        yield 1, f"{name} overrides nothing: no page is made from it and no template includes it", asked(name, theme)


def _parents(name: str, trees: Trees) -> Iterator[str]:
    """The templates that one extends, nearest first."""
    seen = {name}
    while parent := next(
        (e.template.value for e in trees[name].find_all(nodes.Extends) if isinstance(e.template, nodes.Const)), None
    ):
        if parent in seen or parent not in trees:
            return
        yield parent
        seen.add(parent)
        name = parent


def _blocks(tree: nodes.Template) -> set[str]:
    return {block.name for block in tree.find_all(nodes.Block)}


def _lost_blocks(name: str, trees: Trees) -> Iterator[Fault]:
    """Blocks that fill nothing in the template that is extended."""
    parents = list(_parents(name, trees))
    known = {block for parent in parents for block in _blocks(trees[parent])}
    for node in trees[name].body:
        if parents and isinstance(node, nodes.Block) and node.name not in known:
            help_ = asked(node.name, sorted(known), f"the blocks are: {', '.join(sorted(known))}")
            yield node.lineno, f"{parents[0]} has no block {node.name}; what stands in it is shown nowhere", help_


def _missing(name: str, theme: Mapping[str, str], trees: Trees) -> Iterator[Fault]:
    """What the theme's templates want of one that stands in its place: blocks to fill, macros to call."""
    own = trees[name]
    here = {macro.name for macro in own.find_all(nodes.Macro)}
    here |= {n.name for n in own.find_all(nodes.Name) if n.ctx == "store"}
    for other in sorted(theme.keys() & trees.keys() - {name}):
        parents = list(_parents(other, trees))
        if name in parents:
            known = {block for parent in parents for block in _blocks(trees[parent])}
            for node in trees[other].body:
                if isinstance(node, nodes.Block) and node.name not in known:
                    yield (
                        1,
                        f"{other} fills the block {node.name}, which is not here",
                        "add the block, or it is not shown",
                    )
        for macro in sorted(_called(name, trees[other]) - here):
            yield 1, f"{other} calls the macro {macro}, which is not here", "copy it from the theme's template"


def _called(name: str, tree: nodes.Template) -> set[str]:
    """The macros of a template that another calls."""
    found: set[str] = set()
    for node in tree.find_all((nodes.Import, nodes.FromImport)):
        assert isinstance(node, nodes.Import | nodes.FromImport)
        if not isinstance(node.template, nodes.Const) or node.template.value != name:
            continue
        if isinstance(node, nodes.FromImport):
            found |= {one if isinstance(one, str) else one[0] for one in node.names}
        else:
            found |= {a.attr for a in tree.find_all(nodes.Getattr) if _is_name(a.node, node.target)}
    return found


def _is_name(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name


def _made(tree: nodes.Template) -> Iterator[str]:
    """Names that a template makes for its blocks and for the templates that extend it: imported, set, macros."""
    for node in tree.find_all((nodes.Import, nodes.FromImport, nodes.Assign, nodes.AssignBlock, nodes.Macro)):
        match node:
            case nodes.Import(target=name) | nodes.Macro(name=name):
                yield name
            case nodes.FromImport(names=imported):
                yield from (one if isinstance(one, str) else one[1] for one in imported)
            case nodes.Assign(target=target) | nodes.AssignBlock(target=target):
                yield from (
                    name.name for name in (target, *target.find_all(nodes.Name)) if isinstance(name, nodes.Name)
                )


def _unknown_names(name: str, tree: nodes.Template, known: set[str]) -> Iterator[Fault]:
    """Variables that no template is given."""
    unknown = meta.find_undeclared_variables(tree) - known - _guarded(tree)
    for node in tree.find_all(nodes.Name):
        if node.name in unknown and node.ctx == "load":
            help_ = asked(node.name, sorted(known), "they are given view, frame, up, t and urls")
            yield node.lineno, f"no template is given {node.name}", help_


def _unknown_attributes(name: str, tree: nodes.Template) -> Iterator[Fault]:
    """Attributes of `view` and `frame` that they do not have."""
    classes = {kind.__name__.removesuffix("View").lower(): kind for kind in get_args(PageView)}
    views = [classes[stem]] if (stem := name.removesuffix(".html")) in classes else list(classes.values())
    has = {"view": {f.name for kind in views for f in fields(kind)}, "frame": {f.name for f in fields(SiteFrame)}}
    guarded = _guarded(tree)
    for node in tree.find_all(nodes.Getattr):
        holder = node.node
        if isinstance(holder, nodes.Name) and holder.name in has and f"{holder.name}.{node.attr}" not in guarded:
            known = has[holder.name]
            if node.attr not in known:
                help_ = asked(node.attr, sorted(known), f"it has {', '.join(sorted(known))}")
                yield node.lineno, f"{holder.name} has no {node.attr}", help_


def _guarded(tree: nodes.Template) -> set[str]:
    """Names, and attributes of names ("view.subtitle"), of which a template itself asks whether they are there."""
    tests = [t for t in tree.find_all(nodes.Test) if t.name in ("defined", "undefined")]
    filters = [f for f in tree.find_all(nodes.Filter) if f.name in ("default", "d")]
    asked_for = [asking.node for asking in (*tests, *filters)]
    names = {node.name for node in asked_for if isinstance(node, nodes.Name)}
    attributes = [node for node in asked_for if isinstance(node, nodes.Getattr)]
    return names | {f"{a.node.name}.{a.attr}" for a in attributes if isinstance(a.node, nodes.Name)}
