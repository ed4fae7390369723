"""The worklist as a page of the preview: what still needs a person's eyes, worst first."""

from collections.abc import Awaitable, Callable, Sequence
from html import escape
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from tornado.web import RequestHandler

from nutgraf.model.task import Task
from nutgraf.preview.pages import OWN, with_script
from nutgraf.site import urls

ADDRESS = "/_review/"
MOST = 500
"""Tasks on the page; `review` has all."""
VERSIONS = ("it was", "you have", "the machine now says")


class Worklist(RequestHandler):
    """Sends the page, made anew each time, off the event loop."""

    tasks: Callable[[], Awaitable[Sequence[Task]]]
    link: Callable[[str, int, int], str]
    """The address that opens a file at a place in the editor."""
    build: Callable[[], str]

    async def get(self) -> None:
        """The page."""
        mine: Any = type(self)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.write(with_script(worklist_page(await mine.tasks(), mine.link).encode(), mine.build()))


def worklist_page(tasks: Sequence[Task], link: Callable[[str, int, int], str]) -> str:
    """The page of some tasks, in their order."""
    groups = groupby(tasks[:MOST], key=lambda task: task.concern)
    parts = [_group(concern.slug.replace("-", " "), list(held), link) for concern, held in groups]
    more = f"<p>and {len(tasks) - MOST:,} more: <code>review</code> tells all</p>" if len(tasks) > MOST else ""
    told = f"{len(tasks):,} to look at, worst first" if tasks else "Nothing to look at."
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>What needs your eyes</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="stylesheet" href="{OWN}worklist.css"></head><body><main>'
        f'<p><a href="{urls.HOME}">The site</a></p><h1>What needs your eyes</h1><p>{told}</p>'
        f"{''.join(parts)}{more}</main></body></html>"
    )


def _group(name: str, tasks: Sequence[Task], link: Callable[[str, int, int], str]) -> str:
    items = "".join(_item(task, link) for task in tasks)
    return f"<section><h2>{escape(name.capitalize())} <span>{len(tasks)}</span></h2><ol>{items}</ol></section>"


def _item(task: Task, link: Callable[[str, int, int], str]) -> str:
    at = task.position
    address = link(task.path, at.line, at.column)
    place = f"{escape(task.path)}:{at.line}:{at.column}"
    opened = f'<a href="{escape(address)}">{place}</a>' if address else place
    page = escape(urls.brief(PurePosixPath(task.path).stem))
    rows = zip(VERSIONS, task.versions or (), strict=False)
    versions = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in rows)
    return (
        f"<li><p>{escape(task.message)}</p>{f'<dl>{versions}</dl>' if versions else ''}"
        f'<p class="place">{opened} · <a href="{page}">page</a></p></li>'
    )
