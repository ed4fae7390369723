"""Findings as a person, a program or GitHub reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nutgraf.model.diagnostic import Diagnostic, Severity

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
EXCERPT = 100
"""Longest piece of a line that is shown, in code points."""
VISIBLE = {9: " ", 127: "\u2421"} | {code: chr(0x2400 + code) for code in range(32) if code != 9}
"""Control characters as Unicode draws them: none of a person's file reaches the terminal raw."""


def as_text(diagnostics: Iterable[Diagnostic], colour: bool = False) -> str:
    """path:line:column: severity: message [code], the line with a caret, and the help."""
    return "".join(f"{one}\n" for one in (text_of(d, colour) for d in diagnostics))


def text_of(d: Diagnostic, colour: bool) -> str:
    """One finding over a few lines."""
    severity = f"\033[{COLOURS[d.severity]}m{d.severity}\033[0m" if colour else str(d.severity)
    lines = [f"{place(d)}: {severity}: {d.message} [{d.code}]", *excerpt(d)]
    if d.help:
        lines.append(f"    = {d.help}")
    return "\n".join(lines)


def place(d: Diagnostic) -> str:
    """path:line:column, as far as known."""
    at = d.location.position
    return f"{d.location.path}:{at.line}:{at.column}" if at else d.location.path


def excerpt(d: Diagnostic) -> list[str]:
    """The line the finding is on, cut around the place, and a caret under it."""
    at, line = d.location.position, d.location.line_text.translate(VISIBLE)
    if at is None or not line.strip():
        return []
    start = max(0, min(at.column - 1 - EXCERPT // 2, len(line) - EXCERPT))
    shown = line[start : start + EXCERPT]
    lead = f"{at.line:>5} | "
    width = max(1, min(d.location.width, len(shown) - (at.column - 1 - start)))
    return [lead + shown, " " * (len(lead) - 2) + "| " + " " * (at.column - 1 - start) + "^" * width]


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of objects: code, severity, message, path, line, column, help."""
    import json

    rows = [
        {
            "code": d.code,
            "severity": str(d.severity),
            "message": d.message,
            "path": d.location.path,
            "line": d.location.position.line if d.location.position else None,
            "column": d.location.position.column if d.location.position else None,
            "help": d.help,
        }
        for d in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Workflow commands, which GitHub shows beside the changed lines."""

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def one(d: Diagnostic) -> str:
        at = d.location.position
        where = f",line={at.line},col={at.column}" if at else ""
        said = f"{escaped(d.message)} {escaped(d.help)}"
        return f"::{GITHUB[d.severity]} file={d.location.path}{where},title={d.code}::{said}"

    return "".join(f"{one(d).rstrip()}\n" for d in diagnostics)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Errors and warnings by number, or "nothing to mend": what is only told is not counted."""
    counts = [(s, sum(d.severity is s for d in diagnostics)) for s in (Severity.ERROR, Severity.WARNING)]
    return ", ".join(f"{n} {s}{'s' if n > 1 else ''}" for s, n in counts if n) or "nothing to mend"


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after; `before` empty where it is new."""

    path: str
    before: str
    after: str
    was: str | None = None
    """Its former path, where it moves."""


def as_diff(changes: Iterable[Change], colour: bool = False) -> str:
    """Unified diffs; line ends are not shown, so a file that differs in those alone shows nothing."""
    import difflib

    lines: list[str] = []
    for change in changes:
        before, after = (split_lines(text) for text in (change.before, change.after))
        lines += difflib.unified_diff(before, after, change.was or change.path, change.path, lineterm="", n=1)
    return "".join(f"{_painted(line) if colour else line}\n" for line in lines)


def split_lines(text: str) -> list[str]:
    """Lines as editors count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n") if text else []


def _painted(line: str) -> str:
    paint = {"+": "32", "-": "31", "@": "36"}.get(line[:1])
    return f"\033[{paint}m{line}\033[0m" if paint else line
