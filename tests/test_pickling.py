"""Values pickled fast are the values that dataclasses pickle by themselves."""

import io
import pickle
from dataclasses import dataclass
from enum import Enum

import pytest

from nutgraf.memo import frozen, thawed
from nutgraf.model.diagnostic import Diagnostic, Location, Position, Severity
from nutgraf.model.pickling import Pickler, sealed, unsealed
from nutgraf.model.span import Span


@dataclass
class Loose:
    """Without slots: pickled as ever."""

    name: str


class Kept(Enum):
    ONE = 1


VALUES = [
    Span(3, 9),
    Diagnostic("a-code", Severity.ERROR, "what", Location("content/x.md", Position(3, 4)), "help"),
    (Span(1, 2), {"a": [Span(1, 2)]}, None),
    Loose("it"),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_what_is_read_is_what_was_written(value: object) -> None:
    written = io.BytesIO()
    Pickler(written).dump(value)
    assert pickle.loads(written.getvalue()) == value == pickle.loads(pickle.dumps(value))


def test_it_is_used_for_values_in_slots_and_may_be_read_back() -> None:
    written = io.BytesIO()
    Pickler(written).dump(Span(3, 9))
    assert b"_dataclass_setstate" not in written.getvalue()
    assert len(written.getvalue()) < len(pickle.dumps(Span(3, 9)))
    assert thawed(frozen((Span(3, 9),))) == (Span(3, 9),)


def test_members_of_enumerations_are_kept_by_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Python before 3.11.4 takes them apart, they would call a function, and nothing that holds one be believed."""
    monkeypatch.setattr(Kept, "__reduce_ex__", lambda self, _: (getattr, (type(self), self.name)))
    assert unsealed(sealed(Severity.ERROR)) is Severity.ERROR
    assert b"getattr" not in sealed(Kept.ONE)
