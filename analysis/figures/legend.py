"""What colours mean, above a drawing."""

from collections.abc import Sequence

from analysis.figures.drawing import Drawing
from analysis.figures.lettering import Lettering, leading, width
from analysis.figures.palette import INK_2

Swatch = tuple[str, str]
_WORDS = Lettering(12.5, 500, INK_2)
_SIDE, _BESIDE, _BETWEEN, _ROOM = 13.0, 5.0, 16.0, 4.0


def legend(drawing: Drawing, x: float, y: float, swatches: Sequence[Swatch], *, within: float) -> None:
    """Squares of (label, colour), in as many lines as they need, from the upper edge `y`."""
    for line in _lines(swatches, within):
        height, start = _height(line), x
        for label, fill in line:
            drawing.rect(start, y + (height - _SIDE) / 2, _SIDE, _SIDE, rx=3, fill=fill)
            drawing.text(start + _SIDE + _BESIDE, y + height / 2, label, _WORDS)
            start += _taken(label) + _BETWEEN
        y += height


def legend_height(swatches: Sequence[Swatch], *, within: float) -> float:
    """Height that `legend` takes."""
    return sum(_height(line) for line in _lines(swatches, within))


def legend_lines(swatches: Sequence[Swatch], *, within: float) -> int:
    """Number of lines that `legend` takes."""
    return len(_lines(swatches, within))


def _lines(swatches: Sequence[Swatch], within: float) -> list[list[Swatch]]:
    lines: list[list[Swatch]] = []
    reach = 0.0
    for label, fill in swatches:
        if not lines or reach + _taken(label) > within:
            lines.append([])
            reach = 0.0
        lines[-1].append((label, fill))
        reach += _taken(label) + _BETWEEN
    return lines


def _taken(label: str) -> float:
    return _SIDE + _BESIDE + width(label, _WORDS)


def _height(line: Sequence[Swatch]) -> float:
    return max(leading(label, _WORDS) for label, _fill in line) + _ROOM
