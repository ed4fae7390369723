"""What is made of a built site once its pages are out: the search index and the cards.

Both rest on the pages as published, so they need nothing that the build had in memory and keep off the way of an edit.
"""

from collections.abc import Collection
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


def begin(memory: Path) -> bool:
    """Note that pages are about to change; whether everything was finished before.

    `memory` is a disposable file of what the last run saw. It is elsewhere while a run is at work, so that one which
    broke off is not taken for finished.
    """
    try:
        memory.replace(_pending(memory))
    except FileNotFoundError:
        return False
    return True


def finish(output: Path, config: Config, memory: Path, changed: Collection[str] | None = None) -> Finished:
    """Bring the search index and the cards of a built site up to date.

    `changed` are the files written or removed since everything was finished; None: any may have been.
    """
    begin(memory)
    pending = _pending(memory)
    if not config.cards:
        remove_cards(output)
    if not config.search:
        remove_index(output)
    pages, done = None, Finished(None, 0)
    if config.cards or config.search:
        before = recall(pending)
        pages = survey(output, before or {}, None if before is None else changed)
        cards = update_cards(output, config.title, pages) if config.cards else 0
        done = Finished(update_index(output, config.language, pages) if config.search else None, cards)
    if done.index is None or not done.index.failed:
        remember(memory, pages)
    pending.unlink(missing_ok=True)
    return done


def _pending(memory: Path) -> Path:
    return memory.with_suffix(".pending")
