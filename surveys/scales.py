"""Scales and options: what can be chosen, in which order, worth what."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_serializer, model_validator

from stakeholder.localised import LocalisedText

Key = Field(pattern=r"^[a-z][a-z0-9_]{0,59}$")
Face = Literal["sad", "neutral", "smile"]


class Data(BaseModel):
    """Base of everything in a definition: frozen, and a word it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Data):
    """One thing to choose.

    code   what is stored; never changes once answers exist
    value  its number on the scale, None for options without order
    face   which face a youngest child sees beside it
    """

    code: str = Key
    label: LocalisedText
    value: float | None = None
    face: Face | None = None


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


def refuse_doubles(keys: list[str], what: str) -> None:
    """Raise ValueError naming the first key that stands twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"found the {what} '{key}' twice, expected each {what} once.")
        seen.add(key)
