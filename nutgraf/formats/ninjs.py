"""News in JSON: ninjs 1 to 3 (IPTC)."""

import json
from collections.abc import Mapping
from typing import Any

from nutgraf.formats.html_text import html_paragraphs
from nutgraf.formats.metadata import iso_day, language_code, names, one_line
from nutgraf.model.article import Article


def read_ninjs(name: str, text: str, raw: bytes) -> tuple[Article, str]:
    """The article of a ninjs file, and why there is none (empty where all is well)."""
    try:
        item = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Article(name, "", raw), f"is not JSON: {error}"
    if not isinstance(item, Mapping):
        return Article(name, "", raw), "is not a ninjs item: it must be one JSON object"
    item = {str(key).lower(): value for key, value in item.items()}  # ninjs 3 writes versionCreated for versioncreated
    body = _body(item)
    article = Article(
        name=name,
        text=body,
        raw=raw,
        title=_value(item, "headline", "headlines", "title"),
        standfirst=_value(item, "description_text", "description_summary", "descriptions"),
        published=next((d for key in ("versioncreated", "firstcreated") if (d := iso_day(_value(item, key)))), None),
        authors=names([_value(item, "byline", "by", "bylines")]),
        publisher=_value(item, "source", "infosources"),
        url=_value(item, "uri") if str(item.get("uri", "")).startswith("http") else None,
        language=language_code(_value(item, "language")),
        body_only=True,
    )
    return article, "" if body else "is a ninjs item without a text: none of body_html, body_xhtml, body_text or bodies"


def _body(item: Mapping[str, Any]) -> str:
    for key in ("body_html", "body_xhtml"):
        if isinstance(item.get(key), str):
            return html_paragraphs(item[key])
    if isinstance(item.get("body_text"), str):
        return str(item["body_text"]).strip()
    bodies = item.get("bodies")
    for body in bodies if isinstance(bodies, list) else ():
        if isinstance(body, Mapping) and isinstance(body.get("value"), str):
            markup = "html" in str(body.get("contenttype") or body.get("contentType") or body.get("role") or "")
            return html_paragraphs(body["value"]) if markup or "<p" in body["value"] else str(body["value"]).strip()
    return ""


def _value(item: Mapping[str, Any], *keys: str) -> str | None:
    """The first of the keys that has a text: a string, or the value or name of the first in a list (ninjs 2 and 3)."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, Mapping):
            value = value.get("value") or value.get("name")
        if isinstance(value, str) and value.strip():
            return one_line(value)
    return None
