"""How long an edition takes to build, and to be read by a page: on one core.

    OPENBLAS_NUM_THREADS=1 python -m bench.edition [--people 2000] [--statements 80] [--breakdowns 6]

Time is the process's own (CPU). Answers are invented; people differ in every breakdown.
"""

import time
from argparse import ArgumentParser

import numpy as np

from analysis.disclosure.admission import admit
from analysis.disclosure.rounding import Rounding
from analysis.editions.answers import Answers
from analysis.editions.cells import from_json, to_json
from analysis.editions.counting import Counted, atoms_of, count
from analysis.editions.succession import noted
from surveys.definition import Questionnaire
from surveys.loading import load_questionnaire

OPTIONS = (5, 4, 3, 2, 2, 2)


def asked(statements: int, breakdowns: int) -> Questionnaire:
    """A questionnaire of that size."""
    lines = ["key: large", "title: Large", "groups: [student]", "audience: secondary"]
    lines += [f"breakdowns: [{', '.join(f'split{at}' for at in range(breakdowns))}]", "pages:", "  - key: one"]
    lines.append("    questions:")
    for at in range(breakdowns):
        lines += [f"      - {{key: split{at}, type: choice, prompt: Split {at}, options: ["]
        lines[-1] += (
            ", ".join(f"{{code: o{each}, label: O{each}}}" for each in range(OPTIONS[at % len(OPTIONS)])) + "]}"
        )
    lines += [f"      - {{key: item{at}, type: likert, scale: agree5, prompt: Item {at}}}" for at in range(statements)]
    return load_questionnaire("\n".join(lines) + "\n", source="large")


def answered(questionnaire: Questionnaire, people: int) -> Answers:
    """Answers of so many people."""
    random = np.random.default_rng(20261125)
    columns = {column.key: column for question in questionnaire.questions for column in question.columns()}
    codes = {
        key: random.integers(-1 if random.random() < 0.1 else 0, len(column.options), people).astype(np.int8)
        for key, column in columns.items()
    }
    keys = np.frombuffer(b"".join(sorted(random.bytes(16) for _ in range(people))), dtype="V16")
    return Answers(people, keys, columns, codes)


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__)
    for name, usual in (("people", 2000), ("statements", 80), ("breakdowns", 6)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    wanted = parser.parse_args()
    questionnaire = asked(wanted.statements, wanted.breakdowns)
    answers = answered(questionnaire, wanted.people)
    started, rounding = time.process_time(), Rounding(b"bench")
    counted = Counted("bench", "secondary", questionnaire)
    cells = list(count(counted, answers))
    results = admit(cells, rounding=rounding, atoms=atoms_of(counted, answers))
    kept = [noted(cell, result, rounding) for cell, result in zip(cells, results, strict=True)]
    built = time.process_time() - started
    bodies = [to_json(each.result) for each in kept]
    started = time.process_time()
    for body in bodies:
        from_json(body)
    read = time.process_time() - started
    shown = sum(result.status != "hidden" for result in results)
    print(f"{wanted.people} people, {wanted.statements} statements, {wanted.breakdowns} breakdowns:")
    print(f"{len(cells):,} cells, {shown:,} shown; built in {built:.1f} s, read whole in {1000 * read:.0f} ms")


if __name__ == "__main__":
    main()
