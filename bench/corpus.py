"""A made-up news archive of any size: the same seed and size give the same bytes.

Briefs of 400 to 700 words, each with eight actors, five figures, three quotations, two topics and an agency; actors and
topics are drawn by Zipf's law, so that a few stand in hundreds of briefs and most in a handful.
"""

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

ACTORS, FIGURES, QUOTES, TOPICS = 8, 5, 3, 2
_KINDS = (("person", 5), ("organisation", 3), ("place", 2))


def _words(text: str) -> list[str]:
    return text.split()


_HEAD = _words("b br c ch d dr f g gr h j k kl l m n p r s st t tr v w")
_TAIL = _words("ald an ar asse en er eth ian ien il in is or os ova ur us yn")
_NOUNS = _words("""harbour budget school hospital union court bridge storm vote strike market price water border road
ship station law report plan talks factory harvest museum library council minister agency fund tax rail airport grid
forest river festival league team match coach patient nurse teacher farmer driver tenant landlord bank court
budget deal""")
_VERBS = _words("""announced delayed opened closed reviewed raised cut met sued praised warned inspected repaired
counted bought sold planned halted resumed approved rejected postponed signed lost won""")
_MODIFIERS = _words("""new regional local national private public yearly late early common long short heavy quiet
open coastal northern southern central rural urban joint legal medical annual main""")
_LINKERS = _words("after before while because although until when since")
_COUNTED = _words("""passengers workers tickets households vehicles patients pupils votes tonnes flights visitors claims
permits homes containers shops""")
_CUES = _words("said told warned added recalled insisted")
_ROLES = _words("head spokesperson founder director chair deputy member analyst")


@dataclass(frozen=True)
class Story:
    """One brief, apart from any format."""

    slug: str
    headline: str
    day: str
    standfirst: str
    topics: tuple[str, ...]
    agency: str
    actors: tuple[tuple[str, str, str], ...]
    """Name, kind, role."""
    figures: tuple[tuple[int, str, str, str], ...]
    """Value, thing counted, name of whoever said so, exact words."""
    quotes: tuple[tuple[str, str, str], ...]
    """Name of the speaker, cue, exact words."""
    paragraphs: tuple[str, ...]


