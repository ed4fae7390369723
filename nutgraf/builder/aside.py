"""Work that a process of its own does meanwhile, where there can be one."""

import os
import signal
import threading
from collections.abc import Callable, Iterable


class Aside:
    """A task that gives paths; it is done when it is asked for them, where no other process can do it before."""

    def __init__(self, task: Callable[[], Iterable[str]]) -> None:
        self._task, self._child, self._pipe = task, 0, -1
        if hasattr(os, "fork") and threading.active_count() == 1:
            self._begin()

    def _begin(self) -> None:
        self._pipe, end = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            failed = 1
            try:
                with open(end, "wb") as file:  # noqa: PTH123 (no path)
                    file.write("\0".join(self._task()).encode("utf-8", "surrogateescape"))
                failed = 0
            finally:
                os._exit(failed)
        os.close(end)

    def answer(self) -> set[str]:
        """The paths. Where the other process failed, the task is done again here, and raises what it raised there."""
        if self._child == 0:
            return set(self._task())
        child, self._child = self._child, 0
        with open(self._pipe, "rb") as file:  # noqa: PTH123 (no path)
            told = file.read().decode("utf-8", "surrogateescape")
        return self.answer() if os.waitpid(child, 0)[1] else set(filter(None, told.split("\0")))

    def drop(self) -> None:
        """Nobody needs the answer any more."""
        if self._child:
            child, self._child = self._child, 0
            os.close(self._pipe)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
