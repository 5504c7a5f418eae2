"""Favourable answers of many groups to many statements as a table of tinted cells, a number in each."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable
from analysis.figures.drawing import Drawing, block_height
from analysis.figures.figure import Figure, Table
from analysis.figures.lettering import Lettering, width
from analysis.figures.palette import INK, INK_2, WHITE
from analysis.figures.wording import about, in_words, number, percent, told_percent

TINTS = ((0.3, "#d2873f"), (0.4, "#eab27a"), (0.5, "#f3e0cb"), (0.6, "#e2eeee"), (0.7, "#a9d0d1"), (0.8, "#5ea4a8"))
DARKEST = "#0b5d66"
_NAME, _HEAD, _SMALL = Lettering(13.5, 500), Lettering(12.5, 600, INK_2), Lettering(12, 400, INK_2)
_WIDE, _NAMES, _NARROW, _TALL, _BETWEEN = 720.0, 236.0, 340.0, 34.0, 3.0


@dataclass(frozen=True)
class Row:
    """One statement's results, a column each; None where it was not asked."""

    label: str
    results: tuple[Reportable | None, ...]


def heat_map(
    rows: Sequence[Row], columns: Sequence[str], *, title: str, subtitle: str = "", note: str = "", key: str = "heat"
) -> Figure:
    """Statements down, groups across; the number is the favourable per cent.

    Hidden cells are hatched; from 10 to 29 answers stand as words in the table, and as a dash in the drawing.
    """
    summary = " ".join(_sentence(row, columns) for row in rows)
    wide = _drawn(Drawing(f"{key}-wide", _WIDE), rows, columns, beside=_NAMES).svg(title=title, summary=summary)
    narrow = _stacked(Drawing(f"{key}-narrow", _NARROW), rows, columns).svg(title=title, summary=summary)
    return Figure(key, title, subtitle, _note(rows, note), wide, narrow, _table(rows, columns, title), summary)


def tint(share: float) -> str:
    """The colour of a share of 0 to 1, the darker the further from the middle."""
    return next((fill for limit, fill in TINTS if share < limit), DARKEST)


def _note(rows: Sequence[Row], note: str) -> str:
    found = [result for row in rows for result in row.results]
    said = [note]
    if any(result and result.status == "hidden" for result in found):
        said.append(_("Hatched: too few to show safely."))
    if any(result and result.status == "words" for result in found):
        said.append(_("“–”: 10 to 29 answers; the table says it in words."))
    return " ".join(words for words in said if words)


def _drawn(drawing: Drawing, rows: Sequence[Row], columns: Sequence[str], *, beside: float) -> Drawing:
    wide = (drawing.width - beside) / max(1, len(columns))
    room = wide - 2 * _BETWEEN
    tall = max((block_height(words, _HEAD, within=room) for words in columns), default=0.0)
    for at, words in enumerate(columns):
        drawing.block(
            beside + at * wide + _BETWEEN, drawing.height + tall / 2, words, _HEAD, within=room, anchor="middle"
        )
    drawing.down(tall + 2 * _BETWEEN)
    for row in rows:
        with drawing.group(class_="figure-row"):
            _row(drawing, row, beside, wide)
    return drawing


def _stacked(drawing: Drawing, rows: Sequence[Row], columns: Sequence[str]) -> Drawing:
    """As many columns at a time as have room for their longest word."""
    longest = max((width(word, _HEAD) for words in columns for word in words.split()), default=1.0)
    most = max(1, min(len(columns), int(_NARROW / (longest + 3 * _BETWEEN))))
    parts = -(-len(columns) // most)
    each = -(-len(columns) // max(1, parts))
    for start in range(0, len(columns), each):
        drawing.down(18.0 if start else 0.0)
        chosen = slice(start, start + each)
        some = [Row(row.label, row.results[chosen]) for row in rows]
        _drawn(drawing, some, columns[chosen], beside=0.0)
    return drawing


def _row(drawing: Drawing, row: Row, beside: float, wide: float) -> None:
    """The statement before its cells where there is room, else above them."""
    within = beside - 12 if beside else drawing.width
    name = block_height(row.label, _NAME, within=within)
    if not beside:
        drawing.block(0, drawing.height + 4 + name / 2, row.label, _NAME, within=within)
        drawing.down(name + 8)
    tall = max(_TALL, name) if beside else _TALL
    middle = drawing.height + tall / 2
    if beside:
        drawing.block(0, middle, row.label, _NAME, within=within)
    for at, result in enumerate(row.results):
        _cell(drawing, beside + at * wide, middle, wide, result)
    drawing.down(tall + _BETWEEN)


def _cell(drawing: Drawing, x: float, middle: float, wide: float, result: Reportable | None) -> None:
    x, wide = x + _BETWEEN / 2, wide - _BETWEEN
    centre, top = x + wide / 2, middle - _TALL / 2
    if result is not None and result.status == "hidden":
        drawing.hatched(x, top, wide, _TALL)
    elif result is None or result.status != "shown" or result.share is None:
        drawing.text(centre, middle, "" if result is None else "–", _SMALL, "middle")
    else:
        fill = tint(result.share)
        drawing.rect(x, top, wide, _TALL, fill=fill, rx=6, class_="figure-part")
        colour = WHITE if fill == DARKEST else INK
        drawing.text(centre, middle, number(100 * result.share), Lettering(14, 600, colour), "middle")


def _said(result: Reportable | None) -> str:
    if result is None:
        return str(_("not asked"))
    if result.status == "words" and result.share is not None:
        return about(result.share)
    if result.status != "shown" or result.share is None:
        return in_words(result)
    return told_percent(result.share)


def _sentence(row: Row, columns: Sequence[str]) -> str:
    values = "; ".join(f"{words}: {_said(each)}" for words, each in zip(columns, row.results, strict=True))
    return str(_("“%(statement)s” %(values)s.", statement=row.label, values=values))


def _table(rows: Sequence[Row], columns: Sequence[str], caption: str) -> Table:
    return Table(
        caption,
        (_("Statement"), *columns),
        tuple((row.label, *(_counted(each) for each in row.results)) for row in rows),
    )


def _counted(result: Reportable | None) -> str:
    if result is None or result.status != "shown" or result.share is None:
        return _said(result)
    said = told_percent(result.share)
    if said != percent(result.share):
        return said
    return str(_("%(percent)s (%(k)s of %(n)s)", percent=said, k=number(result.favourable), n=number(result.n)))
