"""Saved web pages: the body by its blocks, the rest from the page's own metadata."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from lxml import etree, html

from nutgraf.formats.json_ld import PageData, read_json_ld
from nutgraf.formats.metadata import day_in_address, iso_day, language_code, names, one_line, without_tags
from nutgraf.formats.page_story import PageModel, extract, story_blocks
from nutgraf.model.article import Article

_SITE_NAME = re.compile(r"\s+[|•·–—]\s+[^|•·–—]{2,40}$|\s+-\s+[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}$", re.IGNORECASE)
_HEAD_LINES = 4
"""Lines among which the page's title may stand again."""
LEAST_OF_EXTRACT = 0.3
"""Share of trafilatura's words under which the choice among blocks has failed."""
_DAYS = (
    *("article:published_time", "datepublished", "date", "dc.date.issued", "dc.date"),
    *("pubdate", "publishdate", "parsely-pub-date"),
)


def no_model() -> None:
    """For those who read no pages, or are content with what trafilatura alone makes of them."""


def read_page(
    name: str, page: str, raw: bytes, url: str | None = None, model: Callable[[], PageModel | None] = no_model
) -> Article:
    """Article of a saved page: paragraphs separated by blank lines, without menus, captions and teasers."""
    data = read_json_ld(page)
    root = page_tree(page)
    meta = _meta(root) if root is not None else PageData()
    publisher, address = data.publisher or meta.publisher, url or meta.url or data.url
    headings = [heading.text_content() for heading in root.iter("h1")] if root is not None else []
    return Article(
        name=name,
        text=page_body(page, root, data, (data.title, meta.title, *headings), model()),
        raw=raw,
        title=_without_site(data.title or meta.title, publisher),
        standfirst=data.standfirst or meta.standfirst,
        published=data.published or meta.published or day_in_address(address),
        authors=data.authors or meta.authors,
        publisher=publisher,
        url=address,
        language=data.language or meta.language,
        body_only=True,
    )


def page_body(
    page: str, root: Any, data: PageData, titles: Iterable[str | None] = (), model: PageModel | None = None
) -> str:
    """The story's paragraphs; what the page itself calls the article's body only where nothing can be extracted."""
    extracted = extract(page)
    found = story_blocks(root, extracted, model) if model and root is not None else []
    enough = sum(len(line.split()) for line in found) >= LEAST_OF_EXTRACT * len(extracted.split())
    lines = found if found and enough else extracted.splitlines()
    known = {_words(title) for title in titles if title}
    body = "\n\n".join(line for i, line in enumerate(lines) if i >= _HEAD_LINES or _words(line) not in known)
    if len(body.split()) < 25 and data.body and len(data.body) > len(body):
        return "\n\n".join(filter(None, (" ".join(part.split()) for part in data.body.splitlines())))
    return body


def _without_site(title: str | None, publisher: str | None) -> str | None:
    """A title without the name of the site behind it: "Flood closes bridge - The Weir Gazette"."""
    head, dash, tail = (title or "").rpartition(" - ")
    return head.rstrip() if dash and publisher and _words(tail) == _words(publisher) else title


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def page_tree(page: str) -> Any:
    """The page's root element; None where it cannot be parsed."""
    try:
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page))
    except (etree.ParserError, ValueError):
        return None


def _meta(root: Any) -> PageData:
    """What <title> and the meta elements say."""
    values: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if key and element.get("content"):
            values.setdefault(key, []).append(element.get("content"))

    def first(*keys: str) -> str | None:
        return next((one_line(values[key][0]) for key in keys if key in values), None)

    title = first("og:title", "twitter:title") or _element_text(root, "h1") or _element_text(root, "title")
    return PageData(
        title=_SITE_NAME.sub("", title) if title else None,
        standfirst=without_tags(first("og:description", "description", "twitter:description")),
        published=next((day for key in _DAYS if (day := iso_day(first(key)))), None),
        authors=names(values.get("author", ()) or values.get("article:author", ())),
        publisher=first("og:site_name", "application-name"),
        language=language_code(root.get("lang") or first("og:locale", "language")),
        url=first("og:url"),
    )


def _element_text(root: Any, tag: str) -> str | None:
    found = root.find(f".//{tag}")
    return one_line(found.text_content()) if found is not None else None
