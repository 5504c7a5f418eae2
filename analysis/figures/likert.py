"""Answers to statements as bars that diverge from the middle: disagreeing one way, agreeing the other."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from analysis.disclosure.reportable import Reportable
from analysis.figures.bars import Row, Rule, Scale, draw_bar, parts, ruled, runs
from analysis.figures.drawing import Drawing, block_height
from analysis.figures.figure import Figure, Table
from analysis.figures.legend import legend, legend_height, legend_lines
from analysis.figures.lettering import Lettering
from analysis.figures.palette import INK_2
from analysis.figures.segments import bar
from analysis.figures.stack import THICK, draw_reason, reason_height, room_above
from analysis.figures.wording import in_words, number, told_percent, told_with_people

_NAME, _SMALL = Lettering(14, 600), Lettering(12.5, 400, INK_2)
_GAP = 14.0
_WIDE, _NAMES, _ANSWERS_END, _BARS, _BARS_END, _TOTALS_END = 720.0, 186.0, 252.0, 268.0, 578.0, 632.0
_NARROW, _NARROW_END = 340.0, 284.0


def likert_bars(
    results: Sequence[Reportable],
    *,
    title: str,
    subtitle: str = "",
    note: str = "",
    labels: Sequence[str] | None = None,
    key: str = "statements",
) -> Figure:
    """Statements (kind "item") under each other, in the order given, with the favourable per cent at the end.

    labels  what stands before each bar, where it is not the statement itself
    Answers outside the scale ("don't know") are counted apart. What may not be a figure is said in words.
    """
    names = labels or [result.label for result in results]
    rows = [
        Row(name, each, bar(each) if each.status == "shown" and each.n else None)
        for name, each in zip(names, results, strict=True)
    ]
    summary = " ".join(_sentence(row) for row in rows)
    wide = _wide(Drawing(f"{key}-wide", _WIDE), rows).svg(title=title, summary=summary)
    narrow = _narrow(Drawing(f"{key}-narrow", _NARROW), rows).svg(title=title, summary=summary)
    return Figure(key, title, subtitle, note, wide, narrow, _table(rows, title), summary)


def _wide(drawing: Drawing, rows: Sequence[Row]) -> Drawing:
    rule = ruled(rows, start=_BARS, end=_BARS_END)
    for at, (scale, run) in enumerate(runs(rows)):
        _heads(drawing, scale, columns=at == 0)
        for row in run:
            with drawing.group(class_="figure-row"):
                _wide_row(drawing, row, rule)
    return drawing


def _heads(drawing: Drawing, scale: Scale, *, columns: bool) -> None:
    """The legend, over the bars if it fits there on one line, and once the headings of the numbers' columns."""
    heads = [(_("Answers"), _ANSWERS_END, 64.0), (_("Don’t know or would not say"), _WIDE, 80.0)] if columns else []
    room = _TOTALS_END - _BARS
    talls = [block_height(words, _SMALL, within=wide) for words, _end, wide in heads]
    start, foot = (_BARS, 0.0) if legend_lines(scale, within=room) < 2 else (0.0, min(talls, default=0.0) + 4)
    own = legend_height(scale, within=_TOTALS_END - start)
    tall = max([own + foot, *talls])
    bottom = drawing.height + tall
    legend(drawing, start, bottom - foot - own, scale, within=_TOTALS_END - start)
    for (words, end, wide), height in zip(heads, talls, strict=True):
        middle = bottom - height / 2
        drawing.block(end - wide, middle, words, _SMALL, within=wide, anchor="end")
    drawing.down(tall + _GAP / 2)


def _wide_row(drawing: Drawing, row: Row, rule: Rule) -> None:
    name = block_height(row.label, _NAME, within=_NAMES)
    above, thick = _heights(row, rule, room=_TOTALS_END - _BARS)
    middle = drawing.height + max(above + thick / 2, name / 2)
    drawing.block(0, middle, row.label, _NAME, within=_NAMES)
    if row.bar:
        drawing.text(_ANSWERS_END, middle, number(row.result.n), _SMALL, "end")
        draw_bar(drawing, row.bar, row.result, rule, middle=middle)
        drawing.text(_WIDE, middle, number(row.result.unscored), _SMALL, "end")
    else:
        draw_reason(drawing, _BARS, middle, in_words(row.result), within=_TOTALS_END - _BARS)
    drawing.down(middle + max(thick, name) / 2 + _GAP - drawing.height)


def _narrow(drawing: Drawing, rows: Sequence[Row]) -> Drawing:
    rule = ruled(rows, start=0, end=_NARROW_END)
    for scale, run in runs(rows):
        legend(drawing, 0, drawing.height, scale, within=_NARROW)
        drawing.down(legend_height(scale, within=_NARROW) + _GAP)
        for row in run:
            with drawing.group(class_="figure-row"):
                _narrow_row(drawing, row, rule)
    return drawing


def _narrow_row(drawing: Drawing, row: Row, rule: Rule) -> None:
    """The statement above its bar."""
    said = [(row.label, _NAME), *([(_counted(row.result), _SMALL)] if row.bar else [])]
    for words, lettering in said:
        tall = block_height(words, lettering, within=_NARROW)
        drawing.block(0, drawing.height + tall / 2, words, lettering, within=_NARROW)
        drawing.down(tall)
    above, thick = _heights(row, rule, room=_NARROW)
    middle = drawing.height + 5 + above + thick / 2
    if row.bar:
        draw_bar(drawing, row.bar, row.result, rule, middle=middle)
    else:
        draw_reason(drawing, 0.0, middle, in_words(row.result), within=_NARROW)
    drawing.down(5 + above + thick + 1.5 * _GAP)


def _heights(row: Row, rule: Rule, *, room: float) -> tuple[float, float]:
    """Room above the bar for numbers, and the height of the bar or of the words in its place."""
    if row.bar:
        return room_above(parts(row.bar, rule)), THICK
    return 0.0, reason_height(in_words(row.result), within=room)


def _counted(result: Reportable) -> str:
    answers = ngettext("%(count)s answer", "%(count)s answers", result.n, count=number(result.n))
    if not result.unscored:
        return str(answers)
    return str(_("%(answers)s; %(count)s don’t know or would not say", answers=answers, count=number(result.unscored)))


def _sentence(row: Row) -> str:
    """What someone hears who cannot see the bar."""
    if not row.bar:
        return str(_("“%(statement)s” %(words)s", statement=row.label, words=in_words(row.result)))
    return str(
        _(
            "“%(statement)s” %(percent)s favourable, %(count)s answers.",
            statement=row.label,
            percent=told_percent(row.result.share or 0.0),
            count=number(row.result.n),
        )
    )


def _table(rows: Sequence[Row], caption: str) -> Table:
    """A column per option where all statements share a scale, else the options in words."""
    scales = {tuple(label for label, _fill in row.scale) for row in rows if row.bar}
    options = next(iter(scales)) if len(scales) == 1 else (_("How people answered"),)
    head = (_("Statement"), *options, _("Favourable"), _("Answers"), _("Don’t know or would not say"))
    return Table(caption, head, tuple(_cells(row, apart=len(scales) == 1) for row in rows))


def _cells(row: Row, *, apart: bool) -> tuple[str, ...]:
    if row.bar is None:
        return row.label, in_words(row.result)
    each = [(part.label, told_with_people(part.share, part.people)) for part in row.bar.segments]
    options = [words for _label, words in each] if apart else ["; ".join(f"{label}: {words}" for label, words in each)]
    result = row.result
    favourable = told_with_people(result.share or 0.0, result.favourable)
    return row.label, *options, favourable, number(result.n), number(result.unscored)
