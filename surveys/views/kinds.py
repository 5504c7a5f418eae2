"""The style guide's pages about questions: every kind live, as YAML, with what it stores and what is counted."""

import inspect
import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, g, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

from stakeholder.localised import LANGUAGE_NAMES
from stakeholder.roles import Permission
from stakeholder.web.access import requires
from surveys.answers import check_document, in_words
from surveys.definition import Page, Questionnaire
from surveys.examples import example_question, example_questionnaire, example_yaml
from surveys.question_types import REGISTRY
from surveys.rendering import draw, fill
from surveys.walking import Posted, read_page

kinds = Blueprint("kinds", __name__, url_prefix="/style/questions")


@kinds.get("")
@requires(Permission.SEE_STYLE)
def index() -> str:
    """All kinds, each with its first sentence."""
    described = [(kind, str(example_question(kind).prompt), _said(kind)[0]) for kind in sorted(REGISTRY)]
    return render_template("surveys/style/kinds.html", kinds=described)


@kinds.route("/<kind>", methods=["GET", "POST"])
@requires(Permission.SEE_STYLE)
def page(kind: str) -> str:
    """One kind: its example to answer, what would be stored of that (nothing is), its YAML and its columns."""
    if kind not in REGISTRY:
        abort(404)
    language = request.args.get("lang", "en")
    g.language = language if language in LANGUAGE_NAMES else "en"
    questionnaire, question = example_questionnaire(kind), example_question(kind)
    whole = _whole(questionnaire)
    posted = read_page(whole, request.form) if request.method == "POST" else Posted({}, {}, {})
    mending = posted.mending(forward=request.method == "POST")
    messages = {key: problem.said(_, g.language) for key, problem in mending.problems.items()} if mending else {}
    stored = check_document(questionnaire, {key: posted.given[key] for key in posted.given})[0]
    return render_template(
        "surveys/style/kind.html",
        kind=kind,
        question=question,
        said=_said(kind),
        yaml=example_yaml(kind),
        questions=_live(whole, posted.typed, messages),
        stored=_stored(questionnaire, stored) if request.method == "POST" else None,
        columns=question.columns(),
        names=LANGUAGE_NAMES,
        sure=mending.sure if mending else (),
    )


def _whole(questionnaire: Questionnaire) -> Page:
    """All questions of an example on one page."""
    return questionnaire.pages[-1].model_copy(update={"questions": questionnaire.questions})


def _live(page: Page, typed: Mapping[str, Any], messages: Mapping[str, str]) -> Markup:
    """The questions below the page's own heading, with what was typed and what is wrong with it."""
    parts = []
    for question in page.questions:
        message = next((messages[key] for key in question.keys if key in messages), "")
        parts.append(fill(question, draw(question, g.language, "standard", alone=False, message=message), typed))
    return Markup("").join(parts)


def _said(kind: str) -> list[str]:
    """What a kind's author wrote about it, by paragraph."""
    return (inspect.getdoc(REGISTRY[kind]) or kind).split("\n\n")


def _stored(questionnaire: Questionnaire, answers: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Key, what is stored and how it reads, for each answer; words stored apart say so."""
    return [
        (
            key,
            json.dumps(value, ensure_ascii=False),
            _("stored apart from the answers")
            if questionnaire.by_key[key].is_comment
            else in_words(questionnaire.by_key[key], {key: value}, g.language),
        )
        for key, value in answers.items()
    ]
