"""Questionnaires as data: frozen, so that a published version stays what it was."""

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self, Union

from pydantic import Field, model_validator

from stakeholder.localised import DEFAULT_LANGUAGE, LocalisedText
from surveys.conditions import Condition
from surveys.question_types import REGISTRY, Question
from surveys.scales import Data, Key, refuse_doubles

if TYPE_CHECKING:
    AnyQuestion = Question
else:
    AnyQuestion = Annotated[Union[tuple(REGISTRY.values())], Field(discriminator="type")]  # noqa: UP007 - made at run time


class Page(Data):
    """Questions shown together, unless they are asked one at a time."""

    key: str = Key
    title: LocalisedText | None = None
    show_if: Condition | None = None
    questions: tuple[AnyQuestion, ...] = Field(min_length=1)


class Questionnaire(Data):
    """A whole questionnaire.

    groups        stakeholder groups it may be asked of
    audience      whose items it holds, for comparing parallel items ("secondary", "staff", ...)
    style         "youngest": faces and one question a page; "primary": one question a page; "standard": pages
    languages     languages offered to respondents, English first
    translations  who vouches for each language other than English
    breakdowns    keys of choice questions by which results may be split
    minutes       about how long it takes, None when nobody has said
    """

    key: str = Key
    title: LocalisedText
    intro: LocalisedText | None = None
    groups: tuple[str, ...] = Field(min_length=1)
    audience: str = Key
    style: Literal["youngest", "primary", "standard"] = "standard"
    framework: str | None = None
    languages: tuple[str, ...] = (DEFAULT_LANGUAGE,)
    translations: dict[str, Literal["machine_draft", "checked"]] = Field(default_factory=dict)
    minutes: int | None = Field(None, ge=1, le=90)
    pages: tuple[Page, ...] = Field(min_length=1)
    breakdowns: tuple[str, ...] = ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order, text blocks included."""
        return tuple(question for page in self.pages for question in page.questions)

    @cached_property
    def by_key(self) -> dict[str, Question]:
        """Questions by key, the texts beside "Other" after their question."""
        return {each.key: each for question in self.questions for each in (question, *question.companions)}

    @cached_property
    def calculated(self) -> tuple[Question, ...]:
        """Questions that nobody is asked."""
        return tuple(question for question in self.questions if question.is_calculated)

    @cached_property
    def has_conditions(self) -> bool:
        """Whether anything is shown only to some."""
        return any(page.show_if or any(question.show_if for question in page.questions) for page in self.pages)

    @cached_property
    def digest(self) -> str:
        """Fingerprint (SHA-256) of everything in it."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self.digest)

    def question(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        return self.by_key[key]

    def to_json(self) -> str:
        """The definition as it is stored."""
        return self.model_dump_json(by_alias=True, exclude_defaults=True, exclude_computed_fields=True)

    @classmethod
    def from_json(cls, definition: str) -> Self:
        """A stored definition."""
        return cls.model_validate_json(definition)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse_doubles([page.key for page in self.pages], "page")
        refuse_doubles([question.key for question in self.questions], "question")
        for key in self.breakdowns:
            if key not in self.by_key or not self.by_key[key].can_be_breakdown:
                raise ValueError(f"found '{key}' among the breakdowns, expected the key of a choice question.")
        if DEFAULT_LANGUAGE not in self.languages:
            raise ValueError(
                f"found the languages {', '.join(self.languages)}, expected '{DEFAULT_LANGUAGE}' among them."
            )
        _check_conditions(self.pages)
        _check_calculated(self.questions)
        return self


def _check_conditions(pages: tuple[Page, ...]) -> None:
    """Each condition asks about a question on an earlier page, and names answers that it has."""
    everywhere = {question.key: page.key for page in pages for question in page.questions}
    earlier: dict[str, Question] = {}
    for page in pages:
        bearers = [(f"page '{page.key}'", page.show_if), *((f"question '{q.key}'", q.show_if) for q in page.questions)]
        own = {question.key for question in page.questions}
        for bearer, condition in bearers:
            for test in condition.tests() if condition else ():
                _check_test(test, bearer, earlier, everywhere, own)
        earlier.update({question.key: question for question in page.questions})


def _check_calculated(questions: tuple[Question, ...]) -> None:
    """A value is worked out from questions that stand before it."""
    before: set[str] = set()
    for question in questions:
        for key in sorted(question.builds_on - before):
            raise ValueError(
                f"question '{question.key}', value: found the question '{key}', expected one that stands before it."
            )
        before.add(question.key)


def _check_test(
    test: Condition, bearer: str, earlier: dict[str, Question], everywhere: dict[str, str], own: set[str]
) -> None:
    asked = test.question or ""
    if asked not in everywhere:
        raise ValueError(f"{bearer}, show_if: found the question '{asked}', expected the key of an earlier question.")
    if asked not in earlier:
        where = "on the same page" if asked in own else f"on a later page ('{everywhere[asked]}')"
        raise ValueError(f"{bearer}, show_if: '{asked}' stands {where}; expected a question on an earlier page.")
    known = earlier[asked].codes
    for code in test.codes:
        if known and code not in known:
            raise ValueError(
                f"{bearer}, show_if: found '{code}', expected an answer to '{asked}': {', '.join(sorted(known))}."
            )
