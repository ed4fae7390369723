"""Which briefs belong together, each pair with its reasons.

Within a group that shares an actor, a topic or a counted thing, each brief is compared with its neighbours in time
only, so the work grows with the number of briefs and not with its square.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple, Protocol

from nutgraf.model.words import Words
from nutgraf.site.facts import Listed, Ties, digest_of
from nutgraf.site.library import Called

NEIGHBOURS = 12
"""With how many later members of its group a brief is compared."""
MOST = 5
"""How many related briefs are shown."""
REASONS = 3
ANSWER_DAYS = 31
"""How long after a statement another one may answer it."""
STRONG = 10.0
"""Weight of a reason that says more than that two briefs share a name."""


class Related(NamedTuple):
    """The related briefs of one brief."""

    briefs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Nearest first: slug and reasons."""
    rests_on: bytes = b""
    """Stands for all that they were found from."""


_Days = tuple[str, str]
"""First and last day of a period, ISO 8601."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """An actor or topic that several briefs share."""

    name: str
    reason: str
    briefs: tuple[int, ...]
    size: int
    """How common it is, in doublings: by so rough a measure a new brief hardly ever moves all the others."""


_Told = Sequence[tuple[int, str]]
"""Other briefs, by their indexes, that more than a shared name ties to one, each with the reason."""


class Found(Protocol):
    """The related briefs of every brief, by slug."""

    def get(self, key: str, /) -> Related | None: ...
    def items(self) -> Iterable[tuple[str, Related]]: ...
    def __iter__(self) -> Iterator[str]: ...


def relate(
    listed: Sequence[Listed],
    groups: Mapping[str, Mapping[str, Sequence[str]]],
    called: Callable[[str, str], Called],
    words: Words,
    last: Found,
) -> Mapping[str, Related]:
    """The related briefs of every brief by its slug; `listed` latest first, groups as `Site` makes them.

    Those of a brief for which nothing is not as it was are taken from the `last` ones.
    """
    place = {one.slug: index for index, one in enumerate(listed)}
    shared = tuple(_shared(groups, called, place, words))
    common: list[set[int]] = [set() for _ in listed]
    for number, entry in enumerate(shared):
        for index in entry.briefs:
            common[index].add(number)

    def name(slug: str) -> str:
        return called("actors", slug).name  # somebody who is only quoted may have a page and be in no group

    ties = [one.ties for one in listed]
    days = [one.day for one in listed]
    told: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for one, two, reason in chain(
        _same_figures(ties, common, words),
        _answers(ties, days, common, name, words),
        _new_roles(ties, name, words),
    ):
        told[one].append((two, reason))
        told[two].append((one, reason))
    del ties
    stands = [f"{one.slug} {one.date}" for one in listed]
    groups_stand = [digest_of((entry.name, entry.reason, [stands[i] for i in entry.briefs])) for entry in shared]
    found: dict[str, Related] = {}
    for index, slug in enumerate(place):
        beside = told.get(index, ())
        tied = [(stands[other], reason) for other, reason in beside]
        rests_on = digest_of((stands[index], [groups_stand[number] for number in sorted(common[index])], tied))
        before = last.get(slug)
        if before is None or before.rests_on != rests_on:
            before = Related(_nearest(index, beside, listed, days, common, shared), rests_on)
        found[slug] = before
    return found


def _shared(
    groups: Mapping[str, Mapping[str, Sequence[str]]],
    called: Callable[[str, str], Called],
    place: Mapping[str, int],
    words: Words,
) -> Iterator[_Shared]:
    for kind in ("topics", "actors"):
        for slug in sorted(groups[kind]):
            briefs = groups[kind][slug]
            if len(briefs) > 1 and (entry := called(kind, slug)).kind != "place":
                reason = words["also_about" if entry.kind else "same_topic"].format(name=entry.name)
                yield _Shared(entry.name, reason, tuple(place[one] for one in briefs), len(briefs).bit_length())


def _nearest(
    index: int,
    told: _Told,
    listed: Sequence[Listed],
    days: Sequence[int],
    common: Sequence[set[int]],
    shared: Sequence[_Shared],
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    scores: dict[int, float] = defaultdict(float)
    for number in sorted(common[index]):
        entry = shared[number]
        weight, place = 1 / entry.size, bisect_left(entry.briefs, index)
        for other in entry.briefs[max(place - NEIGHBOURS, 0) : place + 1 + NEIGHBOURS]:
            scores[other] += weight
    scores.pop(index, None)
    strong: dict[int, dict[str, None]] = defaultdict(dict)
    for other, reason in told:
        scores[other] += 0 if reason in strong[other] else STRONG
        strong[other][reason] = None

    def rank(other: int) -> tuple[float, int, str]:
        return -scores[other], abs(days[other] - days[index]), listed[other].slug

    least = min(sorted(scores.values(), reverse=True)[:MOST], default=0.0)
    best = sorted((other for other, score in scores.items() if score >= least), key=rank)[:MOST]
    related = []
    for other in best:
        both = sorted((shared[n].size, shared[n].name, shared[n].reason) for n in common[index] & common[other])
        reasons = [*strong.get(other, ()), *(reason for _, _, reason in both)]
        related.append((listed[other].slug, tuple(reasons[:REASONS])))
    return tuple(related)


def _same_figures(ties: Sequence[Ties], common: Sequence[set[int]], words: Words) -> Iterator[tuple[int, int, str]]:
    """Briefs that count the same thing."""
    counted: dict[str, list[tuple[int, tuple[float | None, ...], _Days | None]]] = defaultdict(list)
    for index, one in enumerate(ties):
        for thing, values, days in one.figures:
            counted[thing].append((index, values, days))
    for told in counted.values():
        for place, (here, values, days) in enumerate(told):
            for there, others, then in told[place + 1 : place + 1 + NEIGHBOURS]:
                if here != there and (reason := _compared(values == others, days, then, common[here], common[there])):
                    yield here, there, words[reason]


def _compared(same: bool, period: _Days | None, then: _Days | None, here: set[int], there: set[int]) -> str | None:
    """Why two figures of the same thing belong together, as a key of the words.

    Without a common period only where the briefs are akin.
    """
    known = period is not None and then is not None and period[0] <= then[1] and then[0] <= period[1]
    if not known and here.isdisjoint(there):
        return None
    if known or period is then:
        return "same_figure" if same else "other_value"
    return "other_time"


def _answers(
    ties: Sequence[Ties],
    days: Sequence[int],
    common: Sequence[set[int]],
    name: Callable[[str], str],
    words: Words,
) -> Iterator[tuple[int, int, str]]:
    """Briefs in which somebody speaks of one who was quoted shortly before."""
    quoted: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(ties):
        for slug in dict.fromkeys([slug for slug, _ in one.statements]):
            quoted[slug].append(index)
    for index, one in enumerate(ties):
        for speaker, beside in one.statements:
            for other in beside:
                before = bisect_right(quoted.get(other, ()), index)
                for earlier in quoted.get(other, ())[before : before + 3] if other != speaker else ():
                    if days[index] - days[earlier] <= ANSWER_DAYS and not common[index].isdisjoint(common[earlier]):
                        yield index, earlier, words["answers"].format(one=name(speaker), other=name(other))


def _new_roles(ties: Sequence[Ties], name: Callable[[str], str], texts: Words) -> Iterator[tuple[int, int, str]]:
    """Neighbouring briefs that give one person roles without a word in common."""
    told: dict[str, list[tuple[int, set[str]]]] = defaultdict(list)
    for index, one in enumerate(ties):
        for slug, role in one.roles:
            told[slug].append((index, set(role)))
    for slug, given in told.items():
        for (here, words), (there, before) in pairwise(given):
            if here != there and not words & before:
                yield here, there, texts["new_role"].format(name=name(slug))
