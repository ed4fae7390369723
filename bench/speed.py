#!/usr/bin/env python3
"""Speed beside other generators: the same made-up archive, the same kinds of pages, one run after the other.

    bench/speed.py --install ~/.cache/nutgraf-bench      fetches Hugo and Pelican into a folder of their own
    bench/speed.py 1000 10000                            tables for archives of these sizes
    bench/speed.py 1000 --profile                        where the time of a cold build goes
    bench/speed.py --edits 40 --seeds 20                 the property test, longer

Walls depend on the machine and its load (and, on some file systems, on what was removed just before), so the ratios of
one run are what counts. Memory is the peak of the sum over all processes of a build, shared pages counted once (PSS),
as Linux tells it.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from corpus import Corpus, make_site  # noqa: E402
from others import TOOLS  # noqa: E402

TICK = 0.25
"""Seconds between two looks at the memory of a build."""
POPULAR = 30
"""The rank of the actor that is renamed: one of some hundred briefs."""


@dataclass(frozen=True)
class Measured:
    """One run of one command."""

    wall: float
    cpu: float
    peak: float
    """Mebibytes."""
    pages: int


def measured(command: Sequence[str], cwd: Path, output: Path, env: dict[str, str]) -> Measured:
    """Run a command to its end. Raises CalledProcessError where it fails."""
    before, start = os.times(), time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, env=os.environ | env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    peak = _Peak(process.pid)
    _, errors = process.communicate()
    wall, after = time.perf_counter() - start, os.times()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=errors[-2000:])
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    pages = sum(name.endswith(".html") for _, _, names in os.walk(output) for name in names)
    return Measured(wall, cpu, peak.stopped() / 1024, pages)


class _Peak:
    """Looks at the memory of a process and all it has started until it is stopped."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._end = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._end.wait(TICK):
            self._peak = max(self._peak, sum(map(_pss, _tree(self._pid))))

    def stopped(self) -> int:
        """The peak in kibibytes."""
        self._end.set()
        self._thread.join()
        return self._peak


