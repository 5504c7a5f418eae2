"""What a key may be good for; each scope is a few permissions of a person, and never all of them."""

from collections.abc import Iterable
from enum import StrEnum

from stakeholder.roles import Permission


class Scope(StrEnum):
    """One thing that a program may do with a key."""

    RESULTS = "results"
    ROLL = "roll"


SCOPES: dict[Scope, frozenset[Permission]] = {
    Scope.RESULTS: frozenset({Permission.SEE_FIGURES}),
    Scope.ROLL: frozenset({Permission.MANAGE_PEOPLE}),
}


def granted_by(scopes: Iterable[str]) -> frozenset[Permission]:
    """The permissions of these scopes; a scope that this version does not know gives none."""
    return frozenset().union(*(SCOPES[Scope(each)] for each in scopes if each in set(Scope)))
