"""Sealed names in the browser: a lead's key, the recovery key, wishes to open one, and opening it."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from analysis.concerns.identities import approve, ask_to_open, open_agreed, open_alone, rewrap_all, wishes
from stakeholder.errors import Conflict, Invalid, NotFound
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.identities.keeping import (
    forget_key,
    make_key,
    make_recovery,
    my_key,
    recovery_secret,
    standing,
    unlock,
)

identities = Blueprint("identities", __name__, url_prefix="/concerns")


@identities.get("/keys")
@requires(Permission.READ_CONCERNS)
def keys() -> str:
    """The lead's own key, the recovery key, and whether a confidential wave may open."""
    return _keys()


@identities.post("/keys")
@requires(Permission.READ_CONCERNS, freshly=True)
def change() -> ResponseReturnValue:
    """Make, prove, drop or replace keys."""
    form, viewer, now = request.form, current_viewer(), datetime.now(UTC)
    wish, passphrase = form.get("do", ""), form.get("passphrase", "")
    try:
        with transaction() as session:
            if wish == "make":
                if passphrase != form.get("again"):
                    raise Invalid(_("Write the same passphrase twice."))
                make_key(session, viewer, passphrase, now=now)
                flash(_("Your key is made. Without the passphrase nobody can use it: nobody can tell it to you again."))
            elif wish == "prove":
                unlock(session, viewer, passphrase, now=now)
                flash(_("Right. For the next 30 days we know that you know it."))
            elif wish == "drop":
                forget_key(session, viewer, now=now)
                flash(_("Your key is dropped. Make a new one, then let another lead seal the names anew."))
            elif wish == "rewrap":
                done = rewrap_all(session, viewer, unlock(session, viewer, passphrase, now=now), now=now)
                flash(ngettext("%(num)s name is sealed anew.", "%(num)s names are sealed anew.", done))
            elif wish == "recover":
                secret = recovery_secret(session, viewer, form.get("one", ""), form.get("two", ""))
                done = rewrap_all(session, viewer, secret, now=now)
                flash(ngettext("%(num)s name is sealed anew.", "%(num)s names are sealed anew.", done))
    except (Invalid, Conflict, NotFound) as problem:
        return _keys(str(problem)), 422
    return redirect(url_for(".keys"), 303)


@identities.post("/keys/recovery")
@requires(Permission.READ_CONCERNS, freshly=True)
def recovery() -> str:
    """Make the recovery key and show its three sheets, this once."""
    with transaction() as session:
        made = make_recovery(session, current_viewer(), now=datetime.now(UTC))
    return render_template("analysis/identities/recovery.html", sheets=made.sheets)


@identities.get("/openings")
@requires(Permission.APPROVE_OPENING)
def openings() -> str:
    """Wishes of others that wait for agreement."""
    with reading() as session:
        found = wishes(session, current_viewer(), now=datetime.now(UTC))
    return render_template("analysis/identities/openings.html", wishes=found)


@identities.post("/openings/<uuid:opening_id>")
@requires(Permission.APPROVE_OPENING, freshly=True)
def agree(opening_id: UUID) -> ResponseReturnValue:
    """Agree to one."""
    with transaction() as session:
        approve(session, current_viewer(), opening_id, now=datetime.now(UTC))
    flash(_("You agreed. The lead who asked can open this one name within a day."))
    return redirect(url_for(".openings"), 303)


@identities.post("/<uuid:concern_id>/identity")
@requires(Permission.READ_CONCERNS, freshly=True)
def identity(concern_id: UUID) -> ResponseReturnValue:
    """Ask for agreement, open what was agreed to, or open alone in immediate danger."""
    form, viewer, now = request.form, current_viewer(), datetime.now(UTC)
    wish, reason, passphrase = form.get("do", ""), form.get("reason", ""), form.get("passphrase", "")
    try:
        with transaction() as session:
            if wish == "ask":
                ask_to_open(session, viewer, concern_id, reason, now=now)
                flash(_("The other leads and the head are asked. When one of them agrees, you can open it here."))
                return redirect(url_for("concerns.one", concern_id=concern_id), 303)
            if wish == "alone":
                writer = open_alone(session, viewer, concern_id, passphrase, reason=reason, now=now)
            else:
                writer = open_agreed(session, viewer, concern_id, passphrase, now=now)
    except (Invalid, Conflict) as problem:
        return render_template("analysis/identities/writer.html", problem=str(problem), concern_id=concern_id), 422
    return render_template("analysis/identities/writer.html", writer=writer, concern_id=concern_id)


def _keys(problem: str | None = None) -> str:
    viewer = current_viewer()
    with reading() as session:
        mine, stands = my_key(session, viewer), standing(session, viewer.where, now=datetime.now(UTC))
        unlocked = mine.unlocked_at if mine else None
    return render_template("analysis/identities/keys.html", unlocked=unlocked, stands=stands, problem=problem)
