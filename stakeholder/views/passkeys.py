"""Passkeys in the browser: make one, prove by one, list and remove. Pages work without it: an app's code does too."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from stakeholder.audit import Act, record
from stakeholder.errors import Invalid
from stakeholder.passkeys import (
    Site,
    add_passkey,
    list_factors,
    making_options,
    proof_options,
    prove_by_passkey,
    remove_factor,
    site_of,
)
from stakeholder.second_factor import has_factor
from stakeholder.viewer import Viewer
from stakeholder.visits import note_proof, proven_lately
from stakeholder.web.access import ProofNeeded, current_viewer, signed_in
from stakeholder.web.database import reading, transaction
from stakeholder.web.limits import limiter
from stakeholder.web.paths import own_path

passkeys = Blueprint("passkeys", __name__, url_prefix="/proof")
TRIES = "30 per 5 minutes"


def person_shown() -> str:
    """Whose tries are counted."""
    return str(current_viewer().person_id)


@passkeys.get("/checks")
@signed_in
def checks() -> str:
    """The viewer's second checks: add a passkey, remove one."""
    return _checks()


@passkeys.post("/passkey/options")
@signed_in
@limiter.limit(TRIES, key_func=person_shown)
def options() -> ResponseReturnValue:
    """What the browser needs, to make a passkey or to prove by one; the challenge stays in the visitor's cookie."""
    viewer, site = current_viewer(), _site()
    making = request.form.get("for") == "making"
    if making:
        _refuse_the_unproven(viewer)
    made = _options(viewer, site, making_options if making else proof_options)
    if made is None:
        raise Invalid(_("You have no passkey yet."))
    session["challenge"] = ("making" if making else "proof", made["challenge"])
    return jsonify(made)


@passkeys.post("/passkey")
@signed_in
@limiter.limit(TRIES, key_func=person_shown)
def add() -> ResponseReturnValue:
    """Remember the passkey that was made; a first second factor also brings recovery codes."""
    viewer, now, site = current_viewer(), datetime.now(UTC), _site()
    _refuse_the_unproven(viewer)
    try:
        with transaction() as writing:
            codes = add_passkey(
                writing,
                viewer.who,
                request.form.get("answer", ""),
                challenge=_challenge("making"),
                name=request.form.get("name", ""),
                site=site,
                secret=_secret(),
                now=now,
            )
            note_proof(writing, session.get("visit", ""), now=now)
            _record(writing, viewer, "second factor set up", now)
    except Invalid as problem:
        return _checks(str(problem)), 422
    if codes:
        return render_template("stakeholder/sign_in/recovery.html", codes=codes)
    flash(_("The passkey is added."))
    return redirect(url_for(".checks"), 303)


@passkeys.post("/passkey/use")
@signed_in
@limiter.limit(TRIES, key_func=person_shown)
def use() -> ResponseReturnValue:
    """Accept what a passkey has signed."""
    viewer, now = current_viewer(), datetime.now(UTC)
    try:
        with transaction() as writing:
            answer = request.form.get("answer", "")
            prove_by_passkey(writing, viewer.who, answer, challenge=_challenge("proof"), site=_site(), secret=_secret())
            note_proof(writing, session.get("visit", ""), now=now)
    except Invalid as problem:
        return render_template("stakeholder/sign_in/proof.html", wrong=str(problem)), 422
    return redirect(own_path(request.form.get("after"), url_for("start.landing")), 303)


@passkeys.post("/checks/<uuid:factor_id>/remove")
@signed_in
def remove(factor_id: UUID) -> ResponseReturnValue:
    """Remove one of the viewer's second checks; the last one stays."""
    viewer, now = current_viewer(), datetime.now(UTC)
    _refuse_the_unproven(viewer)
    try:
        with transaction() as writing:
            remove_factor(writing, viewer.who, factor_id)
            _record(writing, viewer, "second factor removed", now)
    except Invalid as problem:
        return _checks(str(problem)), 422
    flash(_("It is removed."))
    return redirect(url_for(".checks"), 303)


@passkeys.app_template_global()
def passkey_site() -> bool:
    """Whether browsers can make passkeys at this address."""
    return site_of(current_app.extensions["installation"].base_url) is not None


@passkeys.app_template_global()
def has_passkey() -> bool:
    """Whether the viewer can prove themselves by a passkey."""
    with reading() as looking:
        return any(each.kind == "passkey" for each in list_factors(looking, current_viewer().who))


def _checks(problem: str | None = None) -> str:
    with reading() as looking:
        found = list_factors(looking, current_viewer().who)
    return render_template("stakeholder/sign_in/checks.html", factors=found, problem=problem)


def _options(viewer: Viewer, site: Site, make: Callable[[Session, UUID, Site], Any]) -> Any:
    with reading() as looking:
        return make(looking, viewer.who, site)


def _challenge(purpose: str) -> str:
    """The challenge that was given out, used up by looking. Raises Invalid when there is none for this purpose."""
    kind, challenge = session.pop("challenge", ("", ""))
    if kind != purpose:
        raise Invalid(_("This took too long. Try again."))
    return str(challenge)


def _refuse_the_unproven(viewer: Viewer) -> None:
    """Whoever has a second factor must have used it, so that a stolen mailbox does not put in its own."""
    with reading() as looking:
        proven = proven_lately(looking, session.get("visit", ""), now=datetime.now(UTC))
        if has_factor(looking, viewer.who) and not proven:
            raise ProofNeeded


def _record(writing: Session, viewer: Viewer, what: str, now: datetime) -> None:
    record(writing, Act(what, f"person {viewer.who}", viewer.who, viewer.school_id), now=now)


def _site() -> Site:
    site = site_of(current_app.extensions["installation"].base_url)
    if site is None:
        raise Invalid(_("Passkeys need an address with a name, not a number. Use the authenticator app instead."))
    return site


def _secret() -> str:
    secret: str = current_app.extensions["installation"].secret()
    return secret
