"""One place that turns refusals and failures into pages that say what to do."""

import logging

from flask import Flask, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError, Unauthorized

from stakeholder.errors import Conflict, Invalid, NotAllowed, NotFound, StakeholderError
from stakeholder.web.access import ProofNeeded
from stakeholder.web.programs import is_for_programs, key_wanted, refusal

log = logging.getLogger(__name__)
STATUS: dict[type[StakeholderError], int] = {NotFound: 404, NotAllowed: 404, Conflict: 409, Invalid: 422}


def show_errors_as_pages(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(StakeholderError, _refusal)
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(Exception, _failure)


def error_page(status: int, title: str, text: str) -> ResponseReturnValue:
    """A plain page, or for programs a document: what happened, and what to do now."""
    if is_for_programs():
        return refusal(status, title, text)
    return render_template("layout/error.html", title=title, text=text, status=status), status


def _refusal(problem: StakeholderError) -> ResponseReturnValue:
    status = next((code for kind, code in STATUS.items() if isinstance(problem, kind)), 422)
    titles = {
        404: _("We cannot find that"),
        409: _("That does not fit what is stored"),
        422: _("Something needs changing"),
    }
    return error_page(status, titles[status], str(problem) if status != 404 else _not_found_text())


def _http_problem(problem: HTTPException) -> ResponseReturnValue:
    if isinstance(problem, SecurityError):  # another host's name: no page of ours can be built for it
        return Response("This server is known by another name.\n", 400, content_type="text/plain; charset=utf-8")
    if isinstance(problem, Unauthorized):
        if is_for_programs():
            return key_wanted(problem)
        return redirect(way_in(problem))
    status = problem.code or 500
    texts = {
        400: (_("The form was not complete"), _("Go back, load the page again, and send it once more.")),
        404: (_("We cannot find that"), _not_found_text()),
        405: (_("That does not work here"), _("Go back and use the buttons on the page.")),
        413: (
            _("That is too much at once"),
            _("Press Back: what you wrote is still in your browser. Then send less text, or a smaller file."),
        ),
        429: (_("Too many tries"), _("Wait a minute, then go back and try once more.")),
    }
    title, text = texts.get(status, (_("That did not work"), _("Go back and try again.")))
    return error_page(status, title, text)


def way_in(problem: Unauthorized) -> str:
    """Where to sign in, or to use the second factor, and the page to come back to."""
    installation = current_app.extensions["installation"]
    if installation.demo:
        return url_for("start.home")
    here = request.full_path.rstrip("?") if request.method == "GET" and request.path != "/" else None
    return url_for("proof.page" if isinstance(problem, ProofNeeded) else "sign_in.page", after=here)


def _busy(_problem: OperationalError) -> ResponseReturnValue:
    log.warning("database_busy method=%s", request.method)
    page = error_page(
        503,
        _("We are busy for a moment"),
        _("Wait a few seconds, then press Back and send the page again. What you wrote is still in your browser."),
    )
    answer = make_response(page)
    answer.headers["Retry-After"] = "5"
    return answer


def _unstorable(_problem: DataError) -> ResponseReturnValue:
    """What the database cannot hold, such as a text with a null character on PostgreSQL: the sender's to mend."""
    return error_page(400, _("The form was not complete"), _("Go back, load the page again, and send it once more."))


def _failure(problem: Exception) -> ResponseReturnValue:
    log.error("server_error kind=%s method=%s", type(problem).__name__, request.method, exc_info=problem)
    return error_page(
        500, _("Something went wrong here"), _("It is our mistake, not yours. Please try again in a minute.")
    )


def _not_found_text() -> str:
    return _("Check the address, or ask the person who gave it to you.")
