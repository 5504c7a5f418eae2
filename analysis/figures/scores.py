"""Scores of several groups of people: one mark on one line for each, with the range around it."""

from collections.abc import Sequence

from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable
from analysis.figures.dots import Axis, draw_dot, draw_lines, draw_ticks
from analysis.figures.drawing import Drawing, block_height
from analysis.figures.figure import Figure, Table
from analysis.figures.lettering import Lettering
from analysis.figures.stack import draw_reason, reason_height
from analysis.figures.wording import in_words, number
from analysis.measures.standing import standing

_NAME = Lettering(14, 600)
_STRIP, _BETWEEN = 24.0, 16.0
_WIDE, _NAMES, _WIDE_AXIS = 720.0, 190.0, Axis(216, 664, (0, 20, 40, 60, 80, 100), number)
_NARROW, _NARROW_AXIS = 340.0, Axis(12, 284, (0, 50, 100), number)
Named = tuple[str, Reportable]


def score_dots(
    results: Sequence[Reportable],
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    labels: Sequence[str] | None = None,
    key: str = "scores",
) -> Figure:
    """Scores of 0 to 100 (kind "score") under each other, in the order given, each with its 95 % range.

    labels  what stands before each line, where it is not the score's own name
    """
    rows = list(zip(labels or [result.label for result in results], results, strict=True))
    summary = " ".join(_sentence(*row) for row in rows)
    wide = _wide(Drawing(f"{key}-wide", _WIDE), rows).svg(title=title, summary=summary)
    narrow = _narrow(Drawing(f"{key}-narrow", _NARROW), rows).svg(title=title, summary=summary)
    return Figure(key, title, subtitle, note, wide, narrow, _table(rows, title), summary)


def _wide(drawing: Drawing, rows: Sequence[Named]) -> Drawing:
    for label, result in rows:
        inner = max(block_height(label, _NAME, within=_NAMES), _height(result, _WIDE - _WIDE_AXIS.start))
        middle = drawing.height + (inner + _BETWEEN) / 2
        with drawing.group(class_="figure-row"):
            drawing.block(0.0, middle, label, _NAME, within=_NAMES)
            _mark(drawing, result, _WIDE_AXIS, middle, tall=inner + _BETWEEN)
        drawing.down(inner + _BETWEEN)
    draw_ticks(drawing, _WIDE_AXIS)
    return drawing


def _narrow(drawing: Drawing, rows: Sequence[Named]) -> Drawing:
    for label, result in rows:
        name, inner = block_height(label, _NAME, within=_NARROW), _height(result, _NARROW - _NARROW_AXIS.start) + 6
        with drawing.group(class_="figure-row"):
            drawing.block(0.0, drawing.height + name / 2, label, _NAME, within=_NARROW)
            drawing.down(name + 4)
            _mark(drawing, result, _NARROW_AXIS, drawing.height + inner / 2, tall=inner)
        drawing.down(inner + _BETWEEN / 2)
    draw_ticks(drawing, _NARROW_AXIS)
    return drawing


def _height(result: Reportable, within: float) -> float:
    return _STRIP if standing(result) else reason_height(in_words(result), within=within)


def _mark(drawing: Drawing, result: Reportable, axis: Axis, middle: float, *, tall: float) -> None:
    """The mark over the axis's lines, or the reason why there is none."""
    found = standing(result)
    if found is None:
        draw_reason(drawing, axis.start, middle, in_words(result), within=drawing.width - axis.start)
        return
    draw_lines(drawing, axis, tall=tall)
    draw_dot(drawing, axis, middle, found)


def _sentence(label: str, result: Reportable) -> str:
    found = standing(result)
    if found is None:
        return str(_("%(group)s: %(words)s", group=label, words=in_words(result)))
    return str(
        _("%(group)s: %(score)s, %(count)s answers.", group=label, score=number(found.value), count=number(result.n))
    )


def _table(rows: Sequence[Named], caption: str) -> Table:
    head = (_("Who"), _("Score, 0 to 100"), _("Likely between"), _("Answers"))
    return Table(caption, head, tuple(_cells(label, result) for label, result in rows))


def _cells(label: str, result: Reportable) -> tuple[str, ...]:
    found = standing(result)
    if found is None:
        return label, in_words(result)
    likely = _("%(low)s to %(high)s", low=number(found.low), high=number(found.high))
    return label, number(found.value), likely, number(result.n)
