"""What a merge asks, as values and in words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from nutgraf.formats.brief import ORDER, flow, item_line
from nutgraf.model.brief import Brief, ItemKey
from nutgraf.model.diagnostic import Diagnostic, Location, Position, Severity

Kind = Literal["changed", "gone", "offered", "unplaced", "layout"]
"""Both changed a value; the machine no longer finds an item; it finds another; its words are not in the person's body;
the file's layout cannot be merged into."""
LONG = 90
"""Longest value that a message shows whole, in code points."""


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can decide. `base`: what the machine said before, `theirs`: what it says now."""

    kind: Kind
    key: ItemKey
    """Where `mine` stands in the brief: ("figures", 2, "value"), or ("figures",) for what is not there yet."""
    line: int
    """1-based line of the file."""
    base: Any = None
    mine: Any = None
    theirs: Any = None

    @property
    def what(self) -> str:
        """The thing asked about: "value of this figure"."""
        if self.key[0] == "body":
            return "this paragraph"
        item = f"this {str(self.key[0]).rstrip('s')}"
        if len(self.key) == 1:
            return item if self.kind == "offered" else str(self.key[0])
        return f"{self.key[2]} of {item}" if len(self.key) > 2 else item


Answer = Literal["keep", "take"]
Answers = Callable[[Question, str | None], Answer | None]
"""What a person has answered to a question. The text is the day on which the item, or else the brief, was confirmed,
where that was done after the question was asked."""


def unanswered(_question: Question, _confirmed: str | None) -> None:
    """Nobody has answered anything."""


def confirmed(_question: Question, confirmed: str | None) -> Answer | None:
    """Who confirms an item after a question about it keeps it as it is."""
    return "keep" if confirmed else None


def finding(question: Question, brief: Brief) -> Diagnostic:
    """The question as it is reported."""
    at = next((brief.positions[question.key[:n]] for n in (3, 2, 1) if question.key[:n] in brief.positions), None)
    if at is None or at.line != question.line:
        at = Position(question.line, 1)
    line = brief.lines[at.line - 1] if at.line <= len(brief.lines) else ""
    message, help_ = _told(question, f"{brief.slug}:{at.line}")
    return Diagnostic("merge-conflict", Severity.WARNING, message, Location(brief.path, at, line), help_)


def _told(q: Question, place: str) -> tuple[str, str]:
    base, mine, theirs = (shown(value) for value in (q.base, q.mine, q.theirs))
    in_the_way = "one key or one item a line, without a comment in it, then annotate again"
    match q.kind:
        case "changed" | "layout" if q.kind == "changed" or type(q.mine) in ORDER:
            help_ = f"yours stays; to answer: review --keep {place}, or --take"
            help_ = help_ if q.kind == "changed" else f"the layout does not let it be changed: {in_the_way}"
            return f"{q.what}: you have {mine}, the machine now says {theirs} (it was {base})", help_
        case "gone":
            return (
                f"{q.what}: you have {mine}, the machine no longer finds it",
                f"yours stays; to answer: review --keep {place}, or --take (out)",
            )
        case "offered":
            return f"{q.what} is not in your brief: {theirs}", f"to answer: review --take {place}, or --keep (out)"
        case "unplaced":
            help_ = "yours stays until your body has the machine's words"
            return (
                f"{q.what}: you have {mine}, the machine now says {theirs}, in words that are not in your body",
                help_,
            )
    return f"{q.what}: what the machine changed was not merged in; the layout does not let it", in_the_way


def shown(value: Any) -> str:
    """A value as a message shows it."""
    if value in (None, (), ""):
        return "nothing"
    if type(value) in ORDER:
        return item_line(value).removeprefix("- ")
    text = flow(value)
    return text if len(text) <= LONG else text[:LONG].rstrip() + " …"


def bare(item: Any) -> Any:
    """An item without a person's confirmation: what can be compared with what the machine says."""
    return replace(item, reviewed=None) if getattr(item, "reviewed", None) else item
