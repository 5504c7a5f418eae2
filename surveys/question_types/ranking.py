"""Things put in order, first place first."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

from pydantic import Field, model_validator

from stakeholder.localised import N_, Localised
from surveys.question_types.base import CHOOSE_ONE, AnswerProblem, Column, Form, Question, label_of, register
from surveys.question_types.numbered import is_empty, point, typed_number
from surveys.question_types.scaled import spoken
from surveys.question_types.ticks import refuse_boxes
from surveys.scales import Option, refuse_doubles

MOST_OPTIONS = 20
SAME_PLACE = N_("Two of them have place %(place)s. Give each place only once.")
NO_GAPS = N_("Nothing has place %(place)s. Begin with 1 and leave no place out.")
NOT_RANKED = Option(
    code="not_ranked",
    label=Localised({"en": "Not ranked", "cy": "Heb ei osod mewn trefn", "pl": "Bez miejsca", "ur": "کوئی درجہ نہیں"}),
)


@register
class Ranking(Question):
    """Each option is given a place by a menu of numbers, or moved by buttons; nothing needs dragging.

    `most`: how many places there are.

    Stored as the options' codes in order. A place less than `most` may be given, but none left out before the last.
    """

    example: ClassVar[str] = """
key: what_matters
type: ranking
prompt: Which matter most to you at break? Give the most important place 1.
most: 3
options:
  - {code: friends, label: Being with friends}
  - {code: quiet, label: A quiet place}
  - {code: sport, label: Sport}
  - {code: food, label: Good food}
"""

    type: Literal["ranking"] = "ranking"
    options: tuple[Option, ...] = Field(min_length=2, max_length=MOST_OPTIONS)
    most: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse_doubles([option.code for option in self.options], "code")
        if self.places > len(self.options):
            raise ValueError(f"found most {self.most} for {len(self.options)} options, expected at most that many.")
        refuse_boxes(self.options)
        return self

    @property
    def places(self) -> int:
        """How many places may be given."""
        return self.most or len(self.options)

    @property
    def is_easier_with_script(self) -> bool:
        """Buttons move an option up and down; without a script the menus remain."""
        return True

    @cached_property
    def codes(self) -> frozenset[str]:
        """Codes of the options."""
        return frozenset(option.code for option in self.options)

    def parse(self, form: Form) -> dict[str, str] | None:
        """{option: place} as chosen."""
        found = {option.code: form.get(f"{self.key}.{option.code}") for option in self.options}
        return {code: place for code, place in found.items() if place} or None

    def check(self, value: Any) -> list[str] | None:
        """Codes in order; takes {option: place} as well. Raises AnswerProblem."""
        if value is None or value == {}:
            return None
        if isinstance(value, dict):
            value = self._in_order(value)
        strange = not isinstance(value, list) or any(
            not isinstance(code, str) or code not in self.codes for code in value
        )
        if strange or len(set(value)) < len(value) or len(value) > self.places:
            raise AnswerProblem(CHOOSE_ONE)
        return value or None

    def read(self, value: Any, language: str) -> str:
        """Places and words."""
        return "; ".join(f"{place}. {label_of(code, self.options, language)}" for place, code in enumerate(value, 1))

    def fields(self, value: Any) -> Iterator[tuple[str, str]]:
        """The chosen place of each option."""
        places = {code: place for place, code in enumerate(value, 1)} if isinstance(value, list) else value
        yield from super().fields(places)

    def columns(self) -> tuple[Column, ...]:
        """One column for each option: its place, and 100 for the first down to 0 for the last as its score.

        Someone who ranked others counts among those who did not put it first; a mean place is over those who ranked it.
        """
        options = tuple(point(place) for place in range(1, self.places + 1))
        last = max(self.places - 1, 1)
        return tuple(
            Column(
                f"{self.key}.{option.code}",
                option.label,
                (*options, NOT_RANKED),
                scores={str(place): 100 * (self.places - place) / last for place in range(1, self.places + 1)},
                asked=self.prompt,
                shape="place",
                told=frozenset({"1"}),
                numbers={str(place): float(place) for place in range(1, self.places + 1)},
            )
            for option in self.options
        )

    def column_codes(self, value: Any) -> Mapping[str, str]:
        """The place of each option."""
        places = {code: str(place) for place, code in enumerate(value, 1)}
        return {f"{self.key}.{option.code}": places.get(option.code, NOT_RANKED.code) for option in self.options}

    def speakable(self, language: str) -> str:
        """Question, then what is to be put in order."""
        return spoken(super().speakable(language), self.options, language)

    def _in_order(self, given: Mapping[Any, Any]) -> list[str]:
        """The codes in the order of their places."""
        by_place: dict[int, str] = {}
        for code, typed in given.items():
            if is_empty(typed) or typed == NOT_RANKED.code:
                continue
            place = typed_number(typed)
            if code not in self.codes or place is None or place != int(place) or not 1 <= place <= self.places:
                raise AnswerProblem(CHOOSE_ONE)
            if int(place) in by_place:
                raise AnswerProblem(SAME_PLACE, place=int(place))
            by_place[int(place)] = code
        missing = next((place for place in range(1, len(by_place) + 1) if place not in by_place), None)
        if missing is not None:
            raise AnswerProblem(NO_GAPS, place=missing)
        return [by_place[place] for place in sorted(by_place)]
