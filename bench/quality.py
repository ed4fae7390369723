"""How good the annotators are: every set of an evaluation folder in one table, against what others reach.

    python bench/quality.py [--shared DIR] [--only PART …] [--worst 20] [--jobs 2] [--profile] [--record NOTE]

The folder holds gold files in JSON Lines, briefs in YAML and the scorers that belong to them; its README describes all.
nutgraf runs through its own batch interface and its own conversion of articles into briefs.
"""

import argparse
import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is imported: one thread for both sides of a comparison

import yaml  # noqa: E402
from annotate_speed import pace, stages, whole_runs  # noqa: E402

from nutgraf.annotate.propose import propose  # noqa: E402
from nutgraf.builder.batch import annotate_batch  # noqa: E402
from nutgraf.builder.workers import Processes  # noqa: E402
from nutgraf.engine import Engine, page_model  # noqa: E402
from nutgraf.formats.articles import read_article  # noqa: E402
from nutgraf.formats.brief import write_brief  # noqa: E402
from nutgraf.formats.markdown import escape_markdown  # noqa: E402
from nutgraf.model.config import AnnotateConfig  # noqa: E402

HISTORY = ROOT / "bench" / "history.md"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table: where the figure is in a scorer's JSON, the best other system's, what is wanted."""

    label: str
    path: tuple[str, ...]
    best: str
    want: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table, measured."""

    part: str
    label: str
    value: float
    spread: float | None
    best: str
    want: str


def f1(label: str, key: str, best: str, want: str) -> Measure:
    return Measure(label, (key, "f1"), best, want)


MEASURES: Mapping[str, tuple[Measure, ...]] = {
    "attributions": (
        f1("statements, content", "STATEMENTS: content partial", ".802", "≥ .86"),
        f1("statements, content and speaker", "STATEMENTS: content+source", ".670", "≥ .78"),
        f1("direct, content and speaker", "  direct: content+source", ".724", "≥ .88"),
        f1("mixed, content and speaker", "  mixed: content+source", "", ""),
        f1("indirect, content and speaker", "  indirect: content+source", ".467", "≥ .58"),
        f1("all, content", "content partial (token F1>=0.5)", "", ""),
    ),
    "entities": (
        f1("actors, any type", "actors, type-blind", ".815", "≥ .88"),
        f1("actors, typed", "actors, type-aware", ".705", "≥ .78"),
        f1("mentions, typed", "mentions, type-aware", "", ""),
        f1("roles", "roles of people (title or apposition in the text)", ".746", "≥ .82"),
        f1("pronoun → actor", "pronouns resolved to a named actor", ".495", "≥ .68"),
        f1("figures, span and value", "figures, span and value", ".934", "≥ .97"),
        Measure("figures, counted noun", ("of the right figures", "counted thing right"), ".88", "≥ .92"),
        f1("dates resolved", "dates, span and resolved date", ".781", "≥ .92"),
    ),
    "credits": (
        f1("agencies credited", "agencies", ".72", "≥ .95"),
        Measure("agencies, sign-offs", ("agencies by group", "where signoff", "f1"), ".17", "≥ .90"),
        f1("agencies only cited", "cited", "0", "≥ .85"),
        f1("authors", "authors", ".10", "≥ .85"),
        f1("dateline place", "dateline_place", ".68", "≥ .92"),
        f1("dateline date", "dateline_date", "", ""),
        f1("outlets", "outlets", "", ""),
    ),
    "pasted-loose": (f1("body, loose", "body, 4-word shingles", ".883", "≥ .95"),),
    "pasted-page": (f1("body, whole page", "body, 4-word shingles", ".730", "≥ .88"),),
    "html": (f1("body, saved page", "body, 4-word shingles", ".968", "≥ .972"),),
}
EDITS = {"seed": ("64", "≤ 8"), "briefs": ("36.2", "≤ 10"), "briefs_es": ("36.3", "≤ 15")}
FILES = {
    "attributions": "attribution_dev.jsonl",
    "entities": "entities_dev.jsonl",
    "credits": "credits_dev.jsonl",
    "pasted-loose": "pasted_dev.jsonl",
    "pasted-page": "pasted_dev.jsonl",
    "html": "html_dev.jsonl",
}
PARTS = (*FILES, *EDITS, "reliability", "speed")


