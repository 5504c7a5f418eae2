"""The safeguarding lead's pages: what waits, one concern with its words, and the daily look."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from analysis.concerns.identities import is_agreed
from analysis.concerns.looking import duty, note_look, unreleased_comments
from analysis.concerns.queue import (
    OUTCOMES,
    add_note,
    close_concern,
    hand_over,
    list_concerns,
    move_to_own_record,
    open_concern,
)
from stakeholder.errors import Conflict, Invalid, NotFound
from stakeholder.people import list_people
from stakeholder.roles import Permission, Role
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction

concerns = Blueprint("concerns", __name__)
Work = Callable[[Session, datetime], None]


@concerns.get("/concerns")
@requires(Permission.READ_CONCERNS)
def queue() -> str:
    """Everything that waits and everything that was done."""
    viewer, now = current_viewer(), datetime.now(UTC)
    with reading() as session:
        found = list_concerns(session, viewer, now=now)
        stands = duty(session, viewer.where, today=now.date())
    return render_template("analysis/concerns.html", concerns=found, duty=stands, category=category_name)


@concerns.get("/concerns/<uuid:concern_id>")
@requires(Permission.READ_CONCERNS)
def one(concern_id: UUID) -> str:
    """A concern without its words: a page that was only looked up is not yet read."""
    return _page(concern_id)


@concerns.post("/concerns/<uuid:concern_id>/read")
@requires(Permission.READ_CONCERNS)
def read(concern_id: UUID) -> ResponseReturnValue:
    """Open the words: that somebody has read them is noted."""
    return _opened(concern_id)


@concerns.post("/concerns/<uuid:concern_id>/note")
@requires(Permission.READ_CONCERNS)
def note(concern_id: UUID) -> ResponseReturnValue:
    """Write down what was done."""
    text = request.form.get("note", "")
    return _done(
        concern_id, lambda session, now: add_note(session, current_viewer(), concern_id, text, now=now), _("Noted.")
    )


@concerns.post("/concerns/<uuid:concern_id>/hand-over")
@requires(Permission.READ_CONCERNS)
def give(concern_id: UUID) -> ResponseReturnValue:
    """Give it to another lead."""
    to = _uuid(request.form.get("to", ""))
    return _done(
        concern_id,
        lambda session, now: hand_over(session, current_viewer(), concern_id, to, now=now),
        _("Handed over."),
    )


@concerns.post("/concerns/<uuid:concern_id>/close")
@requires(Permission.READ_CONCERNS)
def close(concern_id: UUID) -> ResponseReturnValue:
    """Say what came of it."""
    outcome, text = request.form.get("outcome", ""), request.form.get("note", "")
    return _done(
        concern_id,
        lambda session, now: close_concern(session, current_viewer(), concern_id, outcome=outcome, note=text, now=now),
        _("The case is closed."),
    )


@concerns.post("/concerns/<uuid:concern_id>/move")
@requires(Permission.READ_CONCERNS, freshly=True)
def move(concern_id: UUID) -> ResponseReturnValue:
    """Forget the words here, once they stand in the school's own record."""
    with transaction() as session:
        move_to_own_record(session, current_viewer(), concern_id, now=datetime.now(UTC))
    flash(_("The words are deleted here. That the case existed, and what came of it, stays."))
    return redirect(url_for(".queue"), 303)


@concerns.post("/concerns/today")
@requires(Permission.READ_CONCERNS)
def today() -> str:
    """Everything not released yet, shuffled; opened by a button, because each look is recorded."""
    keys = current_app.extensions["installation"].survey_keys
    with transaction() as session:
        found = unreleased_comments(session, current_viewer(), keys=keys, now=datetime.now(UTC))
    return render_template("analysis/today.html", comments=found)


@concerns.post("/concerns/today/done")
@requires(Permission.READ_CONCERNS)
def looked() -> ResponseReturnValue:
    """A person has looked."""
    with transaction() as session:
        note_look(session, current_viewer(), now=datetime.now(UTC))
    flash(_("Thank you. Today is done."))
    return redirect(url_for(".queue"), 303)


def category_name(category: str) -> str:
    """A category of concern in words."""
    names = {
        "self_harm_suicide": _("Self-harm or suicide"),
        "abuse_at_home": _("Harm at home"),
        "neglect": _("Neglect"),
        "sexual_harm": _("Sexual harm"),
        "child_on_child": _("Bullying or harm between pupils"),
        "exploitation_radicalisation": _("Exploitation, weapons, drugs or extremism"),
        "staff_allegation": _("An adult at school"),
        "eating_substance": _("Eating, alcohol or drugs"),
        "discrimination": _("Discrimination"),
        "hate_speech": _("Hateful words"),
    }
    return names.get(category, category.replace("_", " ").capitalize())


def _page(concern_id: UUID) -> str:
    viewer, now = current_viewer(), datetime.now(UTC)
    with reading() as session:
        entry = next((each for each in list_concerns(session, viewer, now=now) if each.id == concern_id), None)
    if entry is None:
        raise NotFound("There is no such concern.")
    return render_template("analysis/concern_cover.html", entry=entry, category=category_name)


def _opened(concern_id: UUID, problem: str | None = None) -> str:
    viewer, now = current_viewer(), datetime.now(UTC)
    with transaction() as session:
        found = open_concern(session, viewer, concern_id, now=now)
        agreed = found.is_sealed and is_agreed(session, viewer, concern_id, now=now)
        leads = {
            each.person_id: each.name
            for each in list_people(session, viewer, today=now.date())
            if each.role == Role.SAFEGUARDING_LEAD and each.person_id != viewer.person_id
        }
    return render_template(
        "analysis/concern.html",
        concern=found,
        leads=leads,
        outcomes=OUTCOMES,
        category=category_name,
        problem=problem,
        agreed=agreed,
    )


def _done(concern_id: UUID, work: Work, words: str) -> ResponseReturnValue:
    """Do it and show the concern again; what is wrong stands above the forms, with what was typed."""
    try:
        with transaction() as session:
            work(session, datetime.now(UTC))
    except (Invalid, Conflict) as problem:
        return _opened(concern_id, problem=str(problem)), 422
    flash(words)
    return _opened(concern_id)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
