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
from surveys.question_types import Question

TEXT_MARK = "<!--text-->"
VALUE_MARK = 'value=""'


def questions_html(
    questionnaire: Questionnaire,
    page: Page,
    language: str,
    answers: Mapping[str, Any],
    messages: Mapping[str, str],
) -> Markup:
    """All questions of a page, filled in.

    answers   stored or typed answers by question
    messages  what is wrong, in the reader's language, by question
    """
    alone = sum(question.counts_as_question for question in page.questions) == 1
    parts = []
    for question in page.questions:
        message = next((messages[key] for key in question.keys if key in messages), "")
        drawn = (
            draw(question, language, questionnaire.style, alone=alone, message=message)
            if message
            else _drawn(questionnaire, question.key, language, alone)
            if question is questionnaire.by_key[question.key]
            else _drawn_anew(question, language, questionnaire.style, alone)
        )
        parts.append(fill(question, drawn, answers))
    return Markup("").join(parts)


def draw(question: Question, language: str, style: str, *, alone: bool, message: str = "") -> Markup:
    """One question without an answer; `alone`: its prompt is the page's main heading.

    Nothing for a question that nobody is asked.
    """
    if question.is_calculated:
        return Markup("")
    macros = current_app.jinja_env.get_template(question.template).module
    return Markup(macros.question(question, language, style, alone, message))  # type: ignore[attr-defined]  # noqa: S704 - the macro escapes


@lru_cache(maxsize=4096)
def _drawn(questionnaire: Questionnaire, key: str, language: str, alone: bool) -> Markup:
    return draw(questionnaire.by_key[key], language, questionnaire.style, alone=alone)


@lru_cache(maxsize=4096)
def _drawn_anew(question: Question, language: str, style: str, alone: bool) -> Markup:
    """A question with fewer options or rows than it was written with, or with these in another order."""
    return draw(question, language, style, alone=alone)


def fill(question: Question, drawn: Markup, answers: Mapping[str, Any]) -> Markup:
    """The drawn question with its answers put in: what a browser would send is marked, or written into its box."""
    html = str(drawn)
    for part in (question, *question.companions):
        if part.key in answers:
            for name, value in part.fields(answers[part.key]):
                html = _with(html, str(escape(name)), str(escape(value)))
    return Markup(html.replace(TEXT_MARK, "", 1))  # noqa: S704 - everything put in is escaped


def _with(html: str, name: str, value: str) -> str:
    if not value:
        return html
    sent = f'name="{name}" value="{value}"'
    at = html.find(sent)
    if at >= 0:
        state = " selected" if html.startswith("data-", at - 5) else " checked"
        return f"{html[: at + len(sent)]}{state}{html[at + len(sent) :]}"
    box = f'name="{name}" {VALUE_MARK}'
    if box in html:
        return html.replace(box, sent, 1)
    return html.replace(TEXT_MARK, f"\n{value}", 1)
