"""Marks are put together as Unicode says, and a form full of them is no way to hold a server up."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stakeholder.letters import _MARKED, MOST_MARKS, composed, is_composed

MARKS = "\u0301\u0316"


@given(st.text())
def test_text_of_any_language_is_composed_as_unicode_says(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)
    assert is_composed(composed(text))


def test_of_a_long_run_of_marks_thirty_stay() -> None:
    hostile = "a" + MARKS * 100_000 + "b"
    assert not is_composed(hostile)
    assert len(unicodedata.normalize("NFD", composed(hostile))) == 2 + MOST_MARKS
    assert composed(hostile)[-1] == "b"


@pytest.mark.parametrize("marks", [MOST_MARKS - 1, MOST_MARKS])
def test_up_to_thirty_marks_nothing_is_lost(marks: int) -> None:
    text = "a" + "\u0316" * marks
    assert composed(text) == text


def test_every_combining_character_is_known() -> None:
    assert {code for code in range(0x110000) if unicodedata.combining(chr(code))} <= set(_MARKED)
