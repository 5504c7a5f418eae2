"""Scales and options: what can be chosen, in which order, worth what."""

from typing import Literal, Self

from pydantic import Field, field_serializer, model_validator

from stakeholder.localised import LocalisedText
from surveys.conditions import Condition
from surveys.frozen import Data, Key, refuse_doubles

Face = Literal["sad", "neutral", "smile"]
Picture = Literal[
    "book",
    "heart",
    "rocket",
    "house",
    "ball",
    "bus",
    "bicycle",
    "walking",
    "car",
    "apple",
    "tree",
    "music",
    "paint",
    "friends",
    "sun",
    "cloud",
]

__all__ = ["Data", "Face", "Key", "Option", "Picture", "Scale", "refuse_doubles"]


class Option(Data):
    """One thing to choose.

    code       what is stored; never changes once answers exist
    value      its score: its number on the scale, None for options without order
    face       which face a youngest child sees beside it
    show_if    who may choose it, by their earlier answers; never on a scale, which is whole or is another scale
    fixed      keeps its place when the options are put in random order ("None of these" stays last)
    other      it has a text box of its own, stored apart from the answers
    exclusive  it cannot be chosen together with others ("None of these")
    picture    a picture of the collection
    """

    code: str = Key
    label: LocalisedText
    value: float | None = None
    face: Face | None = None
    show_if: Condition | None = None
    fixed: bool = False
    other: bool = False
    exclusive: bool = False
    picture: Picture | None = None


class Scale(Data):
    """Options from least to most agreement.

    unscored    options such as "Don't know": counted, never part of a percentage
    favourable  codes that count as a favourable answer (for a reversed item: the mirrored ones)
    """

    key: str = Key
    options: tuple[Option, ...] = Field(min_length=2, max_length=11)
    unscored: tuple[Option, ...] = ()
    favourable: frozenset[str]

    @model_validator(mode="after")
    def _sound(self) -> Self:
        codes = [option.code for option in (*self.options, *self.unscored)]
        refuse_doubles(codes, "code")
        if any(option.show_if for option in (*self.options, *self.unscored)):
            raise ValueError("an option of a scale has 'show_if'; expected a scale that is the same for everyone.")
        boxed = [option.code for option in (*self.options, *self.unscored) if option.other or option.exclusive]
        if boxed:
            raise ValueError(f"the option '{boxed[0]}' is 'other' or 'exclusive'; expected that in choices only.")
        values = [option.value for option in self.options if option.value is not None]
        if len(values) < len(self.options):
            raise ValueError("an option has no value; expected a number for every option of a scale.")
        if sorted(set(values)) != values:
            raise ValueError(f"found the values {values}, expected them to rise from least to most agreement.")
        strange = sorted(self.favourable - {option.code for option in self.options})
        if strange:
            raise ValueError(f"found '{strange[0]}' among the favourable codes, expected one of {', '.join(codes)}.")
        return self

    @field_serializer("favourable")
    def _in_order(self, favourable: frozenset[str]) -> list[str]:
        """Always the same order, so that a definition keeps its digest."""
        return sorted(favourable)

    def favourable_for(self, *, reverse: bool) -> frozenset[str]:
        """Favourable codes of an item; a reversed item's are mirrored about the middle."""
        if not reverse:
            return self.favourable
        codes = [option.code for option in self.options]
        return frozenset(codes[len(codes) - 1 - codes.index(code)] for code in self.favourable)

    def score(self, code: str, *, reverse: bool) -> float | None:
        """0-100 position of a code, mirrored for a reversed item; None for an unscored one.

        100 * (value - min) / (max - min), with value replaced by max + min - value when reversed.
        """
        values = {option.code: option.value for option in self.options if option.value is not None}
        if code not in values:
            return None
        low, high = min(values.values()), max(values.values())
        value = low + high - values[code] if reverse else values[code]
        return 100 * (value - low) / (high - low)
