"""Who opened their link: held in memory until ten have, and written for all of them at once."""

import threading
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import Connection, update

from surveys.inviting.links import token_hash
from surveys.inviting.models import Invitation

SMALLEST_BATCH = 10
Write = Callable[[Callable[[Connection], None]], None]


class Opened:
    """Links that were opened at this process and are not noted yet.

    What is in memory when the process ends is never noted: those people may be reminded once more.
    """

    def __init__(self) -> None:
        self._waiting: dict[UUID, set[bytes]] = {}
        self._lock = threading.Lock()

    def note(self, audience_id: UUID, token: str, write: Write) -> None:
        """Note that a link was opened; every tenth writes for the ten of its audience in one transaction."""
        with self._lock:
            waiting = self._waiting.setdefault(audience_id, set())
            waiting.add(token_hash(token))
            if len(waiting) < SMALLEST_BATCH:
                return
            batch = sorted(self._waiting.pop(audience_id))
        write(lambda connection: _write(connection, batch))


def _write(connection: Connection, batch: list[bytes]) -> None:
    connection.execute(update(Invitation).where(Invitation.token_hash.in_(batch)).values(opened=True))
