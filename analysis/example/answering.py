"""Turning the example school's feelings into answers, person by person, the same every time for one seed."""

import math
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from analysis.example.story import BASE, Cohort
from surveys.definition import Questionnaire
from surveys.question_types import Question
from surveys.question_types.likert import Likert

BETWEEN_PEOPLE, BETWEEN_DIMENSIONS, PASSING = 0.55, 0.3, 0.75
CUTS = {5: (-1.6, -0.85, -0.15, 1.15), 4: (-1.5, -0.6, 0.5), 3: (-1.0, 0.1)}
LEFT_OUT, UNSURE, RATHER_NOT, GIVES_UP = 0.015, 0.025, 0.006, 0.03
AGREEABLE = 0.25


@dataclass
class Respondent:
    """One invented person: what they answered, and whether they are content (0: as most are)."""

    language: str
    answers: dict[str, Any] = field(default_factory=dict)
    mood: float = 0.0


def respondents(random: Random, cohort: Cohort, questionnaire: Questionnaire, year: int) -> list[Respondent]:
    """Everyone of a cohort who answers in one year, in no order."""
    people = [
        _respondent(random, cohort, questionnaire, year, option)
        for option, asked in cohort.asked.items()
        for _ in range(asked)
        if random.random() < cohort.answering[option]
    ]
    random.shuffle(people)
    return people


def _respondent(random: Random, cohort: Cohort, questionnaire: Questionnaire, year: int, option: str) -> Respondent:
    about = {cohort.breakdown: option} if cohort.breakdown else {}
    about |= {question: _drawn(random, weights) for question, weights in cohort.splits.items()}
    mood = random.gauss(0, BETWEEN_PEOPLE)
    person = Respondent(_language(random, cohort), mood=mood)
    feelings = _feelings(cohort, about, year)
    leanings = {strand.split(".")[0]: random.gauss(mood, BETWEEN_DIMENSIONS) for strand in BASE}
    gives_up_after = random.randrange(6, 30) if random.random() < GIVES_UP else math.inf
    for number, question in enumerate(_scaled(questionnaire)):
        if number >= gives_up_after:
            return person
        feeling = feelings.get(question.strand, 0.3) + leanings.get(question.strand.split(".")[0], mood)
        answer = _answer(random, question, feeling + random.gauss(0, PASSING) + _own_pull(question), cohort)
        if answer is not None:
            person.answers[question.key] = answer
    person.answers |= {key: code for key, code in about.items() if random.random() > LEFT_OUT}
    return person


def _scaled(questionnaire: Questionnaire) -> Iterator[Likert]:
    return (question for question in questionnaire.questions if isinstance(question, Likert))


def _feelings(cohort: Cohort, about: Mapping[str, str], year: int) -> dict[str, float]:
    """By strand: everyone's feeling, the audience's, the year's, and those of the groups someone belongs to."""
    layers = [cohort.feelings, cohort.changes.get(year, {}), *(cohort.groups.get(pair, {}) for pair in about.items())]
    return {
        strand: base + cohort.general + sum(layer.get(strand, 0.0) + layer.get("", 0.0) for layer in layers)
        for strand, base in BASE.items()
    }


def _own_pull(question: Question) -> float:
    """How much easier or harder a statement is to agree with than its strand, fixed for each wording."""
    if question.core:
        return 0.0
    return (sum(question.key.encode()) % 9 - 4) / 12


def _answer(random: Random, question: Likert, feeling: float, cohort: Cohort) -> str | None:
    chance = random.random()
    unsure = cohort.unsure.get(question.strand, UNSURE)
    if chance < LEFT_OUT:
        return None
    if chance < LEFT_OUT + unsure:
        return question.scale.unscored[0].code
    if chance < LEFT_OUT + unsure + RATHER_NOT and len(question.scale.unscored) > 1:
        return question.scale.unscored[1].code
    position = AGREEABLE - feeling if question.reverse else feeling
    return question.scale.options[bisect(CUTS[len(question.scale.options)], position)].code


def _drawn(random: Random, weights: Mapping[str, float]) -> str:
    return random.choices(list(weights), list(weights.values()))[0]


def _language(random: Random, cohort: Cohort) -> str:
    others = sum(cohort.languages.values())
    return _drawn(random, {"en": 1 - others, **cohort.languages})
