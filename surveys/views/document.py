"""Answers as one document: the same checks and the same storing, for scripts that collect answers by themselves."""

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from stakeholder.errors import Conflict
from stakeholder.web.access import open_to_all
from stakeholder.web.database import write
from surveys.answers import check_document, doubts, missing
from surveys.responding import WaveClosed, submit
from surveys.screening import screened
from surveys.views.respondent_request import audience_of, screen

document = Blueprint("document", __name__)
SHORTEST_KEY, LONGEST_KEY = 16, 200


@document.put("/s/<token>/answers")
@open_to_all
def put_answers(token: str) -> ResponseReturnValue:
    """Store {"submission_key", "language", "answers"}: 201 when new, 200 when it was stored before.

    A stored document's "look_again" names answers that are odd, such as unusual numbers: they are kept as they are.
    409 when the key was used for other answers, 410 when the survey has closed, 422 with what is wrong by question.
    """
    audience = audience_of(token)
    sent = request.get_json(silent=True)
    wrong = _wrong_shape(sent)
    if wrong or not isinstance(sent, dict):
        return jsonify(problem=wrong), 422
    clean, problems = check_document(audience.questionnaire, sent["answers"])
    problems |= missing(audience.questionnaire, clean)
    if problems:
        return jsonify(problem="Some answers cannot be kept.", problems={k: str(p) for k, p in problems.items()}), 422
    language = sent.get("language") if sent.get("language") in audience.questionnaire.languages else "en"
    hidden = screened(screen(), audience, clean, language=str(language), key=f"{audience.id} {sent['submission_key']}")
    try:
        receipt = write(
            lambda connection: submit(
                connection,
                audience,
                answers=clean,
                language=str(language),
                submission_key=sent["submission_key"],
                hidden=hidden,
            )
        )
    except WaveClosed as problem:
        return jsonify(problem=str(problem)), 410
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
