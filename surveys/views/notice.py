"""The privacy notice: for respondents below their survey, and for staff before they open one."""

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from stakeholder.localised import DEFAULT_LANGUAGE, LANGUAGE_NAMES
from stakeholder.web.access import current_viewer, open_to_all, signed_in
from stakeholder.web.database import reading
from surveys.notice import BANDS, notice_for, notice_of
from surveys.views.drawing import survey_page
from surveys.views.respondent_request import audience_of, speak
from surveys.waves import MODES

notice = Blueprint("notice", __name__)


@notice.get("/s/<token>/notice")
@open_to_all
def of_survey(token: str) -> ResponseReturnValue:
    """What happens to the answers to this survey, in full."""
    audience = audience_of(token)
    speak(audience, request.args.get("lang"))
    with reading() as session:
        found = notice_of(session, audience.id, style=audience.questionnaire.style)
    return survey_page("notice", audience, notice=found)


@notice.get("/privacy/<band>")
@signed_in
def preview(band: str) -> ResponseReturnValue:
    """The same as respondents will read it: for a band of age, a mode and a language."""
    mode, language = request.args.get("mode", MODES[0]), request.args.get("lang", DEFAULT_LANGUAGE)
    if band not in BANDS or mode not in MODES or language not in LANGUAGE_NAMES:
        abort(404)
    g.language = language
    with reading() as session:
        found = notice_for(session, current_viewer().where, band=band, mode=mode)
    return render_template("surveys/waves/notice_preview.html", notice=found, audience=found, bands=BANDS, modes=MODES)
