"""Answering: start, pages, a look at all answers, sending, thanks. Everything works without JavaScript."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.web.access import open_to_all
from stakeholder.web.database import reading, write
from surveys.answers import check_document
from surveys.definition import Page
from surveys.rendering import questions_html
from surveys.respondent import COOKIE, cookie_value, form_token, is_form_token, key_from_cookie, submission_key
from surveys.responding import (
    DraftGone,
    LoadedDraft,
    OpenAudience,
    WaveClosed,
    change_draft,
    find_audience,
    load_draft,
    save_page,
    start_draft,
    submit,
    was_submitted,
)
from surveys.walking import ONE_AT_A_TIME, Posted, Walk, read_page

runner = Blueprint("runner", __name__, url_prefix="/s/<token>")
A_DAY = 24 * 3600
LAYOUTS = ("pages", ONE_AT_A_TIME)


class Tampered(Exception):
    """A form that did not come from one of our pages for this draft."""


@runner.get("")
@open_to_all
def begin_page(token: str) -> ResponseReturnValue:
    """What this is, in which language, who sees it; and the way on to where one left off."""
    audience = _audience(token)
    _speak(audience, request.args.get("lang"))
    if not audience.is_open:
        return _closed(audience)
    draft = _draft(audience)
    if draft is not None and "lang" not in request.args:
        _speak(audience, draft.language)
    return _page("start", audience, draft=draft)


@runner.post("/begin")
@open_to_all
def begin(token: str) -> ResponseReturnValue:
    """Begin an empty draft, or go on with the one this device holds."""
    audience = _audience(token)
    language = _speak(audience, request.form.get("language"))
    layout = ONE_AT_A_TIME if request.form.get("layout") == ONE_AT_A_TIME else LAYOUTS[0]
    draft = _draft(audience)
    if draft is not None and request.form.get("again") == "yes":
        write(lambda connection: change_draft(connection, draft.key, language=language, layout=layout))
        return _to_page(
            audience,
            Walk.of(audience.questionnaire, draft.answers, layout).first_unanswered(draft.answers),
            draft.answers,
            layout,
        )
    key = write(
        lambda connection: start_draft(connection, audience, language=language, layout=layout), subject="people"
    )
    response = make_response(_to_page(audience, 0, {}, layout))
    _remember(response, audience, key)
    return response


@runner.get("/p/<page_key>")
@open_to_all
def page(token: str, page_key: str) -> ResponseReturnValue:
    """One page of questions with the answers given so far."""
    audience = _audience(token)
    draft = _draft(audience)
    if not audience.is_open:
        return _closed(audience)
    if draft is None:
        return redirect(url_for(".begin_page", token=token))
    _speak(audience, draft.language)
    walk = Walk.of(audience.questionnaire, draft.answers, draft.layout)
    place = walk.at(page_key)
    if place is None:
        return redirect(_address(audience, walk, walk.first_unanswered(draft.answers)))
    return _questions(audience, draft, walk, place)


@runner.post("/p/<page_key>")
@open_to_all
def save(token: str, page_key: str) -> ResponseReturnValue:
    """Save a page and go where its button says; what is right is saved even when something else is wrong."""
    audience = _audience(token)
    draft, walk, place = _posted_place(audience, page_key)
    if draft is None or place is None:
        return _stale(audience, draft)
    here = walk.pages[place]
    posted = read_page(here, request.form)
    asked = [question.key for question in here.questions if question.key not in posted.problems]
    try:
        answers = write(lambda connection: save_page(connection, audience, draft.key, asked=asked, given=posted.given))
    except WaveClosed:
        return _closed(audience, typed=_texts(posted.typed))
    except DraftGone:
        return _stale(audience, None)
    if posted.problems:
        return _questions(audience, draft, walk, place, posted), 422
    return _onward(audience, draft, answers, here)


@runner.get("/check")
@open_to_all
def check(token: str) -> ResponseReturnValue:
    """All answers on one page, each with a way back to it."""
    audience = _audience(token)
    draft = _draft(audience)
    if not audience.is_open:
        return _closed(audience)
    if draft is None:
        return redirect(url_for(".begin_page", token=token))
    language = _speak(audience, draft.language)
    walk = Walk.of(audience.questionnaire, draft.answers, draft.layout)
    lines = [
        (
            question.prompt.in_(language),
            question.read(draft.answers[question.key], language) if question.key in draft.answers else "",
            f"{_address(audience, walk, place)}#{question.key}",
        )
        for place, each in enumerate(walk.pages)
        for question in each.questions
        if question.counts_as_question
    ]
    return _page(
        "check",
        audience,
        draft=draft,
        lines=lines,
        answered=sum(bool(words) for _q, words, _a in lines),
        back=_address(audience, walk, len(walk.pages) - 1),
    )


@runner.post("/send")
@open_to_all
def send(token: str) -> ResponseReturnValue:
    """Store the draft's answers, once however often the button is pressed, then say thanks."""
    audience = _audience(token)
    key = key_from_cookie(request.cookies.get(COOKIE))
    if key is None:
        return _stale(audience, None)
    if not is_form_token(_secret(), key, request.form.get("token")):
        raise Tampered
    sent_as = submission_key(_secret(), key)
    draft = _draft(audience)
    if draft is None:
        with reading() as session:
            done = was_submitted(session, sent_as)
        return _thanked(audience) if done else _stale(audience, None)
    _speak(audience, draft.language)
    clean, _problems = check_document(audience.questionnaire, draft.answers)
    try:
        write(
            lambda connection: submit(
                connection,
                audience,
                answers=clean,
                language=draft.language,
                submission_key=sent_as,
                draft_key=draft.key,
            )
        )
    except WaveClosed:
        return _closed(audience, typed=_texts(draft.answers))
    return _thanked(audience, draft.language)


