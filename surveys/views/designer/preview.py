"""A look at the questionnaire as a respondent has it; answers walk the rules and are stored nowhere."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from stakeholder.localised import DEFAULT_LANGUAGE, LANGUAGE_NAMES, N_, direction
from stakeholder.roles import Permission
from stakeholder.web.access import requires
from surveys.answers import check_document
from surveys.definition import Page, Questionnaire
from surveys.designing.checked import Unsound, checked_questionnaire
from surveys.path import visible_pages
from surveys.question_types import AnswerProblem
from surveys.rendering import questions_html
from surveys.views.designer.blueprint import designer, sketch_in_hand
from surveys.views.designer.checks import names_for_findings

MOST_GIVEN = 100_000
EYES = {
    "own": N_("As it will look"),
    "student_6": N_("Student of 6"),
    "student_14": N_("Student of 14"),
    "parent_phone": N_("Parent on a phone"),
}
STYLE_OF = {"student_6": "youngest", "student_14": "standard", "parent_phone": "standard"}


@dataclass(frozen=True)
class Look:
    """With whose eyes, in which language, and what has been answered on the way."""

    eyes: str
    language: str
    answers: Mapping[str, Any]
    number: int


@designer.route("/<uuid:sketch_id>/preview", methods=["GET", "POST"])
@requires(Permission.WRITE_SURVEYS)
def preview(sketch_id: UUID) -> ResponseReturnValue:
    """One page of the preview; its buttons carry the answers along."""
    sketch = sketch_in_hand(sketch_id)
    try:
        questionnaire = checked_questionnaire({**sketch.content, "languages": list(LANGUAGE_NAMES)})
    except Unsound as unsound:
        return render_template(
            "surveys/designer/preview.html", sketch=sketch, content=sketch.content, problems=unsound.problems,
            eyes=_eyes(), look=_look(), languages=LANGUAGE_NAMES, **names_for_findings(sketch.content),
        )  # fmt: skip
    look = _look()
    seen = questionnaire.model_validate(
        {**json.loads(questionnaire.to_json()), "style": STYLE_OF.get(look.eyes, questionnaire.style)}
    )
    return _preview_page(sketch, seen, look)


def _preview_page(sketch: Any, questionnaire: Questionnaire, look: Look) -> str:
    answers, messages = dict(check_document(questionnaire, look.answers)[0]), {}
    pages = visible_pages(questionnaire, answers)
    number = max(0, min(look.number, len(pages) - 1))
    wish = request.form.get("go", "")
    if wish in {"next", "back"} and pages:
        messages = _take(pages[number], answers, look.language)
        if wish == "next" and not messages:
            pages = visible_pages(questionnaire, answers)
            number += 1
        elif wish == "back":
            number, messages = max(0, number - 1), {}
    done = number >= len(pages)
    with force_locale(look.language):
        drawn = (
            ""
            if done
            else _with_lower_headings(
                questions_html(questionnaire, pages[number], look.language, answers, messages, answers)
            )
        )
        card = render_template(
            "surveys/designer/preview_card.html", questionnaire=questionnaire, drawn=drawn, done=done,
            page=None if done else pages[number], number=number, pages=len(pages), spoken=look.language,
            messages=messages,
        )  # fmt: skip
    return render_template(
        "surveys/designer/preview.html", sketch=sketch, content=sketch.content, problems=(), eyes=_eyes(), look=look,
        languages=LANGUAGE_NAMES, card=card, number=number, given=json.dumps(answers, ensure_ascii=False),
        direction_of=direction, style=questionnaire.style,
    )  # fmt: skip


def _with_lower_headings(drawn: str) -> str:
    """Drawn questions under the preview's own headings."""
    return re.sub(r"<(/?)h[12]>", r"<\1h3>", str(drawn))


def _take(page: Page, answers: dict[str, Any], language: str) -> dict[str, str]:
    """Put what was chosen among the answers; returns what is wrong, by question."""
    messages = {}
    for question in page.questions:
        for part in (question, *question.companions):
            try:
                value = part.check(part.parse(request.form))
            except AnswerProblem as problem:
                messages[part.key] = problem.said(_, language)
                continue
            answers.pop(part.key, None)
            if value is not None:
                answers[part.key] = value
    return messages


def _look() -> Look:
    values = request.form if request.method == "POST" else request.args
    eyes, language = values.get("eyes", "own"), values.get("language", DEFAULT_LANGUAGE)
    number, given = values.get("number", "0"), values.get("given", "{}")
    try:
        answers = json.loads(given) if len(given) < MOST_GIVEN else {}
    except ValueError:
        answers = {}
    return Look(
        eyes=eyes if eyes in EYES else "own",
        language=language if language in LANGUAGE_NAMES else DEFAULT_LANGUAGE,
        answers=answers if isinstance(answers, dict) else {},
        number=int(number) if number.isdigit() and len(number) < 5 else 0,
    )


def _eyes() -> dict[str, str]:
    return {key: _(text) for key, text in EYES.items()}
