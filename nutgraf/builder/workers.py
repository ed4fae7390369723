"""Processes that annotate, each with an engine of its own, loaded once. Where one dies, the others' work goes on."""

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from functools import lru_cache, partial
from itertools import islice
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:  # a third of a second, in which processes can begin to make ready
    from nutgraf.engine import Engine
    from nutgraf.model.brief import Page
    from nutgraf.model.config import AnnotateConfig

CHUNK = 4
"""Items that travel together."""
AHEAD = 3
"""Chunks for each process that are under way or done and not yet asked for: what is in memory at once."""
LIMIT = 100
"""Seconds of processor time for one item. An article takes a tenth of one; ten thousand brackets in a row, minutes."""
_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
"""How processes start. A fork of this one would take over its threads and locks; that of a server has no threads."""
Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Sequence[Any]], list[Any]]


class Pool(Protocol):
    """Where chunks are worked on."""

    processes: int
    deaths: tuple[type[Exception], ...]
    """What a result raises when the process that worked on it has died."""

    def submit(self, work: Work, items: Sequence[Any]) -> Future[list[Any]]:
        """Work on a chunk, some time."""

    def alone(self, work: Work, item: Any) -> Future[list[Any]]:
        """Work on one item where its death takes no other with it."""

    def close(self) -> None:
        """Drop what has not begun."""


def annotated(
    task: Callable[["Engine", Item], Result],
    lost: Callable[[Item], Result],
    items: Iterable[Item],
    settings: "AnnotateConfig",
    topics: tuple["Page", ...] = (),
    pool: Pool | None = None,
) -> Iterator[Result]:
    """`task` of each item, in order, whatever the pool; without one, in this process.

    A task that raises ends the run; it gets a TimeoutError after `LIMIT`. An item whose process dies is tried once more
    by itself; `lost` says what stands in its place when that dies too.
    """
    if pool is None:
        from nutgraf.engine import Engine

        engine = Engine(settings, topics)
        yield from (_limited(task, engine, item) for item in items)
        return
    work = partial(_work, task, pickle.dumps((settings, topics)))
    rest, waiting = iter(items), deque[tuple[list[Item], Future[list[Result]]]]()
    try:
        while chunk := list(islice(rest, CHUNK)):
            waiting.append((chunk, pool.submit(work, chunk)))
            if len(waiting) >= AHEAD * pool.processes:
                yield from _results(pool, work, lost, *waiting.popleft())
        while waiting:
            yield from _results(pool, work, lost, *waiting.popleft())
    finally:
        pool.close()


def _results(
    pool: Pool, work: Work, lost: Callable[[Item], Result], chunk: Sequence[Item], future: Future[list[Result]]
) -> Iterator[Result]:
    try:
        yield from future.result()
    except pool.deaths:
        for item in chunk:
            try:
                yield from pool.alone(work, item).result()
            except pool.deaths:
                yield lost(item)


def make_ready() -> None:
    """Begin to import what processes of this machine will need, once for all, while this one goes on."""
    if _METHOD == "forkserver":
        from multiprocessing import forkserver

        forkserver.set_forkserver_preload(["nutgraf.engine.preload"])
        forkserver.ensure_running()


class Processes:
    """Processes of this machine."""

    deaths: tuple[type[Exception], ...] = (BrokenExecutor,)

    def __init__(self, processes: int) -> None:
        make_ready()
        self.processes = processes
        self._context = multiprocessing.get_context(_METHOD)
        self._lifeline, self._held = self._context.Pipe(duplex=False)
        self._pools: dict[str, ProcessPoolExecutor] = {}

    def submit(self, work: Work, items: Sequence[Any]) -> Future[list[Any]]:
        """Work on a chunk in one of the processes."""
        return self._submit("many", self.processes, work, items)

    def alone(self, work: Work, item: Any) -> Future[list[Any]]:
        """Work on one item in a process that works on nothing else."""
        return self._submit("one", 1, work, [item])

    def close(self) -> None:
        """End the processes, whatever they have in hand."""
        self._held.close()
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, name: str, processes: int, work: Work, items: Sequence[Any]) -> Future[list[Any]]:
        if name in self._pools:
            try:
                return self._pools[name].submit(work, items)
            except BrokenExecutor:
                self._pools.pop(name).shutdown(wait=False)
        self._pools[name] = ProcessPoolExecutor(processes, self._context, _start, (self._lifeline,))
        return self._pools[name].submit(work, items)


def _start(lifeline: Connection) -> None:
    """Leave an interrupt to the process that asked for the work; end when it lets go of the other end, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    lifeline.poll(None)
    os._exit(1)


def _work(task: Callable[["Engine", Any], Any], payload: bytes, items: Sequence[Any]) -> list[Any]:
    engine = _engine(payload)
    return [_limited(task, engine, item) for item in items]


def _limited(task: Callable[["Engine", Item], Result], engine: "Engine", item: Item) -> Result:
    """The task's result, within the limit where the system can keep one."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        return task(engine, item)
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        return task(engine, item)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(number: int, frame: object) -> None:
    raise TimeoutError(f"took more than {LIMIT} seconds of processor time")


@lru_cache(maxsize=1)
def _engine(payload: bytes) -> "Engine":
    """This process's own, for pickled settings and topics."""
    from nutgraf.engine import Engine

    return Engine(*pickle.loads(payload))
