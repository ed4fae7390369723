"""The full-text index, made by Pagefind from the pages as they are published.

The index is made in parts, by month of publication, so that an edit makes one part anew and the parts of past months
rest: Pagefind itself knows no increments and holds all of an index in memory. The reader's browser asks the newest part
and the names first, so what a search fetches does not grow with the archive.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from nutgraf import store
from nutgraf.builder.published import Published
from nutgraf.render.indexable import Indexable, as_page
from nutgraf.site import urls

FOLDER = "pagefind"
"""Below the output folder."""
PART = 3000
"""Most pages in one part, unless one month alone has more."""
NAMES = "names"
"""The part of pages that are no briefs."""
STAMP = "stamp"
"""In each part's folder: the digest of what it was made from."""
FILTERS = "filters.json"
"""In each part's folder: how often its pages have each value to filter by; beside the parts: their sum."""
FORMAT = 2
"""Of what a part's folder holds; another number makes every part anew."""
KEPT = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an update did: parts made anew out of all parts, and why there is no index (empty: there is one)."""

    made: int
    parts: int
    problem: str = ""
    failed: bool = False
    """Whether another run may do better."""


def update_index(output: Path, language: str, pages: Published) -> Indexed:
    """Bring the index of a built site up to date; nothing is made where the pages say what they said before."""
    binary = pagefind()
    if binary is None:
        return Indexed(0, 0, "Pagefind has no program for this machine; search finds names and headlines only")
    folder, parts, made = output / FOLDER, divide(pages.months), 0
    for name, paths in parts.items():
        stamp = digest([str(FORMAT), language, *(f"{path} {pages.digest(path)}" for path in paths)])
        if store.read_text(folder / name, STAMP) == stamp:
            continue
        problem = make_part(binary, (pages.read(path) for path in paths), folder / name, language)
        if problem:
            return Indexed(made, len(parts), problem, failed=True)
        store.write_file(folder / name / STAMP, stamp.encode())
        made += 1
    drop(folder, parts)
    store.write_file(folder / "parts.json", json.dumps(sorted(parts, reverse=True)).encode())
    store.write_file(folder / FILTERS, json.dumps(total(folder / name / FILTERS for name in parts)).encode())
    return Indexed(made, len(parts))


def remove_index(output: Path) -> None:
    """Of a site that has no full-text search any more."""
    shutil.rmtree(output / FOLDER, ignore_errors=True)


def pagefind() -> Path | None:
    """Pagefind's program."""
    try:
        import pagefind_bin
    except ImportError:
        return None
    return Path(pagefind_bin.get_executable())


def divide(months: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    """Pages (file and month, "" where it has none) by part: whole months in order, as many as fit.

    A part is named by its first month, so that new months leave the parts before them alone.
    """
    parts: dict[str, list[str]] = {}
    name = ""
    for month, group in groupby(sorted(months, key=lambda path: (months[path], path)), key=lambda path: months[path]):
        paths = list(group)
        if not month:
            parts[NAMES] = paths
        elif name and len(parts[name]) + len(paths) <= PART:
            parts[name] += paths
        else:
            name = month
            parts[name] = paths
    return parts


def make_part(binary: Path, found: Iterable[Indexable], target: Path, language: str) -> str:
    """One part of the index, put in place as a whole; why it could not be made, empty where it was."""
    with tempfile.TemporaryDirectory(prefix="nutgraf-search-") as scratch:
        site, bundle = Path(scratch, "site"), Path(scratch, "bundle")
        counts: dict[str, Counter[str]] = {}
        for page in found:
            for name, values in {"kind": [page.kind], **page.filters}.items():
                counts.setdefault(name, Counter()).update(set(values))
            store.write_file(site / urls.file_of(page.url), as_page(page).encode())
        command = [str(binary), "--site", str(site), "--output-path", str(bundle), "--force-language", language, "-q"]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            return f"Pagefind failed: {(done.stderr or done.stdout).strip()}"
        for file in sorted(bundle.iterdir()):
            if file.is_file() and file.name not in KEPT and not file.name.endswith((".pagefind", ".pf_meta")):
                file.unlink()
        shutil.rmtree(target, ignore_errors=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(bundle, target)
        store.write_file(target / FILTERS, json.dumps(counts, sort_keys=True).encode())
    return ""


def total(files: Iterable[Path]) -> Mapping[str, Sequence[tuple[str, int]]]:
    """What a reader can filter by: values and how many pages have each; late years and common values first."""
    counts: dict[str, Counter[str]] = {}
    for file in files:
        for name, values in json.loads(file.read_bytes()).items():
            counts.setdefault(name, Counter()).update(values)
    return {
        name: sorted(values.items(), reverse=True)
        if name == "year"
        else sorted(values.items(), key=lambda v: (-v[1], v[0]))
        for name, values in sorted(counts.items())
    }


def drop(folder: Path, parts: Iterable[str]) -> None:
    """Remove parts that are no more."""
    for old in folder.iterdir() if folder.is_dir() else ():
        if old.is_dir() and old.name not in set(parts):
            shutil.rmtree(old)


def digest(texts: Iterable[str]) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
