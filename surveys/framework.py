"""Frameworks: dimensions, strands and parallel indicators, whatever their names. Data, read from YAML."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

import stakeholder
import surveys
from stakeholder.errors import Invalid
from stakeholder.localised import DEFAULT_LANGUAGE, LocalisedText
from surveys.documents import read_yaml, validated
from surveys.scales import Data, Key, Scale, refuse_doubles

FRAMEWORKS = Path(surveys.__file__).parent / "data" / "frameworks"
LOCALES = Path(stakeholder.__file__).parent / "locales"
DEFAULT_FRAMEWORK = "soto"
TEXT_FIELDS = frozenset(
    {
        "title",
        "note",
        "label",
        "name",
        "short",
        "definition",
        "question",
        "meaning",
        "text",
        "prompt",
        "hint",
        "body",
        "intro",
    }
)
DottedKey = Field(pattern=r"^[a-z][a-z0-9_.]{0,79}$")
Focus = Literal["self", "child", "pupils", "school", "board"]
Style = Literal["youngest", "primary", "standard"]


class Indicator(Data):
    """One statement for one audience; indicators of one strand are parallel across audiences.

    core     part of the strand's score (one core indicator a strand and audience), so that trends hold
    focus    what it speaks about; gaps leave out "board"
    reverse  worded negatively: a high answer is unfavourable
    """

    key: str = DottedKey
    text: LocalisedText
    core: bool = True
    focus: Focus
    reverse: bool = False
    audience: str = ""
    strand: str = ""


class Strand(Data):
    """One thread of a dimension; `sensitive`: answers may point at a child at risk."""

    key: str = DottedKey
    name: LocalisedText
    meaning: LocalisedText
    sensitive: bool = False
    items: Mapping[str, tuple[Indicator, ...]]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Its indicators, audience by audience."""
        return tuple(indicator for indicators in self.items.values() for indicator in indicators)

    @model_validator(mode="before")
    @classmethod
    def _place(cls, content: Any) -> Any:
        """Tell each indicator whose it is."""
        if not isinstance(content, dict) or not isinstance(content.get("items"), dict):
            return content
        items = {
            audience: [
                {**item, "audience": audience, "strand": content.get("key", "")} if isinstance(item, dict) else item
                for item in listed
            ]
            if isinstance(listed, list)
            else listed
            for audience, listed in content["items"].items()
        }
        return {**content, "items": items}


class Dimension(Data):
    """One of the framework's dimensions; all weigh the same."""

    key: str = Key
    name: LocalisedText
    short: LocalisedText
    definition: LocalisedText
    question: LocalisedText
    strands: tuple[Strand, ...] = Field(min_length=1)


class FrameworkAudience(Data):
    """Who is asked, and what a default questionnaire for them holds besides the indicators.

    group     the stakeholder group it belongs to
    extras    ask also the indicators that are not core
    comments  question definitions asked after the statements
    about     question definitions about the respondent, asked last
    """

    key: str = Key
    label: LocalisedText
    group: str = Key
    scale: str
    style: Style = "standard"
    extras: bool = False
    minutes: int = Field(ge=1, le=60)
    title: LocalisedText
    intro: LocalisedText
    comments: tuple[Mapping[str, Any], ...] = ()
    about: tuple[Mapping[str, Any], ...] = ()
    breakdowns: tuple[str, ...] = ()


