"""The request's way to the database: looking, changing, and respondents' group-committed `write`."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar, cast

from flask import current_app, g
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from stakeholder.db import Database
from stakeholder.writing import Subject, Writer

T = TypeVar("T")
WALL = "school_wall"
"""Name in `g` of the school to which the transactions of a signed-in request are narrowed."""


def database() -> Database:
    """The application's database."""
    return cast(Database, current_app.extensions["database"])


def transaction() -> AbstractContextManager[Session]:
    """A writing transaction, visible in the view that changes something."""
    return database().writing(g.get(WALL))


def reading() -> AbstractContextManager[Session]:
    """A session for looking only."""
    return database().reading(g.get(WALL))


def glancing() -> AbstractContextManager[Connection]:
    """A connection for one statement: respondents' reading."""
    return database().glancing()


def write(work: Callable[[Connection], T], *, subject: Subject = "ballots") -> T:
    """Respondents' writing, grouped; returns after the commit."""
    return cast(Writer, current_app.extensions["writer"]).write(work, subject=subject)
