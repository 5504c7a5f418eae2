"""What every kind of question is: its field in a form, what is stored, how that is checked, read and counted.

A kind is one class in one file of this package, entered in the registry with `@register`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, Protocol, Self, TypeVar

from pydantic import SerializerFunctionWrapHandler, model_serializer

from stakeholder.letters import composed
from stakeholder.localised import N_, Localised, LocalisedText
from surveys.conditions import Condition
from surveys.documents import QUESTION_KINDS
from surveys.frozen import Data, Key, Shuffle
from surveys.scales import Option

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters, category Cc, but for the line break and the tab."""
CHOOSE_ONE = N_("Choose one of the answers on this page.")
EMPTY = N_("You left this empty. Is that what you want?")
NEEDED = N_("This one needs an answer before you can go on.")
REGISTRY: dict[str, type["Question"]] = {}
Shape = Literal["one", "tick", "place", "share", "range"]
Kind = TypeVar("Kind", bound="Question")


class Form(Protocol):
    """What a submitted form offers (werkzeug's MultiDict does)."""

    def get(self, key: str, /) -> str | None:
        """First value of a field, None when absent."""

    def getlist(self, key: str, /) -> list[str]:
        """All values of a field."""


class AnswerProblem(ValueError):
    """An answer that cannot be kept as it is; `text` says what to do, to be translated where it is shown.

    own  the author's words, which are said instead where there are any
    """

    def __init__(self, text: str, *, own: Localised | None = None, **values: object) -> None:
        super().__init__(str(own) if own else text % values if values else text)
        self.text = text
        self.own = own
        self.values = values

    def said(self, translate: Callable[..., str], language: str) -> str:
        """What to say in a language; `translate` is gettext."""
        if self.own:
            return self.own.in_(language)
        return translate(self.text, **self.values) if self.values else translate(self.text)


class TooLong(AnswerProblem):
    """A text of `count` characters where `limit` can be kept: it is never cut."""

    def __init__(self, count: int, limit: int) -> None:
        super().__init__(
            N_("Your answer has %(count)s characters. We can keep %(limit)s. Please make it shorter."),
            count=f"{count:,}",
            limit=f"{limit:,}",
        )
        self.count, self.limit = count, limit


@dataclass(frozen=True)
class Column:
    """One thing to count: a question, a grid's row or a tick.

    key         the question's key, or "question.row"
    options     counted in the base, in order; `unscored_options` are counted beside it
    favourable  codes that are favourable, already turned round for a reversed item
    indicator, strand, core, focus   its place in the framework, empty outside it
    scores      0-100 by code; empty where options have no order
    asked       the question, where `label` is only one of its rows or options
    shape       how it reads without a good side: "one" of the options; an option as a "tick", chosen or not; its
                "place" in an order; its "share" of a whole; a "range" of numbers
    told        codes whose people make up its share: chosen, or in the first place
    numbers     what options stand for, by code, from which a group's mean is made; empty where none
    """

    key: str
    label: Localised
    options: tuple[Option, ...]
    unscored_options: tuple[Option, ...] = ()
    favourable: frozenset[str] = frozenset()
    reverse: bool = False
    indicator: str = ""
    strand: str = ""
    core: bool = False
    focus: str = ""
    scores: Mapping[str, float] | None = None
    asked: Localised | None = None
    shape: Shape = "one"
    told: frozenset[str] = frozenset()
    numbers: Mapping[str, float] | None = None

    def score(self, code: str) -> float | None:
        """0-100, None for an unscored or unordered option."""
        return self.scores.get(code) if self.scores else None


@dataclass(frozen=True)
class Part:
    """What one column of a table of answers may fill.

    key      the question's key, or "question.row", "question.option", "question.row.option"
    options  what may stand in a cell; empty: whatever was typed
    row      the place in the answer that it fills, empty for the whole answer
    ticked   the option whose choosing a cell tells, where several may be chosen
    """

    key: str
    label: Localised
    options: tuple[Option, ...] = ()
    row: str = ""
    ticked: str = ""