SEEN = """
The weights of the line model were learned on the pasted rows themselves: by web sites it has not seen it reaches .944
(loose) and .909 (page): bench/train_lines.py --folds 4. Those for the blocks of saved pages were learned on
the saved pages too: .972 by web sites not seen (bench/train_pages.py --folds 8). The weights for
actors have seen the rows of entities: texts that they have not seen reach .89 for any type, .83 typed, and are sure in
like measure (bench/train_actors.py --folds 6). Those for statements were learned on the training rows only; thresholds
of all annotators were chosen on these sets.
"""


def main() -> int:
    options = arguments()
    parts = options.only or PARTS
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(options.shared / "eval", Path(scratch), options.jobs, options.worst, options.profile)
        figures = [figure for part in PARTS if part in parts for figure in bench.run(part)]
    table = as_table(figures) + SEEN
    print(table)
    if options.record:
        record(options.record, table)
    return 0


def arguments() -> argparse.Namespace:
    top = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    top.add_argument(
        "--shared", type=Path, default=ROOT.parent / "shared", help="folder that holds eval/ and articles/"
    )
    top.add_argument("--only", action="append", choices=PARTS, help="one part; may be repeated")
    top.add_argument("--worst", type=int, default=0, metavar="N", help="name the N worst documents of each part")
    top.add_argument("--jobs", type=int, default=2, help="processes that annotate (2)")
    top.add_argument("--profile", action="store_true", help="of speed: the time of each component and annotator")
    top.add_argument("--record", metavar="NOTE", help="append the table to bench/history.md under this note")
    return top.parse_args()


