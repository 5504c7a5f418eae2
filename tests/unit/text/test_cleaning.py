"""Cleaning: what is read, and where it stood."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.clauses import clauses
from analysis.text.cleaning import clean

ANY_TEXT = st.text(st.characters(), max_size=200)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("More clubs please", "More clubs please"),
        ("  too   many\ttests ", "too many tests"),
        ("one\r\n\r\n two", "one\ntwo"),
        ("cafe\u0301", "café"),
        ("don\u2019t", "don't"),
        ("no\u200bthing\ufeff", "nothing"),
        ("a\x00b\ud800c", "abc"),
        ("\u1112\u1161\u11ab", "한"),
        ("", ""),
    ],
)
def test_cleaning_changes_what_cannot_be_read_and_nothing_else(written: str, read: str) -> None:
    assert clean(written).text == read


def test_a_place_in_clean_text_is_known_in_the_original() -> None:
    cleaned = clean(" the  cafe\u0301 is  good")
    start = cleaned.text.index("café")
    first, last = cleaned.span(start, start + 4)
    assert cleaned.original[first:last] == "cafe\u0301"


@given(ANY_TEXT)
def test_any_stretch_of_clean_text_is_found_again_in_the_original(text: str) -> None:
    cleaned = clean(text)
    for start, end in clauses(cleaned.text):
        first, last = cleaned.span(start, end)
        assert 0 <= first < last <= len(text)
        assert clean(text[first:last]).text == cleaned.text[start:end]


@given(ANY_TEXT)
def test_clean_text_is_composed_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text).text
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned).text == cleaned
    assert "  " not in cleaned and cleaned == cleaned.strip()


def test_a_long_run_of_accents_takes_no_long_time() -> None:
    assert len(clean("a" + "\u0301\u0316" * 50_000 + " ").text) > 1
