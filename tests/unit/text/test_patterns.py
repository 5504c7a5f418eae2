"""Patterns: all that would match are tried."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.patterns import Patterns, needed_letters

SOME = (r"\bself[- ]?harm", r"(?:cut|burn)s? my ?self", r"\bno (?:food|tea)\b", r"(?:a|bc)+d?", r"x?", r"kn[io]fe")
SOME += (r"\b(?:cut|harm).{0,9}self\b|\bno food|bcd.knife", r"my (?:(?:self|food) harm|no a)")


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"\bself[- ]?harm", {"self"}),
        (r"(?:cut|burn)s? my ?self", {"self"}),
        (r"\b(?:hit|kick)(?:s|ed)?\b", {"hit", "kick"}),
        (r"(?:hit|k?)", set()),
        (r"\w+", set()),
    ],
)
def test_the_letters_a_pattern_needs_are_found_in_it(pattern: str, letters: set[str]) -> None:
    found = needed_letters(pattern)
    assert found == letters or (letters and len(found) >= 1 and all(re.search(piece, pattern) for piece in found))


@given(st.lists(st.sampled_from(["self", "harm", "cut", "myself", "my", "no", "food", "a", "bcd", "knife", "-"])))
def test_nothing_that_matches_is_left_out(words: list[str]) -> None:
    text = " ".join(words)
    possible = Patterns((pattern, pattern) for pattern in SOME).possible(text.split())
    assert {name for name, pattern in possible if pattern.search(text)} == {
        pattern for pattern in SOME if re.search(pattern, text)
    }


def test_patterns_that_cannot_match_are_not_tried() -> None:
    assert [name for name, _ in Patterns([("a", "self"), ("b", "food")]).possible(["seafood", "menu"])] == ["b"]


@pytest.mark.parametrize(
    ("words", "tried"),
    [("he hurt me", True), ("hurt", False), ("dad and he", False), ("scared", True), ("no one would care", True)],
)
def test_every_part_of_one_way_to_match_must_be_there(words: str, tried: bool) -> None:
    pattern = r"\b(?:he|dad)\b.{0,30}\bhurt|\b(?:scared|no (?:one|body).{0,9}would)\b"
    assert bool(Patterns([("", pattern)]).possible(words.split())) is tried
