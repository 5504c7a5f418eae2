"""A school's list of people, made ready for finding them in a text."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stakeholder.errors import Invalid
from stakeholder.letters import composed

NameKind = Literal["staff_name", "pupil_name"]
KINDS: tuple[NameKind, ...] = ("staff_name", "pupil_name")
_TITLES = (
    "mr mrs ms miss mx dr sir dame prof professor rev revd reverend father señor señora señorita mademoiselle"
    " mlle madame monsieur mme herr frau"
)
TITLES = frozenset(_TITLES.split())
MOST_NAMES = 50_000
_LEAST_FOR_ERRORS = 5
_PARTS = re.compile(r"[^\W\d_]+(?:['\u2019.-]+[^\W\d_]+)*")


@dataclass(frozen=True)
class Named:
    """One person of the list: their kind, and the parts of their name without a title, first name first."""

    kind: NameKind
    parts: tuple[str, ...]

    @property
    def initials(self) -> str:
        """First letters of all parts, small."""
        return "".join(part[0] for part in self.parts)


@dataclass(frozen=True)
class Part:
    """A part of somebody's name as it was found: whose kind, and whether it stands first or last."""

    kind: NameKind
    is_first: bool
    is_nickname: bool = False


class Roster:
    """People of a school, found by any part of their name, by a nickname, or with one typing error.

    nicknames  short forms by the full first name: {"william": ("will", "bill")}
    """

    def __init__(self, people: Iterable[Named], nicknames: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.initials: dict[str, NameKind] = {}
        self._parts: dict[str, Part] = {}
        self._shortened: dict[str, set[str]] = {}
        for person in people:
            self._learn(person, nicknames or {})

    def __bool__(self) -> bool:
        return bool(self._parts)

    def part(self, word: str) -> Part | None:
        """Whose name holds exactly this word, in small letters without accents; None when nobody's does."""
        return self._parts.get(word)

    def nearly(self, word: str) -> Part | None:
        """Whose name differs from the word by one letter left out, added, changed or swapped with its neighbour."""
        if len(word) < _LEAST_FOR_ERRORS:
            return None
        for shorter in (word, *_shorter(word)):
            for known in sorted(self._shortened.get(shorter, ())):
                if one_error(word, known):
                    return self._parts[known]
        return None

    def _learn(self, person: Named, nicknames: Mapping[str, tuple[str, ...]]) -> None:
        if len(person.parts) > 1:
            self.initials.setdefault(person.initials, person.kind)
            self.initials.setdefault(person.parts[0][0] + person.parts[-1][0], person.kind)
        for at, whole in enumerate(person.parts):
            is_first = at == 0 and len(person.parts) > 1
            for part in {whole, *(piece for piece in whole.split("-") if len(piece) > 2)}:
                self._add(part, Part(person.kind, is_first))
        for short in nicknames.get(person.parts[0], ()):
            self._parts.setdefault(short, Part(person.kind, is_first=True, is_nickname=True))

    def _add(self, word: str, part: Part) -> None:
        self._parts.setdefault(word, part)
        if len(word) >= _LEAST_FOR_ERRORS - 1:
            for shorter in (word, *_shorter(word)):
                self._shortened.setdefault(shorter, set()).add(word)


def folded(word: str) -> str:
    """A word in small letters, without accents, with a plain apostrophe.

    >>> folded("Wójcik"), folded("O\u2019Brien")
    ('wojcik', "o'brien")
    """
    word = word.replace("\u2019", "'")
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFD", word.lower().replace("ł", "l"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def one_error(word: str, other: str) -> bool:
    """Whether two words differ by at most one letter left out, added, changed, or swapped with the next.

    >>> one_error("abernathey", "abernethy"), one_error("pateel", "patel"), one_error("ptael", "patel")
    (False, True, True)
    """
    if abs(len(word) - len(other)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, others = word[at:], other[at:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:] or _swapped(rest, others)


def read_roster(text: str, source: str) -> tuple[tuple[str, NameKind], ...]:
    """Names and kinds of a table with the columns name and kind. Raises Invalid that names the line.

    >>> read_roster("name,kind\\nMrs Ann Hill,staff_name\\n", "ours.csv")
    (('Mrs Ann Hill', 'staff_name'),)
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if not {"name", "kind"} <= set(rows.fieldnames or ()):
        raise Invalid(f"{source}: expected the columns name and kind, found {', '.join(rows.fieldnames or ()) or '-'}.")
    found = []
    for number, row in enumerate(rows, start=2):
        name, kind = (row["name"] or "").strip(), (row["kind"] or "").strip()
        if kind not in KINDS or not name_parts(name) or len(name) > 200:
            raise Invalid(
                f"{source}, line {number}: expected a name and staff_name or pupil_name, found '{kind[:40]}'."
            )
        found.append((name, KINDS[KINDS.index(kind)]))
        if len(found) > MOST_NAMES:
            raise Invalid(f"{source}: more than {MOST_NAMES:,} names.")
    return tuple(found)


def read_roster_file(path: Path) -> tuple[tuple[str, NameKind], ...]:
    """Names and kinds of such a table in a file. Raises Invalid, also when it is not UTF-8."""
    return read_roster_bytes(path.read_bytes(), path.name)


def read_roster_bytes(content: bytes, source: str) -> tuple[tuple[str, NameKind], ...]:
    """The same of a file's content. Raises Invalid."""
    try:
        return read_roster(content.decode("utf-8-sig"), source)
    except UnicodeDecodeError as problem:
        raise Invalid(f"{source}: found a byte that is not UTF-8, expected UTF-8 text.") from problem


def make_roster(names: Iterable[tuple[str, NameKind]], nicknames: Mapping[str, tuple[str, ...]]) -> Roster:
    """A roster of names as people write them, with or without a title."""
    return Roster((Named(kind, parts) for name, kind in names if (parts := name_parts(name))), nicknames)


def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name, small and without accents or titles: "Señora Pilar Quintana" -> ("pilar", "quintana")."""
    words = _PARTS.findall(composed(name))
    return tuple(folded(word) for word in words if word.lower().rstrip(".") not in TITLES)


def _shorter(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _swapped(word: str, other: str) -> bool:
    return len(word) > 1 and len(other) > 1 and word[:2] == other[1::-1] and word[2:] == other[2:]
