"""The order of the annotators, as a list that can be read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from nutgraf.annotate.actors import make_actors
from nutgraf.annotate.coreference import make_coreference
from nutgraf.annotate.credits import make_credits
from nutgraf.annotate.dates import make_dates
from nutgraf.annotate.figures import make_figure_attribution, make_figures
from nutgraf.annotate.headline import make_headline
from nutgraf.annotate.overlap import make_overlap
from nutgraf.annotate.quotes import make_quotes
from nutgraf.annotate.sources import make_sources
from nutgraf.annotate.topics import make_topics
from nutgraf.model.annotation import Annotations
from nutgraf.model.article import Document, LanguagePack
from nutgraf.model.brief import Page

Run = Callable[[Document, Annotations], Mapping[str, object]]
"""Computes fields of `Annotations` from a document and what was found in it before."""


@dataclass(frozen=True, slots=True)
class Annotator:
    """One step: which fields of `Annotations` it reads and which it returns."""

    name: str
    needs: frozenset[str]
    gives: frozenset[str]
    run: Run


def annotator(name: str, run: Run, needs: str, gives: str) -> Annotator:
    """An annotator from field names separated by blanks."""
    return Annotator(name, frozenset(needs.split()), frozenset(gives.split()), run)


def pipeline(pack: LanguagePack, topics: Sequence[Page]) -> tuple[Annotator, ...]:
    """All annotators for one language, in order. `topics` are the editor's topic pages: names, aliases, terms."""
    return in_order(
        (
            annotator("credits", make_credits(pack), "", "credits"),
            annotator("dates", make_dates(pack), "credits", "dates"),
            annotator("actors", make_actors(pack), "credits", "actors"),
            annotator("coreference", make_coreference(pack), "actors", "actors"),
            annotator("quotes", make_quotes(pack), "credits actors", "quotes"),
            annotator("figures", make_figures(pack), "credits dates", "figures"),
            annotator("figure attribution", make_figure_attribution(pack), "figures quotes actors", "figures"),
            annotator("sources", make_sources(pack), "credits actors quotes", "sources"),
            annotator(
                "overlap", make_overlap(pack), "credits dates actors figures quotes", "dates actors figures quotes"
            ),
            annotator("headline", make_headline(pack), "credits quotes", "headline standfirst related"),
            annotator("topics", make_topics(pack, topics), "actors headline", "topics"),
        )
    )


def in_order(annotators: Sequence[Annotator]) -> tuple[Annotator, ...]:
    """The annotators as given. Raises ValueError where one needs a field that none before it gives."""
    given: set[str] = set()
    for each in annotators:
        if missing := each.needs - given:
            raise ValueError(
                f"annotator {each.name!r} needs {', '.join(sorted(missing))}, which no annotator before it gives"
            )
        given |= each.gives
    return tuple(annotators)


def annotate(document: Document, annotators: Iterable[Annotator]) -> Annotations:
    """Everything the annotators find in a document; each sees what those before it found."""

    def step(found: Annotations, each: Annotator) -> Annotations:
        fields = each.run(document, found)
        if undeclared := fields.keys() - each.gives:
            raise ValueError(
                f"annotator {each.name!r} returned {', '.join(sorted(undeclared))}, which it does not declare"
            )
        return replace(found, **fields)  # type: ignore[arg-type]

    return reduce(step, annotators, Annotations())