@runner.get("/thanks")
@open_to_all
def thanks(token: str) -> ResponseReturnValue:
    """Thanks, what happens next, and where to find help."""
    audience = _audience(token)
    _speak(audience, request.args.get("lang"))
    return _page("thanks", audience)


@runner.get("/who")
@open_to_all
def who(token: str) -> ResponseReturnValue:
    """Who sees the answers, who does not, and whom to talk to."""
    audience = _audience(token)
    draft = _draft(audience)
    _speak(audience, request.args.get("lang") or (draft.language if draft else None))
    return _page("who", audience, draft=draft)


@runner.errorhandler(Tampered)
def tampered(_problem: Tampered) -> ResponseReturnValue:
    """The form is not one of ours for this draft: say so, and give the words back."""
    audience = _audience(str((request.view_args or {})["token"]))
    draft = _draft(audience)
    _speak(audience, draft.language if draft else None)
    return _page("stale", audience, draft=draft, typed=_texts(request.form.to_dict()), tampered=True), 400


def _audience(token: str) -> OpenAudience:
    if "audience" not in g:
        with reading() as session:
            g.audience = find_audience(session, token)
    found: OpenAudience = g.audience
    return found


def _draft(audience: OpenAudience) -> LoadedDraft | None:
    key = key_from_cookie(request.cookies.get(COOKIE))
    if key is None:
        return None
    with reading() as session:
        try:
            return load_draft(session, audience, key)
        except DraftGone:
            return None


def _speak(audience: OpenAudience, wished: str | None) -> str:
    """Set the page's language: the wish, else the browser's, else the questionnaire's first."""
    offered = audience.questionnaire.languages
    language = wished if wished in offered else request.accept_languages.best_match(offered) or offered[0]
    g.language = language
    return language


def _secret() -> str:
    return str(current_app.secret_key)


def _remember(response: Response, audience: OpenAudience, key: bytes) -> None:
    path = url_for(".begin_page", token=audience.token)
    response.set_cookie(
        COOKIE, cookie_value(key), max_age=3 * A_DAY, path=path, httponly=True, samesite="Lax", secure=request.is_secure
    )


def _posted_place(audience: OpenAudience, page_key: str) -> tuple[LoadedDraft | None, Walk, int | None]:
    """The draft, the walk and the place of a posted page. Raises Tampered."""
    draft = _draft(audience)
    if draft is None:
        _speak(audience, None)
        return None, Walk(()), None
    _speak(audience, draft.language)
    if not is_form_token(_secret(), draft.key, request.form.get("token")):
        raise Tampered
    walk = Walk.of(audience.questionnaire, draft.answers, draft.layout)
    return draft, walk, walk.at(page_key)


