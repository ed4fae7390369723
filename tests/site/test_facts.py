"""What is listed of every brief: all of it is in memory at once."""

from typing import Any

from nutgraf.model.config import Config
from nutgraf.site.facts import Listed, facts, sharing
from nutgraf.site.library import names_of
from nutgraf.site.reading import read
from tests.site.sites import brief, story

FRONT = """
topics: [ports]
actors:
  - {name: Ida Varga, kind: person, role: mayor}
quotes:
  - {text: "It is open", by: Ida Varga}
figures:
  - {value: 14, what: ships, text: 14 ships}
"""


def test_briefs_hold_what_they_have_in_common_once() -> None:
    known: dict[Any, Any] = {}
    plain, others = _listed()
    one, other = sharing(plain, known), sharing(others, known)
    assert (one, other) == (plain, others)
    assert one.said
    assert one.counted
    assert plain.cast[0] is not others.cast[0]
    assert one.cast[0] is other.cast[0]
    for name in ("date", "topics", "lists"):
        assert getattr(one, name) is getattr(other, name)
    for name in ("said", "counted"):
        assert all(a is b for a, b in zip(getattr(one, name), getattr(other, name), strict=True))
    assert one.ties == other.ties
    assert one.ties.roles == (("ida-varga", ("mayor",)),)


def _listed() -> list[Listed]:
    text = 'Ida Varga said: "It is open". There were 14 ships.\n'
    briefs = [brief(story(FRONT, text), slug) for slug in ("one", "two")]
    return [facts(read(one, names_of(())), Config(), None, None)[0] for one in briefs]
