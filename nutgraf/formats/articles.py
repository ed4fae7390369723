"""Readers of articles: one a format, chosen by the file's suffix."""

import re

from nutgraf.model.article import Article
from nutgraf.model.diagnostic import Diagnostic, Location, Severity

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?=\D|$)")


def read_article(name: str, raw: bytes) -> tuple[Article, tuple[Diagnostic, ...]]:
    """The article in a file of content/articles/. A date at the start of the file's name is the day of publication."""
    text, problems = decode(name, raw)
    dated = _DATED.match(name.rsplit("/", 1)[-1])
    return Article(name=name, text=text, raw=raw, published=dated.group(1) if dated else None), problems


def decode(name: str, raw: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    """The file's text with plain line ends, as UTF-8 or else, with a warning, as Windows-1252."""
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), ()
    except UnicodeDecodeError:
        message = "is not UTF-8; read as Windows-1252"
        warning = Diagnostic("article-encoding", Severity.WARNING, message, Location(name), "save the file as UTF-8")
        return raw.decode("cp1252", "replace").replace("\r\n", "\n").replace("\r", "\n"), (warning,)
