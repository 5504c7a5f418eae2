"""Waves: open, find, list, close."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound
from stakeholder.jobs import ledger
from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.asked_languages import LeftOut, left_out_of, readiness
from surveys.counting_quotas import begin_counting
from surveys.definition import Questionnaire
from surveys.identities.keeping import refuse_unsealable
from surveys.models import Audience, Ballot, QuestionnaireVersion, Response, Wave
from surveys.monitoring.counting import begin_strata
from surveys.permitting import refuse_unpermitted
from surveys.published import newest_version, questionnaire_of
from surveys.roll.counting import Asked, asked_by

TOKEN_BYTES = 18
MODES = ("anonymous", "confidential", "named")
RELEASE = "release"


@dataclass(frozen=True)
class AudiencePlan:
    """Whom to ask what: a questionnaire version for a group.

    invited     people asked, when the roll is known
    invited_by  the roll by breakdown: {question key: {option code: people}}
    """

    group: str
    version: QuestionnaireVersion
    invited: int | None = None
    invited_by: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    mode: str = "anonymous"


@dataclass(frozen=True)
class WaveSummary:
    """One line of `wave list`."""

    key: str
    title: str
    state: str
    audience: str
    group: str
    mode: str
    questionnaire: str
    answers: int
    waiting: int
    invited: int | None
    token: str
    languages: tuple[str, ...]
    left_out: Mapping[str, LeftOut]


def open_wave(
    session: Session, viewer: Viewer, *, title: str, plans: tuple[AudiencePlan, ...], now: datetime, key: str = ""
) -> Wave:
    """Open a wave for several audiences at once. Raises Invalid for an unknown group, Conflict for a taken key."""
    school = _school(session, viewer)
    for plan in plans:
        _refuse_mode(session, school.id, plan.mode, now)
    key = key or wave_key(title)
    if session.scalars(select(Wave).where(Wave.school_id == school.id, Wave.key == key)).first():
        raise Conflict(f"There is already a wave '{key}'. Choose another name, or close that one first.")
    wave = Wave(school_id=school.id, key=key, title=title, opens_at=now, state="open")
    session.add(wave)
    session.flush()
    for plan in plans:
        add_audience(session, viewer, wave, plan)
    return wave


def add_audience(session: Session, viewer: Viewer, wave: Wave, plan: AudiencePlan) -> Audience:
    """Ask one more group in a wave; the questionnaire's audience names it. Raises Invalid for a group it is not for."""
    school = _school(session, viewer)
    known = [group["key"] for group in school.groups]
    if plan.group not in known:
        raise Invalid(f"There is no group '{plan.group}' at {school.name}. Groups: {', '.join(known)}.")
    questionnaire = questionnaire_of(session, plan.version.id)
    _refuse_others(questionnaire, plan.group)
    refuse_unpermitted(session, viewer, questionnaire, today=wave.opens_at.date())
    ready = readiness(session, viewer, questionnaire)
    invited, invited_by = _asked(session, viewer, plan, questionnaire)
    audience = Audience(
        wave_id=wave.id,
        version_id=plan.version.id,
        group=plan.group,
        mode=plan.mode,
        invited=invited,
        key=_free_audience_key(session, wave.id, questionnaire.audience or plan.group),
        invited_by={question: dict(people) for question, people in invited_by.items()},
        from_roll=plan.invited is None and invited is not None,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        languages=dict(ready.asked),
        left_out={language: asdict(why) for language, why in ready.left_out.items()},
    )
    session.add(audience)
    session.flush()
    begin_counting(session, audience.id, questionnaire)
    begin_strata(session, audience)
    return audience


def _asked(
    session: Session, viewer: Viewer, plan: AudiencePlan, questionnaire: Questionnaire
) -> tuple[int | None, Mapping[str, Mapping[str, int]]]:
    """How many are asked: what the plan says, else what the roll says."""
    if plan.invited is not None:
        return plan.invited, plan.invited_by
    on_roll = asked_by(session, viewer, questionnaire, plan.group)
    return on_roll.people or None, on_roll.by


