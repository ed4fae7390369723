"""Which notes stand in a wide margin: as many as find room beside the text."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from nutgraf.model.views import DateNote, DateView, Link
from nutgraf.render.body import Passage
from nutgraf.render.margin import Note, in_margin

DAY = DateView("2031-05-14", "14 May 2031", "2031-05-14")


def told(*counts: int, chars: int = 200) -> tuple[list[Passage], dict[str, tuple[str, Note]]]:
    """Passages of so many characters, with so many notes each."""
    passages, notes = [], dict[str, tuple[str, Note]]()
    for n, count in enumerate(counts):
        names = tuple(f"date-{n}-{i}" for i in range(count))
        for name in names:
            notes[name] = "date", DateNote(name, 1, DAY, "ships left", "May", None, "", Link("Story"))
        passages.append(Passage(Markup(f"<p>{'x' * chars}</p>"), names))
    return passages, notes


def test_few_notes_all_stand_beside_their_text() -> None:
    assert in_margin(*told(1, 0, 2, 1)) == (1, 0, 2, 1)


def test_notes_reach_beside_text_that_has_none_and_below_the_end() -> None:
    assert in_margin(*told(8, 0, 0, 1)) == (8, 0, 0, 1)
    crowded, _, _ = in_margin(*told(9, 1, 1))
    assert crowded < 9
    assert in_margin(*told(1, 5)) == (1, 5)


def test_nothing_is_folded_that_fits_without_a_line_that_says_so() -> None:
    shown = [in_margin(*told(count, 1)) for count in range(1, 12)]
    most = max(count for count, (some, _) in enumerate(shown, 1) if some == count)
    assert most > 3 and [some for some, _ in shown[:most]] == list(range(1, most + 1))
    assert max(some for some, _ in shown[most:]) < most


def test_longer_text_has_room_for_more() -> None:
    short, _ = in_margin(*told(16, 1))
    long, _ = in_margin(*told(16, 1, chars=600))
    assert 1 <= short < long


@given(st.lists(st.integers(0, 12), max_size=12), st.integers(0, 900))
def test_every_noted_passage_shows_a_note_and_none_folds_what_takes_no_room(counts: list[int], chars: int) -> None:
    shown = in_margin(*told(*counts, chars=chars))
    assert len(shown) == len(counts)
    assert all(min(count, 1) <= some <= count for some, count in zip(shown, counts, strict=True))
