"""A look at the questionnaire as a respondent has it; answers walk the rules and are stored nowhere."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from stakeholder.localised import DEFAULT_LANGUAGE, LANGUAGE_NAMES, N_, direction
from stakeholder.roles import Permission
from stakeholder.web.access import requires
from surveys.answers import check_document
from surveys.definition import Page, Questionnaire
from surveys.designing.checked import Unsound, checked_questionnaire
from surveys.ordering import AS_WRITTEN, Draw
from surveys.path import visible_pages
from surveys.rendering import questions_html
from surveys.views.designer.blueprint import designer, sketch_in_hand
from surveys.views.designer.checks import names_for_findings
from surveys.walking import Mending, PostedPage

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
    """With whose eyes, in which language, what chance chose, and what has been answered on the way."""

    eyes: str
    language: str
    answers: Mapping[str, Any]
    number: int
    draw: Draw = AS_WRITTEN


@dataclass(frozen=True)
class Step:
    """Where the look stands after a button: answers so far, the pages, which of them, and what to say first."""

    answers: Mapping[str, Any]
    pages: Sequence[Page]
    number: int
    typed: Mapping[str, Any]
    mending: Mending | None = None


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
    seen = questionnaire.model_validate(
        {**json.loads(questionnaire.to_json()), "style": STYLE_OF.get(_look().eyes, questionnaire.style)}
    )
    return _preview_page(sketch, seen, replace(_look(), draw=_draw(seen)))


def _preview_page(sketch: Any, questionnaire: Questionnaire, look: Look) -> str:
    step = _stepped(questionnaire, look)
    done = step.number >= len(step.pages)
    with force_locale(look.language):
        mending = step.mending
        said = mending.problems.items() if mending else ()
        messages = {key: problem.said(_, look.language) for key, problem in said}
        page = None if done else step.pages[step.number]
        drawn = questions_html(questionnaire, page, look.language, step.typed, messages, step.answers) if page else ""
        card = render_template(
            "surveys/designer/preview_card.html", questionnaire=questionnaire, drawn=with_lower_headings(drawn),
            done=done, page=page, number=step.number, pages=len(step.pages), spoken=look.language, messages=messages,
            sure=mending.sure if mending else (),
        )  # fmt: skip
    return render_template(
        "surveys/designer/preview.html", sketch=sketch, content=sketch.content, problems=(), eyes=_eyes(), look=look,
        languages=LANGUAGE_NAMES, card=card, number=step.number, given=json.dumps(step.answers, ensure_ascii=False),
        direction_of=direction, style=questionnaire.style, blocks=questionnaire.blocks, orders=questionnaire.orders,
    )  # fmt: skip


def _stepped(questionnaire: Questionnaire, look: Look) -> Step:
    """What the pressed button leads to; checks speak as they do to respondents."""
    answers: Mapping[str, Any] = check_document(questionnaire, look.answers)[0]
    pages = visible_pages(questionnaire, answers, draw=look.draw)
    number = max(0, min(look.number, len(pages) - 1))
    wish = request.form.get("go", "")
    if wish not in {"next", "back"} or not pages:
        return Step(answers, pages, number, answers)
    posted = PostedPage(questionnaire, pages[number].key, request.form)
    answers = posted.change(answers, "pages", look.draw)
    mending = posted.posted.mending(forward=wish == "next")
    pages = visible_pages(questionnaire, answers, draw=look.draw)
    if mending and wish == "next":
        return Step(answers, pages, number, {**answers, **posted.posted.typed}, mending)
    return Step(answers, pages, max(0, number + (1 if wish == "next" else -1)), answers)


def _draw(questionnaire: Questionnaire) -> Draw:
    """The order and the random groups that were chosen to look at; without a choice everything, as it is written."""
    values = request.form if request.method == "POST" else request.args
    arms = {
        block.key: chosen
        for block in questionnaire.blocks
        if (chosen := values.get(f"group.{block.key}", "")) in {arm.key for arm in block.arms}
    }
    if arms:
        arms = {block.key: block.arms[0].key for block in questionnaire.blocks} | arms
    order = values.get("order", "")
    return Draw(int(order) if order.isdigit() and int(order[:3]) < questionnaire.orders else None, arms)


def with_lower_headings(drawn: str) -> Markup:
    """Drawn questions under the preview's own headings."""
    return Markup(re.sub(r"<(/?)h[12]>", r"<\1h3>", str(drawn)))  # noqa: S704 - drawn by the macros, which escape


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
