"""What still needs a person's eyes."""

from dataclasses import dataclass
from enum import IntEnum

from nutgraf.model.diagnostic import Position


class Concern(IntEnum):
    """Why, worst first."""

    CONFLICT = 1
    HEADLINE_FIGURE = 2
    SINGLE_SOURCE = 3
    UNNAMED_SPEAKER = 4
    LOW_CONFIDENCE = 5
    UNREVIEWED = 6

    @property
    def slug(self) -> str:
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to look at in a brief."""

    concern: Concern
    path: str
    position: Position
    message: str
    confidence: float = 0.0
    """The machine's, 0 to 1, that the item needs no correction; the least sure come first."""
    versions: tuple[str, str, str] | None = None
    """Of a conflict: what the machine said before, what the person has, what the machine says now."""
    day: str = ""
    """ISO day of the brief; the latest come first."""

    @property
    def order(self) -> tuple[int, float, str, str, Position]:
        """Worst first, then the least sure, then the latest."""
        latest = "".join(chr(ord("9") - ord(c) + ord("0")) if c.isdigit() else c for c in self.day)
        return self.concern, self.confidence, latest, self.path, self.position
