"""Findings of meaning: what a brief, a page or the whole site says that does not hold.

What `brief_findings` tells rests on one brief, the editor's pages and its article, so that it can be kept as long as
these stay the same; the nearest right names of the whole site are put in at the end, by `settled`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from nutgraf.model.brief import Proposal
from nutgraf.model.diagnostic import Diagnostic, Position
from nutgraf.model.library import Library
from nutgraf.site.check import anchors, links, names, values
from nutgraf.site.check.library import library_findings
from nutgraf.site.check.vocabulary import Vocabulary
from nutgraf.site.library import names_of
from nutgraf.site.reading import Reading, read


def check(library: Library, today: str, proposals: Mapping[str, Proposal] | None = None) -> tuple[Diagnostic, ...]:
    """Every finding with the severity of a release, in order of path and place."""
    index = names_of(library.pages)
    found = [*library_findings(library, index, proposals or {})]
    for brief in library.briefs:
        found += brief_findings(read(brief, index), library, today)
    return settled(found, library)


def brief_findings(reading: Reading, library: Library, today: str) -> tuple[Diagnostic, ...]:
    """What one brief says wrong. Of `library`, only the brief's own article is asked for."""
    return (
        *values.withheld(reading.brief, today),
        *values.findings(reading.brief),
        *anchors.findings(reading),
        *anchors.original(reading, library),
        *names.findings(reading),
        *links.images(reading.brief),
    )


def settled(found: Iterable[Diagnostic], library: Library) -> tuple[Diagnostic, ...]:
    """The findings in order, each with the nearest right name that the site knows."""
    vocabulary = Vocabulary(library)
    told = (replace(d, help=vocabulary.help(*d.wanted) or d.help, wanted=None) if d.wanted else d for d in found)
    return tuple(sorted(told, key=_order))


def _order(d: Diagnostic) -> tuple[str, Position, str, str]:
    return d.location.path, d.location.position or Position(0, 0), d.code, d.message
