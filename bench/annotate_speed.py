"""How fast articles are annotated, against the model alone; where the time goes; what more processes give.

Time is the processor time of one thread. The model alone is spaCy's package as it comes, all its components, no rules;
both see the same articles in turn, article by article, several rounds, so that a busy machine disturbs both.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, stdev
from typing import Any

import spacy

from nutgraf.annotate.clean import sort_blocks
from nutgraf.annotate.document import parse_story
from nutgraf.annotate.language import detect_language
from nutgraf.engine import Engine
from nutgraf.formats.batch import article_of_row, record_of
from nutgraf.model.annotation import Annotations
from nutgraf.model.config import AnnotateConfig

Row = Mapping[str, Any]
CHILD = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_maxrss / 1024, used.ru_utime + used.ru_stime)
"""


@dataclass(frozen=True, slots=True)
class Pace:
    """Medians over rounds; the spread is the standard deviation of the rounds' ratios."""

    articles: float
    """A second."""
    alone: float
    """Articles a second of the model alone."""
    ratio: float
    """Time, as a share of the model's alone."""
    spread: float


def pace(rows: Sequence[Row], rounds: int = 5) -> Pace:
    """How fast rows are annotated and written as records, and how fast the model alone is."""
    engine = Engine(AnnotateConfig())
    alone = spacy.load(engine.model_name("en") or "")

    def annotated(row: Row) -> None:
        document, found = engine.annotate(article_of_row(row))
        json.dumps(record_of(document.story, found, html=False), ensure_ascii=False, sort_keys=True)

    def bare(row: Row) -> None:
        alone(row["text"])

    for row in rows[:3]:
        annotated(row), bare(row)
    times = [(seconds(annotated, row), seconds(bare, row)) for _ in range(rounds) for row in rows]
    ours, theirs = (
        [sum(t[side] for t in times[i * len(rows) : (i + 1) * len(rows)]) for i in range(rounds)] for side in (0, 1)
    )
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    return Pace(len(rows) / median(ours), len(rows) / median(theirs), median(ratios), stdev(ratios))


def seconds(task: Callable[[Row], None], row: Row) -> float:
    start = time.process_time()
    task(row)
    return time.process_time() - start


def stages(rows: Sequence[Row], rounds: int = 3) -> Iterator[tuple[str, float]]:
    """(stage, milliseconds an article), the least of some rounds: the model's components, then the annotators."""
    engine = Engine(AnnotateConfig())
    found = [stages_of(engine, rows) for _ in range(rounds + 1)][1:]
    for stage in found[0]:
        yield stage, 1000 * min(times[stage] for times in found) / len(rows)


def stages_of(engine: Engine, rows: Sequence[Row]) -> dict[str, float]:
    """Seconds a stage over all rows."""
    watch = Stopwatch()
    model = engine.model("en")
    for row in rows:
        watch.start()
        article = article_of_row(row)
        language = detect_language(article.text)
        watch.lap("read")
        story = sort_blocks(article, engine.pack(language))
        watch.lap("clean")
        document = parse_story(story, model)
        watch.start()
        docs = [model.make_doc(paragraph.doc.text) for paragraph in document.paragraphs]
        watch.lap("model: tokens")
        for name, component in model.pipeline:
            docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
            watch.lap(f"model: {name}")
        annotations = Annotations()
        for each in engine.annotators(language):
            annotations = replace(annotations, **each.run(document, annotations))  # type: ignore[arg-type]
            watch.lap(each.name)
        json.dumps(record_of(story, annotations, html=False), ensure_ascii=False, sort_keys=True)
        watch.lap("record")
    return watch.times


class Stopwatch:
    """Sums of processor time by name."""

    def __init__(self) -> None:
        self.times: dict[str, float] = {}
        self.since = 0.0

    def start(self) -> None:
        self.since = time.process_time()

    def lap(self, name: str) -> None:
        now = time.process_time()
        self.times[name] = self.times.get(name, 0.0) + now - self.since
        self.start()


def whole_runs(rows: Sequence[Row], scratch: Path, jobs: Sequence[int]) -> Iterator[tuple[int, float, float]]:
    """(processes, wall seconds, greatest memory of one process in MB) of the batch command over all rows."""
    source = scratch / "speed.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    for number in jobs:
        command = [sys.executable, "-m", "nutgraf", "annotate", "--jsonl", str(source), os.devnull, "-j", str(number)]
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", CHILD, *command], capture_output=True, text=True, check=True)
        yield number, time.perf_counter() - start, float(done.stdout.split()[0])
