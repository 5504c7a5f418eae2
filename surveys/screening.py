"""Looking at comments before they are stored: what a higher package gives, and what respondents' requests ask of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from surveys.answers import split_comments
from surveys.audiences import OpenAudience


@dataclass(frozen=True)
class Said:
    """Comments of one submission, on their way to the ballot box.

    comments  (question key, text)
    key       the submission's key: looking twice at the same submission raises nothing twice
    identity  who wrote, as the wave's mode keeps it: see `OpenAudience.identity`
    """

    audience_id: UUID
    language: str
    comments: tuple[tuple[str, str], ...]
    key: str
    identity: bytes | None = None


@dataclass(frozen=True)
class Talk:
    """Someone who gave their name and wants to talk to an adult."""

    audience_id: UUID
    language: str
    name: str
    place: str
    words: str


class Screen(Protocol):
    """Whoever keeps respondents safe: screens what they write and takes their wish to talk."""

    def look_at(self, said: Said) -> frozenset[str]:
        """Raise concerns where there is reason to, and return the questions whose comments nobody else may see."""

    def wants_to_talk(self, talk: Talk) -> None:
        """Pass the wish on."""


def screened(
    screen: Screen, audience: OpenAudience, answers: Mapping[str, Any], *, language: str, key: str
) -> frozenset[str]:
    """The questions of this submission whose comments are kept from every view but the safeguarding lead's."""
    _coded, comments = split_comments(audience.questionnaire, answers)
    if not comments:
        return frozenset()
    return screen.look_at(Said(audience.id, language, _pairs(comments), key, audience.identity()))


def _pairs(comments: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((question, text) for question, text in comments)
