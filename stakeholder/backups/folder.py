"""The folder that backups lie in: for whom they are sealed, copies of the database, copies of keys apart from them."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage

from stakeholder.db import make_private_folder
from stakeholder.errors import Conflict, Invalid

STAMP = "%Y-%m-%dT%H%M%S.%fZ"
NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z\.backup\.age")


@dataclass(frozen=True)
class BackupFolder:
    """Where backups lie; best on another disk than the data.

    path  holds `sealed-to` (the public half of the key that opens backups), `databases/` and `keys/`
    """

    path: Path

    @property
    def databases(self) -> Path:
        """Copies of the database, one file for each backup."""
        return self.path / "databases"

    @property
    def keys(self) -> Path:
        """Copies of the keys, one file for each key, so that one key can be destroyed with its copy."""
        return self.path / "keys"

    def recipient(self) -> pyrage.x25519.Recipient:
        """For whom backups are sealed. Raises Invalid when nobody has chosen a key yet."""
        if not self.is_ready:
            raise Invalid(
                "Backups have no key yet. Run 'stakeholder backup-key' and keep what it prints off this machine."
            )
        try:
            return pyrage.x25519.Recipient.from_str(self._chosen.read_text(encoding="utf-8").strip())
        except pyrage.RecipientError as problem:
            raise Invalid(
                f"{self._chosen} does not hold the public half of a key: one line that begins with age1."
            ) from problem

    @property
    def is_ready(self) -> bool:
        """Whether a key was chosen."""
        return self._chosen.is_file()

    def choose_new_key(self, *, instead: bool = False) -> str:
        """Make the key that opens backups and return its private half, which is kept nowhere.

        instead  a key that was chosen before gives way; what is sealed to it stays so
        Raises Conflict when there is one already.
        """
        if self.is_ready and not instead:
            raise Conflict(
                "Backups have a key already. With --new the next ones get another; keep the old key for the old ones."
            )
        identity = pyrage.x25519.Identity.generate()
        make_private_folder(self.path)
        self._chosen.write_text(f"{identity.to_public()}\n", encoding="utf-8")
        return str(identity)

    def all(self) -> list[Path]:
        """The backups, oldest first; their names are the moments they were made at, in UTC."""
        return sorted(path for path in self.databases.glob("*.backup.age") if NAME.fullmatch(path.name))

    def path_for(self, now: datetime) -> Path:
        """Where a backup made now will lie."""
        make_private_folder(self.databases)
        return self.databases / f"{now.astimezone(UTC).strftime(STAMP)}.backup.age"

    def forget(self, *, before: datetime) -> int:
        """Delete the backups made before a moment, but never the newest; returns how many."""
        old = [path for path in self.all()[:-1] if made_at(path) < before]
        for path in old:
            path.unlink()
        return len(old)

    @property
    def _chosen(self) -> Path:
        return self.path / "sealed-to"


def made_at(backup: Path) -> datetime:
    """When a backup was made, by its name."""
    return datetime.strptime(backup.name.removesuffix(".backup.age"), STAMP).replace(tzinfo=UTC)


def expired(now: datetime, days: int) -> datetime:
    """The moment before which backups are too old to keep."""
    return now - timedelta(days=days)


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A private folder for unsealed files on the way, gone with them at the end."""
    make_private_folder(beside)
    with TemporaryDirectory(prefix=".backup-", dir=beside) as made:
        yield Path(made)


def put_in_place(made: Path, target: Path) -> None:
    """Give a whole file its name: on the disk first, then under the name, so that a half one never bears it."""
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    made.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
