"""Every internal link and fragment of a built site must lead somewhere. Works on files in memory or on a folder."""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "image": "href"}
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class Page(HTMLParser):
    """What a page links to, what can be linked to on it, and how its elements nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.elements: list[dict[str, str]] = []
        self.faults: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append({"": tag, **found})
        if "id" in found:
            self.ids.append(found["id"])
        if LINKS.get(tag) in found and found.get("rel") != "canonical":
            self.links.append(found[LINKS[tag]])
        if LINKS.get(tag) == "href" and not found.get("href"):
            self.faults.append(f"<{tag}> leads nowhere: {found}")
        if tag == "a" and "a" in self._open:
            self.faults.append("a link within a link")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def broken_links(files: Mapping[str, bytes]) -> Iterator[str]:
    """One line a link or label that leads nowhere, an id given twice or an element out of place."""
    pages = {path: Page(content.decode()) for path, content in files.items() if path.endswith(".html")}
    for path, page in sorted(pages.items()):
        yield from (f"{path}: {fault}" for fault in page.faults)
        yield from (f"{path}: id {name} twice" for name in sorted({x for x in page.ids if page.ids.count(x) > 1}))
        for name in ("aria-labelledby", "for"):
            told = {each for element in page.elements for each in element.get(name, "").split()}
            yield from (f"{path}: {name} {each} is no element" for each in sorted(told - set(page.ids)))
        for link in page.links:
            if reason := _broken(path, link, files, pages):
                yield f"{path}: {link} {reason}"


def _broken(path: str, link: str, files: Mapping[str, bytes], pages: Mapping[str, Page]) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    target = _target(path, unquote(parts.path))
    if target not in files:
        return "leads to no file"
    if parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
        return "leads to no element"
    return ""


def _target(path: str, address: str) -> str:
    if not address:
        return path
    whole = normpath(join("/", path.rpartition("/")[0], address)).lstrip("/")
    return join(whole, "index.html") if address.endswith("/") else whole


def read_site(folder: Path) -> dict[str, bytes]:
    """All files under `folder` by path relative to it."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
