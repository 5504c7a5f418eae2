"""Languages: known where the text shows it, English where it is too short to tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.reading import default_toolkit
from analysis.text.words import Words


def language(text: str, hint: str | None = None) -> str:
    return default_toolkit().languages.language_of(Words(text), hint=hint)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My teacher explains things well", "en"),
        ("techers r nice n the fud is ok", "en"),
        ("toilets", "en"),
        ("dim lights", "en"),
        ("Łukasz is my best friend and we like football", "en"),
        ("Mae'r athrawon yn dda iawn", "cy"),
        ("Mae angen mwy o glybiau ar ôl ysgol", "cy"),
        ("Nauczyciele są bardzo mili i pomocni", "pl"),
        ("lekcje sa nudne i za dlugie", "pl"),
        ("اساتذہ بہت اچھے ہیں", "ur"),
        ("Les professeurs sont gentils avec les enfants", "fr"),
        ("La comida es muy mala y los baños están sucios", "es"),
        ("ਸਕੂਲ ਬਹੁਤ ਵਧੀਆ ਹੈ", "pa"),
        ("школа дуже хороша, але їжа погана", "uk"),
    ],
)
def test_a_language_is_known_by_its_words_and_letters(text: str, expected: str) -> None:
    assert language(text) == expected


def test_the_respondents_language_decides_only_where_the_text_cannot() -> None:
    assert language("super", hint="pl") == "pl"
    assert language("My teacher is very kind to everyone", hint="pl") == "en"
    assert language("toilets", hint="pl") == "en"


def test_a_text_without_letters_takes_the_respondents_language() -> None:
    assert language("...", hint="cy") == "cy"
    assert language("👍 10/10") == "en"


@given(st.text(max_size=80))
def test_every_text_has_some_language(text: str) -> None:
    assert language(text)
