"""Root-relative addresses ("/actors/joe-biden/") made relative to the page that links to them."""

from collections.abc import Callable
from posixpath import relpath

Relative = Callable[[str], str]
"""Turns a root-relative address into one fit for the page being rendered."""


def relative_to(page: str) -> Relative:
    """A function that rewrites root-relative addresses for the page at `page`; others pass unchanged."""
    folder = page[: page.rfind("/") + 1]

    def relative(url: str) -> str:
        if not url.startswith("/") or url.startswith("//"):
            return url
        path, mark, fragment = url.partition("#")
        if path == page and mark:
            return mark + fragment
        steps = relpath(path, folder)
        if path.endswith("/"):
            steps = "./" if steps == "." else steps + "/"
        return steps + mark + fragment

    return relative
