"""Two marks on one line: where either of two groups stands on the scale of 0 to 100, with the range around it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.figures.drawing import Drawing
from analysis.figures.lettering import Lettering
from analysis.figures.marks import STUDENTS, Mark
from analysis.figures.palette import GRID, INK_2
from analysis.figures.placing import side_by_side
from analysis.figures.wording import percent_of_100
from analysis.measures.standing import Standing

HEAD, FOOT = 22.0, 24.0
_AXIS, _GROUP, _FIGURE = Lettering(12.5, 400, INK_2), Lettering(13, 700), Lettering(12.5, 600)
_JOIN, _PALE, _REACH, _BESIDE, _THICK = "#c3b9a6", 0.28, 10.0, 5.0, 8.0


@dataclass(frozen=True)
class Group:
    """A group's name and mark."""

    name: str
    mark: Mark


@dataclass(frozen=True)
class Axis:
    """Where 0 and 100 stand, which values have a line, and how a value is put into words."""

    start: float
    end: float
    ticks: tuple[int, ...]
    say: Callable[[float], str] = percent_of_100

    def at(self, value: float) -> float:
        """Place of a value of 0 to 100."""
        return self.start + (self.end - self.start) * value / 100


Pair = tuple[Standing, Standing]
Groups = tuple[Group, Group]


def draw_group_names(drawing: Drawing, axis: Axis, pair: Pair, groups: Groups) -> None:
    """The groups' names over their marks, which explains all rows below; goes down by HEAD."""
    named = sorted(zip(pair, groups, strict=True), key=lambda each: each[0].value)
    wanted = [(axis.at(end.value), group.name) for end, group in named]
    places = side_by_side(wanted, _GROUP, within=drawing.width)
    for place, (_end, group) in zip(places, named, strict=True):
        lettering = Lettering(_GROUP.size, _GROUP.weight, group.mark.colour)
        drawing.text(place, drawing.height + HEAD / 2 - 2, group.name, lettering, "middle")
    drawing.down(HEAD)


def draw_lines(drawing: Drawing, axis: Axis, *, tall: float) -> None:
    """The axis's lines behind one row."""
    for tick in axis.ticks:
        x = axis.at(tick)
        drawing.line((x, drawing.height), (x, drawing.height + tall), stroke=GRID, stroke_width=1.2)


def draw_ticks(drawing: Drawing, axis: Axis) -> None:
    """The axis's values; goes down by FOOT."""
    for tick in axis.ticks:
        drawing.text(axis.at(tick), drawing.height + FOOT / 2 + 2, axis.say(tick), _AXIS, "middle")
    drawing.down(FOOT)


def draw_dots(drawing: Drawing, axis: Axis, middle: float, pair: Pair, groups: Groups) -> None:
    """Ranges as pale bars, a line that joins, the marks, and the per cents on the outer sides."""
    for end, group in zip(pair, groups, strict=True):
        _range(drawing, axis, middle, end, group.mark.colour)
    first, second = (axis.at(end.value) for end in pair)
    drawing.line((first, middle), (second, middle), stroke=_JOIN, stroke_width=3)
    for end, group in zip(pair, groups, strict=True):
        group.mark.draw(drawing, axis.at(end.value), middle)
    _figures(drawing, axis, middle, sorted(zip(pair, groups, strict=True), key=lambda each: each[0].value))


def draw_dot(drawing: Drawing, axis: Axis, middle: float, found: Standing) -> None:
    """A single mark with its range, its number to the right."""
    _range(drawing, axis, middle, found, STUDENTS.colour)
    STUDENTS.draw(drawing, axis.at(found.value), middle)
    after = max(axis.at(found.value) + _REACH, axis.at(found.high)) + _BESIDE
    drawing.text(after, middle, axis.say(found.value), Lettering(14, 700, STUDENTS.colour), halo=True)


def _range(drawing: Drawing, axis: Axis, middle: float, found: Standing, colour: str) -> None:
    start = axis.at(found.low)
    drawing.rect(
        start,
        middle - _THICK / 2,
        axis.at(found.high) - start,
        _THICK,
        rx=_THICK / 2,
        fill=colour,
        fill_opacity=_PALE,
        class_="figure-range",
    )


def _figures(drawing: Drawing, axis: Axis, middle: float, ordered: Sequence[tuple[Standing, Group]]) -> None:
    """The lower per cent to the left of all that is drawn, the higher to the right."""
    (lower, left), (higher, right) = ordered
    start = min(axis.at(lower.value) - _REACH, *(axis.at(end.low) for end, _group in ordered)) - _BESIDE
    stop = max(axis.at(higher.value) + _REACH, *(axis.at(end.high) for end, _group in ordered)) + _BESIDE
    for x, end, group, anchor in ((start, lower, left, "end"), (stop, higher, right, "start")):
        lettering = Lettering(_FIGURE.size, _FIGURE.weight, group.mark.colour)
        drawing.text(x, middle, axis.say(end.value), lettering, anchor, halo=True)