class Question(Data, ABC):
    """Base of all kinds.

    key           names the answer in every document; the same key in two questionnaires means the same thing asked
    indicator     the framework's indicator it asks; `strand`, `core` and `focus` follow from it
    shuffle       its rows, or else its own options, in random order: true, or in how many different orders
    required      nobody gets on without answering it: only where the law of the question demands it
    ask_if_empty  someone who leaves it empty is asked once whether that is meant
    """

    counts_as_question: ClassVar[bool] = True
    is_comment: ClassVar[bool] = False
    is_calculated: ClassVar[bool] = False
    can_be_breakdown: ClassVar[bool] = False
    is_measured: ClassVar[bool] = False
    """Whether an answer is a number or a date, so that conditions may compare it."""
    demands_an_answer: ClassVar[bool] = False
    """Whether `required` is in the nature of the kind, so that its author needs no warning."""
    example: ClassVar[str]
    """A question of this kind as YAML, for the style page, the documentation and the tests."""

    type: str
    key: str = Key
    prompt: LocalisedText
    hint: LocalisedText | None = None
    indicator: str = ""
    strand: str = ""
    core: bool = False
    focus: str = ""
    show_if: Condition | None = None
    shuffle: Shuffle = False
    required: bool = False
    ask_if_empty: bool = False

    @property
    def template(self) -> str:
        """File of the macro that draws it."""
        return f"surveys/questions/{self.type}.html"

    @property
    def may_identify(self) -> bool:
        """Whether an answer may point at one person."""
        return False

    @property
    def is_easier_with_script(self) -> bool:
        """Whether a small script helps; it works without."""
        return False

    def parse(self, form: Form) -> Any:
        """The raw answer in a submitted form, None when there is none."""
        return form.get(self.key) or None

    @abstractmethod
    def check(self, value: Any) -> Any:
        """The answer as it is stored, None when it is empty. Raises AnswerProblem."""

    def doubt(self, value: Any) -> AnswerProblem | None:
        """What to ask about a clean answer before going on ("are you sure?"), None when nothing is odd."""
        return AnswerProblem(EMPTY) if value is None and self.ask_if_empty else None

    def read(self, value: Any, _language: str) -> str:
        """A stored answer in words."""
        return str(value)

    def fields(self, value: Any) -> Iterator[tuple[str, str]]:
        """A stored or typed answer as a browser would send it: (name of the field, its value)."""
        if isinstance(value, Mapping):
            for row, inside in value.items():
                for each in inside if isinstance(inside, list) else [inside]:
                    yield f"{self.key}.{row}", str(each)
        elif isinstance(value, list):
            yield from ((self.key, str(each)) for each in value)
        elif value is not None:
            yield self.key, str(value)

    @property
    def companions(self) -> tuple["Question", ...]:
        """Texts that are asked with it and stored apart, such as the words beside "Other"."""
        return ()

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Its key and those of its companions."""
        return (self.key, *(each.key for each in self.companions))

    def keys_asked(self, _value: Any) -> tuple[str, ...]:
        """Its key and those of the companions that go with an answer."""
        return (self.key,)

    @property
    def builds_on(self) -> frozenset[str]:
        """Keys of the questions from whose answers it is worked out."""
        return frozenset()

    def computed(self, _answers: Mapping[str, Any], _asked: Mapping[str, "Question"]) -> Any:
        """The value of a question that nobody is asked; None for all others."""
        return None

    def columns(self) -> tuple[Column, ...]:
        """What can be counted of it; nothing for free text."""
        return ()

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """Code by column key of a stored answer."""
        return {self.key: value}

    def amounts(self, _value: Any) -> Mapping[str, float]:
        """Share of a whole by column key of a stored answer, 0 to 100; nothing for kinds that share nothing out."""
        return {}

    def parts(self) -> tuple[Part, ...]:
        """What the columns of a table of answers may fill; each thing to count is one unless a kind says otherwise."""
        return tuple(
            Part(
                column.key,
                column.label,
                (*column.options, *column.unscored_options),
                row=column.key.removeprefix(self.key).lstrip("."),
            )
            for column in self.columns()
        ) or (Part(self.key, self.prompt),)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes that may be stored, and that a condition may name."""
        return frozenset()

    @model_serializer(mode="wrap")
    def _with_type(self, rest: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The type stands first and is never left out as a default: it says how to read the rest."""
        others: dict[str, Any] = rest(self)
        return {"type": self.type} | others

    def changed(self, **changes: Any) -> Self:
        """The question with other values in some places, unchecked; what it had worked out from the old ones goes."""
        copy = self.model_copy(update=changes)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy

    def speakable(self, language: str) -> str:
        """What is read aloud."""
        said = [self.prompt.in_(language), *([self.hint.in_(language)] if self.hint else [])]
        return " ".join(_sentence(words) for words in said)


def register(kind: type[Kind]) -> type[Kind]:
    """Enter a kind of question under the name of its `type`."""
    name = str(kind.model_fields["type"].default)
    REGISTRY[name] = kind
    QUESTION_KINDS.add(name)
    return kind


def chosen(value: Any, codes: Set[str]) -> str | None:
    """One of the codes, None when empty. Raises AnswerProblem."""
    if value is None or value == "":
        return None
    if not isinstance(value, str) or value not in codes:
        raise AnswerProblem(CHOOSE_ONE)
    return value


def label_of(code: str, options: Sequence[Option], language: str) -> str:
    """The words of a code."""
    return next((option.label.in_(language) for option in options if option.code == code), code)


def clean_text(value: Any, limit: int) -> str | None:
    """Text as it is stored: composed, without control characters or blank ends; None when empty.

    Raises TooLong when it is longer than `limit` characters: it is never cut.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise AnswerProblem(N_("Write your answer as text."))
    text = value.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    text = CONTROLS.sub("", text)
    text = composed(text).strip()
    if len(text) > limit:
        raise TooLong(len(text), limit)
    return text or None


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!", "؟", "۔", ":")) else f"{words}."
