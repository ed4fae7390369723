"""A whole site at once, without disk and memory of earlier builds: what the tests of views and pages look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nutgraf.model.config import Config
from nutgraf.model.library import Library
from nutgraf.model.views import Artifact, FeedView, PageView, SiteFrame, SitemapView
from nutgraf.model.words import Words
from nutgraf.render.environment import make_environment
from nutgraf.render.pages import render_feed, render_frame, render_view
from nutgraf.site.link import link
from nutgraf.site.views import frame_of, plans, sitemap


@dataclass(frozen=True, slots=True)
class SiteViews:
    """Everything to be rendered: each page with the name of its template."""

    frame: SiteFrame
    pages: tuple[tuple[str, PageView], ...]
    """(template, view): ("brief.html", BriefView(…))."""
    feeds: tuple[FeedView, ...]
    sitemap: SitemapView


def build_views(library: Library, config: Config, today: str, drafts: bool, words: Words) -> SiteViews:
    """Every page and feed of the site. Briefs dated after `today` (ISO day) are left out, drafts unless asked for."""
    site = link(library, config, today, drafts, words)
    planned = [page for plan in plans(site) for page in plan.pages(site, *plan.arguments)]
    made = [(page, page.view(site, *page.arguments)) for page in planned]
    pages = tuple((page.template, view) for page, view in made if not isinstance(view, FeedView))
    feeds = tuple(view for _, view in made if isinstance(view, FeedView))
    return SiteViews(frame_of(config, words), pages, feeds, sitemap(site, (page.url for page in planned)))


def render_site(views: SiteViews, templates: Mapping[str, str]) -> Iterator[Artifact]:
    """Every file of the site but those of static/, in the order of `views`; the same views give the same bytes.

    Raises jinja2.TemplateError where a template is wrong or names what its view lacks.
    """
    environment = make_environment(templates, views.frame.words)
    for template, view in views.pages:
        yield from render_view(environment, template, view, views.frame)
    for feed in views.feeds:
        yield from render_feed(feed, views.frame)
    yield from render_frame(views.frame, views.sitemap)
