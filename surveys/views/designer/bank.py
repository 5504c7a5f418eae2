"""The question bank, and short surveys ready to use."""

import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.errors import NotFound
from stakeholder.localised import LANGUAGE_NAMES
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.default_questionnaires import indicator_question
from surveys.definition import Questionnaire
from surveys.designing.bank import Wish, found_items, ready_surveys, uses_of
from surveys.designing.content import Content, key_from, places, question_keys, with_question
from surveys.designing.sketches import begin, change, get_sketch
from surveys.framework import default_framework
from surveys.published import list_questionnaires, newest_version, questionnaire_of
from surveys.views.designer.blueprint import designer, now

SHOWN_AT_ONCE = 10
PAST_RESULTS = "past_results"
"""Extension that says what came of the statements before; what may be shown is not decided here."""


@designer.get("/<uuid:sketch_id>/bank")
@requires(Permission.WRITE_SURVEYS)
def bank(sketch_id: UUID) -> str:
    """Statements of the framework, searched; each can be put into the sketch."""
    framework, wish = default_framework(), _wish()
    with reading() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        known = [
            newest_version(session, current_viewer(), line.key)
            for line in list_questionnaires(session, current_viewer())
        ]
        uses = uses_of(questionnaire_of(session, version.id) for version in known)
        past = current_app.extensions[PAST_RESULTS](session, current_viewer())
    if not request.args:
        wish = Wish(audience=str(sketch.content.get("audience", "")))
    items = found_items(framework, wish, uses, past)
    last_part = max(1, -(-len(items) // SHOWN_AT_ONCE))
    part = min(_part(), last_part)
    return render_template(
        "surveys/designer/bank.html",
        sketch=sketch, content=sketch.content, framework=framework, wish=wish, languages=LANGUAGE_NAMES,
        total=len(items), items=items[(part - 1) * SHOWN_AT_ONCE : part * SHOWN_AT_ONCE],
        part=part, last_part=last_part,
        wished={name: value for name, value in asdict(wish).items() if value},
        ages=[(age, age) for age in (6, 7, 8, 9, 10, 12, 14, 16)],
        audience_names={each.key: each.label.in_("en") for each in framework.audiences},
        dimension_choices=[(each.key, each.name.in_("en")) for each in framework.dimensions],
        strand_choices=[(each.key, each.name.in_("en")) for each in framework.strands],
        has={place.question.get("indicator") for place in places(sketch.content)},
    )  # fmt: skip


@designer.post("/<uuid:sketch_id>/bank/insert")
@requires(Permission.WRITE_SURVEYS)
def insert(sketch_id: UUID) -> ResponseReturnValue:
    """Put a statement at the end of a page."""
    framework = default_framework()
    chosen = request.form.get("indicator", "")
    indicator = next((each for each in framework.indicators if each.key == chosen), None)
    if indicator is None:
        raise NotFound("There is no such statement.")
    question = _plain(indicator_question(framework, indicator))

    def work(content: Content) -> Content:
        taken = question_keys(content)
        if question["key"] in taken:
            question["key"] = key_from(question["key"].replace("_", " "), taken)
        return with_question(content, question, page_key=request.form.get("page", ""))

    with transaction() as session:
        change(session, current_viewer(), sketch_id, work, act="insert", about=str(indicator.text), now=now())
    flash(_("Added “%(prompt)s”.", prompt=str(indicator.text)))
    carried = {*Wish.__dataclass_fields__, "part"}
    back: dict[str, Any] = {name: value for name, value in request.form.items() if name in carried}
    return redirect(url_for(".bank", sketch_id=sketch_id, **back))


@designer.post("/ready/<key>/begin")
@requires(Permission.WRITE_SURVEYS)
def begin_ready(key: str) -> ResponseReturnValue:
    """A draft that holds a short survey."""
    ready = next((each.questionnaire for each in ready_surveys() if each.questionnaire.key == key), None)
    if ready is None:
        raise NotFound("There is no such survey.")
    with transaction() as session:
        sketch_id = begin(session, current_viewer(), json.loads(ready.to_json()), now=now()).id
    return redirect(url_for(".sketch", sketch_id=sketch_id))


def _plain(question: dict[str, object]) -> dict[str, object]:
    """The question as a definition stores it."""
    page = {"key": "page", "questions": [question]}
    whole = Questionnaire.model_validate(
        {"key": "bank", "title": "Bank", "groups": ["student"], "audience": "bank", "pages": [page],
         "languages": list(LANGUAGE_NAMES)}
    )  # fmt: skip
    stored: dict[str, object] = json.loads(whole.to_json())["pages"][0]["questions"][0]
    return stored


def _part() -> int:
    """Which part of the statements is looked at, from 1."""
    part = request.args.get("part", "")
    return max(1, int(part)) if part.isdecimal() and len(part) < 4 else 1


def _wish() -> Wish:
    age = request.args.get("age", "")
    return Wish(
        words=request.args.get("words", "").strip()[:100],
        dimension=request.args.get("dimension", ""),
        strand=request.args.get("strand", ""),
        audience=request.args.get("audience", ""),
        language=request.args.get("language", "") if request.args.get("language") in LANGUAGE_NAMES else "",
        age=int(age) if age.isdigit() and len(age) < 3 else None,
    )
