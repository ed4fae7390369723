"""Work that is done by several processes: in order, and in spite of those that die."""

import os
import signal
import sys
from multiprocessing import get_all_start_methods
from pathlib import Path

import pytest

from nutgraf.builder import workers
from nutgraf.builder.workers import Processes, annotated, make_ready
from nutgraf.engine import Engine
from nutgraf.model.config import AnnotateConfig


def double(engine: Engine, item: int) -> int:
    return 2 * item


def die_of_thirteen(engine: Engine, item: int) -> int:
    if item == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def die_once(engine: Engine, item: Path) -> str:
    if item.name == "7" and not item.exists():
        item.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return item.name


def fail(engine: Engine, item: int) -> int:
    raise ZeroDivisionError


def never_end(engine: Engine, item: int) -> str:
    try:
        return spin() if item == 1 else "done"
    except TimeoutError as problem:
        return str(problem)


def spin() -> str:
    while True:
        pass


def has_imported(engine: Engine, name: str) -> bool:
    return name in sys.modules


def lost(item: object) -> object:
    return f"lost {item}"


@pytest.mark.parametrize("pool", [None, Processes(2)], ids=["this process", "two processes"])
def test_results_are_in_the_order_of_the_items(pool: Processes | None) -> None:
    assert list(annotated(double, int, range(40), AnnotateConfig(), pool=pool)) == list(range(0, 80, 2))


def test_an_item_that_kills_its_process_is_given_up_and_the_rest_goes_on() -> None:
    found = list(annotated(die_of_thirteen, lost, range(40), AnnotateConfig(), pool=Processes(2)))
    assert found == [*range(13), "lost 13", *range(14, 40)]


def test_a_process_killed_by_accident_loses_nothing(tmp_path: Path) -> None:
    items = [tmp_path / str(i) for i in range(20)]
    found = list(annotated(die_once, lost, items, AnnotateConfig(), pool=Processes(2)))
    assert found == [item.name for item in items]


def test_a_task_that_raises_ends_the_run() -> None:
    with pytest.raises(ZeroDivisionError):
        list(annotated(fail, int, range(40), AnnotateConfig(), pool=Processes(2)))


def test_a_task_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LIMIT", 0.05)
    found = list(annotated(never_end, lost, range(3), AnnotateConfig()))
    assert found == ["done", "took more than 0.05 seconds of processor time", "done"]


@pytest.mark.skipif("forkserver" not in get_all_start_methods(), reason="processes start afresh here")
def test_processes_that_were_made_ready_have_imported_what_takes_long() -> None:
    make_ready()
    assert list(annotated(has_imported, lost, ["spacy"], AnnotateConfig(), pool=Processes(2))) == [True]
