"""Invented schools to attack: who is in which group, and what each person answered."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analysis.disclosure.admission import Cell, admit
from analysis.disclosure.chains import Atoms
from analysis.disclosure.reportable import Reportable
from analysis.disclosure.rounding import Rounding
from analysis.editions.answers import Answers
from analysis.editions.counting import Counted, atoms_of, count
from tests.makers import questionnaire

AUDIENCE = "secondary"
GROUPS = {
    "year": (0.205, 0.2, 0.2, 0.2, 0.195, 0.0),
    "gender": (0.475, 0.465, 0.025, 0.035),
    "support": (0.17, 0.83, 0.0),
    "language": (0.8, 0.18, 0.02),
}
SIZES = (150, 300, 450, 600, 750, 900, 1200)
STATEMENTS = ("safe", "proud", "kind")


@dataclass(frozen=True)
class AttackedSchool:
    """A school's answers and everything that is shown of them."""

    answers: Answers
    cells: list[Cell]
    results: list[Reportable]
    atoms: dict[tuple[str, str], Atoms]

    @cached_property
    def shown(self) -> list[tuple[Cell, Reportable]]:
        """What may be seen, with the truth beside it."""
        pairs = zip(self.cells, self.results, strict=True)
        return [(cell, result) for cell, result in pairs if result.status != "hidden"]

    def results_of(self, statement: str) -> list[Reportable]:
        """What is shown of one statement."""
        return [result for _, result in self.shown if result.kind == "item" and result.subject == statement]

    def share_shown(self, filters: int) -> tuple[int, int]:
        """How many groups of ten or more with so many filters are shown, and how many there are."""
        pairs = list(zip(self.cells, self.results, strict=True))
        eligible = [result for cell, result in pairs if len(cell.slice.filters) == filters and cell.n >= 10]
        return sum(result.status != "hidden" for result in eligible), len(eligible)


def invented(seed: int, people: int | None = None) -> AttackedSchool:
    """A school of 150 to 1,200, the same for the same seed."""
    random = np.random.default_rng(seed)
    people = people or int(random.choice(SIZES))
    columns = {column.key: column for question in questionnaire("attacked").questions for column in question.columns()}
    codes = {key: _drawn(random, people, weights) for key, weights in GROUPS.items()}
    for key in STATEMENTS:
        options = len(columns[key].options)
        unscored = len(columns[key].unscored_options)
        codes[key] = _opinions(random, people, options, unscored, agreement=random.uniform(0.3, 0.98))
    keys = np.frombuffer(b"".join(sorted(random.bytes(16) for _ in range(people))), dtype="V16")
    return counted(Answers(people, keys, columns, codes), Rounding(random.bytes(32)))


def counted(answers: Answers, rounding: Rounding) -> AttackedSchool:
    """The school's edition."""
    asking = Counted("spring", AUDIENCE, questionnaire("attacked"))
    cells, atoms = list(count(asking, answers)), atoms_of(asking, answers)
    return AttackedSchool(answers, cells, admit(cells, rounding=rounding, atoms=atoms), atoms)


def _drawn(random: np.random.Generator, people: int, weights: tuple[float, ...]) -> NDArray[np.int8]:
    """The last weight is of those who do not say."""
    drawn = random.choice(len(weights), size=people, p=weights)
    return np.where(drawn == len(weights) - 1, -1, drawn).astype(np.int8)


def _opinions(
    random: np.random.Generator, people: int, options: int, unscored: int, *, agreement: float
) -> NDArray[np.int8]:
    """Answers that lean to the agreeing end; 3 % do not know, 2 % leave it out."""
    drawn = random.binomial(options - 1, agreement, size=people)
    beside = random.choice(3, size=people, p=(0.95, 0.03 if unscored else 0.0, 0.02 if unscored else 0.05))
    return np.where(beside == 0, drawn, np.where(beside == 1, options, -1)).astype(np.int8)
