"""Reliability against exact values and against each other."""

import numpy as np
import pytest
from numpy.typing import NDArray

from analysis.measures.reliability import cronbach_alpha, item_rest_correlations, mcdonald_omega, reliability


def with_covariances(covariances: NDArray[np.float64], people: int = 400) -> NDArray[np.float64]:
    """Scores whose sample covariances are exactly these."""
    raw = np.random.default_rng(1).standard_normal((people, len(covariances)))
    raw -= raw.mean(axis=0)
    white = raw @ np.linalg.inv(np.linalg.cholesky(np.cov(raw, rowvar=False))).T
    return white @ np.linalg.cholesky(covariances).T


def test_omega_of_one_exact_factor_is_its_definition() -> None:
    loadings = np.array([0.8, 0.7, 0.6, 0.5])
    covariances = np.outer(loadings, loadings) + np.diag(1 - loadings**2)
    expected = loadings.sum() ** 2 / (loadings.sum() ** 2 + (1 - loadings**2).sum())
    assert mcdonald_omega(with_covariances(covariances)) == pytest.approx(expected, abs=1e-5)


def test_alpha_and_omega_agree_where_all_statements_are_alike() -> None:
    # five statements that all correlate .5: alpha is 5 * .5 / (1 + 4 * .5), the Spearman-Brown formula
    scores = with_covariances(np.full((5, 5), 0.5) + 0.5 * np.eye(5))
    assert cronbach_alpha(scores) == pytest.approx(2.5 / 3, abs=1e-9)
    assert mcdonald_omega(scores) == pytest.approx(2.5 / 3, abs=1e-6)
    assert item_rest_correlations(scores) == pytest.approx([4 * 0.5 / np.sqrt(4 + 12 * 0.5)] * 5)


def test_alpha_never_exceeds_omega_of_one_factor() -> None:
    loadings = np.array([0.9, 0.8, 0.4, 0.3])
    scores = with_covariances(np.outer(loadings, loadings) + np.diag(1 - loadings**2))
    found = reliability(scores)
    assert found.alpha < found.omega
    assert found.is_enough == (found.omega >= 0.7)


def test_people_who_left_something_out_do_not_count() -> None:
    scores = with_covariances(np.full((3, 3), 0.5) + 0.5 * np.eye(3))
    more = np.vstack([scores, [np.nan, 1.0, 5.0]])
    assert reliability(more).people == len(scores)
    assert cronbach_alpha(more) == pytest.approx(cronbach_alpha(scores))
