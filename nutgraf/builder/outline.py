"""Briefs as findings of the whole site see them, without their files being read again where nothing is found."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from nutgraf.builder.scan import whole_brief
from nutgraf.model.brief import Body, Brief, FrontMatter, ItemKey
from nutgraf.model.diagnostic import Position
from nutgraf.site.facts import Listed

_EMPTY = Body("", "")


class Outline(Brief):
    """A brief that knows what is listed of it, and reads the rest when it is asked for."""

    __slots__ = ("_has_links", "_listed", "_root", "_whole")
    _has_links: bool
    _listed: Listed
    _root: Path
    _whole: Brief | None

    def __init__(self, root: Path, listed: Listed, has_links: bool) -> None:
        for name, value in (("_root", root), ("_listed", listed), ("_has_links", has_links), ("_whole", None)):
            object.__setattr__(self, name, value)

    @property
    def listed(self) -> Listed:
        return self._listed

    @property
    def whole(self) -> Brief:
        """The brief's file, read."""
        if self._whole is None:
            object.__setattr__(self, "_whole", whole_brief(self._root, self._listed.path))
        assert self._whole
        return self._whole

    @property
    def slug(self) -> str:
        return self._listed.slug

    @property
    def path(self) -> str:
        return self._listed.path

    @property
    def front(self) -> FrontMatter:
        return cast("FrontMatter", _Front(self))

    @property
    def body(self) -> Body:
        return self.whole.body if self._has_links else _EMPTY

    @property
    def positions(self) -> Mapping[ItemKey, Position]:
        return self.whole.positions

    @property
    def lines(self) -> tuple[str, ...]:
        return self.whole.lines


class _Front:
    """The front matter of an outline."""

    __slots__ = ("_listed", "_outline")

    def __init__(self, outline: Outline) -> None:
        self._outline, self._listed = outline, outline.listed

    @property
    def actors(self) -> Any:
        return self._listed.cast

    @property
    def sources(self) -> Any:
        return tuple(_Named(name) for _, name, _ in self._listed.sources)

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(label for _, label in self._listed.topics)

    @property
    def article(self) -> str | None:
        return self._listed.article

    @property
    def status(self) -> str:
        return self._listed.status

    @property
    def date(self) -> str:
        return self._listed.date

    def __getattr__(self, name: str) -> Any:
        return getattr(self._outline.whole.front, name)


class _Named:
    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name
