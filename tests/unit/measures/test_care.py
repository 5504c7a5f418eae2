"""Flags about how a questionnaire was answered."""

import numpy as np
import pytest

from analysis.measures.care import left_out, straight_lining


def test_people_who_chose_one_place_throughout_are_a_share() -> None:
    same, mixed, short = [2] * 9, [2] * 8 + [3], [2] * 3 + [-1] * 6
    codes = list(np.array([same, mixed, mixed, same, short], dtype=np.int8).T)
    assert straight_lining(codes) == pytest.approx(0.5)
    assert left_out(codes) == pytest.approx(6 / 45)


def test_few_statements_say_nothing() -> None:
    assert straight_lining([np.array([1, 1], dtype=np.int8)] * 7) is None
    assert straight_lining([np.array([], dtype=np.int8)] * 9) is None
    assert left_out([]) is None
