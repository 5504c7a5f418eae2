"""Themes against feelings as circles whose areas are counts, each with its number."""

from collections.abc import Sequence
from math import sqrt

from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable
from analysis.figures.drawing import Drawing, block_height
from analysis.figures.figure import Figure, Table
from analysis.figures.lettering import Lettering
from analysis.figures.palette import GRID, INK, INK_2, ORANGE, STONE, TEAL, on
from analysis.figures.wording import number

_FILLS = {"negative": ORANGE, "neutral": STONE, "positive": TEAL}
_NAME, _HEAD = Lettering(14, 600), Lettering(13, 600, INK_2)
_INSIDE, _LEAST_INSIDE, _LARGEST = 13, 13.0, 26.0
_WIDE, _WIDE_NAMES, _NARROW, _NARROW_NAMES = 720.0, 260.0, 340.0, 130.0
_GAP, _ROOM = 8.0, 16.0


def theme_bubbles(
    themes: Sequence[Reportable], *, title: str, subtitle: str = "", note: str = "", key: str = "bubbles"
) -> Figure:
    """Themes (kind "theme") with figures, in the order given, one column a feeling.

    A circle's area is its count, on one scale in the whole figure; the number stands inside, or beside a small one.
    Themes told in words only or hidden have no circles and are left out.
    """
    rows = [theme for theme in themes if theme.status == "shown"]
    summary = " ".join(_sentence(theme) for theme in rows)
    wide = _drawn(Drawing(f"{key}-wide", _WIDE), rows, names=_WIDE_NAMES)
    narrow = _drawn(Drawing(f"{key}-narrow", _NARROW), rows, names=_NARROW_NAMES)
    return Figure(
        key,
        title,
        subtitle,
        note,
        wide.svg(title=title, summary=summary),
        narrow.svg(title=title, summary=summary),
        _table(rows, title),
        summary,
    )


def _drawn(drawing: Drawing, rows: Sequence[Reportable], *, names: float) -> Drawing:
    labels = [option.label for option in rows[0].options] if rows else []
    column = (drawing.width - names) / max(1, len(labels))
    heads = max((block_height(label, _HEAD, within=column - 6) for label in labels), default=0.0)
    for at, label in enumerate(labels):
        drawing.block(names + at * column, heads / 2, label, _HEAD, within=column - 6, anchor="middle")
    drawing.down(heads + _GAP)
    most = max((option.people for row in rows for option in row.options), default=1) or 1
    for row in rows:
        largest = max(_radius(option.people, most) for option in row.options)
        tall = max(2 * largest, block_height(row.label, _NAME, within=names - 10), _ROOM)
        middle = drawing.height + tall / 2
        with drawing.group(class_="figure-row"):
            drawing.line(
                (0, drawing.height + tall + _GAP / 2), (drawing.width, drawing.height + tall + _GAP / 2), stroke=GRID
            )
            drawing.block(0.0, middle, row.label, _NAME, within=names - 10)
            for at, option in enumerate(row.options):
                _bubble(drawing, names + (at + 0.5) * column - 3, middle, option.code, option.people, most)
        drawing.down(tall + _GAP)
    return drawing


def _bubble(drawing: Drawing, x: float, middle: float, code: str, people: int, most: int) -> None:
    radius, fill = _radius(people, most), _FILLS.get(code, STONE)
    if people:
        drawing.circle(x, middle, radius, fill=fill, class_="figure-part")
    fits = radius >= _LEAST_INSIDE
    place, anchor = (x, "middle") if fits or not people else (x + radius + 4, "start")
    drawing.text(place, middle, number(people), Lettering(_INSIDE, 600, on(fill) if fits else INK), anchor)


def _radius(people: int, most: int) -> float:
    return _LARGEST * sqrt(people / most)


def _sentence(theme: Reportable) -> str:
    sounds = ", ".join(f"{option.label}: {number(option.people)}" for option in theme.options)
    return str(_("%(theme)s: %(sounds)s.", theme=theme.label, sounds=sounds))


def _table(rows: Sequence[Reportable], caption: str) -> Table:
    head = (_("Theme"), *(option.label for option in rows[0].options)) if rows else (_("Theme"),)
    return Table(caption, head, tuple((row.label, *(number(each.people) for each in row.options)) for row in rows))
