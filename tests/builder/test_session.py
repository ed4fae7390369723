"""A process that builds a site again and again."""

from pathlib import Path

import pytest

from nutgraf.builder.publish import BuildOptions
from nutgraf.builder.session import Session
from nutgraf.memo import LostError
from nutgraf.site.urls import file_of, url_of

BRIEF = """---
headline: {headline}
date: 2031-05-14
status: published
actors:
- {{name: Ngozi Okafor, kind: person}}
---
{body}
"""


def put(root: Path, slug: str, headline: str, body: str = "Ngozi Okafor spoke.") -> None:
    file = root / f"content/briefs/{slug}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(BRIEF.format(headline=headline, body=body), encoding="utf-8")


def test_a_rebuild_names_the_addresses_it_wrote(tmp_path: Path) -> None:
    put(tmp_path, "one", "First")
    put(tmp_path, "two", "Second")
    session = Session(tmp_path, BuildOptions("2031-06-01"))
    assert {"/", "/briefs/one/", "/actors/ngozi-okafor/"} <= set(session.rebuild().changed_urls)
    assert session.rebuild().changed_urls == ()
    put(tmp_path, "one", "First", "Ngozi Okafor spoke.\n\nIt rained.")
    assert session.rebuild({"content/briefs/one.md"}).changed_urls == (
        "/briefs/one/annotations.json",
        "/briefs/one/",
    )


def test_the_page_of_a_saved_brief_is_drawn_at_once(tmp_path: Path) -> None:
    put(tmp_path, "one", "First")
    put(tmp_path, "two", "Second")
    session = Session(tmp_path, BuildOptions("2031-06-01"))
    assert session.glance({"content/briefs/one.md"}) == ()  # nothing is known yet
    session.rebuild()
    put(tmp_path, "one", "Another")
    assert session.glance({"content/briefs/one.md", "site.yaml"}) == ("/briefs/one/",)
    assert "<h1>Another</h1>" in (tmp_path / "public/briefs/one/index.html").read_text()
    assert "Another" not in (tmp_path / "public/index.html").read_text()
    assert "/" in session.rebuild({"content/briefs/one.md"}).changed_urls
    (tmp_path / "content/briefs/one.md").write_text("---\nheadline: [\n---\n")
    assert session.glance({"content/briefs/one.md"}) == ()
    assert session.rebuild({"content/briefs/one.md"}).written is None
    put(tmp_path, "two", "Third")
    assert session.glance({"content/briefs/two.md"}) == ()  # the last good site stays as a whole


def test_what_another_process_has_kept_since_is_not_mixed_with_what_was_read_before(tmp_path: Path) -> None:
    put(tmp_path, "one", "First")
    first, second = (Session(tmp_path, BuildOptions("2031-06-01"), jobs=1) for _ in range(2))
    first.rebuild()
    late = second.remembered()
    assert late.published.get("one")
    put(tmp_path, "one", "Second")
    first.rebuild()
    with pytest.raises(LostError):
        late.plans.whole()
    put(tmp_path, "two", "Third")
    for session in (second, first, Session(tmp_path, BuildOptions("2031-06-01"), jobs=1)):
        session.rebuild()
        assert session.rebuild().changed_urls == ()
    assert "Third" in (tmp_path / "public/index.html").read_text()


def test_addresses_and_files_answer_each_other() -> None:
    for path in ("index.html", "briefs/a/index.html", "404.html", "actors/a/feed.xml", "briefs/aindex.html"):
        assert file_of(url_of(path)) == path
