"""Small sites in memory, from the texts of their files."""

from collections.abc import Mapping
from pathlib import Path

from nutgraf.formats.brief import parse_brief
from nutgraf.formats.page import parse_page
from nutgraf.formats.words import parse_words
from nutgraf.model.brief import Brief, Page
from nutgraf.model.library import Library
from nutgraf.model.words import Words

FOLDERS = {"content/actors/": "actor", "content/sources/": "source", "content/topics/": "topic"}


def brief(text: str, slug: str = "story") -> Brief:
    found, problems = parse_brief(text, f"content/briefs/{slug}.md")
    assert found is not None, problems
    return found


def library(files: Mapping[str, str]) -> Library:
    """What the files of a site's content/ hold, by path."""
    briefs: list[Brief] = []
    pages: list[Page] = []
    for path, text in sorted(files.items()):
        if path.startswith("content/briefs/"):
            briefs.append(brief(text, path.removeprefix("content/briefs/").removesuffix(".md")))
        for folder, kind in FOLDERS.items():
            if path.startswith(folder):
                page, problems = parse_page(text, path, kind)
                assert page is not None, problems
                pages.append(page)
    prefix = "content/articles/"
    articles = {path.removeprefix(prefix): text for path, text in files.items() if path.startswith(prefix)}
    return Library(tuple(briefs), tuple(pages), articles)


def words(language: str = "en") -> Words:
    """The theme's words."""
    folder = Path(__file__).parents[2] / "templates" / "words"
    found, problems = parse_words(
        {f"words/{f.name}": f.read_text(encoding="utf-8") for f in folder.iterdir()}, language
    )
    assert not problems
    return found


def story(front: str, body: str, headline: str = "A headline", day: str = "2031-05-14") -> str:
    """A published brief."""
    return f"---\nheadline: {headline}\ndate: {day}\nstatus: published\n{front.strip()}\n---\n{body.strip()}\n"
