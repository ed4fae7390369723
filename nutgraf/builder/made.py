"""What is known of pages that were drawn."""

from array import array
from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

from nutgraf.builder.stamps import Stamp
from nutgraf.site.link import Facet


class Drawn(NamedTuple):
    """One page as it was drawn."""

    url: str
    template: str
    arguments: bytes
    """Digest of what its plan had found out for it."""
    trace: bytes
    """Numbers of the facets that were looked at, each four bytes, in order."""
    files: tuple[tuple[str, Stamp], ...]


class Made(NamedTuple):
    """The pages of one plan."""

    name: str
    trace: bytes
    pages: tuple[Drawn | str, ...]
    """Those that are as they were by their addresses only."""


def number_of(facet: Facet) -> int:
    """What stands for a facet in traces, 32 bits. Where two had one number, a page would be drawn once too often."""
    return crc32("\0".join(facet).encode("utf-8", "surrogatepass"))


def traces(plan: Made) -> "Iterator[array[int]]":
    """The traces of a plan and of its pages."""
    yield array("I", plan.trace)
    yield from (array("I", page.trace) for page in plan.pages if isinstance(page, Drawn))
