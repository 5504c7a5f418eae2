"""Questions as HTML: drawn once for each version, language and style, then only filled in.

A drawn question has no answer in it. Filling in marks the chosen options or puts in the text; that is a string
replacement in markup this program wrote itself, hundreds of times cheaper than drawing it again.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup, escape

from surveys.definition import Page, Questionnaire
from surveys.question_types import AnswerProblem, Question

TEXT_MARK = "<!--text-->"
VALUE_MARK = 'value=""'


def questions_html(
    questionnaire: Questionnaire,
    page: Page,
    language: str,
    answers: Mapping[str, Any],
    problems: Mapping[str, AnswerProblem],
    messages: Mapping[str, str],
) -> Markup:
    """All questions of a page, filled in.

    answers   stored or typed answers by question
    messages  what is wrong, in the reader's language, by question
    """
    alone = sum(question.counts_as_question for question in page.questions) == 1
    parts = [
        draw(question, language, questionnaire.style, alone=alone, message=messages[question.key])
        if question.key in problems
        else _drawn(questionnaire, question.key, language, alone)
        for question in page.questions
    ]
    return Markup("").join(
        fill(question, part, answers.get(question.key)) for question, part in zip(page.questions, parts, strict=True)
    )


def draw(question: Question, language: str, style: str, *, alone: bool, message: str = "") -> Markup:
    """One question without an answer; `alone`: its prompt is the page's main heading."""
    macros = current_app.jinja_env.get_template(question.template).module
    return Markup(macros.question(question, language, style, alone, message))  # type: ignore[attr-defined]  # noqa: S704 - the macro escapes


@lru_cache(maxsize=4096)
def _drawn(questionnaire: Questionnaire, key: str, language: str, alone: bool) -> Markup:
    return draw(questionnaire.by_key[key], language, questionnaire.style, alone=alone)


def fill(question: Question, drawn: Markup, value: Any) -> Markup:
    """The drawn question with an answer put in."""
    if value is None:
        return _put(drawn, TEXT_MARK, "")
    if isinstance(value, dict):
        for row, code in value.items():
            drawn = _check(drawn, f"{question.key}.{row}", str(code))
        return drawn
    if isinstance(value, list):
        for code in value:
            drawn = _check(drawn, question.key, str(code))
        return drawn
    if TEXT_MARK in drawn:
        return _put(drawn, TEXT_MARK, f"\n{escape(value)}")
    if VALUE_MARK in drawn:
        return _put(drawn, VALUE_MARK, f'value="{escape(value)}"')
    return _check(drawn, question.key, str(value))


def _check(drawn: Markup, name: str, code: str) -> Markup:
    mark = f'name="{escape(name)}" value="{escape(code)}"'
    return _put(drawn, mark, f"{mark} checked")


def _put(drawn: Markup, mark: str, words: str) -> Markup:
    return Markup(str(drawn).replace(mark, words, 1))  # noqa: S704 - `words` is escaped by every caller
