"""Texts without their personal data, and the finder that a school's list makes."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import yaml

import analysis
from analysis.text.personal.finding import Personal, PersonalFinder
from analysis.text.personal.roster import NameKind, make_roster

NAMES = Path(analysis.__file__).parent / "data" / "names"
SHOWN = {
    "staff_name": "[staff]",
    "pupil_name": "[name]",
    "nickname": "[name]",
    "initials": "[name]",
    "email": "[e-mail]",
    "phone": "[phone]",
    "postcode": "[postcode]",
    "address": "[address]",
    "handle": "[account]",
    "dob": "[date of birth]",
    "upn": "[number]",
    "rare_role": "[role]",
}
"""What stands in the place of each kind."""


def redacted(text: str, found: Sequence[Personal]) -> str:
    """The text with each stretch replaced by its kind in brackets.

    >>> redacted("Ask Ann.", [Personal(4, 7, "pupil_name")])
    'Ask [name].'
    """
    parts, at = [], 0
    for each in found:
        parts += [text[at : each.start], SHOWN[each.kind]]
        at = each.end
    return "".join((*parts, text[at:]))


def moved(start: int, end: int, found: Sequence[Personal]) -> tuple[int, int] | None:
    """Where a stretch of the text stands once the text is redacted; None where part of it is hidden.

    >>> moved(8, 12, [Personal(4, 7, "pupil_name")])
    (11, 15)
    """
    shift = 0
    for each in found:
        if each.start < end and start < each.end:
            return None
        if each.end <= start:
            shift += len(SHOWN[each.kind]) - (each.end - each.start)
    return start + shift, end + shift


def finder_for(names: Iterable[tuple[str, NameKind]], *, ordinary: frozenset[str] = frozenset()) -> PersonalFinder:
    """A finder for the people of a school; without any it still knows titles, numbers and unknown capitals.

    ordinary  words, in small letters, that somebody at the school looked at and found to be no name
    """
    return PersonalFinder(
        make_roster(names, _nicknames()), _words("ordinary_words.txt") | ordinary, _words("capitals.txt")
    )


@cache
def _nicknames() -> dict[str, tuple[str, ...]]:
    content = yaml.safe_load((NAMES / "nicknames.yaml").read_text(encoding="utf-8"))
    return {name: tuple(str(short).split()) for name, short in content.items()}


@cache
def _words(name: str) -> frozenset[str]:
    lines = (NAMES / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
