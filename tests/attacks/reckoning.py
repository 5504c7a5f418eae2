"""What someone can work out who sees every shown number, knows the rules, and knows who is in which group.

The attacker of `fixed_people` is stronger than any real one: they know exactly how many answered in every atom (all
people with the same breakdowns), and what each shown number may stand for: itself, or up to two more or fewer.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from analysis.disclosure.chains import Atoms
from analysis.disclosure.reportable import Reportable
from analysis.measures.standing import FEWEST_TOLD
from tests.attacks.schools import AUDIENCE, AttackedSchool

OFF = 2
ROUGHLY, EXACTLY = 0.3, 0.0
LIMIT = FEWEST_TOLD
Table = NDArray[np.int64]


def truth(school: AttackedSchool, statement: str) -> tuple[Atoms, Table]:
    """The atoms, and how many people of each chose each option, shape (atoms, options)."""
    atoms = school.atoms[AUDIENCE, statement]
    options = len(school.answers.columns[statement].options) + len(school.answers.columns[statement].unscored_options)
    places = np.stack([school.answers.codes[key] for key in atoms.questions], axis=1)
    codes, atom = np.unique(places, axis=0, return_inverse=True)
    assert np.array_equal(codes, atoms.codes)
    given = school.answers.codes[statement]
    table = np.zeros((len(codes), options), dtype=np.int64)
    np.add.at(table, (atom.reshape(-1)[given >= 0], given[given >= 0]), 1)
    return atoms, table


def fixed_people(school: AttackedSchool, statement: str, *, known: Table | None = None, whole: bool = True) -> int:
    """How many people's answer to a statement is the same in everything that fits what is shown.

    known  answers the attacker knows already, shape (atoms, options)
    whole  in whole people; else fractions are let in too, which fits more and so fixes fewer
    """
    atoms, table = truth(school, statement)
    known = np.zeros_like(table) if known is None else known
    rows, low, high = _constraints(school, statement, atoms, table)
    sizes, left = table.sum(axis=1), (table - known)
    suspects = np.argwhere((left == (sizes - known.sum(axis=1))[:, None]) & (left > 0))
    gap = ROUGHLY
    while len(suspects):
        cost = np.zeros(table.shape)
        cost[tuple(suspects.T)] = 1
        answer = milp(
            cost.ravel(),
            constraints=LinearConstraint(rows, low, high),
            bounds=Bounds(known.ravel(), np.broadcast_to(sizes[:, None], table.shape).ravel()),
            integrality=np.full(table.size, int(whole)),
            options={"mip_rel_gap": gap},
        )
        assert answer.success, answer.message
        other = answer.x.reshape(table.shape)
        still = suspects[other[tuple(suspects.T)] > table[tuple(suspects.T)] - 1e-6]
        if len(still) == len(suspects) and gap == EXACTLY:  # not even one of them can have answered otherwise
            return int(left[tuple(suspects.T)].sum())
        gap = EXACTLY if len(still) == len(suspects) else ROUGHLY
        suspects = still
    return 0


def _constraints(
    school: AttackedSchool, statement: str, atoms: Atoms, table: Table
) -> tuple[csr_array, NDArray[np.float64], NDArray[np.float64]]:
    """Every shown number as a row over atoms and options, and the least and most it may stand for."""
    size, options = table.shape
    coded = {option.code: at for at, option in enumerate(school.results_of(statement)[0].options)}
    each_atom = csr_array(np.kron(np.eye(size), np.ones(options)))
    rows, low, high = [each_atom], [table.sum(axis=1)], [table.sum(axis=1)]
    for result in school.results_of(statement):
        inside = atoms.inside(result.slice.filters).astype(float)
        for least, most, places in _numbers(result, coded):
            chosen = np.zeros(options)
            chosen[places] = 1
            rows.append(csr_array(np.kron(inside, chosen)[None, :]))
            low.append(np.array([least - OFF]))
            high.append(np.array([most + OFF]))
    return csr_array(vstack(rows)), np.concatenate(low), np.concatenate(high)


def _numbers(result: Reportable, coded: dict[str, int]) -> Iterator[tuple[float, float, list[int]]]:
    """Every number of a result, least and most before rounding, and the options whose people it counts."""
    scored = [coded[option.code] for option in result.options if option.scored]
    unscored = [option for option in result.options if not option.scored]
    yield result.n, result.n, scored
    yield result.unscored, result.unscored, [coded[option.code] for option in unscored]
    in_words = result.status == "words"
    yield (
        *told(result.favourable, result.n, in_words=in_words),
        [coded[option.code] for option in result.options if option.favourable],
    )
    for option in result.options:
        yield (
            *(told(option.people, result.n, in_words=in_words) if option.scored else (option.people,) * 2),
            [coded[option.code]],
        )


def told(people: int, n: int, *, in_words: bool) -> tuple[float, float]:
    """What is told of people who chose something: near all or none only that it is (`wording.told_percent`).

    in_words  as one of five words, each for a fifth of the way (`wording.about`)
    """
    if in_words and LIMIT > 0:
        fifth = min(int(5 * people / n), 4) / 5
        return fifth * n, (fifth + 0.2) * n
    near = LIMIT * n
    if people <= near:
        return 0, near
    return (n - near, n) if people >= n - near else (people, people)


def smallest_reckoned_group(school: AttackedSchool, statement: str, *, minimum: int = 10) -> int | None:
    """People in the smallest group under `minimum` that is a sum or difference of shown groups, by integer programming.

    None where there is none. Independent of how the edition's builder looks for them.
    """
    atoms = school.atoms[AUDIENCE, statement]
    living = atoms.people > 0
    n = atoms.n[living].astype(float)
    rows = np.array([atoms.inside(result.slice.filters)[living] for result in school.results_of(statement)], float)
    if not len(rows):
        return None
    size, groups = len(n), len(rows)
    spanned = np.hstack([np.eye(size), -rows.T])
    answer = milp(
        np.concatenate([np.zeros(size), np.zeros(groups)]),
        constraints=[
            LinearConstraint(spanned, 0, 0),
            LinearConstraint(np.concatenate([n, np.zeros(groups)])[None, :], 1, minimum - 1),
        ],
        bounds=Bounds(
            np.concatenate([np.zeros(size), np.full(groups, -6.0)]),
            np.concatenate([np.ones(size), np.full(groups, 6.0)]),
        ),
        integrality=np.concatenate([np.ones(size), np.zeros(groups)]),
        options={"time_limit": 60},
    )
    return round(float(n @ answer.x[:size])) if answer.x is not None else None
