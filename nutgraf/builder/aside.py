"""Work that a process of its own does meanwhile, where there can be one, and that this one may share in."""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator


class Aside:
    """A task in parts that gives paths; done when it is asked for them, where no other process can do it before."""

    def __init__(self, task: Callable[[Iterable[int]], Iterable[str]], parts: int) -> None:
        self._task, self._parts, self._child, self._pipe, self._queue = task, range(parts), 0, -1, -1
        self._found: set[str] = set()
        """What this process has done."""
        if hasattr(os, "fork") and threading.active_count() == 1:
            self._begin()

    def _begin(self) -> None:
        self._queue, parts = os.pipe()
        os.write(parts, bytes(self._parts))
        os.close(parts)
        self._pipe, end = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            failed = 1
            try:
                with open(end, "wb") as file:  # noqa: PTH123 (no path)
                    file.write("\0".join(self._task(self._left())).encode("utf-8", "surrogateescape"))
                failed = 0
            finally:
                os._exit(failed)
        os.close(end)

    def _left(self) -> Iterator[int]:
        """The parts that neither process has begun, one after the other."""
        while part := os.read(self._queue, 1):
            yield part[0]

    def help(self) -> None:
        """Do what the other process has not begun."""
        if self._child:
            self._found.update(self._task(self._left()))

    def answer(self) -> set[str]:
        """The paths. Where the other process failed, the task is done again here, and raises what it raised there."""
        if self._child == 0:
            return set(self._task(self._parts))
        child, self._child = self._child, 0
        os.close(self._queue)
        with open(self._pipe, "rb") as file:  # noqa: PTH123 (no path)
            told = file.read().decode("utf-8", "surrogateescape")
        return self.answer() if os.waitpid(child, 0)[1] else self._found | set(filter(None, told.split("\0")))

    def drop(self) -> None:
        """Nobody needs the answer any more."""
        if self._child:
            child, self._child = self._child, 0
            os.close(self._queue)
            os.close(self._pipe)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
