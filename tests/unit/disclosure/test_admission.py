"""Nobody can be found among small groups, neither directly nor by subtraction."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.admission import FEWEST_SHOWN, Cell
from analysis.disclosure.reportable import OptionCount, Reportable, Slice
from tests.unit.disclosure.admitting import admitted

YEARS, GENDERS = ("y7", "y8", "y9"), ("girl", "boy", "other")
counts = st.integers(0, 40) | st.integers(0, 12)
People = dict[tuple[str, str], int]


def cell(n: int, kind: Any = "item", **filters: str) -> Cell:
    options = (OptionCount("no", "No", n // 3), OptionCount("yes", "Yes", n - n // 3, favourable=True))
    return Cell(
        kind,
        "wel_safety",
        "Safe",
        "w",
        Slice("secondary", tuple(sorted(filters.items()))),
        n,
        options,
    )


def tables(people: People) -> list[Cell]:
    """The whole, each breakdown, and both crossed; "" stands for those who did not say."""

    def total(year: str | None = None, gender: str | None = None) -> int:
        return sum(n for (y, g), n in people.items() if year in {None, y} and gender in {None, g})

    cells = [cell(total())]
    cells += [cell(total(year=year), year=year) for year in YEARS]
    cells += [cell(total(gender=gender), gender=gender) for gender in GENDERS]
    return cells + [cell(total(year, gender), year=year, gender=gender) for year in YEARS for gender in GENDERS]


populations = st.fixed_dictionaries({(y, g): counts for y in (*YEARS, "") for g in (*GENDERS, "")})


def remainders(results: list[Reportable], truth: dict[tuple[tuple[str, str], ...], int]) -> list[int]:
    """What is left of every shown whole when its shown parts by one breakdown are taken away."""
    shown = {result.slice.filters for result in results if result.status != "hidden"}
    found = []
    for whole in (each for each in shown if truth[each] >= FEWEST_SHOWN):
        for question in ("year", "gender"):
            parts = [
                f
                for f in truth
                if len(f) == len(whole) + 1 and set(whole) < set(f) and question in dict(set(f) - set(whole))
            ]
            if parts:
                found.append(truth[whole] - sum(truth[part] for part in parts if part in shown))
    return found


@given(populations)
def test_what_is_left_over_of_a_shown_total_is_nobody_or_ten(people: People) -> None:
    cells = tables(people)
    truth = {each.slice.filters: each.n for each in cells}
    assert all(left == 0 or left >= FEWEST_SHOWN for left in remainders(admitted(cells), truth) if left)


@given(populations)
def test_nothing_under_ten_is_shown(people: People) -> None:
    for result in admitted(tables(people)):
        assert result.status == "hidden" or result.n >= FEWEST_SHOWN or (not result.slice.filters and result.n >= 5)


@given(populations)
def test_a_hidden_result_carries_no_number(people: People) -> None:
    for result in admitted(tables(people)):
        if result.status == "hidden":
            assert (result.n, result.options, result.mean, result.sd, result.unscored) == (0, (), None, None, 0)
            assert result.reason


@given(populations)
def test_parts_of_what_is_hidden_are_hidden(people: People) -> None:
    results = admitted(tables(people))
    hidden = {result.slice.filters for result in results if result.status == "hidden"}
    for outer, inner in combinations(sorted(hidden, key=len), 2):
        assert not (set(outer) < set(inner)) or inner in hidden
    for result in results:
        if any(outer and set(outer) < set(result.slice.filters) for outer in hidden):
            assert result.status == "hidden"


@pytest.mark.parametrize(
    ("n", "status"),
    [(0, "hidden"), (4, "hidden"), (5, "words"), (9, "words"), (10, "words"), (29, "words"), (30, "shown")],
)
def test_a_whole_audience_by_its_size(n: int, status: str) -> None:
    assert admitted([cell(n)])[0].status == status


@pytest.mark.parametrize(("n", "status"), [(9, "hidden"), (10, "words"), (30, "shown")])
def test_a_part_of_an_audience_by_its_size(n: int, status: str) -> None:
    assert admitted([cell(n, year="y7")])[0].status == status


@pytest.mark.parametrize(("n", "status"), [(9, "hidden"), (10, "shown")])
def test_themes_are_counted_from_ten_comments(n: int, status: str) -> None:
    assert admitted([cell(n, kind="theme")])[0].status == status


def test_a_school_may_raise_the_minimum_and_never_lower_it() -> None:
    assert admitted([cell(15, year="y7")], minimum=20)[0].status == "hidden"
    assert admitted([cell(9, year="y7")], minimum=3)[0].status == "hidden"


def test_the_smallest_neighbour_is_hidden_with_a_small_group() -> None:
    cells = [cell(100), cell(60, year="y7"), cell(36, year="y8"), cell(4, year="y9")]
    assert [result.status for result in admitted(cells)] == ["shown", "shown", "hidden", "hidden"]


def test_those_who_did_not_say_are_a_group_too() -> None:
    cells = [cell(100), cell(60, year="y7"), cell(37, year="y8")]
    assert [result.status for result in admitted(cells)] == ["shown", "shown", "hidden"]
