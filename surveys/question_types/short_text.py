"""A word or a line."""

import re
from functools import lru_cache
from typing import Any, ClassVar, Literal, Self

import re2
from pydantic import AliasChoices, Field, model_validator

from stakeholder.localised import N_, LocalisedText
from surveys.question_types.base import AnswerProblem, Question, clean_text, register

LONGEST_PATTERN = 200
NOT_EMAIL = N_("Write an e-mail address such as name@school.example.")
NOT_POSTCODE = N_("Write a postcode such as SW1A 1AA.")
NOT_PATTERN = N_("This is not written in the way that is needed here.")
EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$")
POSTCODE = re.compile(r"^(GIR ?0AA|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})$")


@register
class ShortText(Question):
    """One line of free text; like a comment it is stored apart from the answers.

    format           e-mail addresses and United Kingdom postcodes are checked by their form, never looked up
    pattern          what the whole text must match: RE2's syntax, at most 200 characters, matched in linear time
    pattern_message  what to say when it does not match, in the author's words
    max_length       also known as `longest`
    """

    is_comment: ClassVar[bool] = True
    example: ClassVar[str] = """
key: tutor_group
type: short_text
prompt: What is the name of your tutor group?
pattern: "[0-9]{1,2}[A-Z]"
pattern_message: Write the year and the letter, such as 7B.
longest: 3
"""

    type: Literal["short_text"] = "short_text"
    format: Literal["plain", "email", "postcode"] = "plain"
    pattern: str | None = Field(None, min_length=1, max_length=LONGEST_PATTERN)
    pattern_message: LocalisedText | None = None
    max_length: int = Field(200, ge=1, le=500, validation_alias=AliasChoices("max_length", "longest"))

    @model_validator(mode="after")
    def _pattern_compiles(self) -> Self:
        if self.pattern:
            try:
                _compiled(self.pattern)
            except re2.error as problem:
                words = problem.args[0].decode("utf-8", "replace") if isinstance(problem.args[0], bytes) else problem
                raise ValueError(f"found a pattern that RE2 cannot read ({words}); expected one like [0-9]+.") from None
        return self

    @property
    def may_identify(self) -> bool:
        """An address of either sort does."""
        return self.format != "plain"

    def check(self, value: Any) -> str | None:
        """The text on one line. Raises AnswerProblem when it is too long or not of its form."""
        text = clean_text(value, self.max_length)
        line = " ".join(text.split()) if text else None
        if line is None:
            return None
        if self.format == "email" and not EMAIL.match(line):
            raise AnswerProblem(NOT_EMAIL)
        if self.format == "postcode":
            line = _spaced(line.upper())
            if not POSTCODE.match(line):
                raise AnswerProblem(NOT_POSTCODE)
        if self.pattern and not _compiled(self.pattern).fullmatch(line):
            raise AnswerProblem(NOT_PATTERN, own=self.pattern_message)
        return line


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    return re2.compile(pattern, _quiet())


def _quiet() -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    return options


def _spaced(postcode: str) -> str:
    """A postcode with its one space, three characters before the end."""
    close = postcode.replace(" ", "")
    return f"{close[:-3]} {close[-3:]}"
