"""What is made of a built site once its pages are out: the search index and the cards.

Both rest on the pages as published, so they need nothing that the build had in memory and keep off the way of an edit.
"""

from dataclasses import dataclass
from pathlib import Path

from nutgraf.builder.cards import remove_cards, update_cards
from nutgraf.builder.published import recall, remember, survey
from nutgraf.builder.search import Indexed, remove_index, update_index
from nutgraf.model.config import Config


@dataclass(frozen=True, slots=True)
class Finished:
    """What was made."""

    index: Indexed | None
    cards: int


def finish(output: Path, config: Config, memory: Path) -> Finished:
    """Bring the search index and the cards of a built site up to date.

    `memory` is a disposable file of what the last run saw. It is gone while a run is at work, so that one which broke
    off is begun anew.
    """
    before = recall(memory)
    memory.unlink(missing_ok=True)
    pages = survey(output, before)
    cards = update_cards(output, config.title, pages) if config.cards else 0
    index = update_index(output, config.language, pages) if config.search else None
    if not config.cards:
        remove_cards(output)
    if not config.search:
        remove_index(output)
    if index is None or not index.failed:
        remember(memory, pages)
    return Finished(index, cards)
