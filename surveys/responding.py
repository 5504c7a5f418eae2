"""Answering: keep a draft, take the answer document.

`submit` takes one answer document with a submission key, however it was assembled: page by page, in one piece by
a script, or from paper. Everything here runs on a Core connection, because it is the respondents' hot path.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from stakeholder.errors import Conflict, NotFound
from stakeholder.prepared import Prepared
from surveys.answers import split_comments
from surveys.audiences import OpenAudience
from surveys.counting_quotas import count_towards_quotas
from surveys.models import KEY_BYTES, Audience, Ballot, Draft, Spent, Wave
from surveys.monitoring.counting import count_stratum
from surveys.ordering import AS_WRITTEN, Draw
from surveys.receipts import ballot_key, receipt_code
from surveys.sealing import draft_row_key, opened_draft, sealed_ballot, sealed_draft

Answers = dict[str, Any]
HALF = 16
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)

drafts, audiences, waves = Draft.__table__.c, Audience.__table__.c, Wave.__table__.c
_STANDING = Prepared(
    select(waves.state, drafts.language, drafts.layout, drafts.draw, drafts.answers)
    .select_from(
        Audience.__table__.join(Wave.__table__).outerjoin(
            Draft.__table__, (drafts.audience_id == audiences.id) & (drafts.key == bindparam("key"))
        )
    )
    .where(audiences.id == bindparam("audience"))
)
_DRAFT_TO_CHANGE = Prepared(
    select(waves.state, drafts.language, drafts.layout, drafts.draw, drafts.answers)
    .select_from(Draft.__table__.join(Audience.__table__).join(Wave.__table__))
    .where(drafts.key == bindparam("key"), audiences.id == bindparam("audience"))
    .with_for_update(of=Draft.__table__)
)
_CHANGE_ANSWERS = Prepared(
    update(Draft).where(drafts.key == bindparam("draft")).values(answers=bindparam("answers_so_far"))
)
_STATE = Prepared(  # on PostgreSQL closing waits for those who are writing; on SQLite only one writes anyway
    select(waves.state)
    .select_from(Audience.__table__.join(Wave.__table__))
    .where(audiences.id == bindparam("audience"))
    .with_for_update(read=True, of=Wave.__table__)
)
_USED = Prepared(select(Spent.__table__.c.body_hash).where(Spent.__table__.c.key_hash == bindparam("used")))
_SPEND = Prepared(insert(Spent), values=("key_hash", "body_hash", "audience_id", "way_id"))
_SPEND_AGAIN = Prepared(
    update(Spent).where(Spent.__table__.c.key_hash == bindparam("used")).values(body_hash=bindparam("sent"))
)
_CAST = Prepared(insert(Ballot), values=("key", "audience_id", "kind", "body"))
_LIES_THERE = Prepared(select(Ballot.__table__.c.key).where(Ballot.__table__.c.key == bindparam("ballot")))
_TAKE_OUT = Prepared(delete(Ballot).where(Ballot.__table__.c.key == bindparam("ballot")))
_FORGET_SPENT = Prepared(delete(Spent).where(Spent.__table__.c.key_hash == bindparam("used")))
_BEGIN = Prepared(insert(Draft), values=("key", "audience_id", "language", "layout", "draw", "answers"))
_DROP = Prepared(delete(Draft).where(drafts.key == bindparam("draft")))


class WaveClosed(Conflict):
    """The survey no longer takes answers."""


class DraftGone(NotFound):
    """No draft under this key: never begun here, already sent, or cleared."""


@dataclass(frozen=True)
class LoadedDraft:
    """Answers so far, how their writer wants to be asked, and what chance chose for them."""

    key: bytes
    language: str
    layout: str
    answers: Answers
    draw: Draw = AS_WRITTEN


@dataclass(frozen=True)
class Standing:
    """Whether answers are taken now, and the draft this device holds, if any."""

    is_open: bool
    draft: LoadedDraft | None


@dataclass(frozen=True)
class Submission:
    """An answer document as it is stored: hashes that tell a repeat, and sealed ballots that nothing ties together."""

    key_hash: bytes
    body_hash: bytes
    answers: Mapping[str, Any]
    receipt: str
    ballots: list[dict[str, Any]]


@dataclass(frozen=True)
class Receipt:
    """Proof of a stored submission; the same key and answers always give the same code."""

    code: str
    is_new: bool


def start_draft(
    connection: Connection, audience: OpenAudience, *, language: str, layout: str = "pages", draw: Draw = AS_WRITTEN
) -> bytes:
    """Begin a draft with what chance chose and the way in says, and return its key, which only this device keeps."""
    _refuse_closed(connection, audience.id)
    given = audience.way.given if audience.way else {}
    key = secrets.token_bytes(KEY_BYTES)
    row = {"key": draft_row_key(key), "audience_id": audience.id, "language": language, "layout": layout}
    _BEGIN.run(connection, row | {"draw": draw.to_json() or None, "answers": sealed_draft(_compact(given), key)})
    return key


def standing(connection: Connection, audience: OpenAudience, key: bytes | None) -> Standing:
    """How things stand for the device that holds this key (None: it holds none); one statement."""
    row = _STANDING.first(connection, {"audience": audience.id, "key": draft_row_key(key) if key else b""})
    if row is None:
        raise NotFound("This survey is no longer there.")
    state, language, layout, draw, answers = row
    if key is None or answers is None:
        return Standing(state == "open", None)
    draft = LoadedDraft(key, language, layout, json.loads(opened_draft(answers, key)), Draw.from_json(draw or ""))
    return Standing(state == "open", draft)


def save_page(
    connection: Connection, audience: OpenAudience, key: bytes, change: Callable[[Answers, str, Draw], Answers]
) -> LoadedDraft:
    """Give the draft the answers that `change` makes of its answers, layout and draw, and return it.

    Raises WaveClosed, DraftGone, and what `change` raises.
    """
    row_key = draft_row_key(key)
    row = _DRAFT_TO_CHANGE.first(connection, {"audience": audience.id, "key": row_key})
    if row is None or row[0] != "open":
        _refuse_closed(connection, audience.id)
        raise DraftGone("These answers are no longer kept here.")
    _state, language, layout, drawn, before = row
    draw = Draw.from_json(drawn or "")
    answers = change(json.loads(opened_draft(before, key)), layout, draw)
    _CHANGE_ANSWERS.run(connection, {"draft": row_key, "answers_so_far": sealed_draft(_compact(answers), key)})
    return LoadedDraft(key, language, layout, answers, draw)


def change_draft(connection: Connection, key: bytes, *, language: str | None = None, layout: str | None = None) -> None:
    """Remember another language or layout for this draft."""
    changes = {name: value for name, value in (("language", language), ("layout", layout)) if value}
    if changes:
        connection.execute(update(Draft).where(Draft.key == draft_row_key(key)).values(**changes))


def submit(
    connection: Connection,
    audience: OpenAudience,
    *,
    answers: Mapping[str, Any],
    language: str,
    submission_key: str,
    attempt: str = "",
    draft_key: bytes | None = None,
    draw: Draw = AS_WRITTEN,
    hidden: frozenset[str] = frozenset(),
) -> Receipt:
    """Seal one checked answer document and store it: see `submission` and `store`."""
    sent = submission(audience, answers, language, submission_key, attempt=attempt, draw=draw, hidden=hidden)
    return store(connection, audience, sent, draft_key=draft_key)


def submission(
    audience: OpenAudience,
    answers: Mapping[str, Any],
    language: str,
    submission_key: str,
    *,
    attempt: str = "",
    draw: Draw = AS_WRITTEN,
    hidden: frozenset[str] = frozenset(),
) -> Submission:
    """Seal one checked answer document, before the writer's turn, so that nobody waits for it.

    answers   clean, as `surveys.answers.check_document` returns them
    attempt   which try this is, where a personal link gives all of them one submission key: a new one replaces the last
    draw      what chance chose for this respondent
    hidden    questions whose comments are kept from every view but the safeguarding lead's
    Raises WaveClosed when the survey's key is destroyed, as it is soon after the close.
    """
    if not audience.public_key:
        raise WaveClosed("This survey has closed. It takes no more answers.")
    receipt = receipt_code(submission_key)
    return Submission(
        key_hash=_digest(submission_key),
        body_hash=_sent(submission_key, attempt, _compact([language, answers])),
        answers=answers,
        receipt=receipt,
        ballots=_ballots(audience, answers, language, draw, hidden, receipt),
    )


def store(
    connection: Connection, audience: OpenAudience, sent: Submission, *, draft_key: bytes | None = None
) -> Receipt:
    """Put a sealed submission into the box, once for each submission key, and drop the draft it came from.

    Returns a Receipt; the same key with the same answers gives the same one and stores nothing.
    Raises Conflict when the key was used with other answers or those to replace are released, WaveClosed when the
    survey has closed, QuotaFull when enough people like this one have answered.
    """
    key_hash, body_hash, receipt = sent.key_hash, sent.body_hash, sent.receipt
    used = _USED.first(connection, {"used": key_hash})
    if used is not None and bytes(used[0]) == body_hash:
        return Receipt(receipt, is_new=False)
    if used is not None and (not audience.credential or bytes(used[0])[:HALF] == body_hash[:HALF]):
        raise Conflict("Different answers were already sent with this key. The first ones are kept.")
    _refuse_closed(connection, audience.id)
    if used is not None:
        if not take_back(connection, audience, receipt):
            raise Conflict("The answers sent before are counted already and cannot be replaced any more.")
        _SPEND_AGAIN.run(connection, {"used": key_hash, "sent": body_hash})
    else:
        if audience.questionnaire.quotas:
            count_towards_quotas(connection, audience, sent.answers)
        came_by = audience.way.id if audience.way else None
        spent = {"key_hash": key_hash, "body_hash": body_hash, "audience_id": audience.id, "way_id": came_by}
        _SPEND.run(connection, spent)
        if audience.strata.by_option:
            count_stratum(connection, audience.id, audience.strata, sent.answers)
    _CAST.run_all(connection, sent.ballots)
    if draft_key is not None:
        _DROP.run(connection, {"draft": draft_row_key(draft_key)})
    return Receipt(receipt, is_new=True)


def take_back(connection: Connection, audience: OpenAudience, receipt: str) -> bool:
    """Take the ballots of a receipt out of the box; False when they are not there: released, taken back, never sent.

    receipt  as `surveys.receipts.plain_receipt` writes it
    """
    if _LIES_THERE.first(connection, {"ballot": ballot_key(receipt, audience.id, 0)}) is None:
        return False
    for number in range(1 + 2 * len(audience.questionnaire.by_key)):
        _TAKE_OUT.run(connection, {"ballot": ballot_key(receipt, audience.id, number)})
    return True


def withdraw(connection: Connection, audience: OpenAudience, receipt: str) -> bool:
    """Take back what was sent; a personal link may then be used again. False when nothing is there any more.

    Raises WaveClosed: what is being counted is no longer taken out.
    """
    _refuse_closed(connection, audience.id)
    taken = take_back(connection, audience, receipt)
    if taken and audience.credential and receipt_code(audience.credential) == receipt:
        _FORGET_SPENT.run(connection, {"used": _digest(audience.credential)})
    return taken


def move_draft(connection: Connection, audience: OpenAudience, key: bytes, moved: bytes) -> None:
    """Keep the draft of one device key under another, sealed anew. Raises WaveClosed, DraftGone."""
    _refuse_closed(connection, audience.id)
    row = _DRAFT_TO_CHANGE.first(connection, {"audience": audience.id, "key": draft_row_key(key)})
    if row is None:
        raise DraftGone("These answers are no longer kept here.")
    _state, language, layout, draw, answers = row
    _DROP.run(connection, {"draft": draft_row_key(key)})
    kept = {"key": draft_row_key(moved), "audience_id": audience.id, "language": language, "layout": layout}
    sealed = sealed_draft(opened_draft(answers, key), moved)
    _BEGIN.run(connection, kept | {"draw": draw, "answers": sealed})


def forget_draft(connection: Connection, key: bytes) -> None:
    """Keep nothing of a draft."""
    _DROP.run(connection, {"draft": draft_row_key(key)})


def was_submitted(connection: Connection, submission_key: str) -> bool:
    """Whether this key has been used: then a repeated send is answered like the first."""
    return _USED.first(connection, {"used": _digest(submission_key)}) is not None


def _ballots(
    audience: OpenAudience,
    answers: Mapping[str, Any],
    language: str,
    draw: Draw,
    hidden: frozenset[str],
    receipt: str,
) -> list[dict[str, Any]]:
    """The answers as one ballot and each comment as one of its own, so that nothing ties them together."""
    coded, comments = split_comments(audience.questionnaire, answers)
    chance = {"draw": draw.to_json()} if draw != AS_WRITTEN else {}
    identity = audience.identity()
    kept = {"identity": identity.hex()} if identity else {}
    bodies: list[tuple[str, dict[str, Any]]] = [("answers", {"language": language, "answers": coded, **chance, **kept})]
    for question, text in comments:
        body: dict[str, Any] = {"language": language, "question": question, "text": text}
        bodies.append(("comment", body | {"hidden": True} if question in hidden else body))
    return [
        {
            "key": ballot_key(receipt, audience.id, number),
            "audience_id": audience.id,
            "kind": kind,
            "body": sealed_ballot(_compact(body).encode(), audience.public_key),
        }
        for number, (kind, body) in enumerate(bodies)
    ]


def _refuse_closed(connection: Connection, audience_id: UUID) -> None:
    row = _STATE.first(connection, {"audience": audience_id})
    if row is None or row[0] != "open":
        raise WaveClosed("This survey has closed. It takes no more answers.")


def _compact(value: object) -> str:
    return _ENCODER.encode(value)


def _sent(submission_key: str, attempt: str, body: str) -> bytes:
    """Which try it was and what came with it, 16 bytes each; only who has the submission's key can tell of either."""
    halves = (hmac.digest(submission_key.encode(), each.encode(), "sha256")[:HALF] for each in (attempt, body))
    return b"".join(halves)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
