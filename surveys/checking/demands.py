"""Advice about what is asked of people: answers they must give, and answers that may point at them. Pure."""

from collections.abc import Iterator

from stakeholder.localised import N_
from surveys.checking.problem import Problem, advice
from surveys.definition import Questionnaire

NEEDLESS = N_("Nobody gets past this question without an answer. Ask so only where the law demands it.")
POINTS_AT_PEOPLE = N_(
    "An answer may point at one person. In an anonymous survey ask for less: a month, an age band, an area."
)


def demands(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Needed answers that no law of the question demands, and answers that may identify."""
    for question in questionnaire.questions:
        if question.required and not question.demands_an_answer:
            yield advice("question", question.key, NEEDLESS)
        if question.may_identify:
            yield advice("question", question.key, POINTS_AT_PEOPLE)
