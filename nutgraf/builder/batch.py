"""A corpus in JSON Lines, annotated without writing briefs."""

import json
from collections.abc import Mapping
from typing import TextIO

from nutgraf.builder.workers import annotated
from nutgraf.engine import Engine, MissingModelError
from nutgraf.formats.batch import article_of_row, record_of
from nutgraf.model.config import AnnotateConfig


def annotate_batch(source: TextIO, target: TextIO, settings: AnnotateConfig, jobs: int) -> tuple[int, int]:
    """Annotate JSON Lines into JSON Lines, in order; (rows, rows that gave an error record).

    Raises MissingModelError.
    """
    rows = failed = 0
    for record in annotated(batch_row, filter(str.strip, source), settings, jobs=jobs):
        target.write(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n")
        rows, failed = rows + 1, failed + ("error" in record)
    return rows, failed


def batch_row(engine: Engine, line: str) -> Mapping[str, object]:
    """One row's record, or one with `error`: a bad document never ends the run."""
    identity: object = None
    try:
        row = json.loads(line)
        identity = row.get("id")
        document, annotations = engine.annotate(article_of_row(row))
        return record_of(document.story, annotations, html="html" in row)
    except MissingModelError:
        raise
    except Exception as problem:
        return {"id": identity, "error": f"{type(problem).__name__}: {problem}"}
