"""Articles read from every format, from small files in our own words."""

import json

import pytest

from nutgraf.formats.articles import read_article
from nutgraf.model.diagnostic import Severity

STORY = [
    "The ferry between Arnholt and the mainland will sail again from Monday, the harbour office said.",
    "Repairs to its engine took four weeks longer than planned. Islanders used fishing boats meanwhile.",
    "The office promised every household three free crossings, to be taken before the end of the year.",
]
PARAGRAPHS = "".join(f"<p>{p}</p>" for p in STORY)
TEXT = "\n\n".join(STORY)


def page(head: str, lang: str = ' lang="en-GB"') -> str:
    nav = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Sport</a></li></ul></nav>"
    body = f"<article><h1>Ferry sails again</h1>{PARAGRAPHS}</article>"
    foot = "<footer><p>All rights reserved</p></footer>"
    return f"<!DOCTYPE html><html{lang}><head><title>t</title>{head}</head><body>{nav}{body}{foot}</body></html>"


def test_day_from_the_file_name_wins_over_the_page():
    raw = page('<meta property="article:published_time" content="2020-02-03T10:00:00Z">').encode()
    assert read_article("2020-02-01-ferry.html", raw)[0].published == "2020-02-01"
    assert read_article("ferry.html", raw)[0].published == "2020-02-03"
    assert read_article("2020-02-31-ferry.html", raw)[0].published == "2020-02-03"


@pytest.mark.parametrize("wrap", ["%s", "[%s]", '{"@context": "x", "@graph": [{"@type": "WebSite"}, %s]}'])
def test_json_ld_in_all_its_shapes(wrap: str):
    data = {
        "@type": ["NewsArticle", "Thing"],
        "headline": "Ferry &amp; crew sail again",
        "datePublished": "2020-02-03T23:30:00+02:00",
        "author": [{"@type": "Person", "name": "Ada Example"}, {"name": "Ben Example"}],
        "publisher": {"name": "Island Post"},
        "inLanguage": "en-GB",
    }
    script = f'<script type="application/ld+json">{wrap % json.dumps(data)}</script>'
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    article, problems = read_article("ferry.html", page(broken + script).encode())
    assert problems == ()
    assert (article.title, article.published) == ("Ferry & crew sail again", "2020-02-03")
    assert article.authors == ("Ada Example", "Ben Example")
    assert (article.publisher, article.language) == ("Island Post", "en")
    assert article.body_only
    assert article.text == TEXT


def test_article_body_where_the_page_has_no_text():
    data = {"@type": "NewsArticle", "headline": "Ferry", "articleBody": "\n".join(STORY)}
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    raw = f"<html><head>{script}</head><body></body></html>"
    assert read_article("ferry.html", raw.encode())[0].text == TEXT


def test_meta_tags_alone():
    title = '<meta property="og:title" content="Ferry sails again | Island Post">'
    head = title + '<meta name="author" content="By Ada Example">'
    article, _ = read_article("ferry.html", page(head).encode())
    assert (article.title, article.authors, article.language) == ("Ferry sails again", ("Ada Example",), "en")


