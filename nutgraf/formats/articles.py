"""Readers of articles: one a format, chosen by the file's suffix."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial

from nutgraf.formats.agency_xml import read_xml
from nutgraf.formats.metadata import iso_day, language_code, names, one_line
from nutgraf.formats.ninjs import read_ninjs
from nutgraf.formats.page_story import PageModel
from nutgraf.formats.saved_page import no_model, read_page
from nutgraf.model.article import Article
from nutgraf.model.diagnostic import Diagnostic, Location, Severity

Problems = tuple[Diagnostic, ...]
Pages = Callable[[], PageModel | None]
"""Loads what is known of web pages; called only when a page is read."""
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(?=\D|$)")
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_HEAD = re.compile(r"---[ \t]*\n((?:[ \t]*[\w-]+[ \t]*:.*\n|[ \t]*\n|#.*\n)*?)---[ \t]*(?:\n|$)")


def read_article(name: str, raw: bytes, pages: Pages = no_model) -> tuple[Article, Problems]:
    """The article in a file of content/articles/. A date at the start of the file's name is the day of publication.

    Saved pages and mails in HTML are read by the model that `pages` gives, by trafilatura alone where it gives none.
    A file that cannot be read gives an article without text, and a finding that says why.
    """
    base = name.rsplit("/", 1)[-1]
    suffix = base.rpartition(".")[2].lower() if "." in base else ""
    reader: Callable[[str, bytes], tuple[Article, Problems]] | None
    reader = partial(_PAGE_READERS[suffix], pages=pages) if suffix in _PAGE_READERS else _READERS.get(suffix)
    if reader is None:
        known = ", ".join(f".{known}" for known in (*_READERS, *_PAGE_READERS))
        problem = _problem(name, "article-format", "has no format that is known", f"known are {known}")
        return Article(name, "", raw), (problem,)
    article, problems = reader(name, raw)
    if dated := _DATED.match(base):
        article = replace(article, published=iso_day(dated.group()) or article.published)
    if not article.text.strip() and not any(p.severity is Severity.ERROR for p in problems):
        problems += (_problem(name, "article-empty", "has no text that could be read"),)
    return article, problems


def decode(name: str, raw: bytes) -> tuple[str, Problems]:
    """The text with plain line ends: UTF-8, else the charset that a page declares, else Windows-1252 with a warning."""
    declared = _CHARSET.search(raw[:4096])
    encodings = ["utf-8-sig"]
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings.insert(0, "utf-16")
    if declared:
        encodings.append(declared.group(1).decode("ascii", "replace"))
    for encoding in encodings:
        try:
            return _plain_ends(raw.decode(encoding)), ()
        except (UnicodeDecodeError, LookupError):
            continue
    if b"\0" in raw:
        return "", (_problem(name, "article-encoding", "is not text", "save it as text in UTF-8"),)
    reason = "is not UTF-8; read as Windows-1252"
    warning = _problem(name, "article-encoding", reason, "save it as UTF-8", Severity.WARNING)
    return _plain_ends(raw.decode("cp1252", "replace")), (warning,)


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _problem(name: str, code: str, reason: str, advice: str = "", severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(code, severity, reason, Location(name), advice)


def _read_text(name: str, raw: bytes) -> tuple[Article, Problems]:
    text, problems = decode(name, raw)
    return Article(name, text, raw), problems


def _read_page(name: str, raw: bytes, pages: Pages) -> tuple[Article, Problems]:
    text, problems = decode(name, raw)
    return read_page(name, text, raw, model=pages), problems


def _read_markdown(name: str, raw: bytes) -> tuple[Article, Problems]:
    """Markdown with an optional head of `key: value` lines; markup at the start of lines is taken off."""
    text, problems = decode(name, raw)
    found = _HEAD.match(text)
    head = _pairs(found.group(1)) if found else {}
    body = text[found.end() :] if found else text
    title = head.get("title") or head.get("headline")
    lines = body.strip().split("\n")
    if not title and lines[0].startswith("# "):
        title, lines = lines[0][2:].strip(), lines[1:]
    plain = (re.sub(r"^(?:#{1,6}|>|[-*+])\s+", "", line) for line in lines)
    article = Article(
        name=name,
        text="\n".join(plain).strip() + "\n",
        raw=raw,
        title=one_line(title),
        standfirst=one_line(head.get("standfirst") or head.get("description")),
        published=iso_day(head.get("date") or head.get("published")),
        authors=names([head.get("author") or head.get("byline")]),
        publisher=one_line(head.get("publisher")),
        url=one_line(head.get("url") or head.get("source")),
        language=language_code(head.get("language") or head.get("lang")),
        body_only=title is not None,
    )
    return article, problems


def _pairs(head: str) -> Mapping[str, str]:
    pairs = (line.partition(":") for line in head.splitlines() if ":" in line)
    return {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}


def _read_mail(name: str, raw: bytes, pages: Pages) -> tuple[Article, Problems]:
    mail = message_from_bytes(raw, policy=policy.default)
    part = mail.get_body(("plain", "html")) if isinstance(mail, EmailMessage) else None
    try:
        text = _plain_ends(str(part.get_content())) if part else ""
        subject, sent = str(mail["subject"] or ""), str(mail["date"] or "")
    except (LookupError, ValueError, AttributeError) as error:
        return Article(name, "", raw), (_problem(name, "article-mail", f"is a mail that cannot be read: {error}"),)
    is_page = part is not None and part.get_content_subtype() == "html"
    page = read_page(name, text, raw, model=pages) if is_page else Article(name, text, raw)
    title = re.sub(r"^(?:(?:re|fwd?|rv|wg|aw|tr)\s*:\s*)+", "", subject, flags=re.IGNORECASE)
    return replace(page, title=one_line(title) or page.title, published=iso_day(sent) or page.published), ()


def _read_xml(name: str, raw: bytes) -> tuple[Article, Problems]:
    article, reason = read_xml(name, raw)
    return article, (_problem(name, "article-xml", reason, "NITF, NewsML-G2, RSS and Atom are read"),) if reason else ()


def _read_ninjs(name: str, raw: bytes) -> tuple[Article, Problems]:
    text, problems = decode(name, raw)
    article, reason = read_ninjs(name, text, raw)
    return article, (*problems, _problem(name, "article-json", reason)) if reason else problems


_READERS: Mapping[str, Callable[[str, bytes], tuple[Article, Problems]]] = {
    "txt": _read_text,
    "md": _read_markdown,
    "xml": _read_xml,
    "json": _read_ninjs,
}
_PAGE_READERS: Mapping[str, Callable[..., tuple[Article, Problems]]] = {
    "html": _read_page,
    "htm": _read_page,
    "eml": _read_mail,
}
