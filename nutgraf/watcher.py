"""Saves, as the operating system tells them (watchfiles): a burst is one, and the time a file carries is no matter.

The site's own folder is watched without the folders below it, for site.yaml and for folders that come and go; the
folders of the site with all that is in them. So what the preview writes under .nutgraf/ wakes nobody.
"""

import threading
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from watchfiles import BaseFilter, Change, DefaultFilter, watch

QUIET = 10
"""Milliseconds without another save after which a burst is over."""
LONGEST = 400
"""Milliseconds after which a burst that goes on is told all the same."""
Changed = frozenset[str] | None
"""Paths relative to the site's folder; None where any may have changed, as when a folder came or went."""


class Saves:
    """Watches a site in threads of its own, which end with the process or with `stop`."""

    def __init__(self, root: Path, watched: Collection[str], tell: Callable[[Changed], None]) -> None:
        """`watched` are folders and files right under `root`; `tell` is called from a thread."""
        self.root, self.watched, self.tell = root.resolve(), frozenset(watched), tell
        self._ended = threading.Event()
        self._folders_changed = threading.Event()
        self._top = _Own(self.root, self.watched)

    def start(self) -> None:
        """Begin to watch."""
        for task in (self._watch_top, self._watch_folders):
            threading.Thread(target=task, daemon=True).start()

    def stop(self) -> None:
        """Tell nothing any more."""
        self._ended.set()
        self._folders_changed.set()

    def _watch_top(self) -> None:
        for changes in self._changes([self.root], self._ended, recursive=False):
            if any((self.root / path).is_dir() or "." not in path for path in changes):
                self._folders_changed.set()
                self.tell(None)
            else:
                self.tell(frozenset(changes))

    def _watch_folders(self) -> None:
        while not self._ended.is_set():
            self._folders_changed.clear()
            there = [self.root / name for name in sorted(self.watched) if (self.root / name).is_dir()]
            if not there:
                self._folders_changed.wait()
            for changes in self._changes(there, self._folders_changed, recursive=True) if there else ():
                self.tell(self._files(changes))

    def _changes(self, paths: Iterable[Path], ended: threading.Event, recursive: bool) -> Iterable[set[str]]:
        every = watch(
            *paths,
            watch_filter=self._top,
            debounce=LONGEST,
            step=QUIET,
            stop_event=ended,
            recursive=recursive,
            raise_interrupt=False,
        )
        for changes in every:
            yield {Path(path).relative_to(self.root).as_posix() for _, path in changes}

    def _files(self, changes: set[str]) -> Changed:
        """The changed files; None where a folder is among them, of which not every file is told."""
        for path in changes:
            there = self.root / path
            if there.is_dir() or (not there.exists() and not there.suffix):
                return None
        return frozenset(changes)


class _Own(BaseFilter):
    """Lets through the site's own files: not what editors put beside them, and nothing hidden."""

    ignore_entity_patterns = DefaultFilter.ignore_entity_patterns

    def __init__(self, root: Path, watched: frozenset[str]) -> None:
        super().__init__()
        self._root, self._watched = root, watched

    def __call__(self, change: Change, path: str) -> bool:
        parts = Path(path).relative_to(self._root).parts
        hidden = any(part.startswith(".") for part in parts)
        return bool(parts) and parts[0] in self._watched and not hidden and super().__call__(change, path)
