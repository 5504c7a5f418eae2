"""The second factor: use it, set it up, and see its recovery codes once."""

from datetime import UTC, datetime

import segno
from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from stakeholder.audit import Act, record
from stakeholder.errors import Invalid, NotFound
from stakeholder.second_factor import add_app, app_address, has_factor, new_app_secret, prove, recovery_codes_left
from stakeholder.viewer import Viewer
from stakeholder.visits import note_proof
from stakeholder.web.access import current_viewer, signed_in
from stakeholder.web.database import reading, transaction
from stakeholder.web.limits import limiter
from stakeholder.web.paths import own_path

proof = Blueprint("proof", __name__)
TRIES = "10 per 5 minutes"


def person_shown() -> str:
    """Whose tries are counted: the person's, so that trying from many addresses gains nothing."""
    return str(current_viewer().person_id)


@proof.get("/proof")
@signed_in
def page() -> ResponseReturnValue:
    """Ask for the code, or lead to setting up."""
    with reading() as looking:
        if not has_factor(looking, current_viewer().who):
            return redirect(url_for(".set_up", after=request.args.get("after")))
    return render_template("stakeholder/sign_in/proof.html", wrong=None)


@proof.post("/proof")
@signed_in
@limiter.limit(TRIES, key_func=person_shown, deduct_when=lambda response: response.status_code >= 400)
def check() -> ResponseReturnValue:
    """Accept a code once."""
    viewer, now = current_viewer(), datetime.now(UTC)
    try:
        with transaction() as writing:
            prove(writing, viewer.who, request.form.get("code", ""), secret=_secret(), now=now)
            note_proof(writing, session["visit"], now=now)
    except Invalid as problem:
        return render_template("stakeholder/sign_in/proof.html", wrong=str(problem)), 422
    return redirect(own_path(request.form.get("after"), url_for("start.landing")), 303)


@proof.get("/proof/set-up")
@signed_in
def set_up() -> ResponseReturnValue:
    """Show a new secret as a QR code and as letters."""
    viewer = current_viewer()
    _refuse_a_second(viewer)
    shared = session.setdefault("app", new_app_secret())
    return _set_up_page(viewer, shared, wrong=None)


@proof.post("/proof/set-up")
@signed_in
@limiter.limit(TRIES, key_func=person_shown, deduct_when=lambda response: response.status_code >= 400)
def confirm() -> ResponseReturnValue:
    """Remember the app once it has shown a right code, and show the recovery codes."""
    viewer, now, shared = current_viewer(), datetime.now(UTC), session.get("app")
    _refuse_a_second(viewer)
    if shared is None:
        return redirect(url_for(".set_up"), 303)
    try:
        with transaction() as writing:
            codes = add_app(
                writing, viewer.who, shared, request.form.get("code", "").strip(), secret=_secret(), now=now
            )
            note_proof(writing, session["visit"], now=now)
            record(
                writing,
                Act("second factor set up", f"person {viewer.who}", viewer.who, viewer.where),
                now=now,
            )
    except Invalid as problem:
        return _set_up_page(viewer, shared, wrong=str(problem)), 422
    session.pop("app")
    return render_template("stakeholder/sign_in/recovery.html", codes=codes)


@proof.app_template_global()
def codes_left() -> int | None:
    """Unused recovery codes of the viewer; None for someone without a second factor."""
    person_id = current_viewer().person_id
    if person_id is None:
        return None
    with reading() as looking:
        return recovery_codes_left(looking, person_id) if has_factor(looking, person_id) else None


def _set_up_page(viewer: Viewer, shared: str, wrong: str | None) -> str:
    picture = segno.make(app_address(shared, viewer.name), error="m").svg_data_uri(scale=5, border=2)
    groups = " ".join(shared[at : at + 4] for at in range(0, len(shared), 4))
    return render_template("stakeholder/sign_in/set_up_proof.html", picture=picture, letters=groups, wrong=wrong)


def _refuse_a_second(viewer: Viewer) -> None:
    """Whoever has one must use it before changing it, so that a stolen mailbox does not put in its own."""
    with reading() as looking:
        if has_factor(looking, viewer.who):
            raise NotFound("There is a second factor already.")


def _secret() -> str:
    secret: str = current_app.extensions["installation"].secret()
    return secret
