"""Root-relative addresses ("/actors/joe-biden/") made relative to the page that links to them."""

from collections.abc import Callable

Relative = Callable[[str], str]
"""Turns a root-relative address into one fit for the page being rendered."""


def relative_to(page: str) -> Relative:
    """A function that rewrites root-relative addresses for the page at `page`; others pass unchanged."""
    parts = page.split("/")[1:-1]
    above = [("/" + "".join(f"{part}/" for part in parts[:n]), "../" * (len(parts) - n)) for n in range(len(parts) + 1)]
    above.reverse()

    def relative(url: str) -> str:
        if not url.startswith("/") or url.startswith("//"):
            return url
        if url.startswith(page) and url[len(page) : len(page) + 1] == "#":
            return url[len(page) :]
        folder, steps = next(pair for pair in above if url.startswith(pair[0]))
        rest = url[len(folder) :]
        return steps + rest if rest and (steps or rest[0] != "#") else (steps or "./") + rest

    return relative
