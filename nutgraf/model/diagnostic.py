"""Problems are values: collected along the way, reported together."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters; only errors fail a build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text file; both numbers count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Location:
    """Where a finding is: a path relative to the site's root, and the place in it where known."""

    path: str
    position: Position | None = None
    line_text: str = ""
    width: int = 1
    """How many code points of `line_text` the caret underlines."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: `code` is a slug, `message` the reason, `help` what to do or the nearest right thing."""

    code: str
    severity: Severity
    message: str
    location: Location
    help: str = ""
    wanted: tuple[str, str] | None = None
    """What kind of name was wanted and the word that stands there ("topic", "migratoin"): the check of the whole site
    puts the nearest right one into `help`, so that a brief's own findings rest on that brief alone."""
