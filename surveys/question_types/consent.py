"""Agreement to something, said with yes or no."""

from functools import cached_property
from typing import Any, ClassVar, Literal

from stakeholder.localised import Localised, LocalisedText
from surveys.question_types.base import Column, Question, chosen, label_of, register
from surveys.question_types.scaled import spoken
from surveys.scales import Option

AGREE = Option(
    code="yes",
    label=Localised(
        {"en": "Yes, I agree", "cy": "Ydw, rwy’n cytuno", "pl": "Tak, zgadzam się", "ur": "جی ہاں، میں متفق ہوں"}
    ),
)
DISAGREE = Option(
    code="no",
    label=Localised(
        {
            "en": "No, I do not agree",
            "cy": "Nac ydw, dydw i ddim yn cytuno",
            "pl": "Nie, nie zgadzam się",
            "ur": "جی نہیں، میں متفق نہیں ہوں",
        }
    ),
)


@register
class Consent(Question):
    """A statement in full and two answers of equal weight: never a ticked box, and no is an answer like yes."""

    demands_an_answer: ClassVar[bool] = True
    example: ClassVar[str] = """
key: may_quote
type: consent
prompt: May we quote what you write?
statement: We may print your words in the school's report, without your name and without anything that points at you.
required: true
"""

    type: Literal["consent"] = "consent"
    statement: LocalisedText
    options: ClassVar[tuple[Option, ...]] = (AGREE, DISAGREE)

    def check(self, value: Any) -> str | None:
        """Yes or no; true and false are understood. Raises AnswerProblem."""
        if isinstance(value, bool):
            value = AGREE.code if value else DISAGREE.code
        return chosen(value, self.codes)

    def read(self, value: Any, language: str) -> str:
        """The answer's words."""
        return label_of(value, self.options, language)

    def columns(self) -> tuple[Column, ...]:
        """One column without scores."""
        return (Column(self.key, self.prompt, self.options, indicator=self.indicator, strand=self.strand),)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Yes and no."""
        return frozenset(option.code for option in self.options)

    def speakable(self, language: str) -> str:
        """Question, statement, answers."""
        return spoken(f"{super().speakable(language)} {self.statement.in_(language)}", self.options, language)
