"""A school's own themes: what comments without a theme have in common, deciding on it, and the versions so far."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from analysis.comments import own_themes, suggesting
from analysis.comments.own_themes import words_of
from analysis.views.comment_words import change_name, dimension_name, feeling
from stakeholder.errors import Invalid
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.framework import default_framework

themes = Blueprint("themes", __name__, url_prefix="/comments/themes")
Act = Callable[[Session], object]


@themes.get("")
@requires(Permission.READ_ALL_COMMENTS)
def page() -> str:
    """Groups that wait for a decision, the school's own themes, and their versions."""
    return _page()


@themes.post("/look")
@requires(Permission.READ_ALL_COMMENTS)
def look() -> ResponseReturnValue:
    """Have the comments without a theme grouped."""
    with transaction() as session:
        suggesting.ask_for_suggestions(session, current_viewer())
    flash(_("We are looking. It takes a minute or so; then open this page again."))
    return redirect(url_for(".page"), 303)


@themes.post("/suggested/<uuid:suggestion_id>")
@requires(Permission.READ_ALL_COMMENTS)
def decide(suggestion_id: UUID) -> ResponseReturnValue:
    """Accept, rename, merge, split or dismiss a group."""
    viewer, form = current_viewer(), request.form

    def accept(session: Session) -> None:
        suggesting.accept(
            session,
            viewer,
            suggestion_id,
            label=form.get("label", ""),
            words=words_of(form.get("words", "")),
            dimension=form.get("dimension") or None,
            now=datetime.now(UTC),
        )

    acts: dict[str, Act] = {
        "accept": accept,
        "rename": lambda session: suggesting.rename(session, viewer, suggestion_id, form.get("label", "")),
        "merge": lambda session: suggesting.merge(session, viewer, suggestion_id, _uuid(form.get("into", ""))),
        "split": lambda session: suggesting.split(session, viewer, suggestion_id),
        "dismiss": lambda session: suggesting.dismiss(session, viewer, suggestion_id),
    }
    said = {"accept": _("It is a theme now. All comments are being read again by it, old ones too.")}
    return _done(acts, said)


@themes.post("/own/<code>")
@requires(Permission.READ_ALL_COMMENTS)
def change(code: str) -> ResponseReturnValue:
    """Rename, merge or remove one of the school's own themes."""
    viewer, form, now = current_viewer(), request.form, datetime.now(UTC)
    acts: dict[str, Act] = {
        "rename": lambda session: own_themes.rename_theme(session, viewer, code, form.get("label", ""), now=now),
        "merge": lambda session: own_themes.merge_themes(session, viewer, code, form.get("into", ""), now=now),
        "remove": lambda session: own_themes.remove_theme(session, viewer, code, now=now),
    }
    return _done(acts, {})


def _done(acts: dict[str, Act], said: dict[str, str]) -> ResponseReturnValue:
    name = request.form.get("do", "")
    try:
        if name not in acts:
            raise Invalid(_("Choose one of the buttons on the page."))
        with transaction() as session:
            acts[name](session)
    except Invalid as problem:
        return _page(str(problem)), 422
    flash(said.get(name, _("Done.")))
    return redirect(url_for(".page"), 303)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise Invalid(_("Choose a group to put it into.")) from problem


def _page(problem: str | None = None) -> str:
    viewer = current_viewer()
    with reading() as session:
        return render_template(
            "analysis/comments/themes.html",
            problem=problem,
            offered=suggesting.suggestions(session, viewer),
            looking=suggesting.is_being_grouped(session, viewer),
            own=own_themes.own_themes(session, viewer),
            history=own_themes.history(session, viewer),
            dimensions=[("", dimension_name(None))]
            + [(each.key, str(each.name)) for each in default_framework().dimensions],
            dimension_name=dimension_name,
            change_name=change_name,
            feeling=feeling,
        )
