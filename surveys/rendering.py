"""Questions as HTML: drawn once for each version, language and style, then only filled in.

A drawn question has no answer in it. Filling in marks the chosen options or puts in the text; that is a string
replacement in markup this program wrote itself, hundreds of times cheaper than drawing it again.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from flask import current_app
from markupsafe import Markup, escape

from surveys.definition import Page, Questionnaire, own_pieces
from surveys.piping import piped
from surveys.question_types import Question

TEXT_MARK = "<!--text-->"
VALUE_MARK = 'value=""'
Parts = tuple[tuple[str, ...], tuple[str, ...]]


def questions_html(
    questionnaire: Questionnaire,
    page: Page,
    language: str,
    answers: Mapping[str, Any],
    messages: Mapping[str, str],
    counted: Mapping[str, Any] = MappingProxyType({}),
) -> Markup:
    """All questions of a page, filled in.

    answers   stored or typed answers by question
    messages  what is wrong, in the reader's language, by question
    counted   answers that texts may take up
    """
    alone = sum(question.counts_as_question for question in page.questions) == 1
    parts = []
    for question in page.questions:
        message = next((messages[key] for key in question.keys if key in messages), "")
        if message:
            drawn = draw(question, language, questionnaire.style, alone=alone, message=message)
        elif question is questionnaire.by_key.get(question.key):
            drawn = _drawn(questionnaire, question.key, language, alone)
        else:
            drawn = _drawn_in_part(questionnaire, question.key, _parts(question), language, alone)
        if question.key in questionnaire.piping:
            drawn = piped(drawn, questionnaire.by_key, counted, language)
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


def _parts(question: Question) -> Parts:
    """Which options and rows of a question are shown, in which order."""
    return (
        tuple(option.code for option in own_pieces(question, "options")),
        tuple(row.key for row in own_pieces(question, "rows")),
    )


@lru_cache(maxsize=4096)
def _drawn_in_part(questionnaire: Questionnaire, key: str, parts: Parts, language: str, alone: bool) -> Markup:
    """A question of which only some options or rows are shown, or all in another order."""
    question = questionnaire.by_key[key]
    options = {option.code: option for option in own_pieces(question, "options")}
    rows = {row.key: row for row in own_pieces(question, "rows")}
    changes: dict[str, Any] = {"options": tuple(options[code] for code in parts[0])} if options else {}
    changes |= {"rows": tuple(rows[row] for row in parts[1])} if rows else {}
    return draw(question.changed(**changes), language, questionnaire.style, alone=alone)


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