class Corpus:
    """The stories of an archive of `size` briefs."""

    def __init__(self, size: int, seed: int = 1) -> None:
        self.size, self.seed = size, seed
        draw = random.Random(f"names-{seed}")
        people = max(60, size * 2 // 5)
        names: dict[str, str] = {}
        while len(names) < people:
            kind = draw.choices([k for k, _ in _KINDS], [w for _, w in _KINDS])[0]
            names.setdefault(_name(draw, kind), kind)
        self.actors = tuple((name, kind, draw.choice(_ROLES)) for name, kind in names.items())
        self.topics = tuple(sorted({f"{draw.choice(_MODIFIERS)} {draw.choice(_NOUNS)}" for _ in range(60)}))
        self.agencies = tuple(_name(draw, "organisation") + " Agency" for _ in range(5))
        self._zipf = list(accumulate((rank + 20) ** -0.9 for rank in range(1, people + 1)))

    def __iter__(self) -> Iterator[Story]:
        return (self.story(number) for number in range(self.size))

    def story(self, number: int) -> Story:
        draw = random.Random(f"{self.seed}-{number}")
        day = date(2015, 1, 1) + timedelta(days=number * 3650 // max(self.size, 3650))
        cast = self._cast(draw)
        figures, quotes, told = [], [], []
        for name, kind, _ in cast:
            told.append(f"{name} {_clause(draw, kind != 'place')}.")
        for _ in range(FIGURES):
            value, what, who = draw.randrange(20, 900_000), draw.choice(_COUNTED), draw.choice(cast)[0]
            words = f"{value:,} {draw.choice(_MODIFIERS)} {what} {_clause(draw, True)}"
            figures.append((value, what, who, words))
            told.append(f"Some {words}, according to {who}.")
        for _ in range(QUOTES):
            who, cue = draw.choice([a for a in cast if a[1] != "place"] or cast)[0], draw.choice(_CUES)
            words = f"{_sentence(draw)} and {_clause(draw, True)} {draw.randrange(10_000)} times".capitalize()
            quotes.append((who, cue, words))
            told.append(f"“{words},” {cue} {who}.")
        length = draw.randrange(400, 700)
        while sum(map(len, told)) < length * 6.1:
            told.append(
                _sentence(draw).capitalize() + (f" near {draw.choice(cast)[0]}." if draw.random() < 0.2 else ".")
            )
        draw.shuffle(told)
        cuts = [told[i : i + 4] for i in range(0, len(told), 4)]
        headline = f"{cast[0][0]} {_clause(draw, True)}"
        return Story(
            slug=f"{day}-{number:06}-{draw.choice(_NOUNS)}",
            headline=headline[0].upper() + headline[1:],
            day=day.isoformat(),
            standfirst=_sentence(draw).capitalize() + ".",
            topics=tuple(dict.fromkeys(draw.choice(self.topics) for _ in range(TOPICS))),
            agency=draw.choice(self.agencies),
            actors=tuple(cast),
            figures=tuple(figures),
            quotes=tuple(quotes),
            paragraphs=tuple(" ".join(cut) for cut in cuts),
        )

    def _cast(self, draw: random.Random) -> list[tuple[str, str, str]]:
        chosen: dict[int, None] = {}
        while len(chosen) < ACTORS:
            chosen[bisect(self._zipf, draw.random() * self._zipf[-1])] = None
        return [self.actors[min(rank, len(self.actors) - 1)] for rank in chosen]


def _name(draw: random.Random, kind: str) -> str:
    def word() -> str:
        return (draw.choice(_HEAD) + draw.choice("aeiou") + draw.choice(_HEAD) + draw.choice(_TAIL)).capitalize()

    if kind == "person":
        return f"{word()} {word()}"
    return (
        word() if kind == "place" else f"{word()} {draw.choice(_NOUNS).capitalize()} {draw.choice(_NOUNS).capitalize()}"
    )


def _clause(draw: random.Random, long: bool) -> str:
    first = f"{draw.choice(_VERBS)} the {draw.choice(_MODIFIERS)} {draw.choice(_NOUNS)}"
    return f"{first} {draw.choice(_LINKERS)} the {draw.choice(_NOUNS)} {draw.choice(_VERBS)} it" if long else first


def _sentence(draw: random.Random) -> str:
    return f"the {draw.choice(_MODIFIERS)} {draw.choice(_NOUNS)} {_clause(draw, True)}"


def brief_text(story: Story) -> str:
    """The story as a brief of nutgraf."""
    lines = [
        "---",
        f"headline: {story.headline}",
        f"date: {story.day}",
        f"standfirst: {story.standfirst}",
        "status: published",
        f"topics: [{', '.join(story.topics)}]",
        "actors:",
        *(f"- {{name: {name}, kind: {kind}, role: {role}}}" for name, kind, role in story.actors),
        "figures:",
        *(f'- {{value: {value}, what: {what}, by: {who}, text: "{text}"}}' for value, what, who, text in story.figures),
        "quotes:",
        *(f'- {{by: {who}, cue: {cue}, text: "{text}"}}' for who, cue, text in story.quotes),
        "sources:",
        f'- {{name: {story.agency}, kind: agency, text: "With information from {story.agency}"}}',
        "---",
        "",
    ]
    paragraphs = (*story.paragraphs, f"With information from {story.agency}.")
    return "\n".join(lines) + "\n\n".join(paragraphs) + "\n"


SETTINGS = "title: The Archive\nurl: https://example.org\nsearch: false\ncards: false\nweb_annotations: false\n"
"""No other tool here makes these. Annotations took a thirtieth of a cold build of 1,000 briefs."""


def make_site(folder: Path, size: int, seed: int = 1) -> Path:
    """A site of nutgraf that holds the archive."""
    briefs = folder / "content" / "briefs"
    briefs.mkdir(parents=True, exist_ok=True)
    (folder / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    for story in Corpus(size, seed):
        (briefs / f"{story.slug}.md").write_text(brief_text(story), encoding="utf-8")
    return folder
