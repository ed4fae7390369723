"""Root-relative addresses ("/actors/joe-biden/") made relative to the page that links to them."""

from collections.abc import Callable
from functools import cache

Relative = Callable[[str], str]
"""Turns a root-relative address into one fit for the page being rendered."""


def up_from(page: str) -> str:
    """What leads from a page to the site's root when a root-relative address follows: "../.." or "."."""
    return _up(page.count("/") - 1)


@cache
def _up(depth: int) -> str:
    """One string for all pages of a depth, so that what goes by it can be told by its identity."""
    return "/".join([".."] * depth) or "."


@cache
def relative_to(up: str) -> Relative:
    """The function that rewrites root-relative addresses by what leads up to the root; others pass unchanged."""
    return lambda url: up + url if url.startswith("/") and not url.startswith("//") else url
