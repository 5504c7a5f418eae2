"""No reckoning with shown groups, however long, arrives at a group of fewer than ten."""

from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from analysis.disclosure.admission import FEWEST_SHOWN, Cell
from analysis.disclosure.reportable import Reportable, Slice
from analysis.disclosure.subtraction import Filters, Group, concealed
from tests.unit.disclosure.admitting import admitted

YEARS, GENDERS = ("y7", "y8"), ("boy", "girl")
ATOMS = tuple(product((*YEARS, ""), (*GENDERS, "")))
SETS = np.array(list(product((0.0, 1.0), repeat=len(ATOMS))))
People = dict[tuple[str, str], int]
sizes = st.one_of(st.just(0), st.integers(1, 9), st.integers(8, 14), st.integers(10, 60))
populations = st.fixed_dictionaries(dict.fromkeys(ATOMS, sizes))
groups = [(year, gender) for year in (None, *YEARS) for gender in (None, *GENDERS)]


def members(year: str | None, gender: str | None) -> list[bool]:
    """Which atoms belong to a group; None takes all, "" those who did not say."""
    return [year in {None, y} and gender in {None, g} for y, g in ATOMS]


def filters(year: str | None, gender: str | None) -> Filters:
    return tuple((key, code) for key, code in (("gender", gender), ("year", year)) if code is not None)


def cells(people: People, *, subject: str = "safe", unscored: People | None = None, **more: Any) -> list[Cell]:
    counts, beside = ([(each or {}).get(atom, 0) for atom in ATOMS] for each in (people, unscored))
    found = []
    for group in groups:
        n, out = (int(np.dot(members(*group), each)) for each in (counts, beside))
        kind = "response" if subject == "response" else "item"
        found.append(Cell(kind, subject, "", "w", Slice("secondary", filters(*group)), n, unscored=out, **more))
    return found


def reachable(people: People, shown: list[list[bool]]) -> list[NDArray[np.float64]]:
    """Every group of 1 to 9 people whose sum lies in the span of the shown groups, found by trying all groups.

    Atoms of nobody are left out: an attacker may know that they are empty.
    """
    counts = np.array([people[atom] for atom in ATOMS])
    living = counts > 0
    small = np.unique(SETS[:, living], axis=0)
    totals = small @ counts[living]
    small = small[(totals > 0) & (totals < FEWEST_SHOWN)]
    if not shown or not len(small):
        return []
    _, sizes_of, basis = np.linalg.svd(np.array(shown, dtype=float)[:, living], full_matrices=False)
    basis = basis[sizes_of > 1e-9]
    off = np.abs(small - small @ basis.T @ basis).max(axis=1)
    return list(small[off < 1e-7])


def shown_groups(results: list[Reportable]) -> list[list[bool]]:
    return [members(*group) for group, result in zip(groups, results, strict=True) if result.status != "hidden"]


@given(populations)
def test_no_small_group_is_a_sum_or_difference_of_shown_ones(people: People) -> None:
    if sum(people.values()) >= FEWEST_SHOWN:
        assert reachable(people, shown_groups(admitted(cells(people)))) == []


def test_three_thousand_schools_give_nobody_away_and_most_groups_stay() -> None:
    random = Random(20260302)
    eligible = kept = 0
    for _ in range(3_000):
        people = {atom: random.randint(0, 6) if "" in atom else random.randint(4, 90) for atom in ATOMS}
        counted = cells(people)
        results = admitted(counted)
        assert reachable(people, shown_groups(results)) == []
        eligible += sum(cell.n >= FEWEST_SHOWN for cell in counted)
        kept += sum(result.status != "hidden" for result in results)
    assert kept / eligible > 0.5


def test_a_single_hidden_crossing_never_stands_alone_in_its_row_and_column() -> None:
    people = {atom: 0 if "" in atom else 40 for atom in ATOMS} | {("y7", "boy"): 4}
    hidden = {result.slice.filters for result in admitted(cells(people)) if result.status == "hidden"}
    assert hidden == {filters(*group) for group in product(YEARS, GENDERS)}


def test_people_whose_answers_are_not_scored_are_protected_too() -> None:
    # nobody in year 8 has a scored answer: all else shown, the total would give away what these three said
    people, unscored = {("y7", "boy"): 40, ("y7", "girl"): 40}, {("y8", "boy"): 3}
    results = {result.slice.filters: result.status for result in admitted(cells(people, unscored=unscored))}
    assert results[filters("y8", None)] == "hidden"
    assert results[filters("y7", None)] == "hidden"


def test_every_subject_hides_the_same_neighbour() -> None:
    everyone = {("y7", "boy"): 45, ("y8", "boy"): 50, ("y8", ""): 4}
    fewer = everyone | {("y8", "boy"): 40}
    counted = [*cells(everyone, subject="response"), *cells(everyone), *cells(fewer, subject="proud")]
    hidden = {
        result.subject: result.status for result in admitted(counted) if result.slice.filters == filters("y7", None)
    }
    assert set(hidden.values()) == {hidden["response"]}


@pytest.mark.parametrize(("invited", "status"), [(13, "words"), (None, "words"), (780, "hidden")])
def test_only_a_small_audience_is_told_from_five(invited: int | None, status: str) -> None:
    seven = {("y7", "boy"): 7}
    results = admitted([*cells(seven, subject="response", invited=invited), *cells(seven)])
    assert {result.status for result in results if not result.slice.filters} == {status}


def test_a_few_answers_of_a_large_audience_stay_hidden() -> None:
    many, few = {("y7", "boy"): 300}, {("y7", "boy"): 7}
    results = admitted([*cells(many, subject="response"), *cells(few)])
    assert {result.status for result in results if result.subject == "safe"} == {"hidden"}


def test_breakdowns_with_too_many_parts_to_check_are_not_crossed() -> None:
    codes = [f"c{number}" for number in range(15)]
    table: dict[Filters, Group] = {(): Group(15 * 15 * 20, 15 * 15 * 20, 0)}
    for key in ("form", "house"):
        table |= {((key, code),): Group(15 * 20, 15 * 20, 0) for code in codes}
    crossed: dict[Filters, Group] = {
        (("form", form), ("house", house)): Group(20, 20, 0) for form in codes for house in codes
    }
    assert concealed(table | crossed, minimum=10) == frozenset(crossed)
