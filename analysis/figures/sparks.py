"""A score's way from wave to wave in a few square centimetres: beside a number that says where it stands now."""

from collections.abc import Sequence
from itertools import pairwise

from flask_babel import gettext as _
from markupsafe import Markup

from analysis.disclosure.reportable import Reportable
from analysis.figures.drawing import Drawing
from analysis.figures.lettering import Lettering
from analysis.figures.palette import FALLING, INK_2, TEAL, WHITE
from analysis.figures.wording import in_words, number
from analysis.measures.standing import Standing, standing

_WIDTH, _HEIGHT, _INSET, _LEAST_SPAN, _OFF = 104.0, 40.0, 14.0, 20.0, 16.0
_RADIUS, _RANGE, _PALE = 3.5, 6.0, 0.25
_FIRST = Lettering(12, 500, INK_2)
_COLOURS = {"up": TEAL, "down": FALLING}

Point = tuple[float, Standing]


def spark(history: Sequence[Reportable], waves: Sequence[tuple[str, str]], *, verdict: str = "", key: str) -> Markup:
    """A line through a score's waves with its 95 % ranges and the first value; empty with fewer than two figures.

    waves    (key, title) of all waves, oldest first; a wave without a figure leaves a hole
    verdict  "up" or "down" since the wave before where that is clear
    The height shows at least 20 points, so that chance does not look like a cliff.
    """
    by_wave = {result.wave: result for result in history}
    step = (_WIDTH - 2 * _INSET) / max(1, len(waves) - 1)
    found = [standing(by_wave[wave]) if wave in by_wave else None for wave, _title in waves]
    points = [(_INSET + place * step, point) for place, point in enumerate(found) if point]
    if len(points) < 2:
        return Markup("")
    drawing = Drawing(key, _WIDTH)
    drawing.down(_HEIGHT)
    _line(drawing, points, _COLOURS.get(verdict, INK_2))
    told = "; ".join(f"{title}: {_value(by_wave.get(wave))}" for wave, title in waves)
    return drawing.svg(title=str(_("%(what)s, wave by wave", what=history[-1].label)), summary=told)


def _value(result: Reportable | None) -> str:
    found = standing(result) if result else None
    if found:
        return number(found.value)
    return in_words(result) if result else str(_("not asked"))


def _line(drawing: Drawing, points: Sequence[Point], colour: str) -> None:
    low, high = min(point.low for _x, point in points), max(point.high for _x, point in points)
    span = max(_LEAST_SPAN, high - low)
    top = (low + high + span) / 2

    def down(value: float) -> float:
        return _OFF + (_HEIGHT - _OFF - _RADIUS) * (top - value) / span

    for x, point in points:
        tall = down(point.low) - down(point.high)
        drawing.rect(x - _RANGE / 2, down(point.high), _RANGE, tall, rx=3, fill=colour, fill_opacity=_PALE)
    for (x, point), (further, following) in pairwise(points):
        drawing.line((x, down(point.value)), (further, down(following.value)), stroke=colour, stroke_width=2.5)
    for x, point in points:
        drawing.circle(x, down(point.value), _RADIUS, fill=colour, stroke=WHITE, stroke_width=1.2)
    first_x, first = points[0]
    drawing.text(first_x, down(first.value) - 11, number(first.value), _FIRST, "middle", halo=True)
