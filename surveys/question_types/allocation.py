"""A fixed amount shared out: 100 points, 10 counters, 24 hours."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stakeholder.localised import N_, Localised, LocalisedText
from surveys.question_types.base import AnswerProblem, Column, Form, Part, Question, register
from surveys.question_types.numbered import is_empty, typed_number
from surveys.question_types.scaled import spoken
from surveys.scales import Option, refuse_doubles

MOST_OPTIONS = 12
WHOLE = N_("Write whole numbers only, from 0 to %(total)s.")
LEFT = N_("You have given %(given)s of %(total)s. Give %(left)s more.")
TOO_MUCH = N_("You have given %(given)s of %(total)s. Take %(over)s away.")
SHARES = ("0%", "1–24%", "25–49%", "50–74%", "75–100%")


@register
class Allocation(Question):
    """Whole numbers that add up to `total` exactly; a box left empty counts as 0, all left empty is no answer."""

    example: ClassVar[str] = """
key: share_money
type: allocation
prompt: If you had 100 pounds for our school, how would you share them out?
total: 100
unit: pounds
options:
  - {code: library, label: The library}
  - {code: sport, label: Sport}
  - {code: garden, label: The garden}
"""

    type: Literal["allocation"] = "allocation"
    options: tuple[Option, ...] = Field(min_length=2, max_length=MOST_OPTIONS)
    total: int = Field(100, ge=1, le=1_000_000)
    unit: LocalisedText | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse_doubles([option.code for option in self.options], "code")
        if any(option.other or option.exclusive for option in self.options):
            raise ValueError(
                "found an option that is 'other' or 'exclusive', expected that in choice and choices only."
            )
        return self

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(option.code for option in self.options)

    @property
    def is_easier_with_script(self) -> bool:
        """It says what is left while one types."""
        return True

    def parse(self, form: Form) -> dict[str, str] | None:
        """{option: what was typed}."""
        found = {option.code: form.get(f"{self.key}.{option.code}") for option in self.options}
        return {code: typed for code, typed in found.items() if typed and typed.strip()} or None

    def check(self, value: Any) -> dict[str, int] | None:
        """{option: amount} of all options. Raises AnswerProblem saying what is left to give."""
        if value is None:
            return None
        if not isinstance(value, dict) or set(value) - self._known:
            raise AnswerProblem(WHOLE, total=self.total)
        if all(is_empty(amount) for amount in value.values()):
            return None
        clean = {option.code: self._amount(value.get(option.code)) for option in self.options}
        given = sum(clean.values())
        if given < self.total:
            raise AnswerProblem(LEFT, given=given, total=self.total, left=self.total - given)
        if given > self.total:
            raise AnswerProblem(TOO_MUCH, given=given, total=self.total, over=given - self.total)
        return clean

    def read(self, value: Any, language: str) -> str:
        """Each option that got something."""
        unit = f" {self.unit.in_(language)}" if self.unit else ""
        return "; ".join(
            f"{option.label.in_(language)}: {value[option.code]}{unit}"
            for option in self.options
            if value.get(option.code)
        )

    def columns(self) -> tuple[Column, ...]:
        """One column for each option: which share of the whole it got."""
        shares = tuple(
            Option(code=f"share_{number}", label=Localised({"en": words}), value=number)
            for number, words in enumerate(SHARES)
        )
        return tuple(
            Column(f"{self.key}.{option.code}", option.label, shares, asked=self.prompt, shape="share")
            for option in self.options
        )

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """The share of each option."""
        return {f"{self.key}.{code}": f"share_{self._share(amount)}" for code, amount in value.items()}

    def amounts(self, value: Any) -> Mapping[str, float]:
        """What each option got, of 100."""
        return {f"{self.key}.{code}": 100 * amount / self.total for code, amount in value.items()}

    def parts(self) -> tuple[Part, ...]:
        """The amount of each option, as it was given."""
        return tuple(Part(f"{self.key}.{each.code}", each.label, row=each.code) for each in self.options)

    def speakable(self, language: str) -> str:
        """Question, then what it may be given to."""
        return spoken(super().speakable(language), self.options, language)

    def _amount(self, typed: Any) -> int:
        number = 0.0 if is_empty(typed) else typed_number(typed)
        if number is None or number != int(number) or not 0 <= number <= self.total:
            raise AnswerProblem(WHOLE, total=self.total)
        return int(number)

    def _share(self, amount: int) -> int:
        return 0 if amount == 0 else min(1 + 4 * amount // self.total, 4)
