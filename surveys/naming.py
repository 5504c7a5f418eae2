"""Answers by name, where a wave keeps names: parents' evenings, consent, following something up."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import NotAllowed, NotFound
from stakeholder.localised import DEFAULT_LANGUAGE
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.answers import in_words
from surveys.definition import Questionnaire
from surveys.identities.envelopes import Writer
from surveys.models import Audience, Response, Wave
from surveys.published import questionnaire_of


@dataclass(frozen=True)
class NamedAnswers:
    """Everybody who answered, by name: (writer, ((question, answer in words), ...)); comments stand elsewhere."""

    title: str
    people: tuple[tuple[Writer, tuple[tuple[str, str], ...]], ...]


def named_answers(session: Session, viewer: Viewer, wave_key: str, audience_key: str, *, now: datetime) -> NamedAnswers:
    """Who answered what. Raises NotAllowed; NotFound while it is open, for any other mode, for another school's."""
    if not viewer.may(Permission.SEE_NAMED_ANSWERS):
        raise NotAllowed("Only the head and survey leads see answers by name.")
    row = session.execute(
        select(Audience)
        .join(Wave, Wave.id == Audience.wave_id)
        .where(
            Wave.school_id == viewer.where,
            Wave.key == wave_key,
            Wave.state == "closed",
            Audience.key == audience_key,
            Audience.mode == "named",
        )
    ).first()
    if row is None:
        raise NotFound("There are no answers by name here.")
    audience = row[0]
    questionnaire = questionnaire_of(session, audience.version_id)
    found = session.execute(
        select(Response.identity, Response.answers).where(
            Response.audience_id == audience.id, Response.identity.is_not(None)
        )
    )
    people = []
    for identity, text in found:
        people.append((Writer.from_json(identity or b""), told_in_words(questionnaire, text)))
    act = Act("named answers viewed", f"audience {audience.id}", viewer.person_id, viewer.where)
    record(session, act, now=now)
    return NamedAnswers(str(questionnaire.title), tuple(sorted(people, key=lambda each: (each[0].form, each[0].name))))


def told_in_words(questionnaire: Questionnaire, answers_json: str) -> tuple[tuple[str, str], ...]:
    """What was asked and answered, in words: ((question, answer), ...); what was left out is left out."""
    answers = json.loads(answers_json)
    words = (
        (str(question.prompt), in_words(question, answers, DEFAULT_LANGUAGE))
        for question in questionnaire.by_key.values()
        if question.counts_as_question
    )
    return tuple(each for each in words if each[1])
