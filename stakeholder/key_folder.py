"""Key pairs in files of their own, outside the database and its copies: made once, then destroyed for good."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nacl.public import PrivateKey

from stakeholder.errors import Invalid

NAME = re.compile(r"[A-Za-z0-9-]{1,80}")


@dataclass(frozen=True)
class KeyFolder:
    """A folder with one X25519 private key (32 bytes) a file; all nodes of an installation read the same folder.

    copies  where sealed second copies of the keys lie, which are destroyed with them; see `stakeholder.backups`
    """

    folder: Path
    copies: Path | None = None

    def public(self, name: str) -> bytes:
        """The public half of a key, which is made at the first call; 32 bytes. Raises Invalid after destruction."""
        if self._grave(name).exists():
            raise Invalid("The key of this survey was destroyed when it closed.")
        return bytes(self._made(name).public_key)

    def private(self, name: str) -> bytes | None:
        """The private half, 32 bytes; None when it was never made or is destroyed."""
        path = self._path(name)
        return path.read_bytes() if path.is_file() else None

    def keep(self, name: str, key: bytes) -> bytes:
        """Keep 32 bytes that were made elsewhere under a name; the key that is there already stays and comes back."""
        path = self._path(name)
        with suppress(FileExistsError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_new(path, key)
        return path.read_bytes()

    def destroy(self, name: str) -> bool:
        """Overwrite and remove a key; nothing sealed to it can ever be opened again. False when there was none."""
        path = self._path(name)
        if not path.is_file():
            return False
        self._grave(name).touch()
        if self.copies and (copy := self.copies / f"{name}.age").is_file():
            destroy_file(copy)
        destroy_file(path)
        return True

    def _made(self, name: str) -> PrivateKey:
        path = self._path(name)
        with suppress(FileExistsError):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_new(path, bytes(PrivateKey.generate()))
        return PrivateKey(path.read_bytes())

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError(name)
        return self.folder / name

    def _grave(self, name: str) -> Path:
        return self._path(name).with_suffix(".destroyed")


def destroy_file(path: Path) -> None:
    """Overwrite a file and remove it."""
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _write_new(path: Path, content: bytes) -> None:
    """Write the whole file or none: another process never reads half a key. Raises FileExistsError."""
    draft = path.with_suffix(f".{os.getpid()}-{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()
