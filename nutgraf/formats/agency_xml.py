"""News in XML: NITF 3, NewsML-G2, RSS 2 and Atom. Entities are never expanded, nothing is fetched."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from nutgraf.formats.html_text import html_paragraphs, local_name, paragraphs
from nutgraf.formats.metadata import iso_day, language_code, names, one_line
from nutgraf.model.article import Article

_CREATED = ("versioncreated", "contentcreated", "firstcreated")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_xml(name: str, raw: bytes) -> tuple[Article, str]:
    """The article of an XML file, and why there is none (empty where all is well)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        return Article(name, "", raw), f"is not well-formed XML: {error.msg}"
    for read, tag in ((_newsml, "newsitem"), (_nitf, "nitf"), (_rss, "item"), (_atom, "entry")):
        found = next(_all(root, tag), None)
        if found is not None:
            return read(name, raw, root, found), ""
    return Article(name, "", raw), f"is XML of an unknown kind: <{local_name(root)}>"


def _all(root: Any, *tags: str) -> Iterator[Any]:
    return (element for element in root.iter() if local_name(element) in tags)


def _first(root: Any, *tags: str) -> Any:
    """The first element with one of the tags, the first tag first; None where there is none."""
    return next((found for tag in tags if (found := next(_all(root, tag), None)) is not None), None)


def _text(root: Any, *tags: str) -> str | None:
    found = _first(root, *tags)
    return one_line("".join(found.itertext())) if found is not None else None


def _language(*elements: Any) -> str | None:
    return next((code for e in elements if e is not None and (code := language_code(e.get(_LANGUAGE)))), None)


def _nitf(name: str, raw: bytes, root: Any, item: Any) -> Article:
    issued = _first(item, "date.issue", "date.release")
    story = _first(item, "story.date")
    content = _first(item, "body.content")
    return Article(
        name=name,
        text=paragraphs(content) if content is not None else "",
        raw=raw,
        title=_text(item, "hl1", "headline", "title"),
        standfirst=_text(item, "hl2", "abstract"),
        published=next((day for e in (issued, story) if e is not None and (day := iso_day(e.get("norm")))), None),
        authors=names([_text(item, "person") or _text(item, "byline")]),
        publisher=_text(item, "distributor"),
        language=_language(item, root),
        body_only=True,
    )


def _newsml(name: str, raw: bytes, root: Any, item: Any) -> Article:
    inline = _first(item, "inlinexml", "inlinedata")
    body = _first(inline, "body.content", "body") if inline is not None else None
    content = body if body is not None else inline
    language = _first(item, "language")
    return Article(
        name=name,
        text=paragraphs(content) if content is not None else "",
        raw=raw,
        title=_text(item, "headline", "title"),
        standfirst=_text(item, "description"),
        published=next((day for tag in _CREATED if (day := iso_day(_text(item, tag)))), None),
        authors=names([_text(item, "by", "byline")]),
        publisher=_text(_first(item, "provider"), "name") if _first(item, "provider") is not None else None,
        language=language_code(language.get("tag")) if language is not None else _language(item, root),
        body_only=True,
    )


def _rss(name: str, raw: bytes, root: Any, item: Any) -> Article:
    channel = _first(root, "channel")
    return Article(
        name=name,
        text=html_paragraphs(_raw_text(item, "encoded") or _raw_text(item, "description")),
        raw=raw,
        title=_text(item, "title"),
        published=iso_day(_text(item, "pubdate")) or iso_day(_text(item, "date")),
        authors=names([_text(item, "creator")]),
        publisher=_text(channel, "title") if channel is not None else None,
        url=_text(item, "link"),
        language=language_code(_text(channel, "language")) if channel is not None else None,
        body_only=True,
    )


def _atom(name: str, raw: bytes, root: Any, item: Any) -> Article:
    content = _first(item, "content", "summary")
    plain = _raw_text(item, "content") or _raw_text(item, "summary")
    author = _first(item, "author")
    link = _first(item, "link")
    return Article(
        name=name,
        text=paragraphs(content) if content is not None and len(content) else html_paragraphs(plain),
        raw=raw,
        title=_text(item, "title"),
        published=iso_day(_text(item, "published")) or iso_day(_text(item, "updated")),
        authors=names([_text(author, "name")]) if author is not None else (),
        url=link.get("href") if link is not None else None,
        language=_language(content, item, root),
        body_only=True,
    )


def _raw_text(root: Any, tag: str) -> str:
    found = _first(root, tag)
    return "".join(found.itertext()) if found is not None else ""