class Framework(Data):
    """A framework of evaluation: SoTo's by default, any other from another YAML file."""

    key: str = Key
    title: LocalisedText
    note: LocalisedText
    audiences: tuple[FrameworkAudience, ...] = Field(min_length=1)
    scales: tuple[Scale, ...]
    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    translations: Mapping[str, Literal["machine_draft", "checked"]] = Field(default_factory=dict)

    @property
    def strands(self) -> tuple[Strand, ...]:
        """All strands in order."""
        return tuple(strand for dimension in self.dimensions for strand in dimension.strands)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in order."""
        return tuple(indicator for strand in self.strands for indicator in strand.indicators)

    @property
    def languages(self) -> tuple[str, ...]:
        """English and every language with a translation."""
        return (DEFAULT_LANGUAGE, *self.translations)

    def scale(self, key: str) -> Scale:
        """The scale with this key. Raises KeyError."""
        return {scale.key: scale for scale in self.scales}[key]

    def strand(self, key: str) -> Strand | None:
        """The strand with this key, None when there is none."""
        return next((strand for strand in self.strands if strand.key == key), None)

    def dimension_of(self, strand: str) -> Dimension | None:
        """The dimension that holds a strand."""
        return next(
            (dimension for dimension in self.dimensions if any(s.key == strand for s in dimension.strands)), None
        )

    @model_validator(mode="after")
    def _sound(self) -> Self:
        refuse_doubles([indicator.key for indicator in self.indicators], "indicator")
        refuse_doubles([*(each.key for each in self.dimensions), *(strand.key for strand in self.strands)], "key")
        audiences, scales = {each.key for each in self.audiences}, {scale.key for scale in self.scales}
        for audience in self.audiences:
            if audience.scale not in scales:
                raise ValueError(
                    f"audience '{audience.key}': found the scale '{audience.scale}', "
                    f"expected one of {', '.join(sorted(scales))}."
                )
        for indicator in self.indicators:
            if indicator.audience not in audiences:
                raise ValueError(
                    f"strand '{indicator.strand}': found items for '{indicator.audience}', "
                    f"expected one of {', '.join(sorted(audiences))}."
                )
        return self


def load_framework(text: str, *, source: str, translations: Mapping[str, str] | None = None) -> Framework:
    """A framework from YAML, with its words in other languages from {language: YAML}.

    Raises Invalid naming file, place, found and expected.
    """
    content = read_yaml(text, source)
    statuses: dict[str, str] = {}
    overlays: dict[str, Mapping[str, str]] = {}
    for language, overlay in (translations or {}).items():
        named = f"{language}/{source}"
        found = read_yaml(overlay, named)
        if not isinstance(found, dict) or not isinstance(found.get("texts"), dict):
            raise Invalid(f"{named}: found no 'texts:', expected a mapping of places to words.")
        statuses[language], overlays[language] = str(found.get("status")), found["texts"]
    _refuse_orphans(content, overlays, source)
    merged = _merged(content, overlays, "")
    if isinstance(merged, dict):
        merged = {**merged, "translations": statuses}
    return validated(Framework, merged, text=text, source=source)


@lru_cache(maxsize=1)
def default_framework() -> Framework:
    """The Schools of Tomorrow framework, in every language the product speaks."""
    name = f"{DEFAULT_FRAMEWORK}.yaml"
    translations = {
        path.parent.parent.name: path.read_text("utf-8") for path in sorted(LOCALES.glob(f"*/frameworks/{name}"))
    }
    return load_framework((FRAMEWORKS / name).read_text("utf-8"), source=name, translations=translations)


def texts(content: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text a reader sees, as (place, English words); a list's members go by their key or code."""
    if isinstance(content, dict):
        for name, value in content.items():
            below = f"{place}/{name}" if place else str(name)
            if name in TEXT_FIELDS and isinstance(value, str):
                yield below, value
            else:
                yield from texts(value, below)
    elif isinstance(content, list):
        for at, value in enumerate(content):
            yield from texts(value, f"{place}/{_name(value, at)}")


def _merged(content: Any, overlays: Mapping[str, Mapping[str, str]], place: str) -> Any:
    if isinstance(content, dict):
        merged: dict[str, Any] = {}
        for name, value in content.items():
            below = f"{place}/{name}" if place else str(name)
            if name in TEXT_FIELDS and isinstance(value, str):
                others = {language: found[below] for language, found in overlays.items() if below in found}
                merged[name] = {DEFAULT_LANGUAGE: value, **others} if others else value
            else:
                merged[name] = _merged(value, overlays, below)
        return merged
    if isinstance(content, list):
        return [_merged(value, overlays, f"{place}/{_name(value, at)}") for at, value in enumerate(content)]
    return content


def _name(value: Any, at: int) -> str:
    return str(value.get("key") or value.get("code") or at) if isinstance(value, dict) else str(at)


def _refuse_orphans(content: Any, overlays: Mapping[str, Mapping[str, str]], source: str) -> None:
    known = {place for place, _ in texts(content)}
    for language, found in overlays.items():
        for place, words in found.items():
            if place not in known:
                raise Invalid(f"{language}/{source}: found '{place}', expected the place of a text in {source}.")
            if not isinstance(words, str) or not words.strip():
                raise Invalid(f"{language}/{source}, {place}: found {words!r}, expected words.")
