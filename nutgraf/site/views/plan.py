"""What pages there are, before any of them is made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from nutgraf.model.views import FeedView, PageView

FEED = ""
"""In place of a template."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One page that can be made: `view(site, *arguments)` gives what it shows.

    `view` is a function of a module. All that a plan has found out and a page shows is in `arguments`: plain data,
    briefs and entries. So a page is as it was when its arguments, and whatever it looked at, are as they were.
    """

    url: str
    template: str
    view: Callable[..., PageView | FeedView]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A group of pages that is planned as one: those of an actor, or of a list."""

    name: str
    """Unique within the site."""
    pages: Callable[..., Iterable[Planned]]
    arguments: tuple[Any, ...] = ()
