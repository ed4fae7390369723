"""What of a built page can be searched: its heading, its text, and what to filter by."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree

MARK = "data-search"
"""Attribute of the elements whose text is searched; its value is the page's kind. Pages without it are not indexed."""
SWAPPED = str.maketrans("ñÑ", "ƞȠ")
"""Letters that are no accented forms of others: the index folds accents, and these stand in for them there and in
the script that asks it."""
_FILTERS = {"mentions": "actor", "keywords": "topic", "sourceOrganization": "source"}


@dataclass(frozen=True, slots=True)
class Indexable:
    """A page as the search index knows it."""

    url: str
    kind: str
    title: str
    text: str
    date: str = ""
    """ISO 8601, briefs only."""
    day: str = ""
    """The date as the page writes it."""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)


def indexable(url: str, page: bytes) -> Indexable | None:
    """What a page offers to search; None where it says that it is not to be found."""
    from lxml import html  # slow to load, and of no use where no page was written

    if MARK.encode() not in page:
        return None
    tree = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    marked = tree.xpath(f"//*[@{MARK}]")
    headings = tree.xpath("//h1")
    if not marked or not headings:
        return None
    title = _words(headings[0])
    told = _linked_data(tree)
    text = "\n".join(words for element in marked if (words := _words(element))) or title  # Pagefind drops empty pages
    date = str(told.get("datePublished", ""))
    days = tree.xpath("//main//time[@datetime=$date]", date=date)
    return Indexable(
        url, marked[0].get(MARK), title, text, date, _words(days[0]) if days else date, _filters(told, date)
    )


def as_page(found: Indexable) -> str:
    """A page that says the same to Pagefind, and no more."""
    filters = [("kind", found.kind), *((name, v) for name, values in found.filters.items() for v in values)]
    tags = "".join(f"<i data-pagefind-filter={name}>{_put(value)}</i>" for name, value in filters)
    facts = f"<i data-pagefind-meta=kind>{_put(found.kind)}</i><i data-pagefind-meta=date>{_put(found.date)}</i>"
    title, text = _put(found.title), _put(found.text)
    return (
        f"<!doctype html><html><meta charset=utf-8><title>{title}</title>"
        f"<body><h1 data-pagefind-meta=title>{title}</h1><div hidden>{tags}{facts}</div>"
        f"<main data-pagefind-body><p>{text}</p></main></html>"
    )


def _put(text: str) -> str:
    return escape(text.translate(SWAPPED))


def _words(element: Any) -> str:
    """The text of an element without its notes, blocks and words kept apart, on one line."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    if element.tag in ("p", "li", "h1", "h2", "h3", "div", "blockquote"):
        yield " "
    yield element.text or ""
    for child in element:
        if not _left_out(child):
            yield from _pieces(child)
        yield child.tail or ""
    if element.tag in ("p", "li", "div"):
        yield " "


def _left_out(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return True
    classes = set((element.get("class") or "").split())
    return bool(classes & {"noteref", "kicker", "notes"}) or element.tag == "h1"


def _linked_data(tree: "etree._Element") -> Mapping[str, Any]:
    found = tree.xpath("//script[@type='application/ld+json']/text()")
    told = json.loads(found[0]) if found else {}
    return told if isinstance(told, Mapping) else {}


def _filters(told: Mapping[str, Any], date: str) -> Mapping[str, Sequence[str]]:
    found = {name: _names(told.get(key, ())) for key, name in _FILTERS.items()}
    return {name: values for name, values in {**found, "year": [date[:4]]}.items() if values and values[0]}


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [v["name"] if isinstance(v, Mapping) else str(v) for v in values if v]
