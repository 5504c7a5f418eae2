"""A school's list of people: what is accepted, and which words find somebody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.personal.roster import make_roster, name_parts, one_error, read_roster
from stakeholder.errors import Invalid

ROSTER = make_roster((("Mrs Wendy Thackray", "staff_name"), ("Oskar Wójcik", "pupil_name")), {"wendy": ("wen",)})


@pytest.mark.parametrize("typed", ["thackray", "thackry", "thackaray", "thackrey", "thakcray"])
def test_one_typing_error_still_finds_the_person(typed: str) -> None:
    found = ROSTER.part(typed) or ROSTER.nearly(typed)
    assert found and found.kind == "staff_name"


def test_two_typing_errors_find_nobody() -> None:
    assert ROSTER.nearly("thakry") is None and ROSTER.nearly("thackreyy") is None


def test_nicknames_and_letters_without_their_accents_count() -> None:
    assert ROSTER.part("wen") and ROSTER.part("wojcik")


def test_titles_are_no_part_of_a_name() -> None:
    assert name_parts("Señora Pilar Quintana-Ruiz") == ("pilar", "quintana-ruiz")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name\nAnn", "columns name and kind"),
        ("name,kind\nAnn,teacher", "line 2"),
        ("name,kind\n,staff_name", "line 2"),
    ],
)
def test_a_broken_list_is_refused_with_its_place(text: str, problem: str) -> None:
    with pytest.raises(Invalid, match=problem):
        read_roster(text, "ours.csv")


@given(st.text("abc", min_size=1, max_size=7), st.integers(0, 6), st.sampled_from("abc"))
def test_any_one_change_is_one_error(word: str, at: int, letter: str) -> None:
    at %= len(word)
    changed = (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :])
    assert all(one_error(word, other) and one_error(other, word) for other in changed)
