"""The interface for programs: who comes with a key, and refusals as documents instead of pages."""

from datetime import UTC, datetime

from flask import Response, jsonify, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from stakeholder.api_keys.keeping import is_noted, note_used, viewer_with
from stakeholder.viewer import NOBODY, Viewer
from stakeholder.web.database import reading, transaction

INTERFACE = "/api/"
PROBLEM = "application/problem+json"


def is_for_programs() -> bool:
    """Whether this request is one to the interface for programs."""
    return request.path.startswith(INTERFACE)


def brings_a_key() -> bool:
    """Whether the request carries a key, right or wrong; pages know no keys."""
    return is_for_programs() and "Authorization" in request.headers


def viewer_of_key() -> Viewer:
    """Whose key the request carries; nobody's when it is none that counts. Its day of use is noted once a day."""
    given, now = request.authorization, datetime.now(UTC)
    if given is None or given.type != "bearer" or not given.token:
        return NOBODY
    with reading() as session:
        found = viewer_with(session, given.token, now=now)
        noted = found is None or is_noted(session, found, today=now.date())
    if found is not None and not noted:
        with transaction() as session:
            note_used(session, found, today=now.date())
    return found or NOBODY


def refusal(status: int, title: str, text: str) -> Response:
    """A refusal that programs can read (RFC 9457)."""
    answer = jsonify(status=status, title=title, detail=text)
    answer.status_code, answer.content_type = status, PROBLEM
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def key_wanted(_problem: HTTPException) -> Response:
    """The answer to a program that nobody knows."""
    return refusal(401, _("Who is asking?"), _("Send a key that counts: Authorization: Bearer svk_..."))
