"""Answer documents: {question key: value}, checked once for every way they come in. Pure."""

from collections.abc import Mapping
from typing import Any

from surveys.definition import Questionnaire
from surveys.ordering import AS_WRITTEN, Draw
from surveys.path import answered_path, visible_pages
from surveys.question_types import AnswerProblem, Question
from surveys.question_types.base import NEEDED

Answers = dict[str, Any]
Problems = dict[str, AnswerProblem]


def check_document(
    questionnaire: Questionnaire, raw: Mapping[str, Any], draw: Draw = AS_WRITTEN
) -> tuple[Answers, Problems]:
    """The answers as they are stored, and what is wrong with the others, by question.

    draw  what chance chose for this respondent
    Answers to what is not shown are left out; unknown keys are problems.
    """
    clean: Answers = {}
    problems: Problems = {}
    by_key = questionnaire.by_key
    for key, value in raw.items():
        question = by_key.get(key)
        if question is None:
            problems[key] = AnswerProblem("This questionnaire has no question with this name.")
            continue
        try:
            checked = question.check(value)
        except AnswerProblem as problem:
            problems[key] = problem
            continue
        if checked is not None:
            clean[key] = checked
    return shown_only(questionnaire, clean, draw), problems


def shown_only(questionnaire: Questionnaire, answers: Answers, draw: Draw = AS_WRITTEN) -> Answers:
    """The answers in the questionnaire's order, without those to what is not shown, and with all that is worked out."""
    if questionnaire.has_conditions or questionnaire.calculated:
        return answered_path(questionnaire, answers, draw)
    shown = [
        key
        for question in questionnaire.questions
        if question.key in answers
        for key in question.keys_asked(answers[question.key])
    ]
    return {key: answers[key] for key in shown if key in answers}


def missing(questionnaire: Questionnaire, answers: Mapping[str, Any], draw: Draw = AS_WRITTEN) -> Problems:
    """Questions that are shown, need an answer and have none."""
    if not questionnaire.has_required:
        return {}
    return {
        question.key: AnswerProblem(NEEDED)
        for page in visible_pages(questionnaire, answers, draw=draw)
        for question in page.questions
        if question.required and question.key not in answers
    }


def doubts(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> Problems:
    """What is odd about clean answers, by question: worth a second look, never a reason to refuse them."""
    found = {key: questionnaire.by_key[key].doubt(value) for key, value in answers.items()}
    return {key: problem for key, problem in found.items() if problem is not None}


def in_words(question: Question, answers: Mapping[str, Any], language: str) -> str:
    """An answer as its writer may read it, with what was written beside it; empty when there is none."""
    if question.key not in answers:
        return ""
    value = answers[question.key]
    written = [answers[key] for key in question.keys_asked(value)[1:] if key in answers]
    return ": ".join([question.read(value, language), *written])


def split_comments(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> tuple[Answers, list[tuple[str, str]]]:
    """Coded answers, and comments as (question, text): they are stored apart, so that nothing ties them together."""
    coded: Answers = {}
    comments: list[tuple[str, str]] = []
    for key, value in answers.items():
        if questionnaire.by_key[key].is_comment:
            comments.append((key, value))
        else:
            coded[key] = value
    return coded, comments


def breakdown_values(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, str]:
    """Chosen option of each breakdown that was answered."""
    return {key: answers[key] for key in questionnaire.breakdowns if key in answers}
