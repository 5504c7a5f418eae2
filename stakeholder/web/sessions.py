"""The session cookie: signed, small, and for signed-in people only the key of a visit that the database can end.

Whoever brings no cookie, as respondents do, costs no signature and gets none.
"""

from datetime import UTC, datetime
from uuid import UUID

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from stakeholder.db import Database
from stakeholder.visits import begin_visit

COOKIE = "__Host-session"
COOKIE_ON_LOOPBACK = "session"  # the demo has no https, which the other name demands


class Sessions(SecureCookieSessionInterface):
    """Signed cookies; a person put into the session begins a visit, and leaves the cookie."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of the cookie, or an empty one."""
        return (
            super().open_session(app, request) if self.get_cookie_name(app) in request.cookies else self.session_class()
        )

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie; `person` (and `school`) in the session become a new visit."""
        if "person" in session:
            person, school = session.pop("person"), session.pop("school", None)
            database: Database = app.extensions["database"]
            with database.writing() as writing:
                session["visit"] = begin_visit(
                    writing, UUID(person), UUID(school) if school else None, now=datetime.now(UTC)
                )
        super().save_session(app, session, response)
