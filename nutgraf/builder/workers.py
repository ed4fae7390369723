"""Worker processes, each with an engine of its own that is loaded once."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

from nutgraf.engine import Engine
from nutgraf.model.brief import Page
from nutgraf.model.config import AnnotateConfig

WINDOW = 256
"""Items that are in memory at once."""
Item = TypeVar("Item")
Result = TypeVar("Result")


def annotated(
    task: Callable[[Engine, Item], Result],
    items: Iterable[Item],
    settings: AnnotateConfig,
    topics: tuple[Page, ...] = (),
    jobs: int = 1,
) -> Iterator[Result]:
    """`task` of each item, in order, by `jobs` processes; the results are the same for any number of them."""
    if jobs <= 1:
        engine = Engine(settings, topics)
        yield from (task(engine, item) for item in items)
        return
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(settings, topics)) as pool:
        rest = iter(items)
        while window := list(islice(rest, WINDOW)):
            chunk = max(1, min(8, len(window) // jobs))
            yield from pool.map(_run, [task] * len(window), window, chunksize=chunk)


_engine: list[Engine] = []
"""This worker process's own."""


def _start(settings: AnnotateConfig, topics: tuple[Page, ...]) -> None:
    _engine[:] = [Engine(settings, topics)]


def _run(task: Callable[[Engine, Item], Result], item: Item) -> Result:
    return task(_engine[0], item)
