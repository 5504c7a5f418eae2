"""How a wave stands: answers against the roll by audience, year and class; numbers of people, never people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stakeholder.errors import NotAllowed
from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.definition import Questionnaire
from surveys.inviting.models import Invitation
from surveys.models import Audience, Spent, Wave
from surveys.monitoring.evenness import (
    Turnout,
    effective_answers,
    evenness,
    expected_by,
    is_behind,
    more_by_reminder,
)
from surveys.monitoring.models import StratumCount
from surveys.published import questionnaire_of
from surveys.roll.counting import Asked
from surveys.waves import answers_of, asked_now, get_wave
from surveys.ways_in import WayLine, way_lines

ALL_WANTED = 100
FEW_ANSWERS = 10


@dataclass(frozen=True)
class Line:
    """One line of the monitor: a group of people, and whether it is far behind the others."""

    name: str
    turnout: Turnout
    expected: int | None = None
    is_behind: bool = False

    @property
    def percent(self) -> int:
        """Share who have answered, in whole percent."""
        return round(100 * self.turnout.rate)

    @property
    def expected_percent(self) -> int | None:
        """Share who would have answered at an even pace, in whole percent."""
        return round(100 * self.expected / self.turnout.asked) if self.expected is not None else None

    @property
    def missing(self) -> int:
        """Answers that are fewer than at an even pace; below 0 where there are more."""
        return (self.expected or 0) - self.turnout.answered


@dataclass(frozen=True)
class CameBy:
    """Answers by way in: personal links and slips count once for each person, the other links may not."""

    own: int
    slips: int
    shared: int


@dataclass(frozen=True)
class Reminder:
    """Whom a reminder would reach, and how many more answers it may bring; `links` when it goes by e-mail."""

    reached: int
    low: int
    high: int
    low_percent: int
    high_percent: int
    links: bool


@dataclass(frozen=True)
class Watched:
    """One audience of a wave as it stands.

    whole      all of them; None when nobody knows how many are asked
    answered   answers so far
    left_out   people on the roll who are not counted: opted out, or away for long
    unsaid     answers whose writer is in no line, because they did not say
    lines      by year, or whatever the roll tells apart; classes: by their links
    evenness   how alike the lines answer, 0 to 1; effective: answers that would tell as much if spread evenly
    """

    key: str
    group: str
    title: str
    mode: str
    target: int
    whole: Line | None
    answered: int
    left_out: int
    breakdown: str
    lines: tuple[Line, ...]
    unsaid: int
    classes: tuple[WayLine, ...]
    came_by: CameBy
    evenness: float | None
    effective: int | None
    reminder: Reminder | None


@dataclass(frozen=True)
class Monitor:
    """A wave with its audiences; `ends_on` is the last day on which answers are hoped for."""

    key: str
    title: str
    state: str
    ends_on: date | None
    audiences: tuple[Watched, ...]


def watch(session: Session, viewer: Viewer, wave_key: str, *, now: datetime) -> Monitor:
    """How a wave of the viewer's school stands. Raises NotAllowed, NotFound, for another school's wave too."""
    if not viewer.may(Permission.OPEN_WAVES):
        raise NotAllowed("Only a survey lead or head watches the answers come in.")
    wave = get_wave(session, viewer, wave_key)
    zone = ZoneInfo(session.get_one(School, viewer.where).time_zone)
    rows = session.scalars(select(Audience).where(Audience.wave_id == wave.id).order_by(Audience.key)).all()
    span = (wave.opens_at.astimezone(zone).date(), wave.ends_on, now.astimezone(zone).date())
    audiences = tuple(_watched(session, viewer, wave, audience, span) for audience in rows)
    return Monitor(wave.key, wave.title, wave.state, wave.ends_on, audiences)


Span = tuple[date, date | None, date]


def _watched(session: Session, viewer: Viewer, wave: Wave, audience: Audience, span: Span) -> Watched:
    questionnaire = questionnaire_of(session, audience.version_id)
    asked, answered = asked_now(session, viewer, wave, audience), answers_of(session, audience.id)
    target = audience.target or ALL_WANTED
    breakdown, lines = _lines(session, audience, questionnaire, asked, (target, span))
    groups = [line.turnout for line in lines]
    whole = Turnout(asked.people, answered) if asked.people else None
    effective = effective_answers(groups) if groups else None
    return Watched(
        key=audience.key,
        group=audience.group,
        title=str(questionnaire.title),
        mode=audience.mode,
        target=target,
        whole=_line("", whole, (), (target, span)) if whole else None,
        answered=answered,
        left_out=asked.left_out,
        breakdown=breakdown,
        lines=lines,
        unsaid=max(answered - sum(group.answered for group in groups), 0) if groups else 0,
        classes=way_lines(session, audience),
        came_by=_came_by(session, audience),
        evenness=evenness(groups) if answered >= FEW_ANSWERS else None,
        effective=round(effective) if effective is not None and answered >= FEW_ANSWERS else None,
        reminder=_reminder(session, audience, whole) if wave.state == "open" and whole else None,
    )


def _line(name: str, turnout: Turnout, others: tuple[Turnout, ...], pace: tuple[int, Span]) -> Line:
    target, (first, last, today) = pace
    wanted = round(turnout.asked * target / 100)
    expected = expected_by(today, first, last, wanted=wanted) if last else None
    return Line(name, turnout, expected, is_behind(turnout, others) and sum(each.answered for each in others) > 0)


def _lines(
    session: Session, audience: Audience, questionnaire: Questionnaire, asked: Asked, pace: tuple[int, Span]
) -> tuple[str, tuple[Line, ...]]:
    rows = session.scalars(select(StratumCount).where(StratumCount.audience_id == audience.id)).all()
    if not rows:
        return "", ()
    question = questionnaire.by_key[rows[0].breakdown]
    names = {option.code: str(option.label) for option in getattr(question, "options", ())}
    people = asked.by.get(rows[0].breakdown, {})
    order = {code: place for place, code in enumerate(names)}
    found = [
        (_joined(row.options, names), Turnout(sum(people.get(each, 0) for each in row.options), row.people))
        for row in sorted(rows, key=lambda row: order.get(row.options[0], 0))
    ]
    lines = tuple(
        _line(name, turnout, tuple(other for _, other in found if other is not turnout), pace)
        for name, turnout in found
    )
    return str(question.prompt), lines


def _joined(options: list[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(each, each) for each in options)


def _came_by(session: Session, audience: Audience) -> CameBy:
    found = select(Spent.way_id, func.count()).where(Spent.audience_id == audience.id).group_by(Spent.way_id)
    sent: dict[UUID | None, int] = {row[0]: row[1] for row in session.execute(found)}
    slips = {line.id for line in way_lines(session, audience) if line.slips}
    own = sent.pop(audience.id, 0)
    by_slip = sum(number for way, number in sent.items() if way in slips)
    return CameBy(own, by_slip, sum(sent.values()) - by_slip)


def _reminder(session: Session, audience: Audience, whole: Turnout) -> Reminder | None:
    """What reminding would do now; None before anybody has answered, and when everybody has."""
    written, opened, back = session.execute(
        select(
            func.count().filter(Invitation.mailing_id.is_not(None)),
            func.count().filter(Invitation.opened),
            func.count().filter(Invitation.came_back != ""),
        ).where(Invitation.audience_id == audience.id)
    ).one()
    left = max(whole.asked - whole.answered, 0)
    reached = min(max(written - opened - back, 0), left) if written else left
    if not reached or not whole.answered:
        return None
    low, high = more_by_reminder(reached, whole)
    least, most = (round(100 * Turnout(whole.asked, whole.answered + more).rate) for more in (low, high))
    return Reminder(reached, low, high, least, most, links=bool(written))
