"""Everything parsed: what the pages of a site are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from nutgraf.model.brief import Brief, FrontMatter, Page


@dataclass(frozen=True, slots=True)
class Library:
    """All briefs, drafts included, the editor's own pages, and what is needed to check them."""

    briefs: tuple[Brief, ...] = ()
    """In order of slug."""
    pages: tuple[Page, ...] = ()
    """In order of kind and slug."""
    articles: Mapping[str, str] = field(default_factory=dict)
    """Text of each stored article by file name within content/articles/."""
    changed_articles: frozenset[str] = frozenset()
    """File names of articles whose bytes are not those that the stored proposal was made from."""
    article_names: frozenset[str] = frozenset()
    """File names of all articles, those that no brief names included."""
    broken: frozenset[str] = frozenset()
    """Paths of files that could not be read."""
    static: frozenset[str] = frozenset()
    """Addresses of the files of static/, the theme's included."""
    proposed: Mapping[str, FrontMatter] = field(default_factory=dict)
    """What the machine last proposed for each brief, by slug."""
