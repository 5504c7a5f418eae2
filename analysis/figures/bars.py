"""Drawing one statement's bar around a middle line, with every number in it or just above it."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.disclosure.reportable import Reportable
from analysis.figures.drawing import Drawing, block_height
from analysis.figures.lettering import Lettering, width
from analysis.figures.palette import CONTROL, INK, INK_2, TEAL, WHITE, on
from analysis.figures.segments import Bar, Segment
from analysis.figures.wording import in_words, number, percent

THICK, ROOM_ABOVE = 28.0, 16.0
_INSIDE, _REASON, _TOTAL = Lettering(12.5, 600), Lettering(12.5, 400, INK_2), Lettering(15, 700, TEAL)
_PADDING, _APART, _TICK = 5.0, 5.0, 3.0


@dataclass(frozen=True)
class Row:
    """One statement; `bar` is None where there is no figure."""

    label: str
    result: Reportable
    bar: Bar | None

    @property
    def scale(self) -> tuple[tuple[str, str], ...]:
        """Labels and colours of its options, which a legend explains; empty without a bar."""
        return tuple((each.label, each.fill) for each in self.bar.segments) if self.bar else ()


@dataclass(frozen=True)
class Rule:
    """Where the middle line stands, and how many units all answers of one statement are long."""

    zero: float
    whole: float


def runs(rows: Sequence[Row]) -> list[tuple[tuple[tuple[str, str], ...], list[Row]]]:
    """Neighbouring rows that share a scale, and so a legend; a row without a bar joins its neighbours."""
    found: list[tuple[tuple[tuple[str, str], ...], list[Row]]] = []
    for row in rows:
        if not found or (row.scale and found[-1][0] and row.scale != found[-1][0]):
            found.append((row.scale, []))
        scale, together = found[-1]
        found[-1] = (scale or row.scale, [*together, row])
    return found


def ruled(rows: Sequence[Row], *, start: float, end: float) -> Rule:
    """One rule for all bars: the longest reach to each side just fits."""
    bars = [row.bar for row in rows if row.bar]
    against = max((bar.against for bar in bars), default=0.5)
    whole = (end - start) / max(1.0, against + max((bar.favouring for bar in bars), default=0.5))
    return Rule(start + against * whole, whole)


def height_of_bar(row: Row, rule: Rule, *, room: float) -> tuple[float, float]:
    """Room above for numbers that do not fit inside, and the height of the bar or of the words in its place."""
    if row.bar is None:
        return 0.0, max(THICK, block_height(in_words(row.result), _REASON, within=room - 4 * _PADDING) + 2 * _PADDING)
    return (ROOM_ABOVE if any(_too_thin(each, rule) for each in row.bar.segments) else 0.0), THICK


def draw_bar(drawing: Drawing, row: Row, rule: Rule, *, middle: float) -> None:
    """The bar, its numbers, and the favourable per cent at its end."""
    if row.bar is None:
        return
    top, x = middle - THICK / 2, rule.zero - row.bar.against * rule.whole
    drawing.line((rule.zero, top - _TICK), (rule.zero, top + THICK + _TICK), stroke=INK, stroke_width=1.5)
    starts = []
    for segment in row.bar.segments:
        starts.append(x)
        drawing.rect(x, top, segment.share * rule.whole, THICK, fill=segment.fill, class_="figure-part")
        x += segment.share * rule.whole
    for edge in starts[1:]:
        drawing.line((edge, top), (edge, top + THICK), stroke=WHITE)
    _numbers(drawing, list(zip(starts, row.bar.segments, strict=True)), rule, middle)
    if row.result.favourable or any(option.favourable for option in row.result.options):
        drawing.text(x + 8, middle, percent(row.result.share or 0.0), _TOTAL)


def draw_words(drawing: Drawing, row: Row, *, x: float, middle: float, width: float) -> None:
    """A hatched surface with the reason, or with words for a number."""
    _above, height = height_of_bar(row, Rule(0, 1), room=width)
    drawing.hatched(x, middle - height / 2, width, height)
    drawing.block(x + 2 * _PADDING, middle, in_words(row.result), _REASON, within=width - 4 * _PADDING)


def _numbers(drawing: Drawing, placed: Sequence[tuple[float, Segment]], rule: Rule, middle: float) -> None:
    outside = []
    for start, segment in placed:
        centre = start + segment.share * rule.whole / 2
        if _too_thin(segment, rule):
            outside.append((centre, _figure(segment)))
        elif segment.people:
            colour = Lettering(_INSIDE.size, _INSIDE.weight, on(segment.fill))
            drawing.text(centre, middle, _figure(segment), colour, "middle")
    top = middle - THICK / 2
    for at, (centre, words) in zip(_spread(outside, within=drawing.width), outside, strict=True):
        drawing.text(at, top - 10, words, _INSIDE, "middle")
        if abs(at - centre) > 2:
            drawing.line((at, top - 4), (centre, top), stroke=CONTROL)


def _spread(wanted: Sequence[tuple[float, str]], *, within: float) -> list[float]:
    """Middles of numbers side by side, none on another or beyond 0 to `within`, near to where they belong."""
    halves = [width(words, _INSIDE) / 2 for _, words in wanted]
    free, found = 0.0, []
    for (centre, _), half in zip(wanted, halves, strict=True):
        found.append(max(centre, free + half))
        free = found[-1] + half + _APART
    free = within
    for at in reversed(range(len(found))):
        found[at] = min(found[at], free - halves[at])
        free = found[at] - halves[at] - _APART
    return found


def _too_thin(segment: Segment, rule: Rule) -> bool:
    return segment.people > 0 and segment.share * rule.whole < width(_figure(segment), _INSIDE) + _PADDING


def _figure(segment: Segment) -> str:
    """Whole per cent; what rounds to none but is there is said as less than one."""
    return number(100 * segment.share) if segment.share >= 0.005 else "<1"
