"""Keys made of foreign names: lower case letters, digits and underscores, each once. Pure."""

import re
import unicodedata

LONGEST = 60
_OTHER = re.compile(r"[^a-z0-9]+")


def key_of(name: str, *, before: str = "q") -> str:
    """A key that resembles the name; `before` stands before one that does not begin with a letter.

    >>> key_of("Très-Bien 2"), key_of("1", before="a"), key_of("安全")
    ('tres_bien_2', 'a1', 'q')
    """
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = _OTHER.sub("_", bare).strip("_")
    if not key:
        return before
    return (key if key[0].isalpha() else before + key)[:LONGEST].strip("_")


class Keys:
    """Gives each name a key of its own."""

    def __init__(self, before: str = "q") -> None:
        self._before = before
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def key(self, name: str) -> str:
        """A key that nothing else has."""
        wanted = key_of(name, before=self._before)
        found, number = wanted, self._next.get(wanted, 1)
        while found in self._taken:
            number += 1
            found = f"{wanted[: LONGEST - 5]}_{number}"
        self._next[wanted] = number
        self._taken.add(found)
        return found
