"""W3C Web Annotations, one file a brief; the same that stand beside the pages of a site."""

from collections.abc import Iterator

from nutgraf.model.views import Artifact
from nutgraf.site.link import Site
from nutgraf.site.web_annotation import annotation_page, as_json


def make(site: Site) -> Iterator[Artifact]:
    """SLUG.json for every brief."""
    for reading in site.wholes:
        text = as_json(annotation_page(site, reading))
        yield Artifact(f"web-annotation/{reading.brief.slug}.json", text.encode())
