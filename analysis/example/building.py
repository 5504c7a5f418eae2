"""Building the example school: people, three yearly waves of answers and comments, promises, and an open wave."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.actions import add_action
from analysis.comments.roster import replace_roster
from analysis.editions import build_edition, keep_rounding_key
from analysis.example.answering import respondents
from analysis.example.comments import COMMENTS, WrittenComment, dealt, give
from analysis.example.story import COHORTS, OPEN_WAVE, PEOPLE, PROMISES, SCHOOL, WAVES, Cohort
from analysis.example.worries import worry
from analysis.reading_comments import read_comments
from analysis.sharing import CIRCLES, share
from analysis.text.personal.roster import read_roster_file
from stakeholder.db import Database
from stakeholder.models import Membership, Person, School
from stakeholder.schools import command_line_viewer, make_school
from stakeholder.viewer import Viewer
from surveys.default_questionnaires import default_questionnaires
from surveys.definition import Questionnaire
from surveys.designing.vouching import accept_risk
from surveys.framework import default_framework
from surveys.models import Audience, QuestionnaireVersion
from surveys.published import publish
from surveys.storing import store_documents
from surveys.waves import AudiencePlan, add_audience, open_wave, wave_key

SEED = 20260302
ROSTER = COMMENTS / "roster.csv"
DRAFTS_ACCEPTED = "An example school of invented people: nobody real is asked in unchecked words."
LAST_YEAR_GROUP = 11
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Built:
    """What was built: the school, and how much it says."""

    school_id: UUID
    responses: int
    comments: int


def build_example_school(database: Database, *, progress: Progress, seed: int = SEED, name: str = SCHOOL) -> Built:
    """Build the school in an empty database; the same seed gives the same answers.

    progress  called with words, steps done and steps in all
    """
    steps = 3 * len(WAVES) + 2
    random = Random(seed)
    questionnaires = example_questionnaires()
    with database.writing() as session:
        school = make_school(session, name)
        _employ(session, school)
        viewer = command_line_viewer(school.id)
        replace_roster(session, viewer, read_roster_file(ROSTER), now=_day(WAVES[0][1]))
        _accept_drafts(session, viewer, questionnaires)
        versions = {key: publish(session, viewer, each, now=_day(WAVES[0][1])) for key, each in questionnaires.items()}
    comments = dealt(random, tuple(year for _, year in WAVES))
    responses = written = 0
    for number, (title, year) in enumerate(WAVES):
        progress(title, 3 * number, steps)
        with database.writing() as session:
            wave_id, answered, said = _wave(session, viewer, random, title, year, versions, questionnaires, comments)
        responses, written = responses + answered, written + said
        progress(title, 3 * number + 1, steps)
        read_comments(database, wave_id)
        progress(title, 3 * number + 2, steps)
        with database.writing() as session:
            keep_rounding_key(session, wave_id, Random(seed + number).randbytes(32))
            build_edition(session, wave_id, now=_day(year, month=4))
            share(
                session,
                viewer,
                wave_key(title),
                dict.fromkeys(CIRCLES, _day(year, month=4).date()),
                now=_day(year, month=4),
            )
    progress(OPEN_WAVE, steps - 2, steps)
    with database.writing() as session:
        opened = _open(session, viewer, versions)
        _promise(session, viewer)
    worry(database, opened)
    progress(name, steps, steps)
    return Built(viewer.school_id or school.id, responses, written)


def example_questionnaires() -> dict[str, Questionnaire]:
    """The default questionnaires, without the year groups that this school does not have."""
    return {key: _without_sixth_form(each) for key, each in default_questionnaires(default_framework()).items()}


def _without_sixth_form(questionnaire: Questionnaire) -> Questionnaire:
    content = json.loads(questionnaire.to_json())
    for page in content["pages"]:
        for question in page["questions"]:
            if question["key"] in {"year", "phase"}:
                question["options"] = [
                    each for each in question["options"] if each["code"] not in {"y12", "y13", "post16"}
                ]
    return Questionnaire.model_validate(content)


def _employ(session: Session, school: School) -> None:
    for name, role in PEOPLE:
        person = Person(name=name, email=f"{name.split()[0].lower()}@{school.slug}.example")
        session.add(person)
        session.flush()
        session.add(Membership(person_id=person.id, school_id=school.id, role=role))


def _accept_drafts(session: Session, viewer: Viewer, questionnaires: Mapping[str, Questionnaire]) -> None:
    """The translations are drafts that no speaker has checked; with invented people nobody is harmed by them."""
    for key, questionnaire in questionnaires.items():
        for language in questionnaire.translations:
            accept_risk(session, viewer, key, language, reason=DRAFTS_ACCEPTED, now=_day(WAVES[0][1]))


def _wave(
    session: Session,
    viewer: Viewer,
    random: Random,
    title: str,
    year: int,
    versions: Mapping[str, QuestionnaireVersion],
    questionnaires: Mapping[str, Questionnaire],
    comments: Mapping[tuple[str, int], list[WrittenComment]],
) -> tuple[UUID, int, int]:
    wave = open_wave(session, viewer, title=title, plans=(), now=_day(year))
    answered = said = 0
    for cohort in COHORTS:
        questionnaire = questionnaires[cohort.audience]
        audience = add_audience(session, viewer, wave, _plan(cohort, versions[cohort.audience]))
        people = respondents(random, cohort, questionnaire, year)
        asked = frozenset(question.key for question in questionnaire.questions if question.is_comment)
        said += give(random, people, comments.get((cohort.audience, year), []), asked)
        documents = ((person.language, _in_order(questionnaire, person.answers)) for person in people if person.answers)
        for _ in store_documents(
            session, audience.id, questionnaire, documents, keys=Random(random.random()).randbytes
        ):
            pass
        answered += len(people)
    wave.state, wave.closes_at = "closed", _day(year, month=4)
    return wave.id, answered, said


def _plan(cohort: Cohort, version: QuestionnaireVersion) -> AudiencePlan:
    rolls = {cohort.breakdown: cohort.asked} if cohort.breakdown else {}
    return AudiencePlan(cohort.group, version, invited=sum(cohort.asked.values()), invited_by=rolls)


def _in_order(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {question.key: answers[question.key] for question in questionnaire.questions if question.key in answers}


def _open(session: Session, viewer: Viewer, versions: Mapping[str, QuestionnaireVersion]) -> UUID:
    """Open the wave that visitors answer; gives its secondary audience."""
    plans = tuple(_plan(cohort, versions[cohort.audience]) for cohort in COHORTS)
    wave = open_wave(session, viewer, title=OPEN_WAVE, plans=plans, now=_day(WAVES[-1][1], month=11))
    asked = select(Audience.id).where(Audience.wave_id == wave.id, Audience.key == "secondary")
    return session.scalars(asked).one()


def _promise(session: Session, viewer: Viewer) -> None:
    for promise in PROMISES:
        add_action(
            session,
            viewer,
            said=promise.said,
            did=promise.did,
            state=promise.state,
            due=datetime.fromisoformat(promise.due).date(),
        )


def _day(year: int, month: int = 3) -> datetime:
    return datetime(year, month, 2, 9, 0, tzinfo=UTC)
