"""A Dask cluster as the place where articles are annotated."""

from collections.abc import Sequence
from concurrent.futures import Future
from importlib import import_module
from typing import Any

from nutgraf import __version__
from nutgraf.builder.workers import Work

SECONDS = 20
"""Within which a cluster must answer."""


class ClusterError(Exception):
    """The cluster cannot be used as it is."""


class Cluster:
    """The workers of a scheduler at an address like tcp://host:8786.

    Each needs this version of nutgraf and the model, and one thread: `dask worker --nthreads 1 tcp://host:8786`.
    Whoever can reach a scheduler can run any code on its workers and read the articles; tls:// keeps others out.
    """

    def __init__(self, address: str) -> None:
        try:
            dask: Any = import_module("distributed")
        except ImportError:
            raise ClusterError("--executor wants the package distributed: pip install 'nutgraf[cluster]'") from None
        try:
            self._client: Any = dask.Client(address, timeout=SECONDS)
        except (OSError, ValueError) as problem:
            raise ClusterError(f"no cluster at {address}: {problem}") from None
        self.deaths: tuple[type[Exception], ...] = (dask.KilledWorker,)
        threads = self._client.nthreads()
        self.processes = len(threads)
        if fault := self._fault(address, threads.values()):
            self.close()
            raise ClusterError(fault)

    def _fault(self, address: str, threads: Any) -> str | None:
        if not self.processes:
            return f"the cluster at {address} has no workers; start some: dask worker --nthreads 1 {address}"
        if set(threads) != {1}:
            return "the cluster's workers want one thread each: dask worker --nthreads 1"
        versions = set(self._client.run(_version).values())
        others = ", ".join(sorted(map(str, versions - {__version__})))
        return f"the cluster's workers have nutgraf {others}, this is {__version__}" if others else None

    def submit(self, work: Work, items: Sequence[Any]) -> Future[list[Any]]:
        """Work on a chunk on one of the workers."""
        future: Future[list[Any]] = self._client.submit(work, items, pure=False)
        return future

    def alone(self, work: Work, item: Any) -> Future[list[Any]]:
        """Work on one item; the scheduler gives it to others before it calls it a killer."""
        return self.submit(work, [item])

    def close(self) -> None:
        """Leave the cluster, which drops what has not begun."""
        self._client.close()


def _version() -> str:
    from nutgraf import __version__

    return __version__
