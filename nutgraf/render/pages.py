"""Views as files: every page through its template, feeds, sitemap, robots.txt."""

import re
from collections.abc import Iterator, Mapping

from jinja2 import Environment

from nutgraf.model.views import Artifact, BriefView, FeedView, PageView, SiteFrame, SitemapView
from nutgraf.render import feeds
from nutgraf.render.addresses import relative_to, up_from
from nutgraf.site.urls import COLOURS, ROBOTS, file_of

NOT_FOUND = "404.html"
"""The one template whose page is shown at addresses of any depth, so that its links cannot be relative."""

_PREFORMATTED = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_NO_COLOUR = re.compile(r"[;{}<>@\\]|/\*")


def render_feed(feed: FeedView, frame: SiteFrame) -> Iterator[Artifact]:
    """One feed in both its forms."""
    yield Artifact(file_of(feed.atom_url), feeds.atom(feed, frame.base, frame.title))
    yield Artifact(file_of(feed.json_url), feeds.json_feed(feed, frame.base, frame.language))


def render_view(environment: Environment, template: str, view: PageView, frame: SiteFrame) -> Iterator[Artifact]:
    """One page with the file that stands beside it, if any."""
    yield render_page(environment, template, view, frame)
    if isinstance(view, BriefView) and view.annotations and view.head.annotations:
        yield Artifact(file_of(view.head.annotations), view.annotations.encode())


def render_frame(frame: SiteFrame, sitemap: SitemapView) -> Iterator[Artifact]:
    """Files that are there once."""
    if frame.colours:
        yield Artifact(file_of(COLOURS), colours(frame.colours))
    for address, content in feeds.sitemap(sitemap, frame.base):
        yield Artifact(file_of(address), content)
    yield Artifact(file_of(ROBOTS), feeds.robots(frame.base))


def render_page(environment: Environment, template: str, view: PageView, frame: SiteFrame) -> Artifact:
    """One page. The template sees `view`, `frame`, and `up`, which leads to the site's root."""
    url = view.head.url
    up = frame.base if template == NOT_FOUND else up_from(url)
    html = environment.get_template(template).render(view=view, frame=frame, up=up, relative=relative_to(up))
    return Artifact(file_of(url), tidy(html).encode())


def tidy(html: str) -> str:
    """Without blank lines and white space at line ends; preformatted text is left alone."""
    if "<pre" not in html:
        return _evened(html)
    parts = _PREFORMATTED.split(html)
    return "".join(part if n % 2 else _evened(part) for n, part in enumerate(parts))


def _evened(html: str) -> str:
    return "\n".join(filter(None, map(str.rstrip, html.split("\n")))) + "\n"


def colours(chosen: Mapping[str, str]) -> bytes:
    """A site's own colours as a style sheet over the theme's."""
    safe = {name: value for name, value in chosen.items() if not _NO_COLOUR.search(value)}
    light = "".join(f"--{name}:{value};" for name, value in safe.items() if not name.startswith("dark-"))
    dark = "".join(f"--{name[5:]}:{value};" for name, value in safe.items() if name.startswith("dark-"))
    return f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n".encode()
