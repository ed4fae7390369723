"""Findings as the overlay shows them: what the terminal says, with a link that opens the editor at the line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any
from urllib.parse import quote

from nutgraf.model.diagnostic import Diagnostic, Severity

MOST = 100
"""Findings that are shown; the terminal and `check` have all."""


@dataclass(frozen=True, slots=True)
class Problems:
    """Findings of the last build, and whether they kept it from being shown."""

    findings: Sequence[Diagnostic] = ()
    kept: bool = False
    """Whether the last good site stays."""

    def told(self, root: Path, editor: str, excerpt: Callable[[Diagnostic], list[str]]) -> dict[str, Any]:
        """As JSON: errors first, `excerpt` giving the lines that show the place."""
        order = list(Severity)
        worst = sorted(self.findings, key=lambda d: order.index(d.severity))
        shown = [d for d in worst if d.severity is not Severity.INFO]
        return {
            "kept": self.kept,
            "counts": {str(s): sum(d.severity is s for d in shown) for s in (Severity.ERROR, Severity.WARNING)},
            "findings": [_finding(d, root, editor, excerpt) for d in shown[:MOST]],
            "more": max(0, len(shown) - MOST),
        }


def _finding(d: Diagnostic, root: Path, editor: str, excerpt: Callable[[Diagnostic], list[str]]) -> dict[str, Any]:
    at = d.location.position
    return {
        "severity": str(d.severity),
        "code": d.code,
        "path": d.location.path,
        "place": f":{at.line}:{at.column}" if at else "",
        "message": d.message,
        "excerpt": dedent("\n".join(excerpt(d))).splitlines(),
        "help": d.help,
        "editor": editor_link(editor, root / d.location.path, at.line if at else 1, at.column if at else 1),
    }


def editor_link(pattern: str, path: Path, line: int, column: int) -> str:
    """The address that opens a file at a place: {path} (absolute, with its slash), {line} and {column} put in."""
    absolute = path.resolve().as_posix()
    absolute = absolute if absolute.startswith("/") else f"/{absolute}"
    values = {"{path}": quote(absolute), "{line}": str(line), "{column}": str(column)}
    for name, value in values.items():
        pattern = pattern.replace(name, value)
    return pattern
