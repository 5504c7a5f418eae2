"""Who vouches for translations: speakers who have checked them, and leads who accept the risk of asking unchecked."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid, NotAllowed
from stakeholder.roles import Permission
from stakeholder.viewer import Viewer
from surveys.designing.models import AcceptedRisk, CheckedWording
from surveys.designing.translating import TextLine, pair_of

FEWEST_LETTERS_OF_A_REASON = 10


def checked_pairs(session: Session, viewer: Viewer, language: str) -> frozenset[bytes]:
    """What speakers at the viewer's school have checked in a language."""
    return frozenset(
        session.scalars(
            select(CheckedWording.pair).where(
                CheckedWording.school_id == viewer.school_id, CheckedWording.language == language
            )
        )
    )


def vouch(session: Session, viewer: Viewer, language: str, lines: Iterable[TextLine], *, now: datetime) -> int:
    """Write down that the viewer, who speaks the language, has checked these translations; returns how many are new."""
    if not viewer.may(Permission.WRITE_SURVEYS) or viewer.school_id is None:
        raise NotAllowed("Only people who write surveys may do this.")
    known = checked_pairs(session, viewer, language)
    new = {pair_of(line.source, line.target) for line in lines if line.target.strip()} - known
    session.add_all(
        CheckedWording(
            school_id=viewer.school_id, language=language, pair=pair, person_id=viewer.person_id, checked_at=now
        )
        for pair in new
    )
    return len(new)


def accept_risk(
    session: Session, viewer: Viewer, questionnaire_key: str, language: str, *, reason: str, now: datetime
) -> None:
    """Write down who accepts that a questionnaire is asked in unchecked words, and why. Raises NotAllowed, Invalid."""
    if not viewer.may(Permission.OPEN_WAVES) or viewer.school_id is None:
        raise NotAllowed("Only a survey lead or head may accept this risk.")
    if len(reason.strip()) < FEWEST_LETTERS_OF_A_REASON:
        raise Invalid("Say in a sentence why the words may be used unchecked.")
    found = session.scalars(
        select(AcceptedRisk).where(
            AcceptedRisk.school_id == viewer.school_id,
            AcceptedRisk.questionnaire_key == questionnaire_key,
            AcceptedRisk.language == language,
        )
    ).first()
    risk = found or AcceptedRisk(school_id=viewer.school_id, questionnaire_key=questionnaire_key, language=language)
    risk.reason, risk.person_id, risk.accepted_at = reason.strip()[:1000], viewer.person_id, now
    session.add(risk)


def accepted_languages(session: Session, viewer: Viewer, questionnaire_key: str) -> dict[str, str]:
    """Languages in which a questionnaire may be asked unchecked, with the reason."""
    rows = session.scalars(
        select(AcceptedRisk).where(
            AcceptedRisk.school_id == viewer.school_id, AcceptedRisk.questionnaire_key == questionnaire_key
        )
    )
    return {row.language: row.reason for row in rows}
