"""How one question looks, with whose eyes and in which language, before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import force_locale
from markupsafe import Markup

from stakeholder.localised import DEFAULT_LANGUAGE, LANGUAGE_NAMES
from surveys.designing.checked import Unsound, checked_questionnaire
from surveys.designing.content import Content
from surveys.rendering import questions_html
from surveys.views.designer.preview import EYES, STYLE_OF, with_lower_headings

KEY = "as_it_looks"
"""Stands in for the question's key, so that no field of the look goes by the name of a field of the form."""


@dataclass(frozen=True)
class SeenQuestion:
    """One question as someone sees it; `drawn` is empty while there is nothing to show."""

    eyes: str
    language: str
    style: str
    drawn: Markup


def seen_question(content: Content, question: Mapping[str, Any]) -> SeenQuestion:
    """The question as it is written now, shown to whoever was chosen in the form."""
    eyes, language = request.values.get("look_eyes", "own"), request.values.get("look_language", DEFAULT_LANGUAGE)
    eyes = eyes if eyes in EYES else "own"
    language = language if language in LANGUAGE_NAMES else DEFAULT_LANGUAGE
    style = STYLE_OF.get(eyes, str(content.get("style", "standard")))
    return SeenQuestion(eyes, language, style, _drawn(content, _bare(question), style, language))


def _bare(question: Mapping[str, Any]) -> dict[str, Any]:
    """The question by itself: shown to everyone, with all its answers and rows."""
    bare = {name: value for name, value in question.items() if name != "show_if"}
    for part in ("options", "rows"):
        if part in bare:
            bare[part] = [{name: each[name] for name in each if name != "show_if"} for each in bare[part]]
    return {**bare, "key": KEY}


def _drawn(content: Content, question: dict[str, Any], style: str, language: str) -> Markup:
    alone = {
        **{name: content[name] for name in ("key", "title", "groups", "audience")},
        "style": style,
        "languages": list(LANGUAGE_NAMES),
        "pages": [{"key": "page", "questions": [question]}],
    }
    try:
        questionnaire = checked_questionnaire(alone)
    except Unsound:
        return Markup()
    with force_locale(language):
        drawn = questions_html(questionnaire, questionnaire.pages[0], language, {}, {})
    return with_lower_headings(drawn)
