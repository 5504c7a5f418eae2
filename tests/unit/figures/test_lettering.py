"""Words measured and broken into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.figures.lettering import Lettering, leading, runs_right_to_left, width, wrap

PLAIN = Lettering(14)


def test_words_are_as_wide_as_the_browser_draws_them() -> None:
    # measured in a browser with the variable font, kerning off
    assert width("Students have a say in decisions", PLAIN) == pytest.approx(220.6, abs=0.05)


def test_bold_words_are_wider() -> None:
    assert width("Belonging", Lettering(14, 700)) > width("Belonging", PLAIN)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80), st.floats(40, 400))
def test_no_line_is_wider_than_its_column(text: str, within: float) -> None:
    assert all(width(line, PLAIN) <= within for line in wrap(text, PLAIN, within=within))


@given(st.text(alphabet="abc łŵ", max_size=80))
def test_no_letter_is_lost_in_wrapping(text: str) -> None:
    assert "".join(wrap(text, PLAIN, within=60)).replace(" ", "") == text.replace(" ", "")


def test_urdu_runs_to_the_left_and_needs_more_room_between_lines() -> None:
    assert runs_right_to_left("“میں محفوظ ہوں”") and not runs_right_to_left("Hill School میں")
    assert leading("میں", PLAIN) > leading("I am", PLAIN)