def _tree(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


# ------------------------------------------------------------------ nutgraf


def nutgraf(site: Path) -> Measured:
    """`nutgraf build`, as on the command line."""
    return measured([sys.executable, "-m", "nutgraf", "build", "-q"], site, site / "public", {"PYTHONPATH": str(ROOT)})


def nutgraf_rows(folder: Path, size: int) -> dict[str, Measured]:
    """A cold build, and what comes after it."""
    site = make_site(folder / "nutgraf", size)
    rows = {"cold": nutgraf(site)}
    time.sleep(2.5)  # the files that were just made are too young for their times to be relied on
    nutgraf(site)
    rows["nothing changed"] = nutgraf(site)
    brief = sorted((site / "content/briefs").iterdir())[size // 2]
    brief.write_text(brief.read_text(encoding="utf-8") + "\nOne more paragraph.\n", encoding="utf-8")
    rows["one body edited"] = nutgraf(site)
    brief.write_text(brief.read_text(encoding="utf-8") + "\nAnd one more.\n", encoding="utf-8")
    check = [sys.executable, "-m", "nutgraf", "check", "-q"]
    rows["`check`, one body edited"] = measured(check, site, site / "public", {"PYTHONPATH": str(ROOT)})
    name = Corpus(size).actors[POPULAR][0]
    touched = _renamed_by_hand(site, (name,), f"{name} Renamed")
    rows[f"actor renamed in {touched} briefs"] = nutgraf(site)
    rows[f"`rename` alone, {touched} briefs"] = _renamed(site, f"{name} Renamed", name)
    many = _renamed_by_hand(site, [popular for popular, _, _ in Corpus(size).actors[:5]], "Many Names", size // 20)
    rows[f"`rename` alone, {many} briefs"] = _renamed(site, "Many Names", "One Name")
    rows["serve: save to file written"] = _saved(site, brief)
    return rows


def _renamed_by_hand(site: Path, names: Sequence[str], new: str, most: int | None = None) -> int:
    """Give actors another name, in so many briefs at most; in how many it was done."""
    touched = 0
    for file in sorted((site / "content/briefs").iterdir()):
        text = file.read_text(encoding="utf-8")
        if touched != most and any(name in text for name in names):
            touched += 1
            for name in names:
                text = text.replace(name, new)
            file.write_text(text, encoding="utf-8")
    return touched


def _renamed(site: Path, old: str, new: str) -> Measured:
    command = [sys.executable, "-m", "nutgraf", "rename", old, new, "--yes", "-q"]
    return measured(command, site, site / "public", {"PYTHONPATH": str(ROOT)})


def _saved(site: Path, brief: Path) -> Measured:
    """In one process, as the preview builds: the median of five saves."""
    from nutgraf.builder.publish import BuildOptions
    from nutgraf.builder.session import Session

    session = Session(
        site, BuildOptions("2099-01-01", site / ".nutgraf/preview", drafts=True, future=True, preview=True)
    )
    session.rebuild()
    times = []
    for number in range(5):
        brief.write_text(brief.read_text(encoding="utf-8") + f"\nParagraph {number}.\n", encoding="utf-8")
        start, cpu = time.perf_counter(), time.process_time()
        session.rebuild({brief.relative_to(site).as_posix()})
        times.append((time.perf_counter() - start, time.process_time() - cpu))
    wall, used = sorted(times)[2]
    return Measured(wall, used, 0, 1)


# ------------------------------------------------------------------ tables


def table(size: int, tools: Path | None, scratch: Path) -> None:
    """Every tool that is installed, in turn, on one archive."""
    print(f"\n### {size:,} briefs\n\n| what | wall, s | CPU, s | peak, MiB | pages | wall : Hugo |")
    print("| --- | --- | --- | --- | --- | --- |")
    folder = scratch / f"speed-{size}"
    others: dict[str, Measured] = {}
    for name, tool in TOOLS.items():
        if tools and (command := tool.found(tools)):
            tool.make(folder / name, Corpus(size))
            others[name] = measured(command, folder / name, folder / name / "public", {})
    hugo = others.get("hugo")
    rows = {f"nutgraf, {what}": row for what, row in nutgraf_rows(folder, size).items()}
    rows |= {f"{name}, cold": row for name, row in others.items()}
    start = time.perf_counter()
    shutil.copytree(folder / "nutgraf/public", folder / "copy")
    rows["copying the output"] = Measured(time.perf_counter() - start, 0, 0, 0)
    for what, row in rows.items():
        ratio = f"{row.wall / hugo.wall:.2f}" if hugo and what.endswith("cold") else ""
        print(f"| {what} | {row.wall:.3f} | {row.cpu:.2f} | {row.peak:.0f} | {row.pages} | {ratio} |", flush=True)


def profile(size: int, scratch: Path) -> None:
    """CPU time of a cold build by stage, in one process."""
    import cProfile
    import pstats

    from nutgraf.builder.publish import BuildOptions
    from nutgraf.builder.session import Session

    site = make_site(scratch / f"profile-{size}", size)
    run = cProfile.Profile(time.process_time)
    run.runcall(Session(site, BuildOptions("2099-01-01"), jobs=1).rebuild)
    stats = pstats.Stats(run).get_stats_profile().func_profiles
    scanned = ["parse_brief", "read", "facts", "brief_findings", "all_related"]
    drawn = ["_artifacts", "render_page", "render_body", "publish", "digest_of", "frozen"]
    print("\n| stage | CPU, ms a brief |\n| --- | --- |")
    for name in (*scanned, *drawn):
        found = stats.get(name)
        if found:
            print(f"| {name} | {1000 * found.cumtime / size:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[])
    parser.add_argument("--tools", type=Path, help="folder in which --install put the other tools")
    parser.add_argument("--install", type=Path, metavar="DIR", help="fetch the other tools into a folder")
    parser.add_argument("--profile", action="store_true", help="where the time of a cold build goes")
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--edits", type=int, help="run the property test with so many edits a seed")
    parser.add_argument("--seeds", type=int, default=10)
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled modules are kept, as a user's are
    if options.install:
        for tool in TOOLS.values():
            tool.install(options.install)
    if options.edits:
        env = {"NUTGRAF_EDITS": str(options.edits), "NUTGRAF_SEEDS": str(options.seeds)}
        command = [sys.executable, "-m", "pytest", "-q", "tests/builder/test_incremental.py"]
        sys.exit(subprocess.call(command, cwd=ROOT, env=os.environ | env))
    # Nothing is removed before the end: some file systems make files several times slower for minutes after that.
    with tempfile.TemporaryDirectory(dir=options.scratch, prefix="speed-") as scratch:
        for size in options.sizes:
            if options.profile:
                profile(size, Path(scratch))
            else:
                table(size, options.tools or options.install, Path(scratch))


if __name__ == "__main__":
    main()
