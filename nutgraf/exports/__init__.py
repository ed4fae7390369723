"""What leaves nutgraf for other programs: one module a format, each from a linked site to files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from nutgraf.exports import follow_the_money, ninjs, sqlite, tables, web_annotation
from nutgraf.model.views import Artifact
from nutgraf.site.link import Site


@dataclass(frozen=True, slots=True)
class Format:
    """One way out: a line of help and the files it makes, paths relative to the folder of exports."""

    help: str
    make: Callable[[Site], Iterator[Artifact]]


FORMATS: Mapping[str, Format] = {
    "csv": Format("every figure and every quote with its sentence, two tables", tables.make),
    "ftm": Format("FollowTheMoney entities, one JSON object a line", follow_the_money.make),
    "ninjs": Format("IPTC ninjs 3.0, one file a brief", ninjs.make),
    "sqlite": Format("a SQLite database with full-text search (opens in Datasette)", sqlite.make),
    "web-annotation": Format("W3C Web Annotations, one file a brief", web_annotation.make),
}
