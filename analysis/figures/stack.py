"""A bar of several parts, every number in its part or, where that is too thin, above it; and what stands for a bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from analysis.figures.drawing import Drawing, block_height
from analysis.figures.lettering import Lettering, width
from analysis.figures.palette import CONTROL, INK_2, WHITE, on
from analysis.figures.placing import side_by_side

THICK, ROOM_ABOVE = 28.0, 16.0
_INSIDE, _REASON = Lettering(12.5, 600), Lettering(12.5, 400, INK_2)
_PADDING = 5.0


@dataclass(frozen=True)
class Part:
    """One part of a bar: what is printed in it, its length in units, its colour. An empty part prints nothing."""

    words: str
    length: float
    fill: str

    @property
    def is_too_thin(self) -> bool:
        """Whether its number must stand above it."""
        return bool(self.words) and self.length > 0 and self.length < width(self.words, _INSIDE) + _PADDING


def room_above(parts: Sequence[Part]) -> float:
    """Room for numbers that do not fit inside."""
    return ROOM_ABOVE if any(part.is_too_thin for part in parts) else 0.0


def draw_stack(drawing: Drawing, x: float, middle: float, parts: Sequence[Part]) -> None:
    """Parts side by side from `x`."""
    starts = list(accumulate((part.length for part in parts), initial=x))
    for start, part in zip(starts, parts, strict=False):
        drawing.rect(start, middle - THICK / 2, part.length, THICK, fill=part.fill, class_="figure-part")
    for edge in starts[1:-1]:
        drawing.line((edge, middle - THICK / 2), (edge, middle + THICK / 2), stroke=WHITE)
    placed = [(start + part.length / 2, part) for start, part in zip(starts, parts, strict=False) if part.length]
    for centre, part in placed:
        if part.words and not part.is_too_thin:
            lettering = Lettering(_INSIDE.size, _INSIDE.weight, on(part.fill))
            drawing.text(centre, middle, part.words, lettering, "middle")
    _numbers_above(drawing, middle - THICK / 2, [(centre, part.words) for centre, part in placed if part.is_too_thin])


def reason_height(words: str, *, within: float) -> float:
    """Height of `draw_reason`."""
    return max(THICK, block_height(words, _REASON, within=within - 4 * _PADDING) + 2 * _PADDING)


def draw_reason(drawing: Drawing, x: float, middle: float, words: str, *, within: float) -> None:
    """A hatched surface in place of a bar, with words that say why."""
    height = reason_height(words, within=within)
    drawing.hatched(x, middle - height / 2, within, height)
    drawing.block(x + 2 * _PADDING, middle, words, _REASON, within=within - 4 * _PADDING)


def _numbers_above(drawing: Drawing, top: float, wanted: Sequence[tuple[float, str]]) -> None:
    places = side_by_side(wanted, _INSIDE, within=drawing.width)
    for at, (centre, words) in zip(places, wanted, strict=True):
        drawing.text(at, top - 10, words, _INSIDE, "middle")
        if abs(at - centre) > 2:
            drawing.line((at, top - 4), (centre, top), stroke=CONTROL)
