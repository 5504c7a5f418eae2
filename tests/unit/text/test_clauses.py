"""Clauses: where one point ends and the next begins."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.clauses import clauses


def stretches(text: str) -> list[str]:
    return [text[start:end] for start, end in clauses(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Food is bad but clubs are great.", ["Food is bad", "but clubs are great."]),
        ("Good. Bad! Why?", ["Good.", "Bad!", "Why?"]),
        ("trips\nclubs; sport", ["trips", "clubs;", "sport"]),
        ("It costs £3.50 now", ["It costs £3.50 now"]),
        ("lovely staff - shame about the toilets", ["lovely staff -", "shame about the toilets"]),
        ("butter and buttons", ["butter and buttons"]),
        ("well ... ok", ["well ...", "ok"]),
        ("", []),
    ],
)
def test_a_clause_ends_with_a_sentence_or_where_the_meaning_turns(text: str, parts: list[str]) -> None:
    assert stretches(text) == parts


@given(st.text(max_size=300))
def test_clauses_are_in_order_and_hold_every_letter(text: str) -> None:
    spans = clauses(text)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    kept = {at for start, end in spans for at in range(start, end)}
    assert all(at in kept or not letter.isalnum() for at, letter in enumerate(text))
