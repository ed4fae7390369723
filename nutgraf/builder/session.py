"""A site that is built again and again by one process, as the preview does."""

from collections.abc import Collection
from pathlib import Path

from nutgraf import store
from nutgraf.builder.content import read_content
from nutgraf.builder.publish import BuildOptions, Built, build


class Session:
    """One site and how to build it; what a build has read stays in memory for the next."""

    def __init__(self, root: Path, options: BuildOptions, settings: str = store.SETTINGS) -> None:
        self.root, self.options, self.settings = root, options, settings

    def rebuild(self, changed_paths: Collection[str] | None = None) -> Built:
        """Build. `changed_paths`, relative to the root, are those that may have changed; None: any may have."""
        return build(self.root, read_content(self.root, self.settings), self.options)
