"""The address of everything: no other module knows what a URL of the site looks like."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

HOME = "/"
BRIEFS = "/briefs/"
ACTORS = "/actors/"
SOURCES = "/sources/"
FIGURES = "/figures/"
QUOTES = "/quotes/"
TIMELINE = "/timeline/"
TOPICS = "/topics/"
PLACES = "/places/"
SEARCH = "/search/"
CHANGES = "/changes/"
ABOUT = "/about/"
ARCHIVE = "/archive/"
"""Briefs by date, where they are too many for one page."""
A_Z = "/a-z/"
SERIES = "/figures/of/"
CARDS = "/cards/"
NOT_FOUND = "/404.html"
COLOURS = "/colours.css"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"

MAX_SLUG = 80
"""Longest slug in code points; a file name may have 255 bytes on the usual disks."""
_NO_WORD = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "'": "", "’": ""}
)
"""Letters that Unicode does not decompose; apostrophes vanish instead of dividing a word."""


def slugify(label: str, limit: int = MAX_SLUG) -> str:
    """Lower-case words of `label` joined by hyphens, accents folded (ñ to n); letters of other scripts stay.

    The same label gives the same slug everywhere; one without letters or digits gives a digest, so no slug is empty.
    """
    if label.isascii():
        plain = _NO_WORD.sub("-", label.casefold().replace("'", "")).strip("-")
        return shorten(plain, limit) or "x" + digest(label)
    folded = unicodedata.normalize("NFKD", label).casefold()  # first: a mathematical A has no small letter
    parts = unicodedata.normalize("NFKD", folded).translate(_LETTERS)
    kept = "".join(" " if not c.isalnum() and not unicodedata.combining(c) else c for c in parts)
    bare = "".join(c for c in kept if not unicodedata.combining(c))
    slug = "-".join(unicodedata.normalize("NFC", bare).split())
    return shorten(slug, limit) or "x" + digest(label)


def shorten(slug: str, limit: int) -> str:
    """`slug` cut to at most `limit` code points, after a whole word where it has one."""
    if len(slug) <= limit:
        return slug
    cut = slug[: limit + 1].rpartition("-")[0]
    return cut or slug[:limit]


def digest(*texts: str) -> str:
    """Eight hexadecimal digits that stand for the texts (SHA-256, cut)."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]


def brief(slug: str) -> str:
    return f"{BRIEFS}{slug}/"


def annotations(slug: str) -> str:
    """The Web Annotations of a brief."""
    return f"{BRIEFS}{slug}/annotations.json"


def actor(slug: str) -> str:
    return f"{ACTORS}{slug}/"


def source(slug: str) -> str:
    return f"{SOURCES}{slug}/"


def topic(slug: str) -> str:
    return f"{TOPICS}{slug}/"


def series(slug: str) -> str:
    """All figures that count the same thing."""
    return f"{SERIES}{slug}/"


def chapter(page: str, key: str) -> str:
    """A part of a long list: "/figures/2022-04/"."""
    return f"{page}{key}/" if key else page


def letters(page: str) -> str:
    """Under which the parts of an alphabetical list stand: "/a-z/actors/"."""
    return A_Z + page.removeprefix("/")


def moved(page: str) -> str:
    """The file of a page that has another address now; in this form it is no page of the sitemap."""
    return page + "index.html"


def sitemap_part(number: int) -> str:
    """One file of a sitemap that is too long for one; the sitemap lists them."""
    return f"/sitemap-{number}.xml"


def card(slug: str) -> str:
    """The picture that stands for a brief where others link to it."""
    return f"{CARDS}{slug}.png"


def atom(page: str) -> str:
    """The Atom feed that belongs to the page at that address."""
    return page + "feed.xml"


def json_feed(page: str) -> str:
    """The JSON feed that belongs to the page at that address."""
    return page + "feed.json"


def at(page: str, fragment: str) -> str:
    """A place on a page."""
    return f"{page}#{fragment}"


def reference(note: str, number: int | None = None) -> str:
    """Fragment of the words a note rests on; `number` tells several mentions apart."""
    return f"{note}-ref" if number is None else f"{note}-ref-{number}"


def file_of(url: str) -> str:
    """Path of the file, relative to the output folder, that answers a request for `url`."""
    path = url.partition("#")[0].lstrip("/")
    return path + "index.html" if not path or path.endswith("/") else path


def url_of(path: str) -> str:
    """The address that a file of the output folder answers: the inverse of `file_of`."""
    return "/" + (path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path)


def absolute(base: str, url: str) -> str:
    """`url` with the site's own address before it; unchanged where the site has none."""
    return base.rstrip("/") + url if base and url.startswith("/") else url


def fragments(stem: str, contents: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """A lasting, unique fragment for each item, from its content alone: "figure-47331-cuban-migrants".

    The first text of each item is what the fragment shows; all of its texts tell apart items that show the same. So an
    item keeps its fragment when others are added, removed or moved, but for true doubles, which are counted.
    """
    items = [tuple(texts) for texts in contents]
    shown = [f"{stem}-{slugify(texts[0], 40)}" for texts in items]
    uses = Counter(shown)
    full = [name if uses[name] == 1 else f"{name}-{digest(*texts)}" for name, texts in zip(shown, items, strict=True)]
    seen: Counter[str] = Counter()
    result = []
    for name in full:
        seen[name] += 1
        result.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return tuple(result)
