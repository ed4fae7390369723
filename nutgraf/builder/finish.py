"""What is made of a built site once its pages are out: the search index and the cards.

Both rest on the pages as published, so they need nothing that the build had in memory and keep off the way of an edit.
"""

from dataclasses import dataclass
from pathlib import Path

from nutgraf.builder.cards import update_cards
from nutgraf.builder.kept import FINISHED
from nutgraf.builder.published import recall, remember, survey
from nutgraf.builder.search import Indexed, update_index
from nutgraf.model.config import Config

MEMORY = FINISHED
"""Gone while a run is at work, so that one which broke off is begun anew."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What was made."""

    index: Indexed | None
    cards: int


def is_finished(caches: Path) -> bool:
    """Whether the last run came to its end."""
    return (caches / MEMORY).is_file()


def finish(output: Path, config: Config, caches: Path) -> Finished:
    """Bring the search index and the cards of a built site up to date."""
    memory = caches / MEMORY
    before = recall(memory)
    memory.unlink(missing_ok=True)
    pages = survey(output, before)
    cards = update_cards(output, config.title, pages) if config.cards else 0
    index = update_index(output, config.language, pages) if config.search else None
    if index is None or not index.problem:
        remember(memory, pages)
    return Finished(index, cards)
