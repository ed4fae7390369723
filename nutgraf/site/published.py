"""What of a brief is published, and where it can be found from outside."""

from nutgraf.site import urls
from nutgraf.site.link import Site
from nutgraf.site.reading import Placed, Reading


def address(site: Site, reading: Reading, note: Placed | None = None) -> str:
    """The lasting address of a brief or of one of its notes; without the site's own where it has none."""
    url = urls.at(reading.url, note.fragment) if note else reading.url
    return urls.absolute(site.config.url, url)


def published_text(site: Site, reading: Reading) -> str:
    """The plain body as far as it is published: whole, or as chosen sentences."""
    excerpt = site.excerpt(reading)
    return excerpt.plain if excerpt else reading.brief.body.plain


def sentence(site: Site, reading: Reading, note: Placed) -> str:
    """The sentence around an item as far as it is published; empty where its words were lost or left out."""
    span = note.span
    return reading.sentence(span) if span and site.placed(reading, span) is not None else ""
