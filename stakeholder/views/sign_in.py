"""Signing in: a link by e-mail that works once, or a card; and the list of signed-in browsers."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.errors import NotFound
from stakeholder.installation import Installation
from stakeholder.signing_in import Admitted, LinkUsed, admit_by_card, admit_by_link, ask_for_link, is_usable, renew_link
from stakeholder.visits import end_other_visits, end_this_visit, end_visit, open_visits
from stakeholder.web.access import current_viewer, open_to_all, signed_in
from stakeholder.web.database import reading, transaction
from stakeholder.web.limits import SIGN_INS_PER_ACCOUNT, WRONG_CARDS_PER_ADDRESS, account_named, limiter, link_named
from stakeholder.web.paths import own_path

sign_in = Blueprint("sign_in", __name__)


@sign_in.get("/sign-in")
@open_to_all
def page() -> ResponseReturnValue:
    """Ask for the e-mail address."""
    return render_template(
        "stakeholder/sign_in/sign_in.html", mails=_installation().mail is not None, provider=_installation().provider
    )


@sign_in.post("/sign-in")
@open_to_all
@limiter.limit(SIGN_INS_PER_ACCOUNT, key_func=account_named)
def ask() -> ResponseReturnValue:
    """Mail a link when the address is one of ours; the answer is the same when it is not."""
    session["after"] = own_path(request.form.get("after"), "")
    with transaction() as writing:
        ask_for_link(writing, request.form.get("email", ""), now=datetime.now(UTC))
    return redirect(url_for(".sent"), 303)


@sign_in.get("/sign-in/sent")
@open_to_all
def sent() -> ResponseReturnValue:
    """Say what to do now."""
    return render_template("stakeholder/sign_in/sent.html")


@sign_in.get("/sign-in/<token>")
@open_to_all
def link(token: str) -> ResponseReturnValue:
    """A button: programs that look at mail follow addresses, so looking uses nothing up."""
    with reading() as looking:
        usable = is_usable(looking, token, now=datetime.now(UTC))
    return render_template("stakeholder/sign_in/link.html", token=token, usable=usable)


@sign_in.post("/sign-in/<token>")
@open_to_all
def use(token: str) -> ResponseReturnValue:
    """Use the link up and begin a visit; one that is over offers a new one."""
    try:
        with transaction() as writing:
            admitted = admit_by_link(writing, token, now=datetime.now(UTC))
    except LinkUsed:
        return render_template("stakeholder/sign_in/link.html", token=token, usable=False), 410
    return begin(admitted)


@sign_in.post("/sign-in/<token>/again")
@open_to_all
@limiter.limit(SIGN_INS_PER_ACCOUNT, key_func=link_named)
def again(token: str) -> ResponseReturnValue:
    """Mail a new link to whoever got the one that is over."""
    with transaction() as writing:
        renew_link(writing, token, now=datetime.now(UTC))
    return redirect(url_for(".sent"), 303)


@sign_in.get("/card")
@open_to_all
def card() -> ResponseReturnValue:
    """Ask for the code of a card."""
    return render_template("stakeholder/sign_in/card.html", wrong=False)


@sign_in.post("/card")
@open_to_all
@limiter.limit(WRONG_CARDS_PER_ADDRESS, deduct_when=lambda response: response.status_code >= 400)
def use_card() -> ResponseReturnValue:
    """Let in whoever holds a card for this sitting."""
    try:
        with transaction() as writing:
            admitted = admit_by_card(
                writing, request.form.get("code", ""), secret=_installation().secret(), now=datetime.now(UTC)
            )
    except (NotFound, LinkUsed):
        return render_template("stakeholder/sign_in/card.html", wrong=True), 422
    return begin(admitted)


@sign_in.post("/sign-out")
@open_to_all
def leave() -> ResponseReturnValue:
    """End this visit."""
    if key := session.get("visit"):
        with transaction() as writing:
            end_this_visit(writing, key)
    session.clear()
    return redirect(url_for("start.home"), 303)


@sign_in.get("/my-visits")
@signed_in
def visits() -> ResponseReturnValue:
    """Where the viewer is signed in."""
    with reading() as looking:
        found = open_visits(looking, current_viewer().who, session["visit"], now=datetime.now(UTC))
    return render_template("stakeholder/sign_in/visits.html", visits=found)


@sign_in.post("/my-visits/end")
@signed_in
def end() -> ResponseReturnValue:
    """End one visit, or all others."""
    with transaction() as writing:
        if one := request.form.get("visit"):
            end_visit(writing, current_viewer().who, _uuid(one))
        else:
            end_other_visits(writing, current_viewer().who, session["visit"])
    flash(_("Done. That browser has to sign in again."))
    return redirect(url_for(".visits"), 303)


def begin(admitted: Admitted) -> ResponseReturnValue:
    """A new visit in this browser, and on to the page that was asked for."""
    after = own_path(session.get("after"), url_for("start.landing"))
    session.clear()
    session["person"], session["school"] = str(admitted.person_id), str(admitted.school_id)
    return redirect(after, 303)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise NotFound("There is no such visit.") from problem


def _installation() -> Installation:
    found: Installation = current_app.extensions["installation"]
    return found
