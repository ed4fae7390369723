"""Other generators, with the same archive and pages equal in kind: one a brief, one an actor, topic and source, with a
feed each, lists of all, a front page, a feed and a sitemap."""
# ruff: noqa: E501

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Corpus, Story


@dataclass(frozen=True)
class Tool:
    """How one generator is fetched, given the archive, and run in its folder; it builds into public/."""

    package: str
    """On PyPI."""
    program: str
    make: Callable[[Path, Corpus], None]
    arguments: Sequence[str]

    def install(self, folder: Path) -> None:
        """Into an environment of its own."""
        home = folder / self.program
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(home / "bin/pip"), "install", "-q", *self.package.split()], check=True)

    def found(self, folder: Path) -> list[str] | None:
        """The command, where it is installed."""
        program = folder / self.program / "bin" / self.program
        return [str(program), *self.arguments] if program.exists() else None


def _written(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    for path, text in files:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _body(story: Story) -> str:
    return "\n\n".join((*story.paragraphs, f"With information from {story.agency}."))


# ------------------------------------------------------------------ Hugo

_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}">
{{ with .OutputFormats.Get "rss" }}<link rel="alternate" type="application/rss+xml" href="{{ .RelPermalink }}">{{ end }}
</head><body><header><a href="/">{{ site.Title }}</a><nav><ul><li><a href="/briefs/">Briefs</a></li>
<li><a href="/actors/">Actors</a></li><li><a href="/topics/">Topics</a></li><li><a href="/sources/">Sources</a></li></ul>
</nav></header><main>{{ block "main" . }}{{ end }}</main></body></html>
"""
_SINGLE = """{{ define "main" }}<article><h1>{{ .Title }}</h1><p>{{ .Description }}</p><time>{{ .Date.Format "2006-01-02" }}</time>
{{ range .GetTerms "topics" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}
<aside><ul>{{ range .GetTerms "actors" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
<ul>{{ range .Params.figures }}<li>{{ .value }} {{ .what }}, {{ .by }}</li>{{ end }}</ul></aside>
{{ .Content }}
<section>{{ range .Params.figures }}<p id="{{ .value }}"><b>{{ .value }}</b> {{ .what }} <i>{{ .by }}</i>: {{ .text }}</p>{{ end }}
{{ range .Params.quotes }}<blockquote>{{ .text }}</blockquote><p>{{ .by }} {{ .cue }}</p>{{ end }}</section>
<ul>{{ range .Site.RegularPages.Related . | first 5 }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
<script type="application/ld+json">{{ dict "@context" "https://schema.org" "@type" "NewsArticle" "headline" .Title | jsonify | safeJS }}</script>
</article>{{ end }}
"""
_LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ $name := .Title }}<ul>{{ range (.Paginate .Pages 40).Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <p>{{ .Description }}</p><time>{{ .Date.Format "2006-01-02" }}</time>
{{ range .Params.quotes }}{{ if eq .by $name }}<blockquote>{{ .text }}</blockquote>{{ end }}{{ end }}
{{ range .Params.figures }}{{ if eq .by $name }}<p>{{ .value }} {{ .what }}: {{ .text }}</p>{{ end }}{{ end }}</li>{{ end }}</ul>
{{ template "_internal/pagination.html" . }}{{ end }}
"""
_HUGO = """baseURL = "https://example.org/"
title = "The Archive"
[taxonomies]
actor = "actors"
topic = "topics"
source = "sources"
[related]
[[related.indices]]
name = "actors"
weight = 100
[[related.indices]]
name = "topics"
weight = 80
"""


def _hugo(folder: Path, corpus: Corpus) -> None:
    layouts = {"_default/baseof.html": _PAGE, "_default/single.html": _SINGLE, "_default/list.html": _LIST}
    _written(folder / "layouts", layouts.items())
    _written(folder, [("hugo.toml", _HUGO)])
    _written(folder / "content/briefs", ((f"{story.slug}.md", _hugo_page(story)) for story in corpus))


def _hugo_page(story: Story) -> str:
    front = {
        "title": story.headline,
        "date": story.day,
        "description": story.standfirst,
        "topics": story.topics,
        "actors": [name for name, _, _ in story.actors],
        "sources": [story.agency],
        "figures": [{"value": v, "what": w, "by": b, "text": t} for v, w, b, t in story.figures],
        "quotes": [{"by": b, "cue": c, "text": t} for b, c, t in story.quotes],
    }
    return json.dumps(front, ensure_ascii=False, indent=1) + f"\n\n{_body(story)}\n"


# ------------------------------------------------------------------ Pelican

_PELICAN = """SITENAME = "The Archive"
SITEURL = "https://example.org"
PATH = "content"
OUTPUT_PATH = "public"
TIMEZONE = "UTC"
THEME = "simple"
DEFAULT_PAGINATION = 40
FEED_ALL_ATOM = "feed.xml"
TAG_FEED_ATOM = "tag/{slug}.atom.xml"
CATEGORY_FEED_ATOM = "category/{slug}.atom.xml"
DELETE_OUTPUT_DIRECTORY = False
"""


def _pelican(folder: Path, corpus: Corpus) -> None:
    _written(folder, [("pelicanconf.py", _PELICAN)])
    _written(folder / "content", ((f"{story.slug}.md", _pelican_page(story)) for story in corpus))


def _pelican_page(story: Story) -> str:
    tags = ", ".join((*(name for name, _, _ in story.actors), story.agency))
    head = f"Title: {story.headline}\nDate: {story.day}\nSlug: {story.slug}\nSummary: {story.standfirst}\n"
    notes = [f"- {v} {w}, {b}: {t}" for v, w, b, t in story.figures] + [f"> {t}\n> {b} {c}" for b, c, t in story.quotes]
    return f"{head}Category: {story.topics[0]}\nTags: {tags}\n\n{_body(story)}\n\n" + "\n\n".join(notes) + "\n"


TOOLS = {
    "hugo": Tool("hugo", "hugo", _hugo, ("--quiet", "--ignoreCache", "--cleanDestinationDir", "--noBuildLock")),
    "pelican": Tool("pelican markdown", "pelican", _pelican, ("-s", "pelicanconf.py", "-q")),
}
"""By name."""
