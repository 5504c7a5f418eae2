"""What the kinds with numbers share: reading what people type, points as options, bands to count."""

import math
from collections.abc import Sequence
from typing import Any

from stakeholder.localised import Localised
from surveys.scales import Option

LONGEST = 40
RATHER_NOT = Option(
    code="rather_not",
    label=Localised(
        {
            "en": "I’d rather not answer",
            "cy": "Byddai’n well gen i beidio ag ateb",
            "pl": "Wolę nie odpowiadać",
            "ur": "میں جواب نہیں دینا چاہوں گا / چاہوں گی",
        }
    ),
)


def typed_number(value: Any) -> float | None:
    """A finite number from a form's text (decimal comma or point) or from JSON; None when it is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or len(str(value)) > LONGEST:
        return None
    try:
        number = (
            float(value.strip().replace(",", ".").replace("\u2212", "-")) if isinstance(value, str) else float(value)
        )
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def whole(number: float) -> int | float:
    """The number as it is stored: whole numbers without a point."""
    return int(number) if number == int(number) else number


def is_empty(value: Any) -> bool:
    """Whether nothing was typed."""
    return value is None or (isinstance(value, str) and not value.strip())


def point(number: float) -> Option:
    """A number as an option: its code is what a form sends."""
    words = f"{number:g}"
    return Option.model_construct(code=words, label=Localised({"en": words}), value=float(number))


def bands(edges: Sequence[tuple[float, float]], unit: str = "") -> tuple[Option, ...]:
    """Ranges as options in order, coded band_1, band_2 ...; the words are digits, the same in every language.

    >>> [str(band.label) for band in bands([(0, 4), (5, 9), (10, 10)])]
    ['0–4', '5–9', '10']
    """
    return tuple(
        Option(code=f"band_{number}", label=Localised({"en": _range(first, last) + unit}), value=number)
        for number, (first, last) in enumerate(edges, 1)
    )


def _range(first: float, last: float) -> str:
    if first == last:
        return f"{first:g}"
    return f"{first:g}+" if math.isinf(last) else f"{first:g}–{last:g}"
