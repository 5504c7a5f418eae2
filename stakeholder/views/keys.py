"""The page of keys for other programs: make one, see it once, end it."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.api_keys.keeping import (
    LONGEST_DAYS,
    LONGEST_NAME,
    USUAL_DAYS,
    end_key,
    list_keys,
    make_key,
    scopes_to_give,
)
from stakeholder.errors import Invalid
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

keys = Blueprint("keys", __name__, url_prefix="/keys")


@keys.get("")
@requires(Permission.MAKE_KEYS)
def page() -> str:
    """Keys that count, and the form for another."""
    return _page()


@keys.post("")
@requires(Permission.MAKE_KEYS, freshly=True)
def make() -> ResponseReturnValue:
    """Make a key and show it, once."""
    form = request.form
    try:
        with transaction() as session:
            made = make_key(
                session,
                current_viewer(),
                name=form.get("name", ""),
                scopes=form.getlist("for"),
                days=_days(form.get("days", "")),
                now=datetime.now(UTC),
            )
    except Invalid as problem:
        return _page(str(problem)), 422
    address = f"{current_app.extensions['installation'].base_url}/api/v1/openapi.json"
    return render_template("stakeholder/key_made.html", name=form["name"], made=made, address=address)


@keys.post("/<uuid:key_id>/end")
@requires(Permission.MAKE_KEYS, freshly=True)
def end(key_id: UUID) -> ResponseReturnValue:
    """End a key at once."""
    with transaction() as session:
        end_key(session, current_viewer(), key_id, now=datetime.now(UTC))
    flash(_("The key opens nothing any more."))
    return redirect(url_for(".page"), 303)


def _page(problem: str | None = None) -> str:
    viewer = current_viewer()
    with reading() as session:
        found = list_keys(session, viewer, today=datetime.now(UTC).date())
    return render_template(
        "stakeholder/keys.html",
        keys=found,
        offered=scopes_to_give(viewer),
        usual=USUAL_DAYS,
        longest=LONGEST_DAYS,
        longest_name=LONGEST_NAME,
        problem=problem,
    )


def _days(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
