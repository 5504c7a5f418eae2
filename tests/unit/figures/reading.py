"""What a drawing holds, read back from its SVG."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from analysis.figures import Figure
from analysis.figures.lettering import Lettering, width

SVG = "{http://www.w3.org/2000/svg}"
CAP_HEIGHT, DEPTH = 0.72, 0.2


@dataclass(frozen=True)
class Box:
    """Where one line of text stands."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


def drawings(figure: Figure) -> list[Element]:
    """Both drawings, which must be well-formed."""
    return [ET.fromstring(str(svg)) for svg in (figure.wide_svg, figure.narrow_svg)]


def every(drawing: Element, tag: str, name: str = "") -> list[Element]:
    """Elements of a kind, or of those the ones of a class."""
    return [each for each in drawing.iter(f"{SVG}{tag}") if not name or each.get("class") == name]


def at(element: Element, key: str) -> float:
    """A measure of an element."""
    return float(element.get(key, "0"))


def words(drawing: Element) -> str:
    """All that can be read in it."""
    return " ".join(text.text or "" for text in every(drawing, "text"))


def boxes(drawing: Element) -> list[Box]:
    """Every line of text, measured."""
    return [_box(text) for text in every(drawing, "text")]


def collisions(drawing: Element) -> list[tuple[str, str]]:
    """Texts that stand on one another."""
    return [(one.words, other.words) for one, other in combinations(boxes(drawing), 2) if one.meets(other)]


def outside(drawing: Element) -> list[str]:
    """Texts that reach beyond the drawing."""
    _x, _y, wide, tall = map(float, drawing.get("viewBox", "").split())
    return [
        box.words
        for box in boxes(drawing)
        if box.left < -0.5 or box.right > wide + 0.5 or box.top < -0.5 or box.bottom > tall + 0.5
    ]


def surfaces(drawing: Element) -> Iterator[tuple[Element, Element]]:
    """Numbers and the coloured parts they stand on."""
    for text in every(drawing, "text"):
        box = _box(text)
        middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        for part in every(drawing, "rect", "figure-part"):
            x, y = at(part, "x"), at(part, "y")
            if x <= middle[0] <= x + at(part, "width") and y <= middle[1] <= y + at(part, "height"):
                yield text, part


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _box(text: Element) -> Box:
    size, said = at(text, "font-size"), text.text or ""
    wide = width(said, Lettering(size, int(at(text, "font-weight"))))
    anchor = text.get("text-anchor", "start")
    if text.get("direction") == "rtl":
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    left = at(text, "x") - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return Box(said, left, at(text, "y") - CAP_HEIGHT * size, left + wide, at(text, "y") + DEPTH * size)
