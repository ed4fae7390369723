"""One page for an agency, whatever the briefs call it."""

from nutgraf.builder.agencies import agency_pages
from nutgraf.model.brief import Body, Brief, FrontMatter, Page, Source


def brief(slug: str, *sources: Source) -> Brief:
    return Brief(slug, f"{slug}.md", FrontMatter("Headline", "2024-05-15", sources=sources), Body("", ""))


def names(*briefs: Brief, pages: tuple[Page, ...] = ()) -> list[str]:
    return [page.name for page in agency_pages((s for b in briefs for s in b.front.sources), pages)]


def test_all_forms_of_a_name_lead_to_one_page() -> None:
    briefs = brief("a", Source("AP", "agency")), brief("b", Source("The Associated Press", "cited"))
    (page,) = agency_pages((s for b in briefs for s in b.front.sources), ())
    assert (page.slug, page.name, page.type) == ("associated-press", "Associated Press", "agency")
    assert "AP" in page.aliases


def test_two_letters_mean_an_agency_only_where_one_is_credited() -> None:
    assert names(brief("a", Source("EP", "cited"))) == []
    assert names(brief("a", Source("EP", "agency"))) == ["Europa Press"]


def test_what_the_editor_has_a_page_for_is_left_to_the_editor() -> None:
    own = Page("the-wire", "content/sources/the-wire.md", "source", "The wire", aliases=("AP",))
    assert names(brief("a", Source("AP", "agency")), pages=(own,)) == []


def test_people_are_no_agencies() -> None:
    assert names(brief("a", Source("Ana Sol", "cited"), Source("AP", "unnamed"))) == []
