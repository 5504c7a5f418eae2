"""Marks of groups of people: a shape and a colour of its own for each, so that either is enough."""

from dataclasses import dataclass
from typing import Literal, Protocol

from analysis.figures.drawing import Drawing
from analysis.figures.palette import CONTROL, FALLING, INK, PLUM, TEAL, WHITE

_RADIUS = 7.5


class Asked(Protocol):
    """An audience: what it is called, and which group of people it is."""

    @property
    def label(self) -> str:
        """Its name for a reader."""

    @property
    def group(self) -> str:
        """Its group's key, e.g. "staff"."""


@dataclass(frozen=True)
class Mark:
    """How a group is marked."""

    shape: Literal["circle", "diamond", "square", "triangle"]
    colour: str

    def draw(self, drawing: Drawing, x: float, y: float) -> None:
        """The mark around a point, with a thin white rim."""
        look = {"fill": self.colour, "stroke": WHITE, "stroke_width": 1.5, "class_": "figure-mark"}
        if self.shape == "circle":
            drawing.circle(x, y, _RADIUS, **look)
            return
        drawing.shape([(x + _RADIUS * right, y + _RADIUS * down) for right, down in _CORNERS[self.shape]], **look)


_CORNERS = {
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle": ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
}
STUDENTS = Mark("circle", TEAL)
_MARKS = {
    "student": STUDENTS,
    "staff": Mark("diamond", FALLING),
    "parent": Mark("square", PLUM),
    "governor": Mark("triangle", INK),
}


def marks(a: Asked, b: Asked) -> tuple[Mark, Mark]:
    """The marks of two audiences, never the same."""
    first = _MARKS.get(a.group, Mark("square", CONTROL))
    second = _MARKS.get(b.group, Mark("square", CONTROL))
    return first, second if second != first else Mark("triangle", CONTROL)
