"""Which briefs belong together, each pair with its reasons.

Within a group that shares an actor, a topic or a counted thing, each brief is compared with its neighbours in time
only, so the work grows with the number of briefs and not with its square.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from nutgraf.model.brief import Figure, Quote
from nutgraf.model.words import Words
from nutgraf.site import edtf
from nutgraf.site.library import Entry
from nutgraf.site.reading import Placed, Reading
from nutgraf.site.text import around, fold

NEIGHBOURS = 12
"""With how many later members of its group a brief is compared."""
MOST = 5
"""How many related briefs are shown."""
REASONS = 3
ANSWER_DAYS = 31
"""How long after a statement another one may answer it."""
STRONG = 10.0
"""Weight of a reason that says more than that two briefs share a name."""

Related = tuple[tuple[int, tuple[str, ...]], ...]
"""Related briefs of one brief, nearest first: index and reasons."""
_Days = tuple[str, str]
"""First and last day of a period, ISO 8601."""


@dataclass(slots=True)
class _Ties:
    """What ties one brief to others, by their indexes."""

    score: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    strong: dict[int, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))


def counted_thing(figure: Figure) -> str:
    """What a figure counts, and in which unit: figures with the same words can be compared."""
    return fold(f"{figure.what} {figure.unit or ''}") if figure.what else ""


def relate(
    readings: Sequence[Reading], actors: Mapping[str, Entry], topics: Mapping[str, Entry], words: Words
) -> tuple[Related, ...]:
    """The related briefs of every brief; `readings` latest first, entries with indexes into it."""
    shared = [e for e in (*topics.values(), *actors.values()) if e.kind != "place" and len(e.briefs) > 1]
    groups: list[set[int]] = [set() for _ in readings]
    ties = [_Ties() for _ in readings]
    for number, entry in enumerate(shared):
        weight = 1 / _size(entry)
        for index in entry.briefs:
            groups[index].add(number)
        for one, two in _neighbours(entry.briefs):
            ties[one].score[two] += weight
            ties[two].score[one] += weight
    names = {slug: entry.name for slug, entry in actors.items()}
    told = (
        *_same_figures(readings, groups, words),
        *_answers(readings, groups, names, words),
        *_new_roles(readings, actors, words),
    )
    for one, two, reason in told:
        for here, there in ((one, two), (two, one)):
            ties[here].score[there] += 0 if reason in ties[here].strong[there] else STRONG
            ties[here].strong[there][reason] = None
    days = [_ordinal(reading) for reading in readings]
    common = [(_size(e), e.name, words["also_about" if e.kind else "same_topic"].format(name=e.name)) for e in shared]
    return tuple(_nearest(index, tie, readings, days, groups, common) for index, tie in enumerate(ties))


def _size(entry: Entry) -> int:
    """How common something is, in doublings: by so rough a measure a new brief hardly ever moves all the others."""
    return len(entry.briefs).bit_length()


def _neighbours(indexes: Sequence[int]) -> Iterator[tuple[int, int]]:
    for place, one in enumerate(indexes):
        for two in indexes[place + 1 : place + 1 + NEIGHBOURS]:
            yield one, two


def _nearest(
    index: int,
    ties: _Ties,
    readings: Sequence[Reading],
    days: Sequence[int],
    groups: Sequence[set[int]],
    shared: Sequence[tuple[int, str, str]],
) -> Related:
    def rank(other: int) -> tuple[float, int, str]:
        return -ties.score[other], abs(days[other] - days[index]), readings[other].brief.slug

    best = sorted(ties.score, key=rank)[:MOST]
    related = []
    for other in best:
        common = sorted(shared[number] for number in groups[index] & groups[other])
        reasons = [*ties.strong.get(other, ()), *(reason for _, _, reason in common)]
        related.append((other, tuple(reasons[:REASONS])))
    return tuple(related)


def _same_figures(
    readings: Sequence[Reading], groups: Sequence[set[int]], words: Words
) -> Iterator[tuple[int, int, str]]:
    """Briefs that count the same thing."""
    counted: dict[str, list[tuple[int, Figure, _Days | None]]] = defaultdict(list)
    for index, reading in enumerate(readings):
        for note in reading.of("figures"):
            if isinstance(note.item, Figure) and (key := counted_thing(note.item)):
                period = edtf.parse(note.item.when) if note.item.when else None
                days = (period.first, period.last) if period else None
                counted[key].append((index, note.item, days))
    for told in counted.values():
        for place, (one, figure, days) in enumerate(told):
            for two, other, then in told[place + 1 : place + 1 + NEIGHBOURS]:
                reason = _compared(figure, days, other, then, bool(groups[one] & groups[two]))
                if one != two and reason:
                    yield one, two, words[reason]


def _compared(figure: Figure, period: _Days | None, other: Figure, then: _Days | None, akin: bool) -> str | None:
    """Why two figures of the same thing belong together, as a key of the words.

    Without a common period only where the briefs are akin.
    """
    known = period is not None and then is not None and period[0] <= then[1] and then[0] <= period[1]
    if not known and not akin:
        return None
    same = (figure.value, figure.low, figure.high) == (other.value, other.low, other.high)
    if known or period is then:
        return "same_figure" if same else "other_value"
    return "other_time"


def _answers(
    readings: Sequence[Reading], groups: Sequence[set[int]], names: Mapping[str, str], words: Words
) -> Iterator[tuple[int, int, str]]:
    """Briefs in which somebody speaks of one who was quoted shortly before."""
    quoted: dict[str, list[int]] = defaultdict(list)
    spoken = [tuple(_speakers(reading)) for reading in readings]
    days = [_ordinal(reading) for reading in readings]
    for index, statements in enumerate(spoken):
        for slug in dict.fromkeys(slug for slug, _ in statements):
            quoted[slug].append(index)
    for index, statements in enumerate(spoken):
        for speaker, note in statements:
            for other in _named_beside(readings[index], note):
                before = bisect_right(quoted.get(other, ()), index)
                for earlier in quoted.get(other, ())[before : before + 3] if other != speaker else ():
                    if groups[index] & groups[earlier] and days[index] - days[earlier] <= ANSWER_DAYS:
                        yield index, earlier, words["answers"].format(one=names[speaker], other=names[other])


def _speakers(reading: Reading) -> Iterator[tuple[str, Placed]]:
    for note in reading.of("quotes"):
        if isinstance(note.item, Quote) and note.item.by:
            meant = reading.who(note.item.by)
            if meant.kind == "actor" and meant.slug:
                yield meant.slug, note


def _named_beside(reading: Reading, note: Placed) -> Iterable[str]:
    """The actors, places left out, whom the sentences around a statement mention."""
    if note.span is None:
        return ()
    near = around(reading.sentences, note.span)
    first = bisect_left(reading.mentions, near.start, key=lambda mention: mention.span.start)
    last = bisect_left(reading.mentions, near.end, key=lambda mention: mention.span.start)
    kinds = dict(zip(reading.cast.slugs, reading.brief.front.actors, strict=True))
    slugs = dict.fromkeys(mention.slug for mention in reading.mentions[first:last])
    return [slug for slug in slugs if slug in kinds and kinds[slug].kind != "place"]


def _ordinal(reading: Reading) -> int:
    """The day of a brief as a number; 0 where it is no date."""
    try:
        return date.fromisoformat(reading.brief.front.date).toordinal()
    except ValueError:
        return 0


def _new_roles(
    readings: Sequence[Reading], actors: Mapping[str, Entry], texts: Words
) -> Iterator[tuple[int, int, str]]:
    """Neighbouring briefs that give one person roles without a word in common."""
    told: dict[str, list[tuple[int, set[str]]]] = defaultdict(list)
    for index, reading in enumerate(readings):
        for actor, slug in zip(reading.brief.front.actors, reading.cast.slugs, strict=True):
            if actor.role and actor.kind == "person":
                told[slug].append((index, set(re.findall(r"\w+", fold(actor.role)))))
    for slug, roles in told.items():
        for (one, words), (two, before) in pairwise(roles):
            if one != two and not words & before:
                yield one, two, texts["new_role"].format(name=actors[slug].name)
