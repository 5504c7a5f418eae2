"""Going on with a draft on another device: the code and four words are shown here and typed there."""

import secrets

from flask import Blueprint, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from stakeholder.web.access import open_to_all
from stakeholder.web.database import glancing, write
from stakeholder.web.limits import WRONG_SLIPS_PER_ADDRESS, limiter
from surveys.audiences import OpenAudience
from surveys.phrases import LONGEST, new_phrase, phrase_key
from surveys.respondent import COOKIE, is_form_token, key_from_cookie, slip_from_cookie
from surveys.responding import DraftGone, WaveClosed, move_draft, standing
from surveys.slips import is_slip, plain_code
from surveys.views.drawing import page_address, survey_page
from surveys.views.remembering import remember
from surveys.views.respondent_request import Here, look, secret, speak
from surveys.walking import Walk

elsewhere = Blueprint("elsewhere", __name__, url_prefix="/s/<token>")


@elsewhere.get("/elsewhere")
@open_to_all
def page(token: str) -> ResponseReturnValue:
    """What this is for, and the button that shows the words."""
    here = look(token)
    if not here.is_open or here.draft is None:
        return redirect(url_for("runner.begin_page", token=token))
    speak(here.audience, here.draft.language)
    return survey_page("elsewhere", here.audience, draft=here.draft, back=_place(here))


@elsewhere.post("/elsewhere")
@open_to_all
def show(token: str) -> ResponseReturnValue:
    """Move the draft to a key made of a new code and new words, and show them once; earlier ones end."""
    here, key = look(token), key_from_cookie(request.cookies.get(COOKIE))
    if key is None or here.draft is None or not is_form_token(secret(), key, request.form.get("token")):
        return redirect(url_for(".page", token=token), 303)
    language = speak(here.audience, here.draft.language)
    code, words = new_phrase(language, secrets.randbelow)
    moved = phrase_key(here.audience.id, code, words)
    if moved is None:
        raise ValueError("a list of words holds something else")
    try:
        write(lambda connection: move_draft(connection, here.audience, key, moved))
    except (WaveClosed, DraftGone):
        return redirect(url_for("runner.begin_page", token=token), 303)
    shown = {"code": code, "words": words, "address": url_for("runner.begin_page", token=token, _external=True)}
    response = make_response(survey_page("elsewhere", here.audience, draft=here.draft, back=_place(here), **shown))
    remember(response, here.audience, moved, slip_from_cookie(request.cookies.get(COOKIE)))
    return response


@elsewhere.get("/go-on")
@open_to_all
def ask(token: str) -> ResponseReturnValue:
    """Ask for the code and the words."""
    here = look(token)
    speak(here.audience, request.args.get("lang"))
    if not here.is_open:
        return redirect(url_for("runner.begin_page", token=token))
    return survey_page("go_on", here.audience, typed={}, problem="")


@elsewhere.post("/go-on")
@open_to_all
@limiter.limit(WRONG_SLIPS_PER_ADDRESS, deduct_when=lambda response: response.status_code == 422)
def go_on(token: str) -> ResponseReturnValue:
    """Hold the draft on this device too, and go to where it stopped."""
    audience = look(token).audience
    speak(audience, request.form.get("language"))
    typed = {name: request.form.get(name, "")[:LONGEST] for name in ("code", "words", "slip")}
    if (slip := _slip(audience, typed["slip"])) is None:
        return survey_page("go_on", audience, typed=typed, problem="slip"), 422
    key = phrase_key(audience.id, typed["code"], typed["words"])
    with glancing() as connection:
        draft = standing(connection, audience, key).draft if key else None
    if key is None or draft is None:
        return survey_page("go_on", audience, typed=typed, problem="wrong"), 422
    walk = Walk.of(audience.questionnaire, draft.answers, draft.layout, draft.draw)
    response = make_response(redirect(page_address(audience, walk, walk.first_unanswered(draft.answers)), 303))
    remember(response, audience, key, slip)
    return response


def _slip(audience: OpenAudience, typed: str) -> str | None:
    """The slip in plain letters; empty where none is needed, None where it is not right."""
    way = audience.way
    if way is None or not way.slips:
        return ""
    return plain_code(typed) if is_slip(secret(), way.id, typed, way.slips) else None


def _place(here: Here) -> str:
    """Address of the page to go back to."""
    if here.draft is None:
        return url_for("runner.begin_page", token=here.audience.token)
    walk = Walk.of(here.audience.questionnaire, here.draft.answers, here.draft.layout, here.draft.draw)
    return page_address(here.audience, walk, walk.first_unanswered(here.draft.answers))
