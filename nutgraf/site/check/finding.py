"""A finding at a node of a file's front matter, or at words of its body."""

import re
from dataclasses import replace

from nutgraf.model.brief import Brief, ItemKey, Page
from nutgraf.model.diagnostic import Diagnostic, Location, Position
from nutgraf.model.findings import report

_SCALAR = re.compile(r'\{[^{}]*\}|"(?:[^"\\]|\\.)*"|\'[^\']*\'|[^,}\]\s](?:[^,}\]]*[^,}\]\s])?')
"""A value as a brief writes it within one line."""
Holder = Brief | Page


def finding(
    code: str, holder: Holder, key: ItemKey, message: str, help_: str = "", wanted: tuple[str, str] | None = None
) -> Diagnostic:
    """A finding at a node of a file's front matter."""
    at = next((holder.positions[key[:n]] for n in range(len(key), -1, -1) if key[:n] in holder.positions), None)
    line = _line(holder, at) if at else ""
    width = len(match[0]) if at and (match := _SCALAR.match(line, at.column - 1)) else 1
    return replace(report(code, message, Location(holder.path, at, line, max(width, 1)), help_), wanted=wanted)


def in_body(
    code: str, holder: Holder, at: Position, width: int, message: str, help_: str, wanted: tuple[str, str] | None
) -> Diagnostic:
    """A finding at a place of the body."""
    return replace(report(code, message, Location(holder.path, at, _line(holder, at), width), help_), wanted=wanted)


def _line(holder: Holder, at: Position) -> str:
    return holder.lines[at.line - 1] if at.line <= len(holder.lines) else ""
