"""What is wrong with a questionnaire before it is published, and what to think about. Pure."""

from surveys.checking.demands import demands
from surveys.checking.flow import chances_and_limits, contradictions, unreachable
from surveys.checking.problem import Problem
from surveys.checking.wording import orphan_translations, wrong_pipes
from surveys.definition import Questionnaire
from surveys.simulation import PathReport, simulate

__all__ = ["PathReport", "Problem", "problems", "simulate"]


def problems(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Everything that is wrong, what must be mended first.

    That conditions look back only is no matter for this: a questionnaire with one that looks ahead does not load.
    """
    found = [
        *contradictions(questionnaire),
        *unreachable(questionnaire, simulate(questionnaire)),
        *orphan_translations(questionnaire),
        *wrong_pipes(questionnaire),
        *chances_and_limits(questionnaire),
        *demands(questionnaire),
    ]
    once = {(problem.place, problem.words): problem for problem in found}
    return tuple(sorted(once.values(), key=lambda problem: not problem.hard))
