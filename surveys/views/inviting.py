"""Invitations in the browser: who is reached, write and look, send now or later, remind, note what came back."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from stakeholder.errors import Conflict, Invalid
from stakeholder.installation import Installation
from stakeholder.localised import LANGUAGE_NAMES
from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.inviting.inviting import (
    Progress,
    call_off,
    invited_audience,
    note_came_back,
    open_audiences,
    plan_mailing,
    progress_of,
)
from surveys.inviting.merging import merge_file
from surveys.inviting.words import Letter, checked, offered, preview
from surveys.published import questionnaire_of

inviting = Blueprint("inviting", __name__, url_prefix="/invitations")
KINDS = ("invitation", "reminder")


@inviting.get("")
@requires(Permission.MANAGE_PEOPLE)
def listing() -> str:
    """Every open survey, how many are invited, written to, and known to have opened."""
    with reading() as session:
        found = open_audiences(session, current_viewer())
        zone = session.get_one(School, current_viewer().where).time_zone
    live = any(mailing.state == "waiting" for each in found for mailing in each.mailings)
    return render_template("surveys/inviting/list.html", found=found, live=live, zone=ZoneInfo(zone), mail=_here().mail)


@inviting.get("/<uuid:audience_id>/<kind>")
@requires(Permission.MANAGE_PEOPLE)
def write(audience_id: UUID, kind: str) -> str:
    """The message in each language, with words to begin with."""
    return _form(audience_id, kind)


@inviting.post("/<uuid:audience_id>/<kind>")
@requires(Permission.MANAGE_PEOPLE, freshly=True)
def send(audience_id: UUID, kind: str) -> ResponseReturnValue:
    """Show the message as it will arrive, or plan it."""
    texts, look = _texts(), request.form.get("do") == "preview"
    try:
        if look:
            return _form(audience_id, kind, sample=_sample(audience_id, texts))
        if _here().mail is None:
            raise Invalid(_("This installation sends no e-mail. Download the links instead."))
        now = datetime.now(UTC)
        with transaction() as session:
            zone = ZoneInfo(session.get_one(School, current_viewer().where).time_zone)
            plan_mailing(
                session,
                current_viewer(),
                audience_id,
                kind=kind,
                texts=texts,
                send_at=_moment(request.form.get("day", ""), request.form.get("time", ""), zone) or now,
                now=now,
                keys=_here().survey_keys,
            )
    except (Invalid, Conflict) as problem:
        return _form(audience_id, kind, problem=str(problem)), 422
    flash(_("It is on its way. This page shows how far it is."))
    return redirect(url_for(".listing"), 303)


@inviting.post("/mailings/<uuid:mailing_id>/call-off")
@requires(Permission.MANAGE_PEOPLE)
def stop(mailing_id: UUID) -> ResponseReturnValue:
    """Send no more of it."""
    with transaction() as session:
        call_off(session, current_viewer(), mailing_id, now=datetime.now(UTC))
    flash(_("Called off. Nothing more of it is sent."))
    return redirect(url_for(".listing"), 303)


@inviting.post("/<uuid:audience_id>/came-back")
@requires(Permission.MANAGE_PEOPLE)
def came_back(audience_id: UUID) -> ResponseReturnValue:
    """Note addresses that do not work, so that nothing more is sent there."""
    try:
        with transaction() as session:
            addresses = request.form.get("addresses", "")
            noted = note_came_back(session, current_viewer(), audience_id, addresses, now=datetime.now(UTC))
        flash(ngettext("%(num)s address is noted.", "%(num)s addresses are noted.", noted))
    except Invalid as problem:
        flash(str(problem))
    return redirect(url_for(".listing"), 303)


@inviting.post("/<uuid:audience_id>/links.csv")
@requires(Permission.MANAGE_PEOPLE, freshly=True)
def links(audience_id: UUID) -> Response:
    """Everybody's own link, for text messages or letters."""
    here = _here()
    with transaction() as session:
        viewer, now = current_viewer(), datetime.now(UTC)
        text = merge_file(session, viewer, audience_id, keys=here.survey_keys, base_url=here.base_url, now=now)
    headers = {"Content-Disposition": 'attachment; filename="links.csv"'}
    return Response("\ufeff" + text, mimetype="text/csv", headers=headers)


def _form(audience_id: UUID, kind: str, *, problem: str | None = None, sample: Letter | None = None) -> str:
    kind = kind if kind in KINDS else KINDS[0]
    with reading() as session:
        found = progress_of(session, current_viewer(), audience_id)
        language = session.get_one(School, current_viewer().where).language
    chosen = request.form.getlist("languages") or [language if language in found.languages else "en"]
    words = {each: _words(kind, each) for each in found.languages}
    return render_template(
        "surveys/inviting/write.html",
        found=found,
        kind=kind,
        words=words,
        chosen=chosen,
        names=LANGUAGE_NAMES,
        problem=problem,
        sample=sample,
        reaches=_reaches(found, kind),
    )


def _reaches(found: Progress, kind: str) -> int:
    return found.not_yet if kind == "invitation" else found.would_remind


def _words(kind: str, language: str) -> tuple[str, str]:
    subject, text = offered(kind, language)
    return request.form.get(f"subject:{language}", subject), request.form.get(f"text:{language}", text)


def _texts() -> dict[str, tuple[str, str]]:
    return {
        language: (request.form.get(f"subject:{language}", ""), request.form.get(f"text:{language}", ""))
        for language in request.form.getlist("languages")
        if language in LANGUAGE_NAMES
    }


def _sample(audience_id: UUID, texts: dict[str, tuple[str, str]]) -> Letter:
    kept = checked(texts)
    with reading() as session:
        audience, _wave = invited_audience(session, current_viewer(), audience_id)
        title = questionnaire_of(session, audience.version_id).title
        school, mode = session.get_one(School, current_viewer().where).name, audience.mode
        titles = {each: title.in_(each) for each in kept}
    return preview(kept, school=school, surveys=titles, mode=mode, base_url=_here().base_url)


def _moment(day: str, time: str, zone: ZoneInfo) -> datetime | None:
    """The moment in the school's time zone, None when no day is given. Raises Invalid."""
    if not day.strip():
        return None
    try:
        return datetime.fromisoformat(f"{day.strip()}T{time.strip() or '09:00'}").replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise Invalid(_("Write the day like 2027-03-15 and the time like 09:00.")) from problem


def _here() -> Installation:
    found: Installation = current_app.extensions["installation"]
    return found
