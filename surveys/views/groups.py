"""The groups of people that a school asks: what they are called, and adding another."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.errors import Conflict, Invalid
from stakeholder.groups import LONGEST_NAME, add_group, groups_of, name_group
from stakeholder.localised import LANGUAGE_NAMES
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

groups = Blueprint("groups", __name__, url_prefix="/groups")


@groups.get("")
@requires(Permission.OPEN_WAVES)
def page() -> str:
    """All groups with their names, and the form for one more."""
    return _page()


@groups.post("")
@requires(Permission.OPEN_WAVES)
def save() -> ResponseReturnValue:
    """Add a group, or call one something else."""
    key = request.form.get("key", "")
    names = {language: request.form.get(f"name_{language}", "") for language in LANGUAGE_NAMES}
    try:
        with transaction() as session:
            if key:
                name_group(session, current_viewer(), key, names, now=datetime.now(UTC))
            else:
                add_group(session, current_viewer(), names, now=datetime.now(UTC))
    except (Conflict, Invalid) as problem:
        return _page(str(problem), at=key or "new"), 409 if isinstance(problem, Conflict) else 422
    flash(_("Saved."))
    return redirect(url_for(".page"), 303)


def _page(problem: str | None = None, at: str = "") -> str:
    with reading() as session:
        found = groups_of(session, current_viewer())
    return render_template(
        "stakeholder/groups.html", groups=found, languages=LANGUAGE_NAMES, longest=LONGEST_NAME, problem=problem, at=at
    )
