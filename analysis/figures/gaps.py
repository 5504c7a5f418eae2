"""Where two groups of people see the school differently: two marks on one line for each statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flask_babel import gettext as _
from flask_babel import ngettext

from analysis.disclosure.reportable import Reportable
from analysis.figures.dots import Axis, Group, Groups, Pair, draw_dots, draw_group_names, draw_lines, draw_ticks
from analysis.figures.drawing import Drawing, block_height
from analysis.figures.figure import Figure, Table
from analysis.figures.lettering import Lettering
from analysis.figures.marks import Asked, marks
from analysis.figures.palette import INK_2
from analysis.figures.wording import number, percent
from analysis.measures.standing import Standing, standing

_NAME, _CLEAR, _UNCLEAR = Lettering(14, 600), Lettering(14, 700), Lettering(13, 400, INK_2)
_STRIP, _BETWEEN = 24.0, 20.0
_WIDE, _NAMES, _WORDS = 720.0, 190.0, 96.0
_NARROW, _NARROW_NAMES, _NARROW_WORDS = 340.0, 232.0, 98.0
_WIDE_AXIS, _NARROW_AXIS = Axis(232, 568, (0, 20, 40, 60, 80, 100)), Axis(38, 284, (0, 50, 100))


class Gap(Protocol):
    """The difference of two results about the same thing, as `analysis.measures.gaps` finds it."""

    @property
    def label(self) -> str:
        """The statement."""

    @property
    def points(self) -> float:
        """The first less the second, -100 to 100."""

    @property
    def low(self) -> float:
        """Lower end of its range."""

    @property
    def high(self) -> float:
        """Upper end of its range."""

    @property
    def named(self) -> bool:
        """Whether it may be spoken of as a gap: it is hardly chance."""


@dataclass(frozen=True)
class Row:
    """One statement: where either group stands."""

    label: str
    gap: Gap
    pair: Pair


def gap_dots(
    gaps: Sequence[Gap],
    sides: Sequence[tuple[Reportable, Reportable]],
    *,
    a: Asked,
    b: Asked,
    title: str,
    subtitle: str = "",
    note: str = "",
    labels: Sequence[str] | None = None,
    key: str = "gaps",
) -> Figure:
    """What two audiences say to the same statements, in the order given: favourable per cent with its 95 % range.

    sides   the two results that each gap was made from, first the one of `a`
    a, b    the audiences, in the order in which the gaps were made
    labels  what stands before each line, where it is not the statement itself
    A gap is put in points only where it is named. Pairs without figures are left out: they have no gap either.
    """
    names = labels or [gap.label for gap in gaps]
    rows = [Row(name, gap, pair) for name, gap, side in zip(names, gaps, sides, strict=True) if (pair := _pair(*side))]
    first, second = marks(a, b)
    groups = Group(a.label, first), Group(b.label, second)
    summary = " ".join(_sentence(row, groups) for row in rows)
    wide = _wide(Drawing(f"{key}-wide", _WIDE), rows, groups).svg(title=title, summary=summary)
    narrow = _narrow(Drawing(f"{key}-narrow", _NARROW), rows, groups).svg(title=title, summary=summary)
    return Figure(key, title, subtitle, note, wide, narrow, _table(rows, groups, title), summary)


def _pair(a: Reportable, b: Reportable) -> Pair | None:
    first, second = standing(a), standing(b)
    return (first, second) if first and second else None


def _wide(drawing: Drawing, rows: Sequence[Row], groups: Groups) -> Drawing:
    if rows:
        draw_group_names(drawing, _WIDE_AXIS, rows[0].pair, groups)
    for row in rows:
        words, lettering = _verdict(row.gap)
        name, verdict = block_height(row.label, _NAME, within=_NAMES), block_height(words, lettering, within=_WORDS)
        tall = max(_STRIP, name, verdict) + _BETWEEN
        middle = drawing.height + tall / 2
        draw_lines(drawing, _WIDE_AXIS, tall=tall)
        with drawing.group(class_="figure-row"):
            drawing.block(0.0, middle, row.label, _NAME, within=_NAMES)
            draw_dots(drawing, _WIDE_AXIS, middle, row.pair, groups)
            drawing.block(_WIDE - _WORDS, middle, words, lettering, within=_WORDS, anchor="end")
        drawing.down(tall)
    draw_ticks(drawing, _WIDE_AXIS)
    return drawing


def _narrow(drawing: Drawing, rows: Sequence[Row], groups: Groups) -> Drawing:
    """Statement and gap above each line."""
    for at, row in enumerate(rows):
        drawing.down(_BETWEEN if at else 0.0)
        with drawing.group(class_="figure-row"):
            _narrow_heading(drawing, row)
            if at == 0:
                draw_group_names(drawing, _NARROW_AXIS, row.pair, groups)
            draw_lines(drawing, _NARROW_AXIS, tall=_STRIP + 6)
            draw_dots(drawing, _NARROW_AXIS, drawing.height + _STRIP / 2 + 3, row.pair, groups)
        drawing.down(_STRIP + 6)
    draw_ticks(drawing, _NARROW_AXIS)
    return drawing


def _narrow_heading(drawing: Drawing, row: Row) -> None:
    words, lettering = _verdict(row.gap)
    tall = block_height(row.label, _NAME, within=_NARROW_NAMES)
    beside = block_height(words, lettering, within=_NARROW_WORDS)
    drawing.block(0.0, drawing.height + tall / 2, row.label, _NAME, within=_NARROW_NAMES)
    start = _NARROW - _NARROW_WORDS
    drawing.block(start, drawing.height + beside / 2, words, lettering, within=_NARROW_WORDS, anchor="end")
    drawing.down(max(tall, beside) + 4)


def _verdict(gap: Gap) -> tuple[str, Lettering]:
    if not gap.named:
        return _("no clear gap"), _UNCLEAR
    points = round(abs(gap.points))
    return ngettext("%(count)s point", "%(count)s points", points, count=number(points)), _CLEAR


def _sentence(row: Row, groups: Groups) -> str:
    """What someone hears who cannot see the marks."""
    shares = [percent(end.value / 100) for end in row.pair]
    return str(
        _(
            "“%(statement)s” %(a)s: %(first)s, %(b)s: %(second)s, %(gap)s.",
            statement=row.label,
            a=groups[0].name,
            first=shares[0],
            b=groups[1].name,
            second=shares[1],
            gap=_verdict(row.gap)[0],
        )
    )


def _table(rows: Sequence[Row], groups: Groups, caption: str) -> Table:
    a, b = (group.name for group in groups)
    likely = _("Likely between")
    head = (_("Statement"), a, likely, b, likely, _("Gap in points"), likely)
    return Table(caption, head, tuple(_cells(row) for row in rows))


def _cells(row: Row) -> tuple[str, ...]:
    """The gap turned so that it is never below 0: which group is higher stands beside it."""
    gap, turned = row.gap, row.gap.points < 0
    low, high = (-gap.high, -gap.low) if turned else (gap.low, gap.high)
    words = number(abs(gap.points)) if gap.named else _verdict(gap)[0]
    ends = [cell for end in row.pair for cell in (percent(end.value / 100), _between(end))]
    return row.label, *ends, words, _range(low, high)


def _between(end: Standing) -> str:
    return _range(end.low, end.high)


def _range(low: float, high: float) -> str:
    return str(_("%(low)s to %(high)s", low=number(low), high=number(high)))
