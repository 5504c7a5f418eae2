"""Agreement of coders: values of other software, what is not defined, and intervals."""

import krippendorff
import numpy as np
import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from analysis.measures.agreement import _alphas, agreement


def table(both: int, first: int, second: int, neither: int) -> list[tuple[bool, bool]]:
    return [(True, True)] * both + [(True, False)] * first + [(False, True)] * second + [(False, False)] * neither


@pytest.mark.parametrize("cells", [(20, 5, 10, 15), (45, 15, 25, 15), (60, 20, 10, 110)])
def test_kappa_is_that_of_other_software(cells: tuple[int, int, int, int]) -> None:
    both, first, second, neither = cells
    found = agreement(table(*cells))
    other = cohens_kappa(np.array([[both, first], [second, neither]]))
    assert found.kappa == pytest.approx(other.kappa)
    assert found.kappa_interval is not None
    low, high = found.kappa_interval
    assert low < other.kappa < high
    assert low == pytest.approx(other.kappa_low, abs=0.12)


def test_alpha_of_resampled_comments_is_the_librarys_alpha() -> None:
    random = np.random.default_rng(3)
    rows = np.where(random.random((40, 3)) < 0.2, np.nan, random.integers(0, 2, (40, 3)).astype(float))
    rows = rows[np.sum(~np.isnan(rows), axis=1) > 1]
    ones = np.nansum(rows, axis=1)
    zeros = np.sum(~np.isnan(rows), axis=1) - ones
    once = np.arange(len(rows))[np.newaxis, :]
    expected = krippendorff.alpha(reliability_data=rows.T, level_of_measurement="nominal")
    assert _alphas(zeros, ones, once)[0] == pytest.approx(expected)


def test_comments_coded_by_one_person_do_not_count() -> None:
    found = agreement([(True, None), (True, True), (None, False), (False, False)])
    assert (found.comments, found.kappa, found.alpha) == (2, 1.0, 1.0)


def test_agreement_is_not_defined_where_nobody_ever_said_otherwise() -> None:
    found = agreement([(False, False)] * 20)
    assert (found.kappa, found.kappa_interval, found.alpha, found.given) == (None, None, None, 0.0)


def test_without_shared_comments_nothing_is_known() -> None:
    assert agreement([(True, None), (None, False)]).comments == 0


def test_the_same_codings_always_give_the_same_interval() -> None:
    assert agreement(table(9, 2, 3, 30)) == agreement(table(9, 2, 3, 30))