class Bench:
    """Runs nutgraf over the sets of one evaluation folder and the scorers over what it made."""

    def __init__(self, sets: Path, scratch: Path, jobs: int, worst: int, profile: bool) -> None:
        self.sets, self.scratch, self.jobs, self.worst, self.profile = sets, scratch, jobs, worst, profile

    def run(self, part: str) -> Iterator[Figure]:
        """The lines of one part."""
        special: Mapping[str, Callable[[], Iterator[Figure]]] = {"reliability": self.reliability, "speed": self.speed}
        if part in special:
            yield from special[part]()
        elif part in EDITS:
            yield from self.briefs(part)
        else:
            yield from self.rows(part)

    def rows(self, part: str) -> Iterator[Figure]:
        """A set in JSON Lines: annotated as a batch, scored by its scorer."""
        gold, made = self.annotated(part)
        result = self.score(part, gold, made)
        for measure in MEASURES[part]:
            if (value := dig(result, measure.path)) is not None:
                spread = dig(result, (*measure.path[:-1], "f1_sd")) if measure.path[-1] == "f1" else None
                yield Figure(part, measure.label, value, spread, measure.best, measure.want)
        if self.worst:
            self.name_worst(part, gold, made)

    def annotated(self, part: str) -> tuple[list[Row], list[Row]]:
        """(gold rows, rows that nutgraf made)"""
        gold = [json.loads(line) for line in (self.sets / FILES[part]).read_text("utf-8").splitlines() if line.strip()]
        if part.startswith("pasted-"):
            gold = [row for row in gold if row["variant"] == part.removeprefix("pasted-")]
        target = io.BytesIO()
        rows = [json.dumps(self.given(row)).encode() for row in gold]
        annotate_batch(rows, target, AnnotateConfig(), Processes(self.jobs) if self.jobs > 1 else None)
        made = [json.loads(line) for line in target.getvalue().splitlines()]
        for row in made:
            if "error" in row:
                print(f"{part}: {row['id']}: {row['error']}", file=sys.stderr)
        return gold, made

    def given(self, row: Row) -> Row:
        """What a system may see of a gold row."""
        known = {key: row[key] for key in ("id", "date", "url") if row.get(key)}
        if "html" not in row:
            return {**known, "text": row["text"]}
        page = gzip.decompress((self.sets / row["html"]).read_bytes())
        return {**known, "html": page.decode("utf-8", "replace")}

    def score(self, part: str, gold: Iterable[Row], made: Iterable[Row]) -> Any:
        """What the part's scorer says, as JSON."""
        files = [self.scratch / "gold.jsonl", self.scratch / "made.jsonl"]
        for file, rows in zip(files, (gold, made), strict=True):
            file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        name = "score_credits.py" if part == "credits" else "score.py"
        return scored(self.sets / name, *map(str, files))

    def name_worst(self, part: str, gold: list[Row], made: list[Row]) -> None:
        """Print the documents with the lowest first measure that has any gold in them."""
        by_id = {row["id"]: row for row in made}
        measure = MEASURES[part][0]
        values = []
        for row in gold:
            result = dig(self.score(part, [row], [by_id[row["id"]]]), measure.path[:-1])
            if result and (result.get("gold") or result.get("predicted")):
                values.append((result["f1"], row["id"]))
        for value, name in sorted(values)[: self.worst]:
            print(f"{part:14} {measure.label:34} {value:.3f}  {name}")

    def briefs(self, part: str) -> Iterator[Figure]:
        """Edits a person must make to the briefs that nutgraf proposes."""
        target = self.scratch / part
        target.mkdir()
        engine = Engine(AnnotateConfig())
        golds = sorted((self.sets / part).glob("*.yaml"))
        for gold in golds:
            article, _ = read_article(*self.article(gold), page_model)
            proposal = propose(*engine.annotate(article), "", "", escape_markdown)
            (target / f"{gold.stem}.md").write_text(write_brief(proposal.front, proposal.body), "utf-8")
        articles = ("--articles", str(self.sets.parent / "articles"))
        result = scored(
            self.sets / "score_brief.py", "--all", str(self.sets / part), str(target), "--derive-sources", *articles
        )
        best, want = EDITS[part]
        yield Figure(part, "edits a brief", result["edits_per_brief"], None, best, want)
        for kind, counts in result["types"].items():
            wrong = sum(counts[key] for key in ("ADD", "DELETE", "FIX")) / max(1, result["briefs"])
            yield Figure(part, f"  of them {kind}", wrong, None, "", "")
        for each in sorted(result["each"].items(), key=lambda pair: -pair[1]["edits"])[: self.worst]:
            print(f"{part:14} {'edits':34} {each[1]['edits']:5}  {each[0]}")

    def article(self, gold: Path) -> tuple[str, bytes]:
        """(file name, bytes) of a gold's article; the day is in the name only where it is given to a system."""
        told = yaml.safe_load(gold.read_text("utf-8"))
        name = told.get("article") or f"{gold.stem}.txt"
        beside = gold.parent / name
        raw = (beside if beside.exists() else self.sets.parent / "articles" / name).read_bytes()
        given = told.get("date_given") and not name.startswith(str(told["published"]))
        return (f"{told['published']}-{name}" if given else name), raw

    def reliability(self) -> Iterator[Figure]:
        """Of what is proposed with a confidence, the share that is right, by steps of a tenth."""
        for part, field, right in (
            ("attributions", "attributions", statement_right),
            ("entities", "actors", actor_right),
            ("entities", "figures", figure_right),
            ("entities", "dates", date_right),
        ):
            gold, made = self.annotated(part)
            steps: dict[int, list[bool]] = {}
            for wanted, row in zip(gold, made, strict=True):
                for item in row.get(field, ()):
                    if (hit := right(item, wanted)) is not None:
                        steps.setdefault(min(9, int(item["confidence"] * 10)), []).append(hit)
            for step, hits in sorted(steps.items()):
                label = f"{field}, said {step / 10:.1f}–{step / 10 + 0.1:.1f} (n {len(hits)})"
                yield Figure("reliability", label, sum(hits) / len(hits), None, "", f"{step / 10 + 0.05:.2f}")

    def speed(self, count: int = 40) -> Iterator[Figure]:
        """Articles a second on one core, beside the model alone; memory; what a second process gives."""
        lines = (self.sets / FILES["attributions"]).read_text("utf-8").splitlines()[:count]
        rows = [self.given(json.loads(line)) for line in lines]
        words = sum(len(row["text"].split()) for row in rows) / count
        found = pace(rows)
        yield Figure(
            "speed", f"articles a second ({words:.0f} words)", found.articles, None, f"{found.alone:.1f}", "10"
        )
        yield Figure("speed", "time, of the bare model's", found.ratio, found.spread, "1", "≤ 1.15")
        if self.profile:
            told = dict(stages(rows[: count // 2]))
            for stage, took in told.items():
                label = f"  {stage}, ms an article"
                yield Figure("speed", label, took, None, f"{took / sum(told.values()):.0%}", "")
        many = rows * 4
        runs = {jobs: (wall, memory) for jobs, wall, memory in whole_runs(many, self.scratch, (1, 2))}
        yield Figure("speed", "peak memory, MB", runs[1][1], None, "", "")
        yield Figure(
            "speed", f"two processes, of one ({len(many)} articles)", runs[1][0] / runs[2][0], None, "", "≥ 1.8"
        )


def statement_right(item: Row, gold: Row) -> bool:
    """Whether a statement shares at least half its characters with one of the gold's, both ways, and its speaker."""
    mine, who = covered(item["content"]), covered(item["source"])
    return any(
        2 * len(mine & theirs) >= len(mine | theirs) and (not source or source & who)
        for theirs, source in ((covered(g["content"]), covered(g["source"])) for g in gold["attributions"])
    )


def figure_right(item: Row, gold: Row) -> bool | None:
    """Whether value and counted noun are the gold's; None where the gold leaves the number open."""
    if any(start < item["end"] and item["start"] < end for start, end, *_ in gold.get("figures_ignore", ())):
        return None
    counts = str(item["counts"] or "").casefold()
    return any(
        g["start"] < item["end"]
        and item["start"] < g["end"]
        and abs(g["value"] - item["value"]) <= 1e-6 * max(1, abs(g["value"]))
        and (not g.get("counts") or str(g["counts"]).casefold() in counts or counts in str(g["counts"]).casefold())
        for g in gold["figures"]
    )


def date_right(item: Row, gold: Row) -> bool | None:
    """Whether a date is the gold's as far as that goes; None where the gold does not resolve the words."""
    near = [g for g in gold["dates"] if g["start"] < item["end"] and item["start"] < g["end"]]
    if near and not any(g.get("when") for g in near):
        return None
    return any(g.get("when") and str(item["date"]).startswith(g["when"]) for g in near)


def covered(pieces: Iterable[tuple[int, int]]) -> set[int]:
    return {i for start, end in pieces for i in range(start, end)}


def actor_right(item: Row, gold: Row) -> bool:
    """Whether one of an actor's names is a variant of one of the gold's, and the kind the same."""
    names = {name.casefold() for name in (item["name"], *item.get("variants", ()))}
    return any(
        names & {v.casefold() for v in (g["name"], *g["variants"])} and item["type"] == g["type"]
        for g in gold["actors"]
    )


def scored(script: Path, *arguments: str) -> Any:
    """Output of a scorer, as JSON."""
    done = subprocess.run([sys.executable, str(script), *arguments, "--json"], capture_output=True, text=True)
    if done.returncode and not done.stdout.startswith("{"):
        raise RuntimeError(f"{script.name}: {done.stderr.strip() or done.stdout.strip()}")
    return json.loads(done.stdout)


def dig(result: Any, path: tuple[str, ...]) -> Any:
    """The value at a path of keys; None where there is none."""
    for key in path:
        result = result.get(key) if isinstance(result, Mapping) else None
    return result


def as_table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| part | | figure | ± | best other | want |", "| --- | --- | --- | --- | --- | --- |"]
    for f in figures:
        value = f"{f.value:.1f}" if f.value > 1.5 or f.part in EDITS else f"{f.value:.3f}"
        spread = "" if f.spread is None else f"{f.spread:.3f}"
        lines.append(f"| {f.part} | {f.label} | {value} | {spread} | {f.best} | {f.want} |")
    return "\n".join(lines)


def record(note: str, table: str) -> None:
    """Append a dated table to the history."""
    before = HISTORY.read_text("utf-8") if HISTORY.exists() else "# What each change did to the figures\n"
    HISTORY.write_text(f"{before.rstrip()}\n\n## {date.today().isoformat()}: {note}\n\n{table}\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
