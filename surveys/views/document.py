"""Answers as one document: the same checks and the same storing, for scripts that collect answers by themselves."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from stakeholder.errors import Conflict
from stakeholder.web.access import open_to_all
from stakeholder.web.database import write
from surveys.answers import check_document, doubts, missing
from surveys.audiences import OpenAudience
from surveys.counting_quotas import QuotaFull
from surveys.cross_checks import failing_anywhere
from surveys.definition import Questionnaire
from surveys.ordering import Draw, fitting
from surveys.path import visible_pages
from surveys.responding import WaveClosed, store, submission
from surveys.screening import screened
from surveys.slips import is_slip, slip_submission_key
from surveys.views.respondent_request import audience_of, screen, secret

document = Blueprint("document", __name__)
SHORTEST_KEY, LONGEST_KEY = 16, 200


@document.put("/s/<token>/answers")
@open_to_all
def put_answers(token: str) -> ResponseReturnValue:
    """Store {"submission_key", "language", "answers"}: 201 when new, 200 when it was stored before.

    Where slips let people in, "slip" is the code of one; each stores once, whatever the submission key.

    Where chance decides what is asked, "order" and "arms" ({block: arm}) say what the script drew for this respondent.

    A stored document's "look_again" names answers that are odd, such as unusual numbers: they are kept as they are.
    409 when the key was used for other answers or a quota is full, 410 when the survey has closed, 422 with what is
    wrong by question.
    """
    audience = audience_of(token)
    if audience.needs_own_link:
        return jsonify(problem="Who wrote is kept here, so everybody answers by a link of their own."), 403
    sent = request.get_json(silent=True)
    wrong = _wrong_shape(sent) or _wrong_chance(audience.questionnaire, sent) or _wrong_slip(audience, sent)
    if wrong or not isinstance(sent, dict):
        return jsonify(problem=wrong), 422
    draw = Draw(sent.get("order"), sent.get("arms") or {})
    sent_as, given = _by_way(audience, sent)
    clean, problems = check_document(audience.questionnaire, {**given, **sent["answers"]}, draw)
    problems |= missing(audience.questionnaire, clean, draw)
    pages = visible_pages(audience.questionnaire, clean, draw=draw)
    for _place, across in failing_anywhere(audience.questionnaire, clean, pages):
        problems |= across
    if problems:
        return jsonify(problem="Some answers cannot be kept.", problems={k: str(p) for k, p in problems.items()}), 422
    language = sent.get("language") if sent.get("language") in audience.questionnaire.languages else "en"
    hidden = screened(screen(), audience, clean, language=str(language), key=f"{audience.id} {sent['submission_key']}")
    attempt = sent["submission_key"] if audience.credential else ""
    try:
        sealed = submission(audience, clean, str(language), sent_as, attempt=attempt, draw=draw, hidden=hidden)
        receipt = write(lambda connection: store(connection, audience, sealed))
    except WaveClosed as problem:
        return jsonify(problem=str(problem)), 410
    except QuotaFull as full:
        return jsonify(problem=str(full), quota=full.quota.key), 409
    except Conflict as problem:
        return jsonify(problem=str(problem)), 409
    odd = {key: str(problem) for key, problem in doubts(audience.questionnaire, clean).items()}
    return jsonify(receipt=receipt.code, **({"look_again": odd} if odd else {})), 201 if receipt.is_new else 200


def _wrong_shape(sent: Any) -> str:
    """What is wrong with the document as a whole, empty when nothing is."""
    if not isinstance(sent, dict) or not isinstance(sent.get("answers"), dict):
        return 'Send JSON like {"submission_key": "...", "language": "en", "answers": {...}}.'
    key = sent.get("submission_key")
    if not isinstance(key, str) or not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        return f"submission_key: expected {SHORTEST_KEY} to {LONGEST_KEY} characters that only this device knows."
    return ""


def _wrong_slip(audience: OpenAudience, sent: Any) -> str:
    """What is wrong with the slip that must come with the answers, empty when nothing is or none is needed."""
    way, slip = audience.way, sent.get("slip")
    if way is None or not way.slips or (isinstance(slip, str) and is_slip(secret(), way.id, slip, way.slips)):
        return ""
    return "slip: expected the code of one of the slips printed for this link."


def _by_way(audience: OpenAudience, sent: Any) -> tuple[str, Mapping[str, str]]:
    """The key under which it is stored, the slip's where one let it in, and what is answered beforehand."""
    way = audience.way
    if way and way.slips:
        return slip_submission_key(secret(), way.id, sent["slip"]), way.given
    return audience.credential or sent["submission_key"], way.given if way else {}


def _wrong_chance(questionnaire: Questionnaire, sent: Any) -> str:
    """What is wrong with what chance chose for the respondent, empty when nothing is."""
    order, arms = sent.get("order"), sent.get("arms") or {}
    if (
        isinstance(arms, dict)
        and (order is None or type(order) is int)
        and all(isinstance(arm, str) for arm in arms.values())
        and fitting(questionnaire, Draw(order, arms))
    ):
        return ""
    expected = {block.key: [arm.key for arm in block.arms] for block in questionnaire.blocks}
    return f"order: expected none or 0 to {max(questionnaire.orders - 1, 0)}; arms: expected one of each of {expected}."
