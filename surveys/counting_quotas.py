"""Quotas: how many have answered of those whom each describes, counted in the transaction of the answer."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.orm import Session

from stakeholder.errors import Conflict
from surveys.audiences import OpenAudience
from surveys.definition import Questionnaire
from surveys.flow import Quota
from surveys.models import QuotaCount

counts = QuotaCount.__table__.c
_PEOPLE = select(counts.quota, counts.people).where(counts.audience_id == bindparam("audience"))
_ONE_MORE = (
    update(QuotaCount)
    .where(counts.audience_id == bindparam("audience"), counts.quota == bindparam("name"))
    .where(counts.people < bindparam("limit"))
    .values(people=counts.people + 1)
)


class QuotaFull(Conflict):
    """Enough people like this one have answered."""

    def __init__(self, quota: Quota) -> None:
        super().__init__("Enough people of this group have answered already.")
        self.quota = quota


def begin_counting(session: Session, audience_id: UUID, questionnaire: Questionnaire) -> None:
    """Start the counts of an audience at nought."""
    if questionnaire.quotas:
        rows = [{"audience_id": audience_id, "quota": quota.key, "people": 0} for quota in questionnaire.quotas]
        session.execute(insert(QuotaCount), rows)


def count_towards_quotas(connection: Connection, audience: OpenAudience, answers: Mapping[str, Any]) -> None:
    """Count one more answer in every quota that describes it. Raises QuotaFull; the transaction must not go on then."""
    for quota in describing(audience.questionnaire, answers):
        values = {"audience": audience.id, "name": quota.key, "limit": quota.limit}
        if connection.execute(_ONE_MORE, values).rowcount == 0:
            raise QuotaFull(quota)


def full_quota(connection: Connection, audience: OpenAudience, answers: Mapping[str, Any]) -> Quota | None:
    """The first quota that describes these answers and is full, None when all have room."""
    people = {row.quota: row.people for row in connection.execute(_PEOPLE, {"audience": audience.id})}
    matching = describing(audience.questionnaire, answers)
    return next((quota for quota in matching if people.get(quota.key, 0) >= quota.limit), None)


def describing(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> Iterator[Quota]:
    """Quotas that count these answers, in the order of their keys, so that two writers never wait for each other."""
    ordered = sorted(questionnaire.quotas, key=lambda quota: quota.key)
    return (quota for quota in ordered if quota.when is None or quota.when.holds(answers))
