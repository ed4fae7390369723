"""A small site and random edits of it: what a newsroom does in a week, and what goes wrong meanwhile."""

import json
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

from nutgraf import store
from nutgraf.builder.publish import BuildOptions, Built
from nutgraf.builder.session import Session

NAMES = ("Ngozi Okafor", "Pavel Novák", "Harbour Board", "Vell", "Ada Ruiz", "Ruiz", "Dockers' Union", "HB")
TOPICS = ("harbour", "wages", "Harbours", "trade policy")
THINGS = ("dockers", "ships", "tonnes")
TODAY = "2031-06-01"


def brief(draw: random.Random) -> str:
    """A brief whose anchors mostly hold."""
    cast = draw.sample(NAMES, draw.randrange(1, 5))
    number, thing, speaker = draw.randrange(2, 9000), draw.choice(THINGS), draw.choice(cast)
    quote = f"We counted {number + 1} of them on day {draw.randrange(40)}"
    text = f"Some {number} {thing} {draw.choice(('left', 'came', 'stayed'))}"
    kinds = {name: draw.choice(("person", "organisation", "place")) for name in cast}
    lines = [
        "---",
        f"headline: {draw.choice(cast)} and the {thing} {draw.randrange(99)}",
        f"date: 2031-0{draw.randrange(1, 8)}-1{draw.randrange(10)}",
        f"status: {draw.choice(('published', 'published', 'published', 'draft'))}",
        *([f"standfirst: It is about {thing}."] if draw.random() < 0.5 else []),
        *(["article: one.txt"] if draw.random() < 0.2 else []),
        f"topics: [{', '.join(draw.sample(TOPICS, 2))}]",
        "actors:",
        *(f"- {{name: {name}, kind: {kinds[name]}, role: head of {draw.choice(THINGS)}}}" for name in cast),
        "figures:",
        f'- {{value: {number}, what: {thing}, by: {speaker}, text: "{text}"}}',
        "quotes:",
        f'- {{by: {speaker}, cue: said, text: "{quote}"}}',
        "sources:",
        f"- {{name: {draw.choice(('Reuters', 'EFE'))}, kind: agency}}",
        "dates:",
        f'- {{date: 2031-0{draw.randrange(1, 9)}, what: the {thing} went, text: "{text}"}}',
        "---",
        f"{' and '.join(cast)} met. {text}, {speaker} said.",
        "",
        f"“{quote},” said {speaker}. See [it](/briefs/b{draw.randrange(12)}/).",
    ]
    return "\n".join(lines) + "\n"


