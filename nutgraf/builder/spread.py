"""Work spread over processes, in large pieces; the results are the same for any number of them."""

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

FEW, FEW_FRESH = 48, 400
"""Items that one process has done before another has started: forked, or afresh."""
PIECE = 200
"""Most items of one piece: what comes back of it is in memory at once."""
Item = TypeVar("Item")
Result = TypeVar("Result")
Shared = TypeVar("Shared")


def default_jobs() -> int:
    """As many processes as there are processors that this one may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def spread(
    task: Callable[[Shared, tuple[Item, ...]], Result], shared: Shared, items: Sequence[Item], jobs: int
) -> Iterator[Result]:
    """What `task` makes of the items, piece by piece and in order. All workers have the same `shared`."""
    size = max(1, min(PIECE, len(items) // (4 * max(jobs, 1))))
    pieces = [tuple(items[i : i + size]) for i in range(0, len(items), size)]
    # A forked child has all that its parent read; where other threads may hold locks, it must start afresh.
    fork = sys.platform == "linux" and threading.active_count() == 1
    if jobs <= 1 or len(items) <= (FEW if fork else FEW_FRESH):
        if len(items) > FEW:
            _collect_young()
        yield from (task(shared, piece) for piece in pieces)
        return
    import multiprocessing  # slow to load, and of no use to a small edit
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if fork else "spawn")
    with ProcessPoolExecutor(jobs, context, _share, (shared,)) as pool:
        yield from pool.map(partial(_work, task), pieces)


_shared: list[Any] = []
"""This worker process's own."""


def _share(shared: Any) -> None:
    _shared[:] = [shared]
    gc.freeze()  # what was there before is not looked through, and stays shared with the parent
    _collect_young()


def _collect_young() -> None:
    """Templates leave cyclic garbage that is never old: what is kept of briefs need not be looked through for it."""
    gc.set_threshold(50_000, 20, 10_000)
    gc.enable()


def _work(task: Callable[[Any, Any], Result], piece: Any) -> Result:
    return task(_shared[0], piece)
