"""Answering: start, pages, a look at all answers, sending, thanks. Everything works without JavaScript."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, g, make_response, request, url_for
from flask.typing import ResponseReturnValue

from stakeholder.web.access import open_to_all
from stakeholder.web.database import glancing, write
from stakeholder.web.limits import WRONG_SLIPS_PER_ADDRESS, limiter
from surveys.answers import check_document, missing
from surveys.audiences import OpenAudience, Way
from surveys.counting_quotas import QuotaFull, full_quota
from surveys.cross_checks import failing_anywhere
from surveys.definition import Page
from surveys.flow import Quota
from surveys.ordering import drawn
from surveys.path import answered_path
from surveys.question_types import AnswerProblem
from surveys.receipts import receipt_code
from surveys.respondent import COOKIE, is_form_token, key_from_cookie, slip_from_cookie, submission_key
from surveys.responding import (
    DraftGone,
    LoadedDraft,
    WaveClosed,
    change_draft,
    forget_draft,
    save_page,
    start_draft,
    store,
    submission,
    was_submitted,
)
from surveys.screening import screened
from surveys.slips import is_slip, plain_code, slip_submission_key
from surveys.views.drawing import (
    address,
    check_page,
    given_back,
    page_address,
    questions_page,
    survey_page,
    thanks_page,
)
from surveys.views.remembering import RECEIPT, remember
from surveys.views.respondent_request import OPENED, Tampered, audience_of, look, screen, secret, speak
from surveys.walking import ONE_AT_A_TIME, Mending, PageGone, PostedPage, Walk

runner = Blueprint("runner", __name__, url_prefix="/s/<token>")
RECEIPT_SECONDS = 600
LAYOUTS = ("pages", ONE_AT_A_TIME)


@runner.get("")
@open_to_all
def begin_page(token: str) -> ResponseReturnValue:
    """What this is, in which language, who sees it; and the way on to where one left off."""
    here = look(token)
    speak(here.audience, request.args.get("lang"))
    if not here.is_open:
        return _closed(here.audience)
    if here.audience.needs_own_link:
        return survey_page("own_link", here.audience), 403
    if here.draft is not None and "lang" not in request.args:
        speak(here.audience, here.draft.language)
    if here.audience.way and here.audience.way.slips:
        return survey_page("start", here.audience, draft=here.draft, slip=request.args.get("slip", "")[:12])
    return survey_page("start", here.audience, draft=here.draft)


@runner.post("/begin")
@open_to_all
def begin(token: str) -> ResponseReturnValue:
    """Begin an empty draft, or go on with the one this device holds."""
    here = look(token)
    audience, draft = here.audience, here.draft
    language = speak(audience, request.form.get("language"))
    if not here.is_open:
        return _closed(audience)
    if audience.needs_own_link:
        return survey_page("own_link", audience), 403
    slip = plain_code(request.form.get("slip", "")) or slip_from_cookie(request.cookies.get(COOKIE))
    if audience.way and audience.way.slips and (refused := _refused_slip(audience, audience.way, slip)) is not None:
        return refused
    if audience.credential:
        current_app.extensions[OPENED].note(audience.id, token, lambda work: write(work, subject="people"))
    layout = ONE_AT_A_TIME if request.form.get("layout") == ONE_AT_A_TIME else LAYOUTS[0]
    if draft is not None and request.form.get("again") == "yes":
        write(lambda connection: change_draft(connection, draft.key, language=language, layout=layout))
        walk = Walk.of(audience.questionnaire, draft.answers, layout, draft.draw)
        return _on_to(page_address(audience, walk, walk.first_unanswered(draft.answers)))
    draw = drawn(audience.questionnaire, secrets.randbelow)
    key = write(
        lambda connection: start_draft(connection, audience, language=language, layout=layout, draw=draw),
        subject="people",
    )
    walk = Walk.of(audience.questionnaire, audience.way.given if audience.way else {}, layout, draw)
    response = _on_to(page_address(audience, walk, 0))
    remember(response, audience, key, slip)
    return response


@runner.get("/p/<page_key>")
@open_to_all
def page(token: str, page_key: str) -> ResponseReturnValue:
    """One page of questions with the answers given so far."""
    here = look(token)
    audience, draft = here.audience, here.draft
    if not here.is_open:
        return _closed(audience)
    if draft is None:
        return _on_to(address(here.audience, "begin_page"), 302)
    speak(audience, draft.language)
    walk = Walk.of(audience.questionnaire, draft.answers, draft.layout, draft.draw)
    place = walk.at(page_key)
    if place is None:
        return _on_to(page_address(audience, walk, walk.first_unanswered(draft.answers)), 302)
    return questions_page(audience, draft, walk, place)


@runner.post("/p/<page_key>")
@open_to_all
def save(token: str, page_key: str) -> ResponseReturnValue:
    """Save a page and go where its button says; what is right is saved even when something else is wrong."""
    audience, key = audience_of(token), key_from_cookie(request.cookies.get(COOKIE))
    if key is None:
        return _stale(audience)
    if not is_form_token(secret(), key, request.form.get("token")):
        raise Tampered
    sent = PostedPage(audience.questionnaire, page_key, request.form)
    try:
        draft = write(lambda connection: save_page(connection, audience, key, sent.change))
    except WaveClosed:
        return _closed(audience, typed=given_back(audience, request.form.to_dict()))
    except (DraftGone, PageGone):
        return _stale(audience)
    speak(audience, draft.language)
    if audience.questionnaire.quotas and (full := _full(audience, draft)):
        return _enough(audience, draft, full)
    forward = request.form.get("go", "next") in {"next", "check"}
    mending = sent.posted.mending(forward=forward)
    if mending is not None:
        again = questions_page(audience, draft, sent.walk, sent.place, typed=sent.posted.typed, mending=mending)
        return again, 200 if mending.sure else 422
    return _onward(audience, draft, sent.page)


@runner.get("/check")
@open_to_all
def check(token: str) -> ResponseReturnValue:
    """All answers on one page, each with a way back to it."""
    here = look(token)
    if not here.is_open:
        return _closed(here.audience)
    if here.draft is None:
        return _on_to(address(here.audience, "begin_page"), 302)
    speak(here.audience, here.draft.language)
    walk = Walk.of(here.audience.questionnaire, here.draft.answers, here.draft.layout, here.draft.draw)
    return check_page(here.audience, here.draft, walk)


@runner.post("/check")
@open_to_all
def check_in(token: str) -> ResponseReturnValue:
    """The same page in another language, which the draft remembers; its answers stay as they are."""
    here, key = look(token), key_from_cookie(request.cookies.get(COOKIE))
    if not here.is_open:
        return _closed(here.audience)
    draft = here.draft
    if key is None or draft is None:
        return _stale(here.audience)
    if not is_form_token(secret(), key, request.form.get("token")):
        raise Tampered
    wish, _, language = request.form.get("go", "").partition(":")
    if wish == "lang" and language in here.audience.questionnaire.languages:
        write(lambda connection: change_draft(connection, draft.key, language=language))
    return _on_to(address(here.audience, "check"))


@runner.post("/send")
@open_to_all
def send(token: str) -> ResponseReturnValue:
    """Store the draft's answers, once however often the button is pressed, then say thanks."""
    here = look(token)
    audience, draft = here.audience, here.draft
    key = key_from_cookie(request.cookies.get(COOKIE))
    if key is None:
        return _stale(audience)
    if not is_form_token(secret(), key, request.form.get("token")):
        raise Tampered
    sent_as = _sent_as(audience, key, slip_from_cookie(request.cookies.get(COOKIE)))
    if draft is None:
        with glancing() as connection:
            done = was_submitted(connection, sent_as)
        return _thanked(audience, sent_as) if done else _stale(audience)
    speak(audience, draft.language)
    clean, _problems = check_document(audience.questionnaire, draft.answers, draft.draw)
    walk = Walk.of(audience.questionnaire, draft.answers, draft.layout, draft.draw)
    unready = _unready(audience, draft, walk, clean)
    if unready is not None:
        place, problems = unready
        return questions_page(audience, draft, walk, place, mending=Mending(problems)), 422
    attempt = submission_key(secret(), key)
    hidden = screened(screen(), audience, clean, language=draft.language, key=attempt)
    replaces = attempt if audience.credential else ""
    try:
        sealed = submission(audience, clean, draft.language, sent_as, attempt=replaces, draw=draft.draw, hidden=hidden)
        write(lambda connection: store(connection, audience, sealed, draft_key=draft.key))
    except QuotaFull as full:
        return _enough(audience, draft, full.quota)
    except WaveClosed:
        return _closed(audience, typed=given_back(audience, draft.answers))
    return _thanked(audience, sent_as, draft.language)


