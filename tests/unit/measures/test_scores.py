"""Scores of people and groups, and how well statements hang together."""

import numpy as np
import pytest

from analysis.measures import cronbach_alpha, dimension_scores
from analysis.measures.scores import level

NAN = np.nan


def test_a_dimension_needs_answers_to_three_of_five_strands() -> None:
    strands = [
        np.array([100.0, 100.0]),
        np.array([50.0, NAN]),
        np.array([0.0, NAN]),
        np.array([NAN, NAN]),
        np.array([NAN, 0.0]),
    ]
    found = dimension_scores(strands)
    assert found[0] == 50
    assert np.isnan(found[1])


def test_a_level_leaves_out_people_without_a_score() -> None:
    found = level(np.array([0.0, 100.0, NAN]))
    assert (found.n, found.mean, round(found.sd, 2)) == (2, 50.0, 70.71)
    assert level(np.array([NAN])).n == 0


def test_alpha_of_a_worked_example() -> None:
    scores = np.array([[3, 3, 3], [4, 4, 3], [2, 3, 2], [5, 4, 5], [NAN, 1, 1]], float)
    items, whole = scores[:4].var(axis=0, ddof=1).sum(), scores[:4].sum(axis=1).var(ddof=1)
    assert cronbach_alpha(scores) == pytest.approx(1.5 * (1 - items / whole))


def test_statements_that_say_the_same_reach_one() -> None:
    assert cronbach_alpha(np.array([[1, 1], [2, 2], [5, 5]], float)) == pytest.approx(1)


@pytest.mark.parametrize("scores", [np.ones((3, 1)), np.ones((3, 2)), np.full((3, 2), NAN)])
def test_alpha_says_why_it_cannot_be(scores: np.ndarray) -> None:
    with pytest.raises(ValueError, match="expected"):
        cronbach_alpha(scores)
