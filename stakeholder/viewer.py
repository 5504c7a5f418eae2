"""Who is looking: loaded once a request and handed to every service."""

from dataclasses import dataclass
from uuid import UUID

from stakeholder.errors import NotAllowed
from stakeholder.roles import PERMISSIONS, Permission, Role


@dataclass(frozen=True)
class Viewer:
    """One person at one school with their roles, or a program with a key; nobody at all without either.

    granted   what a program's key allows; empty for people
    unproven  powerful roles that count only after the second factor
    is_fresh  False when the second factor was used too long ago for an export, an opening or a change of roles
    """

    person_id: UUID | None = None
    school_id: UUID | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    unproven: frozenset[Role] = frozenset()
    is_fresh: bool = True
    key_id: UUID | None = None
    granted: frozenset[Permission] = frozenset()

    @property
    def who(self) -> UUID:
        """The person. Raises NotAllowed when nobody is signed in."""
        if self.person_id is None:
            raise NotAllowed("Nobody is signed in.")
        return self.person_id

    @property
    def where(self) -> UUID:
        """The school. Raises NotAllowed for nobody."""
        if self.school_id is None:
            raise NotAllowed("Nobody is signed in.")
        return self.school_id

    @property
    def actor(self) -> UUID | None:
        """Who stands in the audit chain: the person, or the key of a program; None for the command line."""
        return self.person_id or self.key_id

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything that any of the roles allows, or the key of a program."""
        return self.granted.union(*(PERMISSIONS[role] for role in self.roles))

    def may(self, permission: Permission) -> bool:
        """Whether the viewer holds this permission."""
        return permission in self.permissions

    def might(self, permission: Permission) -> bool:
        """Whether the viewer would hold this permission after the second factor."""
        return any(permission in PERMISSIONS[role] for role in self.unproven)


NOBODY = Viewer()