def _onward(audience: OpenAudience, draft: LoadedDraft, answers: Mapping[str, Any], here: Page) -> ResponseReturnValue:
    """Where the pressed button leads: on, back, to the check page, or the same page in another language or layout."""
    wish, _, detail = request.form.get("go", "next").partition(":")
    layout, language = draft.layout, draft.language
    if wish == "lang" and detail in audience.questionnaire.languages:
        language = detail
    if wish == "layout" and detail in LAYOUTS:
        layout = detail
    if (layout, language) != (draft.layout, draft.language):
        write(lambda connection: change_draft(connection, draft.key, language=language, layout=layout))
    walk = Walk.of(audience.questionnaire, answers, layout)
    place = walk.at(here.key)
    place = walk.place_of_question(here.questions[0].key) if place is None else place
    step = {"next": 1, "back": -1}.get(wish, 0)
    if place + step < 0:
        return redirect(url_for(".begin_page", token=audience.token))
    if wish == "check" or place + step >= len(walk.pages):
        return redirect(url_for(".check", token=audience.token), 303)
    return redirect(_address(audience, walk, place + step), 303)


def _address(audience: OpenAudience, walk: Walk, place: int) -> str:
    return url_for(".page", token=audience.token, page_key=walk.pages[place].key)


def _to_page(audience: OpenAudience, place: int, answers: Mapping[str, Any], layout: str) -> ResponseReturnValue:
    return redirect(_address(audience, Walk.of(audience.questionnaire, answers, layout), place), 303)


def _questions(audience: OpenAudience, draft: LoadedDraft, walk: Walk, place: int, posted: Posted | None = None) -> str:
    here = walk.pages[place]
    problems = posted.problems if posted else {}
    shown = {**draft.answers, **posted.typed} if posted else draft.answers
    messages = {
        key: _(problem.text, **problem.values) if problem.values else _(problem.text)
        for key, problem in problems.items()
    }
    first, last, total = walk.span(place)
    return _page(
        "page",
        audience,
        draft=draft,
        page=here,
        first=first,
        last=last,
        total=total,
        place=place,
        pages=len(walk.pages),
        messages=messages,
        questions=questions_html(audience.questionnaire, here, g.language, shown, problems, messages),
    )


def _page(name: str, audience: OpenAudience, *, draft: LoadedDraft | None = None, **more: Any) -> str:
    token = form_token(_secret(), draft.key) if draft else ""
    contacts = [
        contact for contact in audience.contacts if not contact.get("groups") or audience.group in contact["groups"]
    ]
    return render_template(
        f"surveys/{name}.html",
        audience=audience,
        questionnaire=audience.questionnaire,
        draft=draft,
        form_token=token,
        contacts=contacts,
        **more,
    )


def _thanked(audience: OpenAudience, language: str | None = None) -> ResponseReturnValue:
    spoken = language or _speak(audience, None)
    response = redirect(url_for(".thanks", token=audience.token, lang=spoken), 303)
    response.delete_cookie(COOKIE, path=url_for(".begin_page", token=audience.token))
    return response


def _closed(audience: OpenAudience, typed: Mapping[str, str] | None = None) -> ResponseReturnValue:
    if "language" not in g:
        _speak(audience, None)
    return _page("closed", audience, typed=typed or {}), 410


def _stale(audience: OpenAudience, draft: LoadedDraft | None) -> ResponseReturnValue:
    """The page posted is no longer part of this survey, or its draft is gone; the words come back."""
    return _page("stale", audience, draft=draft, typed=_texts(request.form.to_dict()), tampered=False), 409


def _texts(answers: Mapping[str, Any]) -> dict[str, str]:
    """What someone wrote in words, by question: worth giving back."""
    questions = _audience(str((request.view_args or {})["token"])).questionnaire.by_key
    return {
        key: value
        for key, value in answers.items()
        if isinstance(value, str) and value.strip() and key in questions and questions[key].is_comment
    }
