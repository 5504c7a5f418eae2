"""Deny by default: who may use a route is declared beside it, or the application does not start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from flask import Flask, abort, current_app, g, session
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import Unauthorized

from stakeholder.models import Membership, Person
from stakeholder.people import held_now
from stakeholder.roles import POWERFUL, Permission, Role
from stakeholder.signing_in_models import Visit
from stakeholder.viewer import NOBODY, Viewer
from stakeholder.visits import FRESH, NOTE_EVERY, is_live, key_hash, note_seen
from stakeholder.web.database import WALL, reading, transaction
from stakeholder.web.programs import brings_a_key, viewer_of_key

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED = "declared_access"


class ProofNeeded(Unauthorized):
    """The viewer would be let in after the second factor."""


def requires(permission: Permission, *, freshly: bool = False) -> Callable[[View], View]:
    """Only viewers with this permission; others get 404, or the way to sign in when they are nobody yet.

    freshly  who has a powerful role must have used the second factor within the last ten minutes
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            admit(current_viewer(), permission, freshly=freshly)
            return view(*args, **kwargs)

        setattr(guarded, _DECLARED, permission)
        return cast(View, guarded)

    return decorate


def requires_key(permission: Permission) -> Callable[[View], View]:
    """Only programs with a key that allows this: routes that change something without a form and its token."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            admit(current_viewer(), permission, freshly=False)
            if current_viewer().key_id is None:
                raise Unauthorized
            return view(*args, **kwargs)

        setattr(guarded, _DECLARED, permission)
        return cast(View, guarded)

    return decorate


def admit(viewer: Viewer, permission: Permission, *, freshly: bool) -> None:
    """Let the viewer pass, from now on to their school alone.

    Raises Unauthorized (sign in), ProofNeeded (second factor), or 404.
    """
    if viewer is NOBODY:
        raise Unauthorized
    if not viewer.may(permission):
        if viewer.might(permission):
            raise ProofNeeded
        abort(404)
    if freshly and not viewer.is_fresh:
        raise ProofNeeded
    setattr(g, WALL, viewer.school_id)


def signed_in(view: View) -> View:
    """A route for everyone who is signed in, whatever they are."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if current_viewer() is NOBODY:
            raise Unauthorized
        setattr(g, WALL, current_viewer().school_id)
        return view(*args, **kwargs)

    setattr(guarded, _DECLARED, "signed in")
    return cast(View, guarded)


def open_to_all(view: View) -> View:
    """A route for everyone: start pages, respondents (whose secret is in the address), static files."""
    setattr(view, _DECLARED, "open")
    return view


def declared_access(view: Callable[..., Any]) -> object | None:
    """What a view declared: a Permission, "open", "signed in", or None when it declared nothing."""
    return getattr(view, _DECLARED, None)


def refuse_undeclared(app: Flask) -> None:
    """Raise RuntimeError when a route has not declared who may use it."""
    silent = sorted(name for name, view in app.view_functions.items() if declared_access(view) is None)
    if silent:
        raise RuntimeError(f"These routes declare no permission: {', '.join(silent)}. Add @requires or @open_to_all.")


def current_viewer() -> Viewer:
    """The viewer of this request, loaded once."""
    if "viewer" not in g:
        g.viewer = _load_viewer()
    return cast(Viewer, g.viewer)


@dataclass(frozen=True)
class _SignedIn:
    """What the database knows of a visit; `roles` holds (school, role)."""

    person_id: UUID
    name: str
    school_id: UUID | None
    begun_at: datetime
    seen_at: datetime
    proven_at: datetime | None
    roles: tuple[tuple[UUID, Role], ...]


def _load_viewer() -> Viewer:
    if brings_a_key():
        return viewer_of_key()
    key = session.get("visit")
    if key is None:
        return NOBODY
    now = datetime.now(UTC)
    with reading() as database_session:
        found = _signed_in(database_session, key, now)
    if found is None or not is_live(found.begun_at, found.seen_at, now):
        return NOBODY
    if now - found.seen_at > NOTE_EVERY:
        with transaction() as database_session:
            note_seen(database_session, key, now=now)
    return _viewer(found, now)


def _signed_in(database_session: Session, key: str, now: datetime) -> _SignedIn | None:
    rows = database_session.execute(
        select(
            Person.id,
            Person.name,
            Visit.school_id.label("visited"),
            Visit.begun_at,
            Visit.seen_at,
            Visit.proven_at,
            Membership.school_id,
            Membership.role,
        )
        .join(Visit, Visit.person_id == Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Visit.key_hash == key_hash(key), held_now(now.date()))
        .order_by(Membership.school_id)
    ).all()
    if not rows:
        return None
    first, roles = rows[0], tuple((row.school_id, Role(row.role)) for row in rows)
    return _SignedIn(first.id, first.name, first.visited, first.begun_at, first.seen_at, first.proven_at, roles)


def _viewer(found: _SignedIn, now: datetime) -> Viewer:
    """The person at the school of the visit, else at their first; powerful roles wait for the second factor."""
    schools = {school for school, _ in found.roles}
    school = found.school_id if found.school_id in schools else found.roles[0][0]
    roles = frozenset(role for where, role in found.roles if where == school)
    proven_at, demo = found.proven_at, current_app.extensions["installation"].demo
    waiting = frozenset() if demo or proven_at else roles & POWERFUL
    return Viewer(
        person_id=found.person_id,
        school_id=school,
        name=found.name,
        roles=roles - waiting,
        unproven=waiting,
        is_fresh=demo or not (roles & POWERFUL) or (proven_at is not None and now - proven_at < FRESH),
    )
