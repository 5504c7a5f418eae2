"""Words that set groups apart."""

import pytest

from analysis.measures.keyness import key_words, log_likelihood


def test_equal_shares_are_no_difference() -> None:
    assert log_likelihood(10, 20, 100, 200) == pytest.approx(0)


def test_the_published_formula() -> None:
    # 2 * (a ln(a/E1) + b ln(b/E2)), with E the expected counts (Rayson and Garside 2000, Comparing corpora)
    assert log_likelihood(30, 0, 100, 100) == pytest.approx(41.589, abs=0.001)


def test_only_clear_words_in_enough_comments_are_named() -> None:
    first = {"toilet": 40, "maths": 12, "slide": 9}
    second = {"maths": 11, "workload": 35}
    found = key_words(first, second, (100, 100), least=10)
    assert [(each.word, each.more_in_first) for each in found] == [("toilet", True), ("workload", False)]
