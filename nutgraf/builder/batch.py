"""A corpus in JSON Lines, annotated without writing briefs."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from nutgraf.builder.workers import Pool, annotated
from nutgraf.engine import Engine, MissingModelError, page_model
from nutgraf.formats.batch import article_of_row, record_of
from nutgraf.model.config import AnnotateConfig

Row = tuple[int, bytes]
"""Number of the line, from 1 on, and its bytes."""
Line = tuple[bytes, bool]
"""One line of the output, and whether it is an error record."""


@dataclass(frozen=True, slots=True)
class Done:
    """Rows annotated by a run, and how many of them gave an error record."""

    rows: int = 0
    failed: int = 0


class ForeignOutputError(Exception):
    """What is to be gone on with was not made from this input."""


def annotate_batch(
    source: Iterable[bytes],
    target: IO[bytes],
    settings: AnnotateConfig,
    pool: Pool | None = None,
    done: int = 0,
    tell: Callable[[Done], None] = lambda done: None,
) -> Done:
    """Annotate JSON Lines into JSON Lines, in order; each line is out before the next is begun.

    The first `done` rows are passed over. The same bytes come out whatever the pool. Raises MissingModelError.
    """
    so_far = Done()
    rows = islice(rows_of(source), done, None)
    for line, failed in annotated(batch_row, lost_row, rows, settings, pool=pool):
        target.write(line)
        target.flush()
        so_far = Done(so_far.rows + 1, so_far.failed + failed)
        tell(so_far)
    return so_far


def rows_of(source: Iterable[bytes]) -> Iterator[Row]:
    """The lines that hold something."""
    return ((number, raw) for number, raw in enumerate(source, 1) if raw.strip())


def finished(source: Iterable[bytes], target: IO[bytes]) -> int:
    """How many rows an earlier run, stopped in the middle, has annotated; cuts a half-written last line off `target`.

    Raises ForeignOutputError where a line of the output does not belong to the row of the input.
    """
    count = end = 0
    for (number, raw), line in zip(rows_of(source), target, strict=False):
        if not line.endswith(b"\n"):
            break
        if identity_of(line) != identity_of(raw):
            raise ForeignOutputError(f"line {count + 1} of the output is not of line {number} of the input")
        count, end = count + 1, end + len(line)
    target.seek(end)
    if target.readline().endswith(b"\n"):
        raise ForeignOutputError(f"the output has more lines than the {count} of the input")
    target.seek(end)
    target.truncate()
    return count


def batch_row(engine: Engine, row: Row) -> Line:
    """One row's record, or one with `error`: a bad document never ends the run."""
    try:
        given = json.loads(row[1].decode("utf-8-sig"))
        document, annotations = engine.annotate(article_of_row(given, page_model))
        record = record_of(document.story, annotations, html="html" in given)
        return json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n", False
    except MissingModelError:
        raise
    except Exception as problem:
        return error_line(row, f"{type(problem).__name__}: {problem}")


def lost_row(row: Row) -> Line:
    """The record of a row on which two processes died."""
    return error_line(row, "the process that annotated it died; it may want more memory than there is")


def error_line(row: Row, reason: str) -> Line:
    """An error record: `id`, where the row has one, `line` and `error`; in ASCII, whatever stood in the row."""
    record = {"id": identity_of(row[1]), "line": row[0], "error": reason[:500]}
    return json.dumps(record, sort_keys=True).encode() + b"\n", True


def identity_of(raw: bytes) -> str | None:
    """The id of a row or record, as text; None where there is none."""
    try:
        row: Any = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    identity = row.get("id") if isinstance(row, Mapping) else None
    return str(identity) if isinstance(identity, str | int) else None
