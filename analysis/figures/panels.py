"""One small chart of a line over time, drawn the same way wherever it stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import ceil, floor

from analysis.figures.drawing import Drawing, block_height
from analysis.figures.lettering import Lettering, width
from analysis.figures.palette import FALLING, GRID, INK_2, PLUM, TEAL, WHITE
from analysis.measures.standing import Standing

_NAME, _AXIS, _EARLIER = Lettering(14, 600), Lettering(12.5, 400, INK_2), Lettering(13, 500, INK_2)
_LATEST, _LATEST_WEIGHT = 16.0, 700
_DECISION = Lettering(12.5, 700, PLUM)
_STEP, _LEAST_SPAN = 20, 40
_INSET, _BESIDE, _OVER, _UNDER = 18.0, 10.0, 22.0, 24.0
_RADIUS, _RANGE, _PALE, _OFF, _ARROW = 4.5, 8.0, 0.28, 11.0, 5.0
_ROOM_FOR_EVERY_WAVE = 84.0
_COLOURS = {"up": TEAL, "down": FALLING}


@dataclass(frozen=True)
class Scale:
    """The part of 0 to 100 that all panels show, and how a value is put into words."""

    low: int
    high: int
    say: Callable[[float], str]

    @property
    def ticks(self) -> range:
        """Values with a line."""
        return range(self.low, self.high + 1, _STEP)

    @cached_property
    def room(self) -> float:
        """Width that the values of the lines take beside them."""
        return _BESIDE + max(width(self.say(tick), _AXIS) for tick in self.ticks)


@dataclass(frozen=True)
class Panel:
    """One thing over time.

    points   where it stood wave by wave; None where there is no figure
    verdict  "up" or "down" since the wave before where that is clear, else anything
    """

    name: str
    points: tuple[Standing | None, ...]
    verdict: str = ""

    @property
    def colour(self) -> str:
        """Teal where it rose, orange where it fell, else grey."""
        return _COLOURS.get(self.verdict, INK_2)


@dataclass(frozen=True)
class Frame:
    """Where a panel's values and waves stand.

    decisions  (place among the waves, counted from 0, and a letter) of what was decided on the way
    """

    x: float
    top: float
    width: float
    tall: float
    scale: Scale
    waves: tuple[str, ...]
    decisions: tuple[tuple[float, str], ...] = ()

    @property
    def lines_end(self) -> float:
        """Where the lines end and their values begin."""
        return self.x + self.width - self.scale.room

    def across(self, wave: float) -> float:
        """Place of a wave."""
        start, end = self.x + _INSET, self.lines_end - _INSET
        return (start + end) / 2 if len(self.waves) < 2 else start + (end - start) * wave / (len(self.waves) - 1)

    def down(self, value: float) -> float:
        """Height of a value of 0 to 100."""
        return self.top + self.tall * (self.scale.high - value) / (self.scale.high - self.scale.low)

    @property
    def words_at(self) -> tuple[int, ...]:
        """The waves with words: all where there is room, else the first and the last."""
        last = len(self.waves) - 1
        is_roomy = last < 2 or self.across(1) - self.across(0) >= _ROOM_FOR_EVERY_WAVE
        return tuple(range(last + 1)) if is_roomy else (0, last)


def fitting_scale(panels: Sequence[Panel], say: Callable[[float], str]) -> Scale:
    """Whole steps of 20 around all ranges, at least 40 in all."""
    points = [point for panel in panels for point in panel.points if point]
    low = _STEP * floor(min((point.low for point in points), default=0.0) / _STEP)
    high = _STEP * ceil(max((point.high for point in points), default=100.0) / _STEP)
    if high - low < _LEAST_SPAN:
        low = max(0, high - _LEAST_SPAN)
    return Scale(low, max(high, low + _LEAST_SPAN), say)


def panels_height(panels: Sequence[Panel], frame: Frame) -> float:
    """Height that panels beside each other take, all of the frame's measures."""
    return _names_height(panels, frame) + _OVER + frame.tall + _UNDER + _waves_height(frame)


def draw_panel(drawing: Drawing, panel: Panel, frame: Frame, *, beside: Sequence[Panel]) -> None:
    """A panel whose upper edge is the frame's `top`; names of all panels `beside` it get the same room."""
    own, room = block_height(panel.name, _NAME, within=frame.width), _names_height(beside, frame)
    inner = replace(frame, top=frame.top + room + _OVER)
    with drawing.group(class_="figure-panel"):
        drawing.block(frame.x, frame.top + own / 2, panel.name, _NAME, within=frame.width)
        _grid(drawing, inner)
        _decided(drawing, inner)
        _line(drawing, panel, inner)
        _figures(drawing, panel, inner)


def _names_height(panels: Sequence[Panel], frame: Frame) -> float:
    return max(block_height(panel.name, _NAME, within=frame.width) for panel in panels)


