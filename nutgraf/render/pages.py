"""The whole site as files: every page through its template, feeds, sitemap, robots.txt."""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from jinja2 import Environment

from nutgraf.model.views import Artifact, PageView, SiteFrame, SiteViews
from nutgraf.render import feeds
from nutgraf.render.addresses import relative_to
from nutgraf.render.environment import make_environment
from nutgraf.site.urls import ROBOTS, SITEMAP, absolute, file_of

NOT_FOUND = "404.html"
"""The one template whose page is shown at addresses of any depth, so that its links cannot be relative."""

_PREFORMATTED = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_BLANK = re.compile(r"[ \t]*\n(?:[ \t]*\n)+|[ \t]+\n")


def render_site(views: SiteViews, templates: Mapping[str, str]) -> Iterator[Artifact]:
    """Every file of the site but those of static/, in the order of `views`; the same views give the same bytes.

    Raises jinja2.TemplateError where a template is wrong or names what its view lacks.
    """
    environment = make_environment(templates)
    for template, view in views.pages:
        yield render_page(environment, template, view, views.frame)
    base = views.frame.base
    for feed in views.feeds:
        yield Artifact(file_of(feed.atom_url), feeds.atom(feed, base, views.frame.title))
        yield Artifact(file_of(feed.json_url), feeds.json_feed(feed, base, views.frame.language))
    yield Artifact(file_of(SITEMAP), feeds.sitemap(views.sitemap, base))
    yield Artifact(file_of(ROBOTS), feeds.robots(base))


def render_page(environment: Environment, template: str, view: PageView, frame: SiteFrame) -> Artifact:
    """One page. The template sees `view`, `frame` and, through the filter `rel`, addresses relative to the page."""
    url = view.head.url
    relative = partial(absolute, frame.base) if template == NOT_FOUND else relative_to(url)
    html = environment.get_template(template).render(view=view, frame=frame, relative=relative)
    return Artifact(file_of(url), tidy(html).encode())


def tidy(html: str) -> str:
    """Without blank lines and white space at line ends; preformatted text is left alone."""
    if "<pre" not in html:
        return _tidy(html) + "\n"
    parts = _PREFORMATTED.split(html)
    parts[::2] = [_BLANK.sub("\n", part) for part in parts[::2]]
    return "".join(parts).strip() + "\n"


def _tidy(html: str) -> str:
    return "\n".join([kept for line in html.split("\n") if (kept := line.rstrip(" \t"))]).strip()