class Edits:
    """A site at `root`, and one random edit after the other; each gives the paths it touched."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.draw = root, random.Random(seed)
        self.write("site.yaml", "title: A site\nurl: https://example.org\n")
        self.write("content/articles/one.txt", "Some 12 ships left. “We counted them,” said Ada Ruiz.\n")
        for number in range(10):
            self.write(f"content/briefs/b{number}.md", brief(self.draw))

    def write(self, path: str, text: str) -> set[str]:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return {path}

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def one(self, pattern: str) -> str | None:
        """The path of one file of those that fit."""
        found = sorted(file.relative_to(self.root).as_posix() for file in self.root.glob(pattern))
        return self.draw.choice(found) if found else None

    def edit(self) -> tuple[str, set[str]]:
        """Do something; its name, and the paths it touched."""
        kinds: tuple[Callable[[], set[str]], ...] = (
            self.body, self.body, self.headline, self.figure, self.rename, self.delete, self.add, self.retag, self.day,
            self.status, self.template, self.macro, self.words, self.css, self.settings, self.actor_page,
            self.actor_page, self.alias_clash, self.mend, self.topic_page, self.article, self.proposal, self.skew,
            self.move, self.break_brief, self.output_lost, self.memo_damaged,
        )  # fmt: skip
        kind = self.draw.choice(kinds)
        return kind.__name__, kind()

    def changed(self, old: Callable[[str], str]) -> set[str]:
        path = self.one("content/briefs/*.md")
        return self.write(path, old(self.read(path))) if path else set()

    def body(self) -> set[str]:
        more = f"\nThen {self.draw.choice(NAMES)} went home on day {self.draw.randrange(100)}.\n"
        return self.changed(lambda text: text + more)

    def headline(self) -> set[str]:
        return self.changed(lambda text: text.replace("headline: ", f"headline: Again {self.draw.randrange(9)} ", 1))

    def figure(self) -> set[str]:
        return self.changed(lambda text: text.replace("what: ", "approx: about, what: ", 1))

    def rename(self) -> set[str]:
        old, new = self.draw.sample(NAMES, 2)
        paths = [file.relative_to(self.root).as_posix() for file in (self.root / "content/briefs").glob("*.md")]
        return {p for path in paths for p in self.write(path, self.read(path).replace(old, new))}

    def delete(self) -> set[str]:
        path = self.one("content/briefs/*.md")
        if path:
            (self.root / path).unlink()
        return {path} if path else set()

    def add(self) -> set[str]:
        return self.write(f"content/briefs/b{self.draw.randrange(30)}.md", brief(self.draw))

    def retag(self) -> set[str]:
        return self.changed(lambda text: text.replace("topics: [", f"topics: [{self.draw.choice(TOPICS)} II, ", 1))

    def day(self) -> set[str]:
        day = f"date: 2031-0{self.draw.randrange(1, 9)}-1"
        return self.changed(lambda text: re.sub(r"^date: 2031-\d\d-1", day, text, count=1, flags=re.M))

    def status(self) -> set[str]:
        return self.changed(
            lambda text: (
                text.replace("status: published", "status: draft")
                if "status: published" in text
                else text.replace("status: draft", "status: published")
            )
        )

    def template(self) -> set[str]:
        words = f"{{% block content %}}<p>Edition {self.draw.randrange(9)}</p>{{% endblock %}}"
        return self.write("templates/about.html", f'{{% extends "base.html" %}}{words}\n')

    def macro(self) -> set[str]:
        theme = (Path(__file__).resolve().parents[2] / "templates/parts.html").read_text(encoding="utf-8")
        return self.write(
            "templates/parts.html", theme.replace('class="card"', f'class="card c{self.draw.randrange(9)}"')
        )

    def words(self) -> set[str]:
        return self.write("templates/words.yaml", f"nav_quotes: Said {self.draw.randrange(9)}\n")

    def css(self) -> set[str]:
        return self.write(f"static/own{self.draw.randrange(2)}.css", f"p {{ margin: {self.draw.randrange(9)}px }}\n")

    def settings(self) -> set[str]:
        body = self.draw.choice(("full", "digest"))
        more = self.draw.choice(("", "pages: [briefs, actors, figures]\n"))
        text = f"title: Site {self.draw.randrange(3)}\nurl: https://example.org\nbody: {body}\n{more}"
        return self.write("site.yaml", text)

    def actor_page(self) -> set[str]:
        name = self.draw.choice(NAMES[:5])
        slug = name.lower().replace(" ", "-").replace("á", "a")
        text = (
            f"---\nname: {name}\naliases: [{name[:3]} {self.draw.randrange(3)}]\n---\nText {self.draw.randrange(9)}.\n"
        )
        return self.write(f"content/actors/{slug}.md", text)

    def alias_clash(self) -> set[str]:
        aliases = ", ".join(self.draw.sample(NAMES, 2))
        return self.write("content/actors/clash.md", f"---\nname: Clash\naliases: [{aliases}]\n---\n")

    def mend(self) -> set[str]:
        path = self.one("content/actors/*.md")
        if path:
            (self.root / path).unlink()
        return {path} if path else set()

    def topic_page(self) -> set[str]:
        return self.write(
            "content/topics/harbour.md", f"---\nname: The harbour {self.draw.randrange(3)}\naliases: [harbour]\n---\n"
        )

    def article(self) -> set[str]:
        return self.write("content/articles/one.txt", f"Some {self.draw.randrange(20)} ships left. It rained.\n")

    def proposal(self) -> set[str]:
        number = self.draw.randrange(12)
        front = {"headline": "A", "date": "2031-01-01"}
        value = {"article": "one.txt", "digest": str(number), "engine": "", "front": front, "body": ""}
        return self.write(f"content/proposals/b{number}.json", json.dumps(value))

    def skew(self) -> set[str]:
        """The same size and an older time."""
        path = self.one("content/briefs/*.md")
        if not path:
            return set()
        before = (self.root / path).stat()
        text = self.read(path)
        self.write(
            path, text.translate(str.maketrans("0123456789", "1032547698")) if self.draw.random() < 0.5 else text
        )
        shift = self.draw.choice((0, -86_400_000_000_000, 86_400_000_000_000))
        os.utime(self.root / path, ns=(before.st_atime_ns, before.st_mtime_ns + shift))
        return {path}

    def move(self) -> set[str]:
        path, target = self.one("content/briefs/*.md"), f"content/briefs/m{self.draw.randrange(5)}.md"
        if path:
            (self.root / path).rename(self.root / target)
        return {path, target} if path else set()

    def break_brief(self) -> set[str]:
        return self.write("content/briefs/broken.md", "---\nheadline: [\n---\n") | self._mended()

    def _mended(self) -> set[str]:
        """Half of the time a broken brief is gone again at once."""
        if self.draw.random() < 0.8:
            (self.root / "content/briefs/broken.md").unlink()
        return {"content/briefs/broken.md"}

    def output_lost(self) -> set[str]:
        for folder in ("public", "live"):
            files = sorted(file for file in (self.root / folder).rglob("*.html"))
            if files and folder == "public":
                self.draw.choice(files).write_text("something else")
        return set()

    def memo_damaged(self) -> set[str]:
        for file in (self.root / store.CACHES).glob("memo-*.db"):
            raw = bytearray(file.read_bytes())
            for _ in range(self.draw.choice((1, 20))):
                raw[self.draw.randrange(len(raw))] ^= 0xFF
            file.write_bytes(raw[: self.draw.choice((len(raw), len(raw) // 2))])
        return set()


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything that was built, but for the journal of a build that was ended."""
    found = (file for file in folder.rglob("*") if file.is_file())
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in found if not f.name.startswith(".nutgraf")}


def options(output: Path, strict: bool = False) -> BuildOptions:
    return BuildOptions(TODAY, output, strict=strict, preview=True)


def clean(root: Path, scratch: Path) -> tuple[Built, dict[str, bytes]]:
    """What a build without any memory makes of the site."""
    import shutil

    shutil.rmtree(scratch, ignore_errors=True)
    copy = scratch / "site"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(store.CACHES, "public", "live", "scratch"))
    built = Session(copy, options(copy / "public"), jobs=1).rebuild()
    return built, files_of(copy / "public")
