"""In which languages a questionnaire is asked: those that are complete, and checked or accepted unchecked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from stakeholder.localised import DEFAULT_LANGUAGE
from stakeholder.viewer import Viewer
from surveys.definition import Questionnaire
from surveys.designing.content import in_languages
from surveys.designing.translating import (
    DRAFT,
    MISSING,
    TextLine,
    is_checked,
    is_complete,
    text_lines,
    unchecked_safety,
)
from surveys.designing.vouching import accept_risk, accepted_languages, checked_pairs
from surveys.models import Audience
from surveys.published import newest_version, questionnaire_of

CHECKED = "checked"


@dataclass(frozen=True)
class LeftOut:
    """Why a questionnaire is not asked in a language that it offers: how many of its texts are missing, do not fit, or
    have been read by no speaker. All 0: nobody wrote down why."""

    missing: int = 0
    unfit: int = 0
    unchecked: int = 0


@dataclass(frozen=True)
class Readiness:
    """Languages in which a school may ask (with whether safety texts are checked), and why it may not in the others."""

    asked: Mapping[str, bool]
    left_out: Mapping[str, LeftOut]


def readiness(session: Session, viewer: Viewer, questionnaire: Questionnaire) -> Readiness:
    """In which languages the viewer's school may ask it.

    English always; another where every word is there and fits, and where a speaker has checked every word (here, or as
    the questionnaire itself says), or a lead has accepted in writing that nobody did.
    """
    content = json.loads(questionnaire.to_json())
    accepted = accepted_languages(session, viewer, questionnaire.key)
    asked, left_out = {DEFAULT_LANGUAGE: True}, {}
    for language in questionnaire.languages:
        if language == DEFAULT_LANGUAGE:
            continue
        vouched = questionnaire.translations.get(language) == CHECKED
        lines = text_lines(content, language, checked_pairs(session, viewer, language))
        if is_complete(lines) and (vouched or is_checked(lines) or language in accepted):
            asked[language] = vouched or not unchecked_safety(lines)
        else:
            left_out[language] = _why(lines)
    return Readiness(asked, left_out)


def languages_to_ask(session: Session, viewer: Viewer, questionnaire: Questionnaire) -> dict[str, bool]:
    """Languages in which the viewer's school may ask it, and whether its safety texts are checked in each."""
    return dict(readiness(session, viewer, questionnaire).asked)


def left_out_of(session: Session, audience: Audience) -> dict[str, LeftOut]:
    """Languages that the audience's questionnaire offers and in which it is not asked, each with what was in the way
    when it opened."""
    if audience.languages is None:
        return {}
    why = audience.left_out or {}
    return {
        language: LeftOut(**why.get(language, {}))
        for language in questionnaire_of(session, audience.version_id).languages
        if language not in audience.languages
    }


def _why(lines: tuple[TextLine, ...]) -> LeftOut:
    return LeftOut(
        missing=sum(line.state == MISSING for line in lines),
        unfit=sum(bool(line.problem) for line in lines),
        unchecked=sum(line.state == DRAFT for line in lines),
    )


def accept_all_risks(session: Session, viewer: Viewer, key: str, *, reason: str, now: datetime) -> None:
    """Accept that a questionnaire is asked unchecked in each language it offers. Raises NotFound, Invalid."""
    for language in questionnaire_of(session, newest_version(session, viewer, key).id).languages:
        if language != DEFAULT_LANGUAGE:
            accept_risk(session, viewer, key, language, reason=reason, now=now)


def as_asked(questionnaire: Questionnaire, languages: Mapping[str, bool] | None) -> Questionnaire:
    """The questionnaire as respondents get it: only in these languages; safety texts not checked stay in English."""
    if languages is None or (set(languages) == set(questionnaire.languages) and all(languages.values())):
        return questionnaire
    return _as_asked(questionnaire, tuple(sorted(languages.items())))


@lru_cache(maxsize=64)
def _as_asked(questionnaire: Questionnaire, languages: tuple[tuple[str, bool], ...]) -> Questionnaire:
    states = dict(languages)
    content: dict[str, Any] = json.loads(questionnaire.to_json())
    content["languages"] = [language for language in questionnaire.languages if language in states]
    content["translations"] = {code: state for code, state in questionnaire.translations.items() if code in states}
    safe = frozenset(language for language, checked in languages if checked)
    for page in content["pages"]:
        page["questions"] = [
            in_languages(question, safe if question.get("safety") else frozenset(states))
            for question in page["questions"]
        ]
    return Questionnaire.model_validate(in_languages(content, frozenset(states)))