@runner.get("/thanks")
@open_to_all
def thanks(token: str) -> ResponseReturnValue:
    """Thanks, what happens next, and where to find help."""
    audience = audience_of(token)
    speak(audience, request.args.get("lang"))
    return thanks_page(audience, request.cookies.get(RECEIPT, ""))


@runner.get("/who")
@open_to_all
def who(token: str) -> ResponseReturnValue:
    """Who sees the answers, who does not, and whom to talk to."""
    here = look(token)
    speak(here.audience, request.args.get("lang") or (here.draft.language if here.draft else None))
    return survey_page("who", here.audience, draft=here.draft)


@runner.errorhandler(Tampered)
def tampered(_problem: Tampered) -> ResponseReturnValue:
    """The form is not one of ours for this draft: say so, and give the words back."""
    here = look(str((request.view_args or {})["token"]))
    speak(here.audience, here.draft.language if here.draft else None)
    typed = given_back(here.audience, request.form.to_dict())
    return survey_page("stale", here.audience, draft=here.draft, typed=typed, tampered=True), 400


def _onward(audience: OpenAudience, draft: LoadedDraft, here: Page) -> ResponseReturnValue:
    """Where the pressed button leads: on, back, to the check page, or the same page in another language or layout."""
    wish, _, detail = request.form.get("go", "next").partition(":")
    layout, language = draft.layout, draft.language
    if wish == "lang" and detail in audience.questionnaire.languages:
        language = detail
    if wish == "layout" and detail in LAYOUTS:
        layout = detail
    if (layout, language) != (draft.layout, draft.language):
        write(lambda connection: change_draft(connection, draft.key, language=language, layout=layout))
    walk = Walk.of(audience.questionnaire, draft.answers, layout, draft.draw)
    place = walk.at(here.key)
    place = walk.place_of_question(here.questions[0].key) if place is None else place
    step = {"next": 1, "back": -1}.get(wish, 0)
    if place + step < 0:
        return _on_to(address(audience, "begin_page"), 302)
    if wish == "elsewhere":
        return _on_to(url_for("elsewhere.page", token=audience.token))
    if wish == "check" or place + step >= len(walk.pages):
        return _on_to(address(audience, "check"))
    return _on_to(page_address(audience, walk, place + step))


