"""The pages of a built site as search and cards see them; only pages that changed are read."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from nutgraf import store
from nutgraf.render.indexable import Indexable, as_page, indexable
from nutgraf.site import urls

SECTIONS = (urls.BRIEFS, urls.ACTORS, urls.SOURCES, urls.TOPICS)

FORMAT = 1
"""Of what is remembered and of what pages offer; another number makes everything anew."""
Entry = tuple[int, int, str, str]
"""Modification time in ns, size, digest of what the page offers ("" for nothing), month ("" for all but briefs)."""


@dataclass(frozen=True)
class Published:
    """What a built site offers, by file of the output folder."""

    output: Path
    entries: Mapping[str, Entry]
    fresh: Mapping[str, Indexable]
    """The pages that had to be read."""

    @cached_property
    def months(self) -> Mapping[str, str]:
        """The month of every page that offers something."""
        return {path: entry[3] for path, entry in self.entries.items() if entry[2]}

    def digest(self, path: str) -> str:
        """Stands for what a page offers."""
        return self.entries[path][2]

    def read(self, path: str) -> Indexable:
        """One of the pages that offer something."""
        found = self.fresh.get(path) or read(self.output, path)
        assert found is not None, path
        return found


def survey(output: Path, before: Mapping[str, Entry], changed: Collection[str] | None = None) -> Published:
    """Every page of the sections that are searched; those that are as they were `before` are not read.

    `changed` are the only files that may not be as they were; None: any may.
    """
    entries: dict[str, Entry] = {}
    fresh: dict[str, Indexable] = {}
    if changed is None:
        there = pages(output)
    else:
        suspect = {path for path in changed if _searched(path)}
        entries = {path: entry for path, entry in before.items() if path not in suspect}
        there = (output / path for path in sorted(suspect) if (output / path).is_file())
    for file in there:
        path, stat = file.relative_to(output).as_posix(), file.stat()
        old = before.get(path)
        if old and old[:2] == (stat.st_mtime_ns, stat.st_size):
            entries[path] = old
            continue
        page = read(output, path)
        told = (hashlib.sha256(as_page(page).encode()).hexdigest(), page.date[:7]) if page else ("", "")
        entries[path] = (stat.st_mtime_ns, stat.st_size, *told)
        fresh |= {path: page} if page else {}
    return Published(output, entries, fresh)


def pages(output: Path) -> Iterator[Path]:
    """Files of pages that may offer something, in order of path."""
    for section in SECTIONS:
        yield from sorted((output / section.strip("/")).glob("**/index.html"))


def _searched(path: str) -> bool:
    return f"/{path}".startswith(SECTIONS) and path.endswith("/index.html")


def read(output: Path, path: str) -> Indexable | None:
    """What one page offers to search."""
    url = "/" + path.removesuffix("index.html")
    return indexable(url, (output / path).read_bytes())


def recall(memory: Path) -> Mapping[str, Entry] | None:
    """What was known after the last run; None where nothing was, or it cannot be read."""
    try:
        number, told = json.loads(memory.read_bytes())
        if number != FORMAT:
            return None
        return {str(path): (int(e[0]), int(e[1]), str(e[2]), str(e[3])) for path, e in told.items()}
    except (OSError, ValueError, AttributeError, TypeError, IndexError):
        return None


def remember(memory: Path, pages: Published | None) -> None:
    """Keep what is known for the next run; None where nobody looked at the pages."""
    store.write_file(memory, json.dumps([FORMAT, pages and pages.entries]).encode())
