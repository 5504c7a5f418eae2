"""Counting answers by stratum: begun when a wave opens, one more with each new submission."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, literal_column, select, update
from sqlalchemy.orm import Session

from stakeholder.prepared import Prepared
from surveys.models import Audience
from surveys.monitoring.models import StratumCount
from surveys.monitoring.strata import strata_of

counts = StratumCount.__table__.c
_ONE_MORE = Prepared(
    update(StratumCount)
    .where(counts.audience_id == bindparam("audience"), counts.stratum == bindparam("name"))
    .values(people=literal_column("people + 1"))
)


@dataclass(frozen=True)
class Strata:
    """By which question answers are counted apart, and the stratum of each of its options; empty where by none."""

    breakdown: str = ""
    by_option: Mapping[str, str] = field(default_factory=dict)


NO_STRATA = Strata()


def begin_strata(session: Session, audience: Audience) -> None:
    """Start the counts of an audience at nought, by the first breakdown for which the roll knows numbers."""
    session.execute(delete(StratumCount).where(StratumCount.audience_id == audience.id))
    for breakdown, asked in list(audience.invited_by.items())[:1]:
        for options in strata_of(asked):
            name = " ".join(options)
            session.add(StratumCount(audience_id=audience.id, stratum=name, breakdown=breakdown, options=list(options)))
    session.flush()


def strata_counted(session: Session, audience_id: UUID) -> Strata:
    """How the answers of an audience are counted apart."""
    rows = session.execute(
        select(counts.breakdown, counts.stratum, counts.options).where(counts.audience_id == audience_id)
    ).all()
    by_option = {option: row.stratum for row in rows for option in row.options}
    return Strata(rows[0].breakdown, by_option) if rows else Strata()


def count_stratum(connection: Connection, audience_id: UUID, strata: Strata, answers: Mapping[str, Any]) -> None:
    """Count one more answer in the stratum of its writer, if they said which, or their link did."""
    given = answers.get(strata.breakdown)
    stratum = strata.by_option.get(given) if isinstance(given, str) else None
    if stratum is not None:
        _ONE_MORE.run(connection, {"audience": audience_id, "name": stratum})
