"""The disk: what a site's folder holds, and writing to it so that no reader ever meets half a file."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SETTINGS = "site.yaml"
CACHES = ".nutgraf"
"""What can be made again."""
MANIFEST = ".nutgraf-manifest"
"""In the output folder: the files nutgraf made there, one path a line; only these are ever pruned."""
JOURNAL = ".nutgraf-journal"
"""In the output folder while a build runs: files that are new since the manifest was written."""
CONTENT = "content"
ARTICLES = "content/articles"
BRIEFS = "content/briefs"
PROPOSALS = "content/proposals"
PAGES: Mapping[Literal["actor", "source", "topic"], str] = {
    "actor": "content/actors",
    "source": "content/sources",
    "topic": "content/topics",
}
SITE_MARKS = (SETTINGS, CONTENT)


@dataclass(frozen=True, slots=True)
class Written:
    """What writing a site changed in the output folder; paths relative to it."""

    written: tuple[str, ...]
    unchanged: int
    pruned: tuple[str, ...]


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds a site."""
    return next((f for f in (start, *start.parents) if all((f / mark).exists() for mark in SITE_MARKS)), None)


def theme_folder() -> Path:
    """The folder that holds templates/ and static/: inside the installed package, or the checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "theme"
    return inside if inside.is_dir() else package.parent


def read_files(root: Path, folder: str, suffixes: tuple[str, ...] = ()) -> Mapping[str, bytes]:
    """Bytes by path relative to `root` (forward slashes), in order of path; hidden files are left out."""
    return dict(each_file(root, folder, suffixes))


def each_file(root: Path, folder: str, suffixes: tuple[str, ...] = ()) -> Iterator[tuple[str, bytes]]:
    """The same, one after the other."""
    found = {path: entry.path for path, entry in walk(str(root / folder), f"{folder}/")}
    for path in sorted(found, key=_parts):
        if not suffixes or os.path.splitext(path)[1].lower() in suffixes:  # noqa: PTH122
            with open(found[path], "rb", 0) as file:  # noqa: PTH123
                yield path, file.read()


def _parts(path: str) -> list[str]:
    return path.split("/")


def visible(folder: Path) -> Iterator[Path]:
    """Every file below a folder that no hidden part of its path hides."""
    return (Path(entry.path) for _, entry in walk(str(folder), ""))


def walk(folder: str, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The same, by `prefix` and its path in the folder."""
    folders = [(folder, prefix)]
    for folder, prefix in folders:  # which grows meanwhile
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_file():
                yield prefix + entry.name, entry
            elif entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{prefix}{entry.name}/"))


def read_text(root: Path, path: str) -> str:
    """The text of a file, empty where there is none. Bytes that are no UTF-8 stay visible as surrogates."""
    file = root / path
    return file.read_text(encoding="utf-8", errors="surrogateescape") if file.exists() else ""


def read_templates(root: Path) -> Mapping[str, str]:
    """The theme's templates by name; a site's own of the same name go before them."""
    return {**templates_of(theme_folder() / "templates"), **templates_of(root / "templates")}


def templates_of(folder: Path) -> Mapping[str, str]:
    """The templates of one folder by name. Bytes that are no UTF-8 stay visible as surrogates."""
    files = sorted(visible(folder))
    return {f.relative_to(folder).as_posix(): f.read_text(encoding="utf-8", errors="surrogateescape") for f in files}


def write_file(path: Path, content: bytes) -> bool:
    """Put bytes in place by way of a temporary file; False, and nothing touched, where they are there already."""
    if _holds(str(path), content):
        return False
    _put(str(path), content)
    return True


# Thousands of files are written at a build, and a Path's methods cost more than the calls of the system.


def _holds(path: str, content: bytes) -> bool | None:
    """Whether a file has these bytes; None where there is none."""
    try:
        if os.stat(path).st_size != len(content):  # noqa: PTH116
            return False
        with open(path, "rb", 0) as file:  # noqa: PTH123
            return file.read() == content
    except OSError:
        return None


def _put(path: str, content: bytes) -> None:
    folder, name = os.path.split(path)
    scratch = f"{folder}/.nutgraf-{os.getpid()}-{name[:100]}"
    try:
        with open(_opened(scratch, folder), "wb", 0) as file:
            file.write(content)
        os.replace(scratch, path)  # noqa: PTH105
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise


def _opened(path: str, folder: str) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    try:
        return os.open(path, flags, 0o644)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        return os.open(path, flags, 0o644)


def note_of(root: Path) -> Path:
    """Where this process notes which files of the content it is about to write as one."""
    return root / CONTENT / f".nutgraf-{os.getpid()}.journal"


def notes(root: Path) -> list[Path]:
    """Such notes that are there: of a process that was killed, or is at it."""
    return sorted((root / CONTENT).glob(".nutgraf-*.journal"))


class Publisher:
    """Puts files of a site into its output folder. New ones are noted first, so that they can be pruned whatever
    comes."""

    def __init__(self, output: Path) -> None:
        self._output = str(output)
        self._journal: int | None = None
        self.written: list[str] = []
        """The files that were not there as they are now."""

    def __enter__(self) -> "Publisher":
        return self

    def __exit__(self, *_: object) -> None:
        if self._journal is not None:
            os.close(self._journal)

    def publish(self, path: str, content: bytes) -> os.stat_result:
        """As `write_file`; what the file system tells of the file."""
        file = f"{self._output}/{path}"
        holds = _holds(file, content)
        if holds is None:
            self._note(path)
        if not holds:
            _put(file, content)
            self.written.append(path)
        return os.stat(file)  # noqa: PTH116

    def _note(self, path: str) -> None:
        if self._journal is None:
            os.makedirs(self._output, exist_ok=True)  # noqa: PTH103
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            self._journal = os.open(f"{self._output}/{JOURNAL}", flags, 0o644)
        os.write(self._journal, f"{path}\n".encode())


def settle(output: Path, made: Iterable[str]) -> tuple[str, ...]:
    """Remove what earlier builds made here and this one did not, and write down what it did; the removed files."""
    kept = set(made)
    pruned = tuple(sorted(path for path in manifest(output) - kept if prune(output, path)))
    write_file(output / MANIFEST, "".join(f"{path}\n" for path in sorted(kept)).encode())
    (output / JOURNAL).unlink(missing_ok=True)
    return pruned


def manifest(output: Path) -> set[str]:
    """The files that earlier builds made in the output folder, those that were interrupted included."""
    files = (output / MANIFEST, output / JOURNAL)
    return {path for file in files if file.exists() for path in file.read_text(encoding="utf-8").splitlines()}


def prune(output: Path, path: str) -> bool:
    """Remove one file, and the folders it leaves empty; never outside the output folder."""
    file = (output / path).resolve()
    if not file.is_relative_to(output.resolve()) or not file.is_file():
        return False
    file.unlink()
    for folder in file.parents:
        if folder == output.resolve() or any(folder.iterdir()):
            break
        folder.rmdir()
    return True
