"""A respondent without a browser: opens a link, fills in pages, goes on."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from stakeholder.db import Database
from stakeholder.key_folder import KeyFolder
from surveys.models import Audience, Ballot, Draft
from surveys.sealing import opened_ballot
from tests.makers import open_audience, school


def open_survey(app: Flask, name: str = "tiny", group: str = "student") -> str:
    """Open a wave of a test questionnaire; returns the token of its link."""
    with database_of(app).writing() as session:
        return open_audience(session, school(session), name, group=group).token


def database_of(app: Flask) -> Database:
    """The application's database."""
    found: Database = app.extensions["database"]
    return found


def stored(app: Flask, table: type[Ballot] | type[Draft]) -> int:
    """Rows in a table."""
    with database_of(app).reading() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def ballots(app: Flask) -> list[str]:
    """What lies in the ballot box."""
    with database_of(app).reading() as session:
        found = session.execute(
            select(Ballot.body, Audience.wave_id).join(Audience, Audience.id == Ballot.audience_id)
        ).all()
    keys: KeyFolder = app.extensions["installation"].survey_keys
    return sorted(opened_ballot(row.body, keys.private(str(row.wave_id))).decode() for row in found)


@dataclass
class Respondent:
    """Someone with the link; `page` is what they see now."""

    client: FlaskClient
    token: str
    page: TestResponse = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.client.get(f"/s/{self.token}")

    @property
    def words(self) -> str:
        """The page's text, without tags."""
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.page.text)))

    @property
    def path(self) -> str:
        """Where they are, below their link."""
        return self.page.request.path.removeprefix(f"/s/{self.token}")

    def begin(self, **fields: str) -> "Respondent":
        """Press Start."""
        return self._sent("/begin", {"language": "en", **fields})

    def go(self, path: str) -> "Respondent":
        """Open an address below the link."""
        self.page = self.client.get(f"/s/{self.token}{path}", follow_redirects=True)
        return self

    def save(self, wish: str = "next", **fields: Any) -> "Respondent":
        """Fill in the page and press a button."""
        return self._sent(self.path, {"token": self._hidden("token"), "go": wish, **fields})

    def send(self) -> "Respondent":
        """Press Send on the check page."""
        return self._sent("/send", {"token": self._hidden("token")})

    def _sent(self, path: str, fields: dict[str, Any]) -> "Respondent":
        self.page = self.client.post(f"/s/{self.token}{path}", data=MultiDict(fields), follow_redirects=True)
        return self

    def _hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page.text)
        return found[1] if found else ""
