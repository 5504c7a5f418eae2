"""Questionnaires as data: frozen, so that a published version stays what it was."""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, Union

from pydantic import Field, model_validator

from stakeholder.localised import DEFAULT_LANGUAGE, LocalisedText
from surveys.conditions import Condition
from surveys.flow import MOST_REPEATS, AnswerCheck, Arm, Block, LockedModule, Quota, ScoreScale, Section
from surveys.frozen import Data, Key, Shuffle
from surveys.judging import Judgement
from surveys.ordering import orders
from surveys.question_types import REGISTRY, Question
from surveys.repeating import key_of, written_out

if TYPE_CHECKING:
    AnyQuestion = Question
else:
    AnyQuestion = Annotated[Union[tuple(REGISTRY.values())], Field(discriminator="type")]  # noqa: UP007 - made at run time


class Page(Data):
    """Questions shown together, unless they are asked one at a time.

    section         key of the section it belongs to
    shuffle         its questions in random order; a block of text keeps its place
    skip_to_end_if  after this page everything else is left out for those whose answers meet it
    """

    key: str = Key
    title: LocalisedText | None = None
    section: str = ""
    show_if: Condition | None = None
    shuffle: Shuffle = False
    skip_to_end_if: Condition | None = None
    questions: tuple[AnyQuestion, ...] = Field(min_length=1)


class Questionnaire(Data):
    """A whole questionnaire.

    groups        stakeholder groups it may be asked of
    audience      whose items it holds, for comparing parallel items ("secondary", "staff", ...)
    style         "youngest": faces and one question a page; "primary": one question a page; "standard": pages
    languages     languages offered to respondents, English first
    translations  who vouches for each language other than English
    breakdowns    keys of choice questions by which results may be split
    purpose       what it is for, for those who choose it; respondents never see it
    minutes       about how long it takes, None when nobody has said
    shuffle       its sections in random order, or its pages where it has no sections
    blocks        random assignment: who sees which sections, pages or questions
    judged        what the author says became of changed questions, where the program says something else
    quotas, checks, scales, locked   limits on how many answer, checks across answers, scores, licensed instruments
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
    purpose: str = ""
    pages: tuple[Page, ...] = Field(min_length=1)
    breakdowns: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    shuffle: Shuffle = False
    blocks: tuple[Block, ...] = ()
    quotas: tuple[Quota, ...] = ()
    checks: tuple[AnswerCheck, ...] = ()
    scales: tuple[ScoreScale, ...] = ()
    locked: tuple[LockedModule, ...] = ()
    judged: tuple[Judgement, ...] = ()

    @cached_property
    def asked_pages(self) -> tuple[Page, ...]:
        """Pages as they are asked: with the conditions of their sections, repeated sections written out."""
        if not self.sections:
            return self.pages
        own = {question.key: question for page in self.pages for question in page.questions}
        return written_out(self.pages, {section.key: section for section in self.sections}, own)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order, text blocks included; those of a repeated section once for each time."""
        return tuple(question for page in self.asked_pages for question in page.questions)

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
        """Whether anything is shown only to some, or in another order to some."""
        return self.has_chance or any(
            page.show_if or page.skip_to_end_if or any(has_conditions(question) for question in page.questions)
            for page in self.asked_pages
        )

    @cached_property
    def orders(self) -> int:
        """How many different orders a respondent may meet; 0 when everyone meets the same."""
        parts = [self.shuffle, *(section.shuffle for section in self.sections)]
        parts += [each for page in self.pages for each in (page.shuffle, *(q.shuffle for q in page.questions))]
        return max(orders(each) for each in parts)

    @cached_property
    def repeated(self) -> frozenset[str]:
        """Keys of the sections that may be asked several times."""
        return frozenset(section.key for section in self.sections if section.repeat)

    @cached_property
    def varying(self) -> frozenset[str]:
        """Keys of the questions that are not shown alike to everyone who comes to their page."""
        return frozenset(
            question.key
            for question in self.questions
            if question.shuffle or has_conditions(question) or ("questions", question.key) in self.arms_naming
        )

    @cached_property
    def arms_naming(self) -> dict[tuple[str, str], list[tuple[str, frozenset[str]]]]:
        """By ("pages" or "questions", key): the blocks that decide on it, each with the arms that show it."""
        found: dict[tuple[str, str], list[tuple[str, frozenset[str]]]] = {}
        for block in self.blocks:
            shows: dict[tuple[str, str], set[str]] = {}
            for arm in block.arms:
                for thing in arm_names(arm, self.pages):
                    shows.setdefault(thing, set()).add(arm.key)
            for thing, arms in shows.items():
                found.setdefault(thing, []).append((block.key, frozenset(arms)))
        return found

    @cached_property
    def piping(self) -> frozenset[str]:
        """Keys of questions, and of pages by their titles, that take up earlier answers in their texts."""
        asked = {question.key for question in self.questions if "{{" in question.model_dump_json()}
        return frozenset(asked | {page.key for page in self.asked_pages if page.title and "{{" in str(page.title)})

    @cached_property
    def has_chance(self) -> bool:
        """Whether chance decides anything that a respondent sees."""
        return bool(self.blocks or self.orders)

    @cached_property
    def has_scripts(self) -> bool:
        """Whether a small script makes any question easier to answer."""
        return any(question.is_easier_with_script for question in self.questions)

    @cached_property
    def has_required(self) -> bool:
        """Whether anything needs an answer."""
        return any(question.required for question in self.questions)

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
        from surveys import soundness

        for check in soundness.CHECKS:
            check(self)
        return self


def arm_names(arm: Arm, pages: tuple[Page, ...]) -> Iterator[tuple[str, str]]:
    """What an arm shows: ("pages" or "questions", key); each time of a repeated section is named with the first."""
    times = range(1, MOST_REPEATS + 1)
    named = {page.key for page in pages if page.section and page.section in arm.sections} | set(arm.pages)
    yield from (("pages", key_of(key, number)) for key in named for number in times)
    yield from (("questions", key_of(key, number)) for key in arm.questions for number in times)


def has_conditions(question: Question) -> bool:
    """Whether the question, or one of its options or rows, is shown only to some."""
    pieces = (*own_pieces(question, "options"), *own_pieces(question, "rows"))
    return question.show_if is not None or any(getattr(piece, "show_if", None) for piece in pieces)


def own_pieces(question: Question, name: str) -> tuple[Any, ...]:
    """The question's own options or rows; none where it has none or takes its options from a scale."""
    return getattr(question, name) if name in type(question).model_fields else ()
