"""A proposal's file (JSON, so that nobody takes it for a brief) to its value and back."""

import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

from nutgraf.formats.front_matter import Node, diagnostic, split_lines
from nutgraf.formats.schema import validate
from nutgraf.model.brief import Proposal
from nutgraf.model.diagnostic import Diagnostic, Position


def write_proposal(proposal: Proposal) -> str:
    """Readable JSON, the same bytes for the same proposal; what is empty is left out."""
    shares = {name: tuple(round(share, 3) for share in all_) for name, all_ in proposal.confidence.items()}
    return json.dumps(_plain(replace(proposal, confidence=shares)), ensure_ascii=False, indent=1) + "\n"


def parse_proposal(text: str, path: str) -> tuple[Proposal | None, tuple[Diagnostic, ...]]:
    """The proposal in a file's text; one that cannot be read is a finding, and is made anew by annotating again."""
    lines = split_lines(text)
    help_ = "annotate its article again: the brief stays as it is, and this file is written anew"
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as problem:
        at = Position(getattr(problem, "lineno", 1), getattr(problem, "colno", 1))
        return None, (diagnostic("broken-proposal", f"this is no JSON: {problem}", path, lines, at, help_),)
    proposal, problems = validate(Proposal, Node(value), path, lines)
    if problems:
        return None, (diagnostic("broken-proposal", problems[0].message, path, lines, Position(1, 1), help_),)
    return proposal, ()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        pairs = ((f.name, f.default, getattr(value, f.name)) for f in fields(value))
        return {name: _plain(held) for name, default, held in pairs if held != default and held not in (None, (), {})}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in sorted(value.items())}
    return value
