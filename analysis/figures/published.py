"""A figure as a file of its own: what it says above it, and below it who was asked, when, and where it comes from."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from analysis.figures.drawing import Drawing, block_height, element
from analysis.figures.figure import Figure
from analysis.figures.lettering import Lettering
from analysis.figures.palette import INK, INK_2, WHITE

_TITLE, _TEXT = Lettering(20, 700, INK), Lettering(13, 400, INK_2)
_WIDE, _INSET, _BETWEEN = 760.0, 20.0, 10.0
_HEIGHT = re.compile(r'viewBox="0 0 [\d.]+ ([\d.]+)"')


def published(figure: Figure, source: Sequence[str]) -> Markup:
    """The figure's wide drawing with its title, notes and source, as one SVG of 760 units.

    source  lines below the drawing
    """
    drawing = Drawing(f"{figure.key}-published", _WIDE)
    below = [line for line in (figure.subtitle, figure.note, *source) if line]
    whole = _tall(figure.title, _TITLE) + _drawn_height(figure) + sum(_tall(line, _TEXT) for line in below) + 2 * _INSET
    drawing.rect(0.0, 0.0, _WIDE, whole, fill=WHITE)
    drawing.down(_INSET)
    _line(drawing, figure.title, _TITLE)
    drawing.put(element("g", figure.wide_svg, transform=f"translate({_INSET},{drawing.height:.2f})"))
    drawing.down(_drawn_height(figure))
    for line in below:
        _line(drawing, line, _TEXT)
    drawing.down(_INSET)
    return drawing.svg(title=figure.title, summary=figure.summary)


def _line(drawing: Drawing, words: str, lettering: Lettering) -> None:
    tall = _tall(words, lettering)
    drawing.block(_INSET, drawing.height + (tall - _BETWEEN) / 2, words, lettering, within=_WIDE - 2 * _INSET)
    drawing.down(tall)


def _tall(words: str, lettering: Lettering) -> float:
    return block_height(words, lettering, within=_WIDE - 2 * _INSET) + _BETWEEN


def _drawn_height(figure: Figure) -> float:
    found = _HEIGHT.search(str(figure.wide_svg))
    return (float(found.group(1)) if found else 0.0) + _BETWEEN