def test_charsets():
    assert read_article("a.txt", b"\xef\xbb\xbfR\xc3\xado\r\nMar\r")[0].text == "Río\nMar\n"
    latin = page('<meta charset="iso-8859-1"><meta property="og:title" content="Río">').encode("latin-1")
    assert read_article("a.html", latin)[0].title == "Río"
    article, problems = read_article("a.txt", "Río “Mar”".encode("cp1252"))
    assert article.text == "Río “Mar”"
    assert [(p.code, p.severity) for p in problems] == [("article-encoding", Severity.WARNING)]


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.docx", b"PK", "article-format"),
        ("noSuffix", b"text", "article-format"),
        ("a.txt", b"\xff\x00\xfe\x81\x00", "article-encoding"),
        ("a.txt", b"  \n", "article-empty"),
        ("a.xml", b"<nitf><p>", "article-xml"),
        ("a.xml", b"<menu/>", "article-xml"),
        ("a.json", b"[1]", "article-json"),
        ("a.json", b"{", "article-json"),
        ("a.json", b"[" * 100_000, "article-json"),
        ("a.json", b'{"headline": "x"}', "article-json"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_reason(name: str, raw: bytes, code: str):
    article, problems = read_article(name, raw)
    assert article.text.strip() == ""
    assert [(p.code, p.severity) for p in problems] == [(code, Severity.ERROR)]
    assert problems[0].location.path == name


def test_markdown_with_a_head():
    head = "---\ntitle: Ferry sails again\ndate: 2020-02-03\nlang: en\n---\n"
    raw = f"{head}\n{STORY[0]}\n\n## What it cost\n\n{STORY[1]}\n"
    article, _ = read_article("ferry.md", raw.encode())
    assert (article.title, article.published, article.language) == ("Ferry sails again", "2020-02-03", "en")
    assert article.text == f"{STORY[0]}\n\nWhat it cost\n\n{STORY[1]}\n"


def test_mail():
    head = "Subject: Fwd: =?utf-8?q?Ferry_sails_again_=E2=80=93_at_last?=\nDate: Mon, 03 Feb 2020 23:10:00 +0100\n"
    raw = f"{head}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{TEXT}\n"
    article, problems = read_article("ferry.eml", raw.encode())
    assert problems == ()
    assert (article.title, article.published) == ("Ferry sails again – at last", "2020-02-03")
    assert article.text.strip() == TEXT


NITF = f"""<nitf xml:lang="en"><head><title>t</title><docdata><date.issue norm="20200203T101500Z"/></docdata></head>
<body><body.head><hedline><hl1>Ferry sails again</hl1></hedline><byline>By <person>Ada Example</person></byline>
</body.head><body.content>{PARAGRAPHS}
<media><media-caption>The ferry</media-caption></media></body.content></body></nitf>"""
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" xml:lang="en"><itemMeta>
<provider><name>Island Wire</name></provider><versionCreated>2020-02-03T10:15:00Z</versionCreated></itemMeta>
<contentMeta><by>By Ada Example</by><headline>Ferry sails again</headline><language tag="en-GB"/></contentMeta>
<contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head>
<body>{PARAGRAPHS}</body>
</html></inlineXML></contentSet></newsItem>"""
RSS = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Island Post</title><language>en-gb</language>
<item><title>Ferry sails again</title><pubDate>Mon, 03 Feb 2020 10:15:00 GMT</pubDate>
<dc:creator>Ada Example</dc:creator>
<description>short</description><content:encoded><![CDATA[{PARAGRAPHS}]]></content:encoded></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Island Post</title><entry>
<title>Ferry sails again</title><published>2020-02-03T10:15:00Z</published><author><name>Ada Example</name></author>
<content type="html"><![CDATA[{PARAGRAPHS}]]></content></entry></feed>"""
NINJS = {"headline": "Ferry sails again", "versioncreated": "2020-02-03T10:15:00Z", "byline": "By Ada Example"}
NINJS_1 = json.dumps(NINJS | {"language": "en", "body_html": PARAGRAPHS})
NINJS_3 = json.dumps(
    {
        "headlines": [{"role": "main", "value": "Ferry sails again"}],
        "bodies": [{"contentType": "text/html", "value": PARAGRAPHS}],
        "versionCreated": "x",
        "firstcreated": "2020-02-03T10:15:00Z",
        "by": "Ada Example",
        "language": "en",
    }
)


@pytest.mark.parametrize(
    ("name", "raw"),
    [("n.xml", NITF), ("g2.xml", NEWSML), ("r.xml", RSS), ("a.xml", ATOM), ("1.json", NINJS_1), ("3.json", NINJS_3)],
)
def test_agency_formats_and_feeds(name: str, raw: str):
    article, problems = read_article(name, raw.encode())
    assert problems == ()
    assert article.text == TEXT
    assert (article.title, article.published, article.language) == ("Ferry sails again", "2020-02-03", "en")
    assert article.authors == ("Ada Example",)
    assert article.body_only


def test_entities_are_never_expanded():
    raw = b"""<!DOCTYPE nitf [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>
    <nitf><body><body.content><p>One &b; two &x;</p></body.content></body></nitf>"""
    assert "aaaa" not in read_article("a.xml", raw)[0].text
    assert "One" in read_article("a.xml", raw)[0].text


@pytest.mark.parametrize("placeholder", ["0001-01-01T00:00:00", "0000-00-00", "1970-13-01", "soon"])
def test_a_day_that_cannot_be_is_no_day(placeholder: str) -> None:
    article, problems = read_article(
        "ferry.html", page(f'<meta property="article:published_time" content="{placeholder}">').encode()
    )
    assert article.published is None and not problems