def _refuse_others(questionnaire: Questionnaire, group: str) -> None:
    if group not in questionnaire.groups:
        raise Invalid(
            f"The questionnaire '{questionnaire.key}' is not for the group '{group}'. "
            f"It is for: {', '.join(questionnaire.groups)}."
        )


def open_link(
    session: Session,
    viewer: Viewer,
    key: str,
    group: str,
    *,
    now: datetime,
    name: str = "",
    asked: int | None = None,
    mode: str = "anonymous",
) -> Audience:
    """The audience that KEY and GROUP mean, opening what is not open yet.

    key    a wave's key, or a questionnaire's: then it is asked in a wave of its own, or in the one that `name` names
    name   the wave's title, such as "Autumn 2026"; several questionnaires may be asked in one wave
    asked  people who are asked, for the response rate; None takes what the roll says, or leaves it as it is
    mode   'anonymous', 'confidential' or 'named'; it never changes afterwards
    Raises NotFound when KEY is neither, Conflict when the wave has closed or asks this in another mode, Invalid for a
    mode that is none or that the school cannot keep.
    """
    named = wave_key(name) if name else key
    wave = session.scalars(select(Wave).where(Wave.school_id == viewer.school_id, Wave.key == named)).first()
    if wave is None:
        version = newest_version(session, viewer, key)
        title = name or str(questionnaire_of(session, version.id).title)
        wave = open_wave(session, viewer, title=title, plans=(), now=now, key=named)
    elif wave.state == "closed":
        raise Conflict(
            f"The wave '{named}' has closed and takes no more answers. Open another: "
            f"stakeholder wave open QUESTIONNAIRE --group {group} --name 'Spring {now.year + 1}'."
        )
    else:
        wave.state = "open"
    audience = _asked_already(session, wave, None if key == wave.key else key, group)
    if audience is None:
        _refuse_mode(session, wave.school_id, mode, now)
        plan = AudiencePlan(group, _to_ask(session, viewer, wave, key, group), mode=mode)
        audience = add_audience(session, viewer, wave, plan)
    elif audience.mode != mode:
        raise Conflict(f"This is asked already, and its mode is '{audience.mode}'. A mode never changes.")
    if asked is not None and asked != audience.invited:
        audience.invited, audience.invited_by, audience.from_roll = asked, {}, False
        begin_strata(session, audience)
    return audience


def _refuse_mode(session: Session, school_id: UUID, mode: str, now: datetime) -> None:
    if mode not in MODES:
        raise Invalid(f"There is no mode '{mode[:20]}'. Modes: {', '.join(MODES)}.")
    if mode == "confidential":
        refuse_unsealable(session, school_id, now=now)


def _asked_already(session: Session, wave: Wave, questionnaire: str | None, group: str) -> Audience | None:
    """The wave's audience of this group, and of this questionnaire where one is named."""
    found = session.scalars(select(Audience).where(Audience.wave_id == wave.id, Audience.group == group)).all()
    return next(
        (each for each in found if questionnaire in {None, questionnaire_of(session, each.version_id).key}), None
    )


def _to_ask(session: Session, viewer: Viewer, wave: Wave, key: str, group: str) -> QuestionnaireVersion:
    """The newest version of the questionnaire KEY. Raises NotFound that says how to name one."""
    try:
        return newest_version(session, viewer, key)
    except NotFound as problem:
        if key != wave.key:
            raise
        raise NotFound(
            f"The wave '{key}' does not ask the group '{group}' yet. Say with which questionnaire: "
            f"stakeholder wave open QUESTIONNAIRE --group {group} --name '{wave.title}'."
        ) from problem


def get_wave(session: Session, viewer: Viewer, key: str) -> Wave:
    """A wave of the viewer's school by its key. Raises NotFound, for another school's wave too."""
    wave = session.scalars(select(Wave).where(Wave.school_id == viewer.school_id, Wave.key == key)).first()
    if wave is None:
        raise NotFound(f"There is no wave '{key}'. 'stakeholder wave list' shows what there is.")
    return wave


