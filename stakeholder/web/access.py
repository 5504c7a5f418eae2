"""Deny by default: who may use a route is declared beside it, or the application does not start."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Flask, abort, g, session
from sqlalchemy import select
from werkzeug.exceptions import Unauthorized

from stakeholder.models import Membership, Person
from stakeholder.roles import Permission, Role
from stakeholder.viewer import NOBODY, Viewer
from stakeholder.web.database import reading

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "declared_access"


def requires(permission: Permission) -> Callable[[View], View]:
    """Only viewers with this permission; others get 404, or the way to sign in when they are nobody yet."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            viewer = current_viewer()
            if viewer is NOBODY:
                raise Unauthorized
            if not viewer.may(permission):
                abort(404)
            return view(*args, **kwargs)

        setattr(guarded, _DECLARED, permission)
        return cast(View, guarded)

    return decorate


def open_to_all(view: View) -> View:
    """A route for everyone: start pages, respondents (whose secret is in the address), static files."""
    setattr(view, _DECLARED, "open")
    return view


def declared_access(view: Callable[..., Any]) -> object | None:
    """What a view declared: a Permission, "open", or None when it declared nothing."""
    return getattr(view, _DECLARED, None)


def refuse_undeclared(app: Flask) -> None:
    """Raise RuntimeError when a route has not declared who may use it."""
    silent = sorted(name for name, view in app.view_functions.items() if declared_access(view) is None)
    if silent:
        raise RuntimeError(f"These routes declare no permission: {', '.join(silent)}. Add @requires or @open_to_all.")


def current_viewer() -> Viewer:
    """The viewer of this request, loaded once."""
    if "viewer" not in g:
        g.viewer = _load_viewer(session.get("person"))
    return cast(Viewer, g.viewer)


def _load_viewer(person_id: str | None) -> Viewer:
    if person_id is None:
        return NOBODY
    with reading() as database_session:
        rows = database_session.execute(
            select(Person.id, Person.name, Membership.school_id, Membership.role)
            .join(Membership, Membership.person_id == Person.id)
            .where(Person.id == UUID(person_id))
        ).all()
    if not rows:
        return NOBODY
    school = rows[0].school_id
    roles = frozenset(Role(row.role) for row in rows if row.school_id == school)
    return Viewer(person_id=rows[0].id, school_id=school, name=rows[0].name, roles=roles)
