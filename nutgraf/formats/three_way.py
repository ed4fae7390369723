"""The rule of a three-way merge for one value, and for names that are merged one by one; and who is asked."""

from collections.abc import Callable, Sequence
from typing import Any

from nutgraf.formats.question import Answer, Answers, Kind, Question
from nutgraf.model.brief import Brief, FrontMatter, ItemKey

SETS = frozenset({"topics", "aka"})
"""Fields whose members are merged one by one."""


def itself(value: Any) -> Any:
    return value


class Asking:
    """Who answers questions about one brief, and those that nobody has answered.

    Each merge gives what becomes of a value and what it is compared with in the next run (its next base).
    """

    def __init__(self, brief: Brief, base: FrontMatter, answers: Answers, paragraphs: Sequence[int]) -> None:
        """`base`: what the machine said before. `paragraphs`: the lines on which those of the body start."""
        self.brief, self.answers, self.paragraphs = brief, answers, paragraphs
        self.reviewed = brief.front.reviewed
        self.since = self.reviewed if self.reviewed != base.reviewed else None
        self.open: list[Question] = []

    def ask(
        self, kind: Kind, key: ItemKey, base: Any = None, mine: Any = None, theirs: Any = None, since: str | None = None
    ) -> Answer | None:
        """What a person has answered; without an answer the question stays open.

        `since`: the day on which the item was confirmed, where that was done after the question was first asked.
        """
        question = Question(kind, key, self._line(key), base, mine, theirs)
        answer = self.answers(question, self.since or since)
        if answer is None:
            self.open.append(question)
        return answer

    def _line(self, key: ItemKey) -> int:
        if key[0] == "body":
            at = int(key[1])
            return [*self.paragraphs, self.brief.body.line][min(at, len(self.paragraphs))]
        known = self.brief.positions
        return next((known[key[:n]].line for n in range(len(key), 0, -1) if key[:n] in known), 1)

    def value(
        self,
        key: ItemKey,
        values: tuple[Any, Any, Any],
        sure: str | None,
        since: str | None = None,
        show: Callable[[Any], Any] = itself,
    ) -> tuple[Any, Any]:
        """A value that is merged whole. `values`: base, mine, theirs; `sure`: the day on which it was confirmed."""
        base, mine, theirs = values
        if theirs in (base, mine):
            return mine, theirs
        if mine == base and not sure:
            return theirs, theirs
        answer = self.ask("changed", key, show(base), show(mine), show(theirs), since)
        return (theirs if answer == "take" else mine), (theirs if answer else base)

    def names(
        self, key: ItemKey, values: tuple[Any, Any, Any], sure: str | None, since: str | None = None
    ) -> tuple[Any, Any]:
        """Names that are merged one by one. One that was struck out stays in the base, and so stays out."""
        base, mine, theirs = values
        result = tuple(name for name in mine if name in theirs or name not in base)
        result += tuple(name for name in theirs if name not in base and name not in mine)
        known = theirs + tuple(name for name in base if name not in mine and name not in theirs)
        if result == mine or not sure:
            return result, known
        answer = self.ask("changed", key, base, mine, theirs, since)
        return (result if answer == "take" else mine), (known if answer else base)