def _wave_room(frame: Frame) -> float:
    """Width for one wave's words: the first and the last begin and end with the lines, the others stand between."""
    lines, count = frame.lines_end - frame.x, len(frame.words_at)
    if count < 2:
        return lines
    step = (lines - 2 * _INSET) / (count - 1)
    return min(lines / count, (_INSET + step) / 1.5) - 6


def _waves_height(frame: Frame) -> float:
    return max((block_height(words, _AXIS, within=_wave_room(frame)) for words in frame.waves), default=0.0)


def _grid(drawing: Drawing, frame: Frame) -> None:
    end = frame.lines_end
    for tick in frame.scale.ticks:
        drawing.line((frame.x, frame.down(tick)), (end, frame.down(tick)), stroke=GRID, stroke_width=1.2)
        drawing.text(frame.x + frame.width, frame.down(tick), frame.scale.say(tick), _AXIS, "end")
    room, last = _wave_room(frame), len(frame.waves) - 1
    for wave in frame.words_at:
        words, middle = frame.waves[wave], frame.down(frame.scale.low) + _UNDER
        anchor = "middle" if last == 0 or wave not in {0, last} else "start" if wave == 0 else "end"
        start = {"start": frame.x, "middle": frame.across(wave) - room / 2, "end": end - room}[anchor]
        tall = block_height(words, _AXIS, within=room)
        drawing.block(start, middle + tall / 2, words, _AXIS, within=room, anchor=anchor)


def _decided(drawing: Drawing, frame: Frame) -> None:
    """A dotted line with a letter for each decision; the note says what the letters stand for."""
    for place, letter in frame.decisions:
        x = frame.across(place)
        drawing.line((x, frame.top), (x, frame.top + frame.tall), stroke=PLUM, stroke_width=1.5, stroke_dasharray="2 4")
        drawing.text(x, frame.top - _OFF + 2, letter, _DECISION, "middle", halo=True)


def _line(drawing: Drawing, panel: Panel, frame: Frame) -> None:
    """The ranges, the line where two neighbouring waves have a figure, and a mark for each."""
    places = list(enumerate(panel.points))
    for wave, point in places:
        x = frame.across(wave)
        if point is None:
            drawing.hatched(x - _RANGE / 2, frame.top, _RANGE, frame.tall)
        else:
            drawing.rect(
                x - _RANGE / 2,
                frame.down(point.high),
                _RANGE,
                frame.down(point.low) - frame.down(point.high),
                rx=_RANGE / 2,
                fill=panel.colour,
                fill_opacity=_PALE,
                class_="figure-range",
            )
    for (wave, point), (_wave, following) in pairwise(places):
        if point and following:
            start = frame.across(wave), frame.down(point.value)
            end = frame.across(wave + 1), frame.down(following.value)
            drawing.line(start, end, stroke=panel.colour, stroke_width=3, stroke_linecap="round")
    for wave, point in places:
        if point:
            drawing.circle(
                frame.across(wave),
                frame.down(point.value),
                _RADIUS,
                fill=panel.colour,
                stroke=WHITE,
                stroke_width=1.5,
                class_="figure-mark",
            )


def _figures(drawing: Drawing, panel: Panel, frame: Frame) -> None:
    """Numbers above or below their marks, away from the line."""
    last = len(panel.points) - 1
    for wave in frame.words_at:
        point = panel.points[wave]
        if point is None:
            continue
        y = frame.down(point.high) - _OFF if _is_peak(panel, wave) else frame.down(point.low) + _OFF
        lettering = Lettering(_LATEST, _LATEST_WEIGHT, panel.colour) if wave == last else _EARLIER
        drawing.text(frame.across(wave), y, frame.scale.say(point.value), lettering, "middle", halo=True)
    if (latest := panel.points[last]) and panel.verdict in _COLOURS:
        _arrow(drawing, panel, frame.across(last) + _RANGE, frame.down(latest.value))


def _is_peak(panel: Panel, wave: int) -> bool:
    """Whether the line comes from below, so that the number stands better above."""
    value = point.value if (point := panel.points[wave]) else 0.0
    around = (panel.points[each] for each in (wave - 1, wave + 1) if 0 <= each < len(panel.points))
    slopes = [neighbour.value - value for neighbour in around if neighbour]
    return sum(slopes) <= 0


def _arrow(drawing: Drawing, panel: Panel, x: float, y: float) -> None:
    """Says by shape what the colour says."""
    way = 1 if panel.verdict == "up" else -1
    corners = ((x, y + way * _ARROW), (x + 2 * _ARROW, y + way * _ARROW), (x + _ARROW, y - way * _ARROW))
    drawing.shape(corners, fill=panel.colour, class_="figure-arrow")
