"""Answers without a good side: one bar for each option, from 0 to 100, with its number or words at the end."""

from collections.abc import Sequence

from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable
from analysis.figures.drawing import Drawing, block_height
from analysis.figures.figure import Figure, Table
from analysis.figures.lettering import Lettering
from analysis.figures.option_bars import Bar, Part, of_groups, of_question
from analysis.figures.palette import GRID, INK, INK_2, TEAL
from analysis.figures.stack import draw_reason, reason_height

_NAME, _HEAD, _END = Lettering(14, 500), Lettering(15, 700, INK), Lettering(14, 700, INK_2)
_THICK, _BETWEEN = 20.0, 12.0
_WIDE, _NAMES, _BARS, _BARS_END = 720.0, 230.0, 246.0, 560.0
_NARROW, _NARROW_END = 340.0, 200.0
_BESIDE = 8.0


def choice_bars(
    results: Sequence[Reportable],
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    labels: Sequence[str] | None = None,
    key: str = "choices",
) -> Figure:
    """A question without a good side (kind "choice"): its options, most chosen first, ranges in their order.

    results  one result with all its options, or the results of its options; with labels: the same result of several
             groups, a part for each
    Every bar starts at 0 and all share one scale of 0 to 100.
    """
    parts = of_groups(results, labels) if labels else of_question(results)
    summary = " ".join(part.sentence() for part in parts)
    wide = _wide(Drawing(f"{key}-wide", _WIDE), parts).svg(title=title, summary=summary)
    narrow = _narrow(Drawing(f"{key}-narrow", _NARROW), parts).svg(title=title, summary=summary)
    shape = results[0].shape if results else "one"
    return Figure(key, title, subtitle, note, wide, narrow, _table(parts, shape, title), summary)


def _wide(drawing: Drawing, parts: Sequence[Part]) -> Drawing:
    for part in parts:
        _heading(drawing, part)
        for bar in part.bars:
            within = _WIDE - _BARS
            tall = max(block_height(bar.label, _NAME, within=_NAMES), _height(bar, within))
            middle = drawing.height + tall / 2
            with drawing.group(class_="figure-row"):
                drawing.block(0.0, middle, bar.label, _NAME, within=_NAMES)
                _bar(drawing, bar, _BARS, _BARS_END, middle)
            drawing.down(tall + _BETWEEN)
    return drawing


def _narrow(drawing: Drawing, parts: Sequence[Part]) -> Drawing:
    """The option above its bar."""
    for part in parts:
        _heading(drawing, part)
        for bar in part.bars:
            name, tall = block_height(bar.label, _NAME, within=_NARROW), _height(bar, _NARROW)
            with drawing.group(class_="figure-row"):
                drawing.block(0.0, drawing.height + name / 2, bar.label, _NAME, within=_NARROW)
                drawing.down(name + 3)
                _bar(drawing, bar, 0.0, _NARROW_END, drawing.height + tall / 2)
            drawing.down(tall + _BETWEEN)
    return drawing


def _heading(drawing: Drawing, part: Part) -> None:
    """The group's name, and the reason where the group has no bars."""
    if part.heading:
        tall = block_height(part.heading, _HEAD, within=drawing.width)
        drawing.block(0.0, drawing.height + tall / 2, part.heading, _HEAD, within=drawing.width)
        drawing.down(tall + 4)
    if part.reason:
        tall = reason_height(part.reason, within=drawing.width)
        draw_reason(drawing, 0.0, drawing.height + tall / 2, part.reason, within=drawing.width)
        drawing.down(tall + _BETWEEN)


def _height(bar: Bar, within: float) -> float:
    if bar.share is None:
        return reason_height(bar.words, within=within)
    return max(_THICK, block_height(bar.words, _END, within=_room(within)))


def _room(within: float) -> float:
    """Room for the words at the end of the longest bar."""
    return _WIDE - _BARS_END - _BESIDE if within > _NARROW else _NARROW - _NARROW_END - _BESIDE


def _bar(drawing: Drawing, bar: Bar, start: float, end: float, middle: float) -> None:
    if bar.share is None:
        draw_reason(drawing, start, middle, bar.words, within=drawing.width - start)
        return
    long = (end - start) * bar.share
    drawing.rect(start, middle - _THICK / 2, end - start, _THICK, fill=GRID, rx=3)
    drawing.rect(start, middle - _THICK / 2, long, _THICK, fill=TEAL, rx=3, class_="figure-part")
    drawing.block(end + _BESIDE, middle, bar.words, _END, within=drawing.width - end - _BESIDE)


def _table(parts: Sequence[Part], shape: str, caption: str) -> Table:
    numbers = {
        "share": (_("Mean share of 100"), _("Answers")),
        "place": (_("Placed first"), _("Mean place"), _("Answers")),
    }.get(shape, (_("Share"), _("People"), _("Answers")))
    grouped = len(parts) > 1 or any(part.heading for part in parts)
    head = (*([_("Who")] if grouped else []), _("Answer"), *numbers)
    rows = []
    for part in parts:
        first = (part.heading,) if grouped else ()
        rows += [(*first, bar.label, *bar.cells) for bar in part.bars]
        rows += [(part.heading or caption, part.reason)] if part.reason else []
    return Table(caption, head, tuple(rows))
