"""The Jinja environment: templates come as a mapping, undefined names are errors, everything is escaped."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from nutgraf.model.views import BodyView, BriefView
from nutgraf.model.words import DateWords, Words
from nutgraf.render.body import Passage, render_body
from nutgraf.render.compiler import PageEnvironment
from nutgraf.render.margin import Note, in_margin
from nutgraf.site import urls

_URLS = {"home": urls.HOME, "briefs": urls.BRIEFS, "actors": urls.ACTORS, "figures": urls.FIGURES}
"""Addresses of the pages that templates link to by themselves."""

Notes = Mapping[str, tuple[str, Note]]
"""Kind and note by the note's fragment."""


WORDLESS = Words({}, DateWords((), (), *[""] * 10))
"""For templates that are only looked at."""


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
