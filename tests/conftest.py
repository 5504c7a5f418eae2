"""Fixtures that every test may use: a fresh database of each kind, the application, samples of real input."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import URL

from config import Settings
from stakeholder.db import Database
from tests.databases import fresh_sqlite
from tests.reuse import empty_postgresql

KINDS = ("sqlite", "postgresql")

hypothesis.settings.register_profile("usual", deadline=None, database=None)
hypothesis.settings.register_profile("deep", deadline=None, database=None, max_examples=5_000)
hypothesis.settings.load_profile(os.environ.get("STAKEHOLDER_TEST_DEPTH", "usual"))


@pytest.fixture(params=KINDS)
def database_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """Address of a migrated, empty database; the test runs once on each kind."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            yield fresh_sqlite(tmp_path / "stakeholder.sqlite")
        else:
            yield stack.enter_context(empty_postgresql())


@pytest.fixture
def database(database_address: URL) -> Iterator[Database]:
    """A migrated, empty database; the test runs once on each kind."""
    opened = Database(database_address.render_as_string(hide_password=False))
    yield opened
    opened.dispose()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation of its own on SQLite, outside demo mode."""
    address = fresh_sqlite(tmp_path / "stakeholder.sqlite")
    return Settings(data_dir=tmp_path, database_url=str(address), secret_key="for tests only")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The whole application on that installation."""
    from wsgi import create_app

    application = create_app(settings)
    application.testing = True
    yield application
    application.extensions["database"].dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a browser."""
    return app.test_client()


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of real input (STAKEHOLDER_SAMPLES); its tests are skipped where nobody has put it."""
    place = os.environ.get("STAKEHOLDER_SAMPLES")
    if not place:
        pytest.skip("STAKEHOLDER_SAMPLES does not name a folder of samples.")
    return Path(place)
