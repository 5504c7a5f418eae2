"""Who is looking: loaded once a request and handed to every service."""

from dataclasses import dataclass
from uuid import UUID

from stakeholder.roles import PERMISSIONS, Permission, Role


@dataclass(frozen=True)
class Viewer:
    """One person at one school with their roles; nobody at all when `person_id` is None."""

    person_id: UUID | None = None
    school_id: UUID | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything that any of the roles allows."""
        return frozenset().union(*(PERMISSIONS[role] for role in self.roles))

    def may(self, permission: Permission) -> bool:
        """Whether the viewer holds this permission."""
        return permission in self.permissions


NOBODY = Viewer()
