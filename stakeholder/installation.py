"""One installation: where its state lives and what it can do; commands and pages share it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click

from stakeholder.db import Database, make_private_folder
from stakeholder.errors import Invalid
from stakeholder.jobs.worker import Handler, Worker
from stakeholder.key_folder import KeyFolder
from stakeholder.mail import MailServer
from stakeholder.outside.provider import Provider


@dataclass(frozen=True)
class Installation:
    """What `wsgi.py` puts together from the settings.

    backup_dir   where backups lie, best on another disk; None: in `data_dir`
    backup_days  days after which a backup is deleted
    handlers  gives the work after the request, by kind of job; asked by workers only, since it loads much
    secret    gives the one secret that keys are made from; made at first use
    mail      the school's mail server, None when no e-mail is sent
    provider  where people of the school have accounts to sign in with, None when nowhere
    begin     asks for the work that every day brings, when a worker starts; safe to repeat
    furnish   puts what every school can use into a database that was just migrated; safe to repeat
    """

    data_dir: Path
    database_url: str
    base_url: str
    demo: bool = False
    backup_dir: Path | None = None
    backup_days: int = 14
    secret: Callable[[], str] = lambda: ""
    mail: MailServer | None = None
    provider: Provider | None = None
    handlers: Callable[[], Mapping[str, Handler]] = dict
    begin: Callable[[Database], None] = lambda _database: None
    furnish: Callable[[Database], None] = lambda _database: None

    @cached_property
    def database(self) -> Database:
        """The database, migrated when it is new. Raises Invalid when it is older or newer than the program."""
        from stakeholder.migrations import is_current

        make_private_folder(self.data_dir)
        database = Database(self.database_url, self.survey_keys)
        if database.is_empty():
            self.upgrade(database)
        if not is_current(database):
            database.dispose()
            _refuse_newer(database)
            raise Invalid("The database is from an earlier version. Run 'stakeholder db upgrade' first.")
        return database

    def upgrade(self, database: Database | None = None) -> None:
        """Bring the database to the newest version and furnish it; safe to repeat. Raises Invalid when it is newer."""
        make_private_folder(self.data_dir)
        used = database or Database(self.database_url)
        _refuse_newer(used)
        used.upgrade()
        self.furnish(used)
        if database is None:
            used.dispose()

    def upgrade_if_older(self, allowed: Callable[[Database], None]) -> bool:
        """Bring a database of an earlier version to the newest, unless `allowed` raises that it must not be touched.

        Returns whether it was older. Raises Invalid when it is newer than the program.
        """
        from stakeholder.migrations import is_current

        database = Database(self.database_url)
        older = not database.is_empty() and not is_current(database)
        if older:
            _refuse_newer(database)
            allowed(database)
            self.upgrade(database)
        database.dispose()
        return older

    @property
    def survey_keys(self) -> KeyFolder:
        """Where the keys of surveys lie, apart from the database."""
        return KeyFolder(self.keys / "surveys", copies=self.backups / "keys" / "surveys")

    @property
    def keys(self) -> Path:
        """Where all keys lie, apart from the database and its backups."""
        return self.data_dir / "keys"

    @property
    def backups(self) -> Path:
        """Where backups lie."""
        return self.backup_dir or self.data_dir / "backups"

    @property
    def worker(self) -> Worker:
        """A worker for this installation's jobs."""
        return Worker.of(self.database, self.handlers())


def _refuse_newer(database: Database) -> None:
    from stakeholder.migrations import is_newer

    if is_newer(database):
        raise Invalid("The database was made by a newer version of the program. Update the program, then try again.")


def installation() -> Installation:
    """The installation of the running command, whether started as `stakeholder` or as `flask --app wsgi`."""
    from flask.cli import ScriptInfo

    context = click.get_current_context()
    if found := context.find_object(Installation):
        return found
    script = context.find_object(ScriptInfo)
    if script is None:
        raise click.UsageError("This command runs as 'stakeholder ...' or 'flask --app wsgi ...'.")
    made: Installation = script.load_app().extensions["installation"]
    return made
