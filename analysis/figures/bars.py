"""One statement's bar around a middle line."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.disclosure.reportable import Reportable
from analysis.figures.drawing import Drawing
from analysis.figures.lettering import Lettering
from analysis.figures.palette import INK, TEAL
from analysis.figures.segments import Bar, Segment
from analysis.figures.stack import THICK, Part, draw_stack
from analysis.figures.wording import is_near_all_or_none, number, told_briefly
from analysis.measures.standing import FEWEST_TOLD

_TOTAL = Lettering(15, 700, TEAL)
_TICK = 3.0
Scale = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """One statement; `bar` is None where there is no figure."""

    label: str
    result: Reportable
    bar: Bar | None

    @property
    def scale(self) -> Scale:
        """Labels and colours of its options, which a legend explains; empty without a bar."""
        return tuple((each.label, each.fill) for each in self.bar.segments) if self.bar else ()


@dataclass(frozen=True)
class Rule:
    """Where the middle line stands, and how many units all answers of one statement are long."""

    zero: float
    whole: float


def runs(rows: Sequence[Row]) -> list[tuple[Scale, list[Row]]]:
    """Neighbouring rows that share a scale, and so a legend; a row without a bar joins its neighbours."""
    found: list[tuple[Scale, list[Row]]] = []
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


def parts(bar: Bar, rule: Rule) -> list[Part]:
    """The bar's parts, as long as their shares."""
    return [Part(_figure(segment), segment.drawn * rule.whole, segment.fill) for segment in bar.segments]


def draw_bar(drawing: Drawing, bar: Bar, result: Reportable, rule: Rule, *, middle: float) -> None:
    """The bar over its middle line, and the favourable per cent at its end."""
    reach = THICK / 2 + _TICK
    drawing.line((rule.zero, middle - reach), (rule.zero, middle + reach), stroke=INK, stroke_width=1.5)
    draw_stack(drawing, rule.zero - bar.against * rule.whole, middle, parts(bar, rule))
    if result.share is not None and any(option.favourable for option in result.options):
        drawing.text(rule.zero + bar.favouring * rule.whole + 8, middle, told_briefly(result.share), _TOTAL)


def _figure(segment: Segment) -> str:
    """Whole per cent; nothing where hardly any chose it, and the limit where nearly all did."""
    if segment.share <= FEWEST_TOLD:
        return ""
    return told_briefly(segment.share) if is_near_all_or_none(segment.share) else number(100 * segment.share)
