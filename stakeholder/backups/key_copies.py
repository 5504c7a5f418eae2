"""Second copies of the keys, each sealed in a file of its own, apart from the copies of the database.

Who finds an old backup must not find the keys of surveys in it: a key that was destroyed is destroyed here too.
"""

from pathlib import Path

import pyrage

from stakeholder.backups.folder import put_in_place
from stakeholder.db import make_private_folder
from stakeholder.errors import Invalid
from stakeholder.key_folder import destroy_file

SUFFIX, GRAVE = ".age", ".destroyed"


def copy_keys(keys: Path, copies: Path, to: pyrage.x25519.Recipient) -> int:
    """Copy each key that has no copy yet, destroy the copies of keys that are gone; returns how many keys there are."""
    there = {path.relative_to(keys) for path in keys.rglob("*") if path.is_file() and path.suffix in {"", GRAVE}}
    for name in there:
        target = copies / f"{name}{SUFFIX}"
        if not target.is_file():
            _seal(keys / name, target, to)
    for copy in copies.rglob(f"*{SUFFIX}"):
        if copy.relative_to(copies).with_suffix("") not in there:
            destroy_file(copy)
    return len(there)


def forget_copies(copies: Path) -> None:
    """Destroy all copies, such as those sealed to a key that was given up."""
    for copy in copies.rglob(f"*{SUFFIX}"):
        destroy_file(copy)


def put_keys_back(copies: Path, keys: Path, identity: pyrage.x25519.Identity) -> int:
    """Put back each key that is missing, never one that was destroyed since; returns how many. Raises Invalid."""
    back = 0
    for copy in sorted(copies.rglob(f"*{SUFFIX}"), key=lambda path: path.name.endswith(GRAVE + SUFFIX), reverse=True):
        target = keys / copy.relative_to(copies).with_suffix("")
        if target.exists() or target.with_suffix(GRAVE).exists():
            continue
        make_private_folder(target.parent)
        try:
            pyrage.decrypt_file(str(copy), str(target), [identity])
        except pyrage.DecryptError as problem:
            target.unlink(missing_ok=True)
            raise Invalid(f"This key does not open {copy.name}: it was sealed to another, or is damaged.") from problem
        target.chmod(0o600)
        back += target.suffix != GRAVE
    return back


def _seal(key: Path, target: Path, to: pyrage.x25519.Recipient) -> None:
    make_private_folder(target.parent)
    draft = target.with_suffix(".part")
    pyrage.encrypt_file(str(key), str(draft), [to])
    put_in_place(draft, target)