def close_wave(session: Session, viewer: Viewer, key: str, *, now: datetime) -> Wave:
    """Take no more answers, and write the job that releases what was given."""
    if not viewer.may(Permission.OPEN_WAVES):
        raise NotAllowed("Only a survey lead or head may close a wave.")
    wave = get_wave(session, viewer, key)
    if wave.state != "closed":
        _keep_numbers_asked(session, viewer, wave)
        wave.state, wave.closes_at = "closed", now
    ledger.enqueue(session, RELEASE, {"wave": str(wave.id), "final": True}, school_id=wave.school_id)
    return wave


def asked_now(session: Session, viewer: Viewer, wave: Wave, audience: Audience) -> Asked:
    """How many are asked: by the roll as it is now while the wave is open, else as it was kept; 0 when unknown."""
    if audience.from_roll and wave.state == "open":
        found = asked_by(session, viewer, questionnaire_of(session, audience.version_id), audience.group)
        if found.people:
            return found
    return Asked(audience.invited or 0, audience.invited_by)


def answers_of(session: Session, audience_id: UUID) -> int:
    """Answers to an audience so far, released or still in the box."""
    return _count(session, Response, audience_id) + _count_ballots(session, audience_id)


def _keep_numbers_asked(session: Session, viewer: Viewer, wave: Wave) -> None:
    """From now on the numbers no longer follow the roll: the results are told against them."""
    for audience in session.scalars(select(Audience).where(Audience.wave_id == wave.id, Audience.from_roll.is_(True))):
        asked = asked_now(session, viewer, wave, audience)
        audience.invited, audience.invited_by = asked.people, {name: dict(by) for name, by in asked.by.items()}


def list_waves(session: Session, viewer: Viewer) -> list[WaveSummary]:
    """Every audience of every wave of the school, newest wave first."""
    rows = session.execute(
        select(Wave, Audience)
        .join(Audience, Audience.wave_id == Wave.id)
        .where(Wave.school_id == viewer.school_id)
        .order_by(Wave.opens_at.desc(), Wave.key, Audience.key)
    ).all()
    return [_summary(session, viewer, wave, audience) for wave, audience in rows]


def wave_key(title: str) -> str:
    """A key made from a title: 'Autumn 2026' -> 'autumn-2026'."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:80] or "wave"


def _summary(session: Session, viewer: Viewer, wave: Wave, audience: Audience) -> WaveSummary:
    return WaveSummary(
        key=wave.key,
        title=wave.title,
        state=wave.state,
        audience=audience.key,
        group=audience.group,
        mode=audience.mode,
        questionnaire=questionnaire_of(session, audience.version_id).key,
        answers=_count(session, Response, audience.id),
        waiting=_count_ballots(session, audience.id),
        invited=asked_now(session, viewer, wave, audience).people or None,
        token=audience.token,
        languages=tuple(audience.languages or questionnaire_of(session, audience.version_id).languages),
        left_out=left_out_of(session, audience),
    )


def _count(session: Session, table: type[Response], audience_id: UUID) -> int:
    return session.execute(select(func.count()).select_from(table).where(table.audience_id == audience_id)).scalar_one()


def _count_ballots(session: Session, audience_id: UUID) -> int:
    return session.execute(
        select(func.count()).select_from(Ballot).where(Ballot.audience_id == audience_id, Ballot.kind == "answers")
    ).scalar_one()


def _free_audience_key(session: Session, wave_id: UUID, wanted: str) -> str:
    taken = set(session.scalars(select(Audience.key).where(Audience.wave_id == wave_id)))
    return next(key for key in (wanted, *(f"{wanted}-{number}" for number in range(2, 100))) if key not in taken)


def _school(session: Session, viewer: Viewer) -> School:
    if not viewer.may(Permission.OPEN_WAVES):
        raise NotAllowed("Only a survey lead or head may open a wave.")
    school = session.get(School, viewer.school_id)
    if school is None:
        raise NotFound("There is no such school.")
    return school
