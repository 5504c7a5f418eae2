"""One backup as a file: a manifest and a copy of the database, packed together and sealed with age.

The manifest says what the copy must hold, so that a restore compares instead of hoping.
"""

import json
import tarfile
import zlib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pyrage

from stakeholder.backups.copying import Counts
from stakeholder.errors import Invalid

MANIFEST, DATABASE = "manifest.json", "database"
LONGEST_MANIFEST = 1_000_000


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    made     when, ISO 8601 in UTC
    engine   sqlite or postgresql
    version  the migration that the tables stand at
    rows     rows in each table
    """

    made: str
    engine: str
    version: str
    rows: Counts

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made).astimezone(UTC)


def seal(manifest: Manifest, database: Path, target: Path, to: pyrage.x25519.Recipient) -> None:
    """Pack and seal; `target` and a packed file beside it are written."""
    packed = target.with_suffix(".packed")
    words = json.dumps(asdict(manifest)).encode()
    with tarfile.open(packed, "w:gz", compresslevel=1) as tar:
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(words)
        tar.addfile(entry, BytesIO(words))
        tar.add(database, DATABASE)
    pyrage.encrypt_file(str(packed), str(target), [to])
    packed.unlink()


def unseal(backup: Path, into: Path, identity: pyrage.x25519.Identity) -> tuple[Manifest, Path]:
    """Open a backup into a private folder: what it should hold, and the copy. Raises Invalid."""
    packed, database = into / "packed", into / DATABASE
    try:
        pyrage.decrypt_file(str(backup), str(packed), [identity])
        with tarfile.open(packed, "r:gz") as tar:
            manifest = Manifest(**json.loads(_member(tar, MANIFEST).read(LONGEST_MANIFEST)))
            with database.open("xb") as file, _member(tar, DATABASE) as source:
                while chunk := source.read(1 << 20):
                    file.write(chunk)
    except (pyrage.DecryptError, OSError) as problem:
        if getattr(problem, "errno", None):  # the disk's, not the backup's
            raise
        raise Invalid(f"This key does not open {backup.name}, or the file is damaged.") from problem
    except (tarfile.TarError, EOFError, zlib.error, KeyError, TypeError, ValueError) as problem:
        raise Invalid(f"{backup.name} is not a backup of this program.") from problem
    packed.unlink()
    return manifest, database


def read_identity(path: Path) -> pyrage.x25519.Identity:
    """The private key in a file: the line that begins with AGE-SECRET-KEY. Raises Invalid."""
    lines = path.read_text(encoding="utf-8", errors="replace").split()
    for line in lines:
        if line.upper().startswith("AGE-SECRET-KEY-"):
            try:
                return pyrage.x25519.Identity.from_str(line.strip())
            except pyrage.IdentityError as problem:
                raise Invalid(f"The key in {path} was not copied whole. It is one line of 74 letters.") from problem
    raise Invalid(f"{path} holds no key. It has one line that begins with AGE-SECRET-KEY.")


def _member(tar: tarfile.TarFile, name: str) -> BytesIO:
    found = tar.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found  # type: ignore[return-value]
