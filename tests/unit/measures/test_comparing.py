"""Change and gaps: named only where the interval excludes 0, and never for small or hidden groups."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from analysis.disclosure.reportable import OptionCount, Reportable, Slice
from analysis.disclosure.sealing import sealed
from analysis.measures import change, gaps, response_rate
from analysis.measures.comparing import discoveries
from tests.unit.figures.results import changed


def item(
    yes: int, n: int, *, audience: str = "secondary", strand: str = "wel.safety", focus: str = "self"
) -> Reportable:
    options = (OptionCount("no", "No", n - yes), OptionCount("yes", "Yes", yes, favourable=True))
    return sealed(
        "item",
        strand.replace(".", "_"),
        strand,
        "w",
        Slice(audience),
        "shown",
        options,
        n,
        focus=focus,
        parallel=strand,
    )


def score(mean: float, n: int = 200, sd: float = 20) -> Reportable:
    return sealed("score", "wellbeing", "Well-being", "w", Slice("secondary"), "shown", n=n, mean=mean, sd=sd)


@dataclass
class Wave:
    results: Sequence[Reportable]

    def of(self, _kind: str, audience: str, _filters: tuple[()]) -> list[Reportable]:
        return [each for each in self.results if each.slice.audience == audience]

    def find(self, _kind: str, subject: str, audience: str) -> Reportable | None:
        return next((each for each in self.of("item", audience, ()) if each.subject == subject), None)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (item(100, 200), item(140, 200), "up"),
        (item(140, 200), item(100, 200), "down"),
        (item(100, 200), item(104, 200), "no clear change"),
        (score(60), score(66), "up"),
        (score(60), score(61), "no clear change"),
    ],
)
def test_a_change_is_named_only_when_it_is_clear(before: Reportable, after: Reportable, verdict: str) -> None:
    assert change(before, after).verdict == verdict


@pytest.mark.parametrize(
    "small", [item(10, 29), changed(item(20, 40), status="words"), changed(item(20, 40), status="hidden")]
)
def test_small_and_hidden_results_are_not_compared(small: Reportable) -> None:
    compared = change(small, item(150, 200))
    assert (compared.verdict, compared.points, compared.reason) == ("not compared", 0.0, "too few")


def test_different_subjects_are_not_compared() -> None:
    assert change(item(100, 200), item(100, 200, strand="wel.values")).reason == "another subject"


def test_a_statement_whose_answers_changed_is_not_compared() -> None:
    more = changed(item(100, 200), options=(*item(100, 200).options, OptionCount("maybe", "Maybe", 0)))
    assert change(item(100, 200), more).reason == "another scale"


def test_different_groups_of_people_are_not_compared() -> None:
    assert change(item(100, 200), item(100, 200, audience="staff")).reason == "another subject"


def wave_of(*pairs: tuple[str, int, int, str]) -> Wave:
    """Students and staff, 200 each: (strand, favourable students, favourable staff, focus of the staff's statement)."""
    students = [item(mine, 200, strand=strand) for strand, mine, _, _ in pairs]
    staff = [item(theirs, 200, audience="staff", strand=strand, focus=focus) for strand, _, theirs, focus in pairs]
    return Wave([*students, *staff])


def test_a_wide_gap_is_named_and_a_narrow_one_is_not() -> None:
    found = gaps(
        wave_of(("wel.safety", 100, 180, "self"), ("wel.values", 120, 124, "pupils")), a="secondary", b="staff"
    )
    assert [(gap.subject, gap.named) for gap in found] == [("wel_safety", True), ("wel_values", False)]
    assert found[0].points == pytest.approx(-40)


def test_statements_about_the_board_make_no_gap() -> None:
    assert gaps(wave_of(("wel.safety", 100, 180, "board")), a="secondary", b="staff") == []


def test_the_more_gaps_are_looked_at_the_clearer_one_must_be() -> None:
    alone = gaps(wave_of(("wel.safety", 100, 121, "self")), a="secondary", b="staff")
    among = gaps(
        wave_of(("wel.safety", 100, 121, "self"), *((f"x.s{n}", 120, 120, "self") for n in range(19))),
        a="secondary",
        b="staff",
    )
    assert (alone[0].named, among[0].named) == (True, False)
    assert among[0].high - among[0].low > alone[0].high - alone[0].low


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=20))
def test_exactly_the_named_gaps_exclude_no_gap(counts: list[tuple[int, int]]) -> None:
    pairs = [(f"x.s{number}", mine, theirs, "self") for number, (mine, theirs) in enumerate(counts)]
    for gap in gaps(wave_of(*pairs), a="secondary", b="staff"):
        assert gap.named == (gap.low > 0 or gap.high < 0)
        assert gap.low <= gap.points <= gap.high


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_discoveries_agree_with_another_program(p_values: list[float]) -> None:
    expected = {number for number, kept in enumerate(multipletests(p_values, 0.05, "fdr_bh")[0]) if kept}
    assert discoveries(p_values) == expected


def test_a_response_rate_needs_to_know_who_was_asked() -> None:
    answered = sealed("response", "response", "Answered", "w", Slice("staff"), "shown", n=45, invited=90)
    assert response_rate(answered) == 0.5
    assert response_rate(changed(answered, invited=None)) is None
    assert response_rate(changed(answered, status="hidden")) is None
