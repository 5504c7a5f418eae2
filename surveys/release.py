"""Release: ballots become responses and comments, under new keys, in shuffled batches of at least ten."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.db import Database
from stakeholder.key_folder import KeyFolder
from surveys.inviting.links import key_name
from surveys.models import Audience, Ballot, Comment, Draft, Response, Wave
from surveys.sealing import opened_ballot
from surveys.storing import comment_row, response_row

SMALLEST_BATCH = 10
LARGEST_BATCH = 500


def release(
    database: Database,
    wave_id: UUID,
    *,
    keys: KeyFolder,
    final: bool,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Move what may be moved out of the ballot box of a wave; returns how many ballots were moved.

    final   the wave has closed: the rest goes too, however few. Otherwise fewer than ten stay where they are.
    keys    where the survey's key lies; after a final release it is destroyed and its traces are overwritten
    Each batch is one transaction that deletes the ballots it inserts, so a cut at any point repeats nothing.
    """
    with database.reading() as session:
        boxes = _boxes(session, wave_id, final=final)
    if final:
        _forget_drafts(database, wave_id)
    private_key = keys.private(str(wave_id))
    total, moved = sum(count for _, _, count in boxes), 0
    for audience_id, kind, count in boxes:
        left = count
        while left:
            size = _batch_size(left)
            with database.writing() as session:
                moved += _move(session, audience_id, kind, size, private_key)
            left -= size
            progress(moved, total)
    if final:
        _destroy_key(database, wave_id, keys)
    return moved


def waiting(session: Session, wave_id: UUID) -> int:
    """Answer documents that still lie in the ballot box of a wave."""
    return session.execute(
        select(func.count())
        .select_from(Ballot)
        .join(Audience, Audience.id == Ballot.audience_id)
        .where(Audience.wave_id == wave_id, Ballot.kind == "answers")
    ).scalar_one()


def _destroy_key(database: Database, wave_id: UUID, keys: KeyFolder) -> None:
    """Nothing that was sealed can be opened any more; that this was done stands in the audit chain."""
    keys.destroy(key_name(wave_id))
    if keys.destroy(str(wave_id)):
        with database.writing() as session:
            school_id = session.get_one(Wave, wave_id).school_id
            record(session, Act("survey key destroyed", f"wave {wave_id}", school=school_id), now=datetime.now(UTC))
    database.overwrite_traces()


def _forget_drafts(database: Database, wave_id: UUID) -> None:
    """Answers that nobody sent are not the school's to keep: once the wave has closed they are gone."""
    asked = select(Audience.id).where(Audience.wave_id == wave_id)
    with database.writing() as session:
        session.execute(delete(Draft).where(Draft.audience_id.in_(asked)))


def _boxes(session: Session, wave_id: UUID, *, final: bool) -> list[tuple[UUID, str, int]]:
    rows = session.execute(
        select(Ballot.audience_id, Ballot.kind, func.count())
        .join(Audience, Audience.id == Ballot.audience_id)
        .where(Audience.wave_id == wave_id)
        .group_by(Ballot.audience_id, Ballot.kind)
    ).all()
    return [(audience, kind, count) for audience, kind, count in rows if final or count >= SMALLEST_BATCH]


def _response(audience_id: UUID, body: dict[str, Any]) -> dict[str, Any]:
    identity = bytes.fromhex(body["identity"]) if "identity" in body else None
    row = response_row(audience_id, body["language"], body["answers"], draw=body.get("draw"))
    return row | {"identity": identity}


def _batch_size(left: int) -> int:
    """At most LARGEST_BATCH, and never so many that fewer than SMALLEST_BATCH would remain."""
    if left <= LARGEST_BATCH:
        return left
    return LARGEST_BATCH if left - LARGEST_BATCH >= SMALLEST_BATCH else LARGEST_BATCH - SMALLEST_BATCH


def _move(session: Session, audience_id: UUID, kind: str, size: int, private_key: bytes | None) -> int:
    """Move one batch; the ballots' random keys are the shuffle, and the new rows get new ones."""
    ballots = session.execute(
        select(Ballot.key, Ballot.body)
        .where(Ballot.audience_id == audience_id, Ballot.kind == kind)
        .order_by(Ballot.key)
        .limit(size)
        .with_for_update()
    ).all()
    if not ballots:
        return 0
    bodies = [json.loads(opened_ballot(ballot.body, private_key)) for ballot in ballots]
    if kind == "answers":
        rows = [_response(audience_id, b) for b in bodies]
        session.execute(insert(Response), rows)
    else:
        session.execute(
            insert(Comment),
            [
                comment_row(audience_id, b["question"], b["language"], b["text"], hidden=b.get("hidden", False))
                for b in bodies
            ],
        )
    session.execute(delete(Ballot).where(Ballot.key.in_([ballot.key for ballot in ballots])))
    return len(ballots)
