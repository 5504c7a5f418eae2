"""Attacks on shown results by someone who sees all numbers, knows the rules and who is where: nobody's answer is fixed.

Five invented schools, two sets of answers each; `make deep` attacks fifty and writes down what it found.
"""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from analysis.disclosure.admission import Cell
from analysis.disclosure.reportable import Reportable
from analysis.disclosure.rounding import Rounding
from analysis.disclosure.sealing import sealed
from analysis.editions.answers import Answers
from analysis.editions.succession import noted, succeeding
from tests.attacks.reckoning import fixed_people, smallest_reckoned_group, truth
from tests.attacks.schools import AUDIENCE, SIZES, STATEMENTS, AttackedSchool, counted, invented

DEEP = os.environ.get("STAKEHOLDER_TEST_DEPTH") == "deep"
SCHOOLS, SEEDS = (50, 2) if DEEP else (5, 2)
CASES = [(school, seed) for school in range(SCHOOLS) for seed in range(SEEDS)]
FIXED = Path(__file__).parent.parent.parent / ".make" / "attacks.txt"


@cache
def attacked(school: int, seed: int) -> AttackedSchool:
    return invented(1000 * school + seed, SIZES[school % len(SIZES)])


def statements(school: int) -> tuple[str, ...]:
    """All in the long run; one a school in the quick one."""
    return STATEMENTS if DEEP else (STATEMENTS[school % len(STATEMENTS)],)


def naked(school: AttackedSchool) -> AttackedSchool:
    """The same school if everything were shown as it is: what the attacks must be able to break."""
    results = [bare(cell) for cell in school.cells]
    return AttackedSchool(school.answers, school.cells, results, school.atoms)


def bare(cell: Cell) -> Reportable:
    return sealed(
        cell.kind, cell.subject, cell.label, cell.wave, cell.slice, "shown", cell.options, cell.n, cell.unscored
    )


@pytest.mark.parametrize(("school", "seed"), CASES)
def test_integer_bounds_fix_nobodys_answer(school: int, seed: int) -> None:
    found = attacked(school, seed)
    assert {statement: fixed_people(found, statement) for statement in statements(school)} == dict.fromkeys(
        statements(school), 0
    )


@pytest.mark.parametrize(("school", "seed"), CASES)
def test_linear_bounds_fix_nobodys_answer(school: int, seed: int) -> None:
    assert fixed_people(attacked(school, seed), statements(school)[0], whole=False) == 0


@pytest.mark.parametrize(("school", "seed"), CASES)
def test_trackers_complements_siblings_and_chains_reach_no_small_group(school: int, seed: int) -> None:
    """Any sum or difference of shown groups of all breakdowns at once, whatever its length."""
    found = attacked(school, seed)
    assert [smallest_reckoned_group(found, statement) for statement in STATEMENTS] == [None] * len(STATEMENTS)


@pytest.mark.parametrize(("school", "seed"), CASES)
def test_three_answers_known_already_fix_nobody_elses(school: int, seed: int) -> None:
    """Answers of people in the smallest groups, where they help most."""
    found, statement = attacked(school, seed), statements(school)[0]
    _, table = truth(found, statement)
    known = np.zeros_like(table)
    for atom in [at for at in np.argsort(table.sum(axis=1)) if table[at].sum() > 1][:3]:
        known[atom, np.argmax(table[atom])] = 1
    assert known.sum() == 3
    assert fixed_people(found, statement, known=known) == 0


def test_the_attacks_work_where_nothing_is_hidden() -> None:
    found = naked(attacked(0, 0))
    reached = smallest_reckoned_group(found, "safe")
    assert reached is not None
    assert 0 < reached < 10
    assert smallest_reckoned_group(attacked(0, 0), "safe") is None


def test_the_bounds_find_people_where_nothing_is_rounded_or_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.attacks.reckoning.OFF", 0)
    monkeypatch.setattr("tests.attacks.reckoning.LIMIT", -1.0)
    assert fixed_people(naked(attacked(0, 0)), "kind") > 0


def test_most_groups_are_still_shown() -> None:
    """At least 90 % of single groups and 40 % of crossings of ten or more; 55 % of crossings in schools of 900."""
    single, crossed = (np.sum([attacked(*case).share_shown(filters) for case in CASES], axis=0) for filters in (1, 2))
    assert single[0] / single[1] >= 0.90
    assert crossed[0] / crossed[1] >= 0.40
    large = np.sum([invented(seed, 900).share_shown(2) for seed in range(2)], axis=0)
    assert large[0] / large[1] >= 0.55
    FIXED.parent.mkdir(exist_ok=True)
    FIXED.write_text(
        f"{len(CASES)} editions; {100 * single[0] / single[1]:.0f} % of single groups and "
        f"{100 * crossed[0] / crossed[1]:.0f} % of crossings of ten or more shown; "
        f"{100 * large[0] / large[1]:.0f} % of crossings in schools of 900.\n"
    )


def without(answers: Answers, people: int) -> Answers:
    """The answers before the last so many people joined."""
    kept = slice(0, answers.people - people)
    codes = {key: each[kept] for key, each in answers.codes.items()}
    return replace(answers, people=answers.people - people, keys=answers.keys[kept], codes=codes)


@pytest.mark.parametrize("joined", [1, 2, 9])
def test_between_two_editions_a_few_joiners_change_nothing(joined: int) -> None:
    rounding, after = Rounding(b"the wave's"), attacked(2, 0).answers
    old, new = (counted(each, rounding) for each in (without(after, joined), after))
    before = [noted(cell, result, rounding) for cell, result in zip(old.cells, old.results, strict=True)]
    places = {(kept.result.kind, kept.result.subject, kept.result.slice): kept for kept in before}
    later = [noted(cell, result, rounding) for cell, result in zip(new.cells, new.results, strict=True)]
    renewed = {
        each.result.subject
        for each, was in zip(succeeding(later, places, minimum=10), before, strict=True)
        if each.result != was.result
    }
    answered = {
        subject: int(new.atoms[AUDIENCE, subject].people.sum() - old.atoms[AUDIENCE, subject].people.sum())
        for subject in ("response", *STATEMENTS)
    }
    assert not {subject for subject in renewed if answered[subject] > 0}
    assert answered["response"] == joined


def test_averaging_over_routes_gives_the_same_number_each_time() -> None:
    """All who gave one answer, asked for as everyone, as a part, or once more: one set of people, one number."""
    found = attacked(1, 0).answers
    everyone = np.zeros(found.people, dtype=np.int8)
    alike = replace(found, codes={**found.codes, "year": everyone})
    rounding = Rounding(b"the wave's")
    for _ in range(3):
        results = {
            (each.subject, each.slice.filters): (each.n, each.favourable) for each in counted(alike, rounding).results
        }
        assert results["safe", ()] == results["safe", (("year", "y7"),)]


def test_rounding_is_right_on_average_and_never_off_by_more_than_two() -> None:
    for people in range(10, 40):
        rounded = [Rounding(bytes([at, people])).count("safe", b"someone", people) for at in range(250)]
        assert max(abs(each - people) for each in rounded) <= 2
        assert np.mean(rounded) == pytest.approx(people, abs=0.35)
