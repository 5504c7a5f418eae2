"""Taking answers back with the receipt, until they are counted."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from stakeholder.web.access import open_to_all
from stakeholder.web.database import write
from stakeholder.web.limits import WRONG_SLIPS_PER_ADDRESS, limiter
from surveys.receipts import plain_receipt
from surveys.responding import WaveClosed, withdraw
from surveys.views.drawing import survey_page
from surveys.views.respondent_request import audience_of, speak

withdrawing = Blueprint("withdrawing", __name__, url_prefix="/s/<token>/take-back")


@withdrawing.get("")
@open_to_all
def page(token: str) -> ResponseReturnValue:
    """Ask for the receipt."""
    audience = audience_of(token)
    speak(audience, request.args.get("lang"))
    return survey_page("take_back", audience, done=False, problem="", typed="")


@withdrawing.post("")
@open_to_all
@limiter.limit(WRONG_SLIPS_PER_ADDRESS, deduct_when=lambda response: response.status_code in {404, 422})
def take_back(token: str) -> ResponseReturnValue:
    """Take them out of the box, or say why that cannot be done."""
    audience = audience_of(token)
    speak(audience, request.form.get("lang"))
    typed = request.form.get("receipt", "")[:40]
    receipt = plain_receipt(typed)
    if not receipt:
        return survey_page("take_back", audience, done=False, problem="wrong", typed=typed), 422
    try:
        taken = write(lambda connection: withdraw(connection, audience, receipt))
    except WaveClosed:
        return survey_page("take_back", audience, done=False, problem="closed", typed=""), 410
    if not taken:
        return survey_page("take_back", audience, done=False, problem="gone", typed=typed), 404
    return survey_page("take_back", audience, done=True, problem="", typed="")
