"""\"I want to talk to someone": a form of its own, by name, that looks like any other page of the survey."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from stakeholder.web.access import open_to_all
from stakeholder.web.limits import limiter
from surveys.screening import Talk
from surveys.views.drawing import survey_page
from surveys.views.respondent_request import audience_of, look, screen, speak

talk = Blueprint("talk", __name__, url_prefix="/s/<token>")
LONGEST_NAME, LONGEST_WORDS = 200, 4000
A_CLASSROOM = "120 per minute"


@talk.get("/talk")
@open_to_all
def page(token: str) -> ResponseReturnValue:
    """Ask for a name, where to find them, and words if they like."""
    here = look(token)
    speak(here.audience, request.args.get("lang") or (here.draft.language if here.draft else None))
    return survey_page("talk", here.audience, draft=here.draft, sent=False, missing=False, typed={})


@talk.post("/talk")
@open_to_all
@limiter.limit(A_CLASSROOM)
def send(token: str) -> ResponseReturnValue:
    """Pass it on to the safeguarding lead; also after the survey has closed."""
    audience = audience_of(token)
    language = speak(audience, request.form.get("lang"))
    name = " ".join(request.form.get("name", "").split())
    if not name:
        return survey_page("talk", audience, sent=False, missing=True, typed=request.form), 422
    screen().wants_to_talk(
        Talk(
            audience_id=audience.id,
            language=language,
            name=name[:LONGEST_NAME],
            place=" ".join(request.form.get("place", "").split())[:LONGEST_NAME],
            words=request.form.get("words", "").strip()[:LONGEST_WORDS],
        )
    )
    return redirect(url_for(".sent", token=token, lang=language), 303)


@talk.get("/talk/sent")
@open_to_all
def sent(token: str) -> ResponseReturnValue:
    """Say that someone will come, and who can help now."""
    audience = audience_of(token)
    speak(audience, request.args.get("lang"))
    return survey_page("talk", audience, sent=True, missing=False, typed={})
