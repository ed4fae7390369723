"""Articles from elsewhere into content/articles/: files, folders, patterns, addresses on the web, feeds."""

import glob
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from nutgraf import __version__, store
from nutgraf.formats.articles import read_article
from nutgraf.formats.feed import feed_items
from nutgraf.model.diagnostic import Severity
from nutgraf.site.urls import slugify

SUFFIXES = (".txt", ".md", ".html", ".htm", ".eml", ".xml", ".json")
TYPES = {"html": ".html", "xml": ".xml", "rss": ".xml", "atom": ".xml", "json": ".json", "markdown": ".md"}
"""Endings of files by a part of the media type."""
TIMEOUT = 20
"""Seconds that a server may take."""
MAX_BYTES = 20_000_000
_ADDRESS = re.compile(r"https?://", re.I)
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(?=\D|$)")


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one article."""

    origin: str
    """The file or address it came from."""
    fate: str
    """new | there | differs | replaced | unreadable"""
    path: str = ""
    """Within the site, but for unreadable ones."""
    reason: str = ""


def bring(root: Path, given: str, replace: bool = False) -> Iterator[Brought]:
    """Bring in what an address, a file, a folder or a pattern holds.

    An article that is there already in the same bytes is told and left; one with the same name and other bytes is left
    too, unless it is to be replaced, as by a corrected version.
    """
    if _ADDRESS.match(given):
        raw, suffix, reason = fetched(given)
        sources = [] if reason else [(given, _name_of(given) + suffix, raw)]
        if reason:
            yield Brought(given, "unreadable", reason=reason)
    else:
        files = found(given)
        sources = [(str(file), file.name, file.read_bytes()) for file in files]
        if not files:
            yield Brought(given, "unreadable", reason=f"there is no file of a known kind ({', '.join(SUFFIXES)})")
    for origin, name, raw in sources:
        items = feed_items(raw) if name.endswith(".xml") else ()
        for data in items or (raw,):
            yield _put(root, origin, name, data, replace, bool(items))


def found(given: str) -> list[Path]:
    """The articles of a file, a folder or a pattern (`*.html`, `**/*.txt`), in order."""
    path = Path(given)
    if path.is_dir():
        files = store.visible(path)
    else:
        files = iter([path] if path.is_file() else map(Path, glob.glob(given, recursive=True)))  # noqa: PTH207
    return sorted(file for file in files if file.is_file() and file.suffix.lower() in SUFFIXES)


def _put(root: Path, origin: str, name: str, raw: bytes, replace: bool, of_feed: bool) -> Brought:
    article, problems = read_article(name, raw)
    wrong = [p.message for p in problems if p.severity is Severity.ERROR]
    if wrong or not article.text.strip():
        title = f" ({article.title})" if of_feed and article.title else ""
        return Brought(origin + title, "unreadable", reason="; ".join(wrong) or "there is no text in it")
    folder = root / store.ARTICLES
    file = folder / _file_name(name, article.title, article.published, of_feed or bool(_ADDRESS.match(origin)))
    path = file.relative_to(root).as_posix()
    twin = next((f for f in store.visible(folder) if f.stat().st_size == len(raw) and f.read_bytes() == raw), None)
    if twin:
        return Brought(origin, "there", twin.relative_to(root).as_posix())
    if file.exists() and not replace:
        return Brought(origin, "differs", path)
    fate = "replaced" if file.exists() else "new"
    store.write_file(file, raw)
    return Brought(origin, fate, path, "" if article.published else "no day of publication is known")


def _file_name(name: str, title: str | None, published: str | None, by_title: bool) -> str:
    """The day of publication, where it is known, and words of the title or of the file's name."""
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix.lower()
    if _DATED.match(stem):
        return f"{stem[:10]}-{slugify(stem[10:] or title or 'article')}{suffix}"
    words = slugify((title if by_title else None) or stem, 60)
    return f"{published}-{words}{suffix}" if published else f"{words}{suffix}"


def _name_of(address: str) -> str:
    parts = [part for part in urlsplit(address).path.split("/") if part]
    return PurePosixPath(parts[-1]).stem if parts else urlsplit(address).netloc


def fetched(address: str) -> tuple[bytes, str, str]:
    """The bytes at an address on the web, the ending of a file for them, and why there are none."""
    request = urllib.request.Request(address, headers={"User-Agent": f"nutgraf/{__version__}"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
            raw = answer.read(MAX_BYTES + 1)
            kind = str(answer.headers.get_content_type())
    except urllib.error.HTTPError as problem:
        return b"", "", f"the server says {problem.code} {problem.reason}"
    except TimeoutError:
        return b"", "", f"no answer within {TIMEOUT} seconds"
    except (urllib.error.URLError, OSError, HTTPException, ValueError) as problem:
        return b"", "", f"cannot be reached: {getattr(problem, 'reason', None) or problem}"
    if len(raw) > MAX_BYTES:
        return b"", "", f"more than {MAX_BYTES // 1_000_000} MB"
    suffix = next((ending for part, ending in TYPES.items() if part in kind), ".txt")
    return raw, suffix, ""
