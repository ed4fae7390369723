"""Which blocks of a saved page are its story: pages in our own words, the weights as they ship."""

from collections.abc import Mapping

import pytest
from lxml import html

from nutgraf.engine import page_model
from nutgraf.formats.articles import read_article
from nutgraf.formats.page_blocks import page_blocks
from nutgraf.formats.page_story import taken, without_copy

STORY = (
    "The ferry between Arnholt and the mainland will sail again from Monday, the harbour office said on Thursday.",
    "Repairs to its engine took four weeks longer than planned, and islanders used fishing boats in the meantime.",
    "The office promised every household three free crossings, which have to be taken before the end of the year.",
    "Doctors from the mainland had been brought over by helicopter twice a week, at the expense of the council.",
    "The captain said that he had slept badly since the autumn, and that he would be on the bridge by five o'clock.",
    "A second ship is to be bought next year, so that one can sail while the other is in the yard for repairs.",
)
MENU = "<nav><ul>" + "".join(f"<li><a href='/{w}'>{w}</a></li>" for w in ("Home", "Sport", "Weather")) + "</ul></nav>"
FOOT = "<footer><p>© Island Post. All rights reserved.</p></footer>"


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


PAGES: Mapping[str, str] = {
    "one container": f"<article><h1>Ferry sails again</h1>{paragraphs(STORY)}</article>",
    "a story cut in two by an advert": (
        f"<main><h1>Ferry sails again</h1><div class='body__inner'>{paragraphs(STORY[:3])}</div>"
        f"<div class='ad'><span>Advertisement</span></div><div class='body__inner'>{paragraphs(STORY[3:])}</div></main>"
    ),
    "a rubric and a newsletter within the story": (
        f"<article class='story'>{paragraphs(STORY[:4])}"
        "<p><strong>Read more: <a href='/goat'>A goat walks forty miles back to its farm</a></strong></p>"
        f"{paragraphs(STORY[4:])}<p class='newsletter'>Sign up for our newsletter to get the latest news.</p></article>"
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_story_and_nothing_else(name: str):
    page = f"<html lang='en'><head><title>Ferry sails again</title></head><body>{MENU}{PAGES[name]}{FOOT}</body></html>"
    article, problems = read_article("ferry.html", page.encode(), page_model)
    assert problems == ()
    assert article.text == "\n\n".join(STORY)


@pytest.mark.parametrize("credit", ["(With information from EFE)", "Quelle: dpa/afp", "Additional reporting from PA"])
def test_who_is_credited_under_the_story_is_kept(credit: str):
    below = f"<div class='share'>Share</div><p class='source'>{credit}</p><p><a href='/goat'>A goat walks home</a></p>"
    page = f"<html lang='en'><body>{MENU}<article>{paragraphs(STORY)}</article>{below}{FOOT}</body></html>"
    article, _ = read_article("ferry.html", page.encode(), page_model)
    assert article.text == "\n\n".join((*STORY, credit))


def test_blocks_of_a_page():
    lines = "<p>One <a href='#'>two</a><br>three</p><p>It ended.<br>It began.</p>"
    rest = "<table><tr><td>4<td>5</tr></table>six<script>seven</script>"
    blocks = page_blocks(html.document_fromstring(f"<body>{lines}{rest}</body>"))
    assert [block.text for block in blocks] == ["One two three", "It ended.", "It began.", "4 5", "six"]
    assert [round(block.linked, 2) for block in blocks] == [0.27, 0, 0, 0, 0]


def test_of_two_copies_one_is_taken():
    texts = (STORY[0], "Menu", STORY[0], STORY[1], "Menu")
    assert taken(texts, f"{STORY[0]}\n{STORY[1]}").count(True) == 2
    assert taken(texts, "") == [False] * 5


def test_the_story_once_more_in_one_block():
    assert without_copy([*STORY, " ".join(STORY)]) == list(STORY)
    assert without_copy([*STORY, STORY[0], " ".join(STORY[:2])]) == [*STORY, STORY[0], " ".join(STORY[:2])]


@pytest.mark.parametrize("title", ["Ferry sails again - The Island Post", "Ferry sails again - islandpost.org"])
def test_title_without_the_site_and_the_day_of_the_address(title: str):
    head = (
        f"<title>{title}</title><meta property='og:title' content='{title}'>"
        "<meta property='og:site_name' content='The Island Post'>"
        "<meta property='og:url' content='https://islandpost.example/2021/03/04/ferry'>"
    )
    page = f"<html lang='en'><head>{head}</head><body><article>{paragraphs(STORY)}</article></body></html>"
    article, _ = read_article("ferry.html", page.encode(), page_model)
    assert (article.title, article.published) == ("Ferry sails again", "2021-03-04")
