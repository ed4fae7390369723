"""The words of a site, for the nearest right one to a wrong one."""

from functools import cached_property

from nutgraf.model.library import Library
from nutgraf.model.nearest import LIKENESS, asked
from nutgraf.site import edtf, urls
from nutgraf.site.library import names_of, slug_of
from nutgraf.site.units import CURRENCIES

_LIKENESS = {"day": 0.85, "address": 0.75}
"""Share of letters that must be right, where so many are the same in all of them."""


class Vocabulary:
    """Actors, topics, units, days and addresses of a site, each gathered when first asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._names = names_of(library.pages)

    def help(self, kind: str, word: str) -> str:
        """ "did you mean X?" for a word of that kind, empty where the site has none like it."""
        return asked(word, getattr(self, kind), likeness=_LIKENESS.get(kind, LIKENESS))

    @cached_property
    def actor(self) -> list[str]:
        own = [name for b in self._library.briefs for a in b.front.actors for name in (a.name, *a.aka)]
        return [*self._of_pages("actor"), *own, *self.source]

    @cached_property
    def source(self) -> list[str]:
        return [*self._of_pages("source"), *(s.name for b in self._library.briefs for s in b.front.sources)]

    @cached_property
    def unit(self) -> list[str]:
        used = [f.unit for b in self._library.briefs for f in b.front.figures if f.unit]
        return [*sorted(CURRENCIES), *dict.fromkeys(unit for unit in used if not unit.isupper())]

    @cached_property
    def day(self) -> list[str]:
        fronts = [brief.front for brief in self._library.briefs]
        told = dict.fromkeys([f.date for f in fronts] + [d.date for f in fronts for d in f.dates])
        return [day for day in told if edtf.parse(day)]

    @cached_property
    def article(self) -> list[str]:
        return sorted({*self._library.articles, *self._library.article_names})

    @cached_property
    def address(self) -> list[str]:
        return sorted(self.addresses)

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Of every page, feed and static file that the site can have, drafts included."""
        library, names = self._library, self._names
        fixed = {value for value in vars(urls).values() if isinstance(value, str) and value.startswith("/")}
        found = fixed | {urls.brief(b.slug) for b in library.briefs} | library.static
        for brief in library.briefs:
            found |= {urls.actor(slug_of(a.name, names.actors)) for a in brief.front.actors}
            found |= {urls.source(slug_of(s.name, names.sources)) for s in brief.front.sources}
            found |= {urls.topic(slug_of(t, names.topics)) for t in brief.front.topics}
        page_of = {"actor": urls.actor, "source": urls.source, "topic": urls.topic}
        found |= {page_of[page.kind](page.slug) for page in library.pages}
        return frozenset(found)

    def _of_pages(self, kind: str) -> list[str]:
        return [name for p in self._library.pages if p.kind == kind for name in (p.name, *p.aliases)]
