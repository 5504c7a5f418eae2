"""The key that fixes how a wave's counts are rounded: a file beside the surveys' keys, outside the database.

It outlives the close, so that two editions round alike. Whoever holds a copy of the database alone cannot work out what
was rounded up and what down. A key that an earlier version kept in the database moves to its file at the next counting.
"""

import secrets
from uuid import UUID

from sqlalchemy.orm import Session

from analysis.disclosure.rounding import Rounding
from analysis.models import RoundingKey
from stakeholder.errors import NotFound
from stakeholder.key_folder import KeyFolder

BYTES = 32


def keep_rounding_key(session: Session, wave_id: UUID, key: bytes | None = None) -> None:
    """Give the wave its rounding key, unless it has one; counting needs it.

    A database that was opened without a folder for keys (as a tool's own may be) holds it itself.
    """
    row, folder = session.get(RoundingKey, wave_id), _folder(session)
    if folder is None:
        if row is None:
            session.add(RoundingKey(wave_id=wave_id, key=key or secrets.token_bytes(BYTES)))
            session.flush()
        return
    folder.keep(_name(wave_id), row.key if row else key or secrets.token_bytes(BYTES))
    if row is not None:
        session.delete(row)
        session.flush()


def rounding_of(session: Session, wave_id: UUID) -> Rounding | None:
    """How a wave's counts are rounded; None before its key is kept."""
    folder, row = _folder(session), session.get(RoundingKey, wave_id)
    kept = folder.private(_name(wave_id)) if folder else None
    key = kept or (row.key if row else None)
    return Rounding(key) if key else None


def needed_rounding(session: Session, wave_id: UUID) -> Rounding:
    """The same. Raises NotFound before its key is kept."""
    found = rounding_of(session, wave_id)
    if found is None:
        raise NotFound("This wave has no rounding key yet.")
    return found


def _folder(session: Session) -> KeyFolder | None:
    found: KeyFolder | None = session.info.get("keys")
    return found


def _name(wave_id: UUID) -> str:
    return f"rounding-{wave_id}"
