"""One finding of a checker: where, what, and whether it stands in the way of publishing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """Something wrong, or something to think about.

    hard   it must be mended before publishing; otherwise it is advice
    what   "questionnaire", "section", "page", "question", "option", "row", "check", "quota", "scale", "block"
    key    of that thing; "question.code" and "question.row" for options and rows; empty for the questionnaire
    text   what it is and what to do, to be translated where it is shown;  values: what stands in it
    """

    hard: bool
    what: str
    key: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The finding in English."""
        return self.text % self.values if self.values else self.text

    @property
    def place(self) -> str:
        """Where it is, in words: `question 'year'`."""
        return f"{self.what} '{self.key}'" if self.key else self.what

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"


def hard(what: str, key: str, text: str, **values: Any) -> Problem:
    """Something that must be mended."""
    return Problem(hard=True, what=what, key=key, text=text, values=values)


def advice(what: str, key: str, text: str, **values: Any) -> Problem:
    """Something to think about."""
    return Problem(hard=False, what=what, key=key, text=text, values=values)