def _unready(
    audience: OpenAudience, draft: LoadedDraft, walk: Walk, clean: Mapping[str, Any]
) -> tuple[int, Mapping[str, AnswerProblem]] | None:
    """The first page that must be looked at again before sending, and why; None when all is well."""
    needed = missing(audience.questionnaire, clean, draft.draw)
    if needed:
        place = walk.place_of_question(next(iter(needed)))
        here = {question.key for question in walk.pages[place].questions}
        return place, {key: problem for key, problem in needed.items() if key in here}
    return next(failing_anywhere(audience.questionnaire, clean, walk.pages), None)


def _full(audience: OpenAudience, draft: LoadedDraft) -> Quota | None:
    """A quota that has no room for the draft's writer, None when there is room."""
    counted = answered_path(audience.questionnaire, draft.answers, draft.draw)
    with glancing() as connection:
        return full_quota(connection, audience, counted)


def _enough(audience: OpenAudience, draft: LoadedDraft, quota: Quota) -> ResponseReturnValue:
    """Enough people like this one have answered: say so, and keep nothing."""
    write(lambda connection: forget_draft(connection, draft.key))
    message = quota.message.in_(draft.language) if quota.message else ""
    response = make_response(survey_page("enough", audience, message=message), 410)
    response.delete_cookie(COOKIE, path=address(audience, "begin_page"))
    return response


def _thanked(audience: OpenAudience, sent_as: str, language: str | None = None) -> ResponseReturnValue:
    """On to the thanks, which show the receipt for ten minutes; on this device the answers are gone."""
    spoken, path = language or speak(audience, None), address(audience, "begin_page")
    response = _on_to(address(audience, "thanks", lang=spoken))
    response.delete_cookie(COOKIE, path=path)
    response.set_cookie(
        RECEIPT,
        receipt_code(sent_as),
        max_age=RECEIPT_SECONDS,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return response


def _closed(audience: OpenAudience, typed: Mapping[str, str] | None = None) -> ResponseReturnValue:
    if "language" not in g:
        speak(audience, None)
    return survey_page("closed", audience, typed=typed or {}), 410


def _stale(audience: OpenAudience) -> ResponseReturnValue:
    """The page posted is no longer part of this survey, or its draft is gone; the words come back."""
    draft = look(audience.token).draft
    speak(audience, draft.language if draft else None)
    typed = given_back(audience, request.form.to_dict())
    return survey_page("stale", audience, draft=draft, typed=typed, tampered=False), 409


def _sent_as(audience: OpenAudience, key: bytes, slip: str) -> str:
    """The key under which answers are sent: of the slip where slips let people in, else of the draft."""
    if audience.credential:
        return audience.credential
    if audience.way and audience.way.slips:
        if not is_slip(secret(), audience.way.id, slip, audience.way.slips):
            raise Tampered
        return slip_submission_key(secret(), audience.way.id, slip)
    return submission_key(secret(), key)


@limiter.limit(WRONG_SLIPS_PER_ADDRESS, deduct_when=lambda response: response.status_code == 422)
def _refused_slip(audience: OpenAudience, way: Way, slip: str) -> ResponseReturnValue | None:
    """The start page again where the slip that is needed is none, or was used; None when all is well."""
    if not is_slip(secret(), way.id, slip, way.slips):
        return survey_page("start", audience, slip=slip, slip_problem="wrong"), 422
    with glancing() as connection:
        used = was_submitted(connection, slip_submission_key(secret(), way.id, slip))
    return (survey_page("start", audience, slip="", slip_problem="used"), 409) if used else None


def _on_to(where: str, status: int = 303) -> Response:
    """Sends the browser there; nobody reads the words that a redirect may carry."""
    return Response(status=status, headers={"Location": where})
