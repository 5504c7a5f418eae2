"""How things changed from wave to wave: one small chart for each, all on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable
from analysis.figures.drawing import Drawing
from analysis.figures.figure import Figure, Table
from analysis.figures.panels import Frame, Panel, Scale, draw_panel, fitting_scale, panels_height
from analysis.figures.wording import in_words, number, percent_of_100
from analysis.measures.standing import standing

_WIDE, _NARROW, _BETWEEN, _BELOW = 720.0, 340.0, 22.0, 22.0
_WIDE_TALL, _NARROW_TALL = 130.0, 110.0
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WIDE_COLUMNS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3}


@dataclass(frozen=True)
class Row:
    """One thing's results, in the order of the waves; None in a wave that did not ask."""

    label: str
    results: tuple[Reportable | None, ...]


def trend_lines(
    histories: Sequence[Sequence[Reportable]],
    *,
    waves: Sequence[tuple[str, str]],
    title: str,
    subtitle: str = "",
    note: str = "",
    labels: Sequence[str] | None = None,
    verdicts: Sequence[str] = (),
    decisions: Sequence[tuple[float, str]] = (),
    key: str = "trends",
) -> Figure:
    """Scores or statements over time, each with its 95 % range, in the order given.

    histories  for each thing its results, one a wave at most; things without any are left out
    waves      (key, title), oldest first
    verdicts   for each thing "up" or "down" where its latest change is clear, anything else where not
    decisions  (place among the waves, counted from 0, and its words), oldest first; drawn as dotted lines with letters
    The scale is the same in every panel; where it does not run from 0 to 100 the note says so.
    """
    told = [*verdicts, *[""] * (len(histories) - len(verdicts))]
    names = labels or [history[0].label if history else "" for history in histories]
    kept = [
        (_row(name, history, waves), verdict)
        for name, history, verdict in zip(names, histories, told, strict=True)
        if history
    ]
    rows = [row for row, _verdict in kept]
    panels = [
        Panel(row.label, tuple(standing(each) if each else None for each in row.results), verdict)
        for row, verdict in kept
    ]
    scale = fitting_scale(panels, percent_of_100 if _are_items(rows) else number)
    summary = " ".join(_sentence(row, waves, scale) for row in rows)
    titles = tuple(words for _key, words in waves)
    lettered = tuple((place, letter) for (place, _words), letter in zip(decisions, LETTERS, strict=False))
    columns = _WIDE_COLUMNS.get(len(rows), 4), min(2, max(1, len(rows)))
    first = Frame(0.0, 0.0, 0.0, 0.0, scale, titles, lettered)
    wide = _drawn(Drawing(f"{key}-wide", _WIDE), panels, first, columns=columns[0])
    narrow = _drawn(Drawing(f"{key}-narrow", _NARROW), panels, first, columns=columns[1])
    return Figure(
        key,
        title,
        subtitle,
        " ".join(words for words in (note, *_remarks(panels, scale), *_decided(decisions)) if words),
        wide.svg(title=title, summary=summary),
        narrow.svg(title=title, summary=summary),
        _table(rows, titles, scale, title),
        summary,
    )


def _row(label: str, history: Sequence[Reportable], waves: Sequence[tuple[str, str]]) -> Row:
    by_wave = {result.wave: result for result in history}
    return Row(label, tuple(by_wave.get(key) for key, _title in waves))


def _are_items(rows: Sequence[Row]) -> bool:
    return any(result.kind == "item" for row in rows for result in row.results if result)


def _decided(decisions: Sequence[tuple[float, str]]) -> list[str]:
    """What the letters of the dotted lines stand for."""
    said = [f"{letter}: {words}" for (_place, words), letter in zip(decisions, LETTERS, strict=False)]
    return (
        [_("Dotted lines: what was done. Numbers before and after do not say that it was the cause."), *said]
        if said
        else []
    )


def _drawn(drawing: Drawing, panels: Sequence[Panel], first: Frame, *, columns: int) -> Drawing:
    wide = (drawing.width - (columns - 1) * _BETWEEN) / columns
    tall = _WIDE_TALL if drawing.width == _WIDE else _NARROW_TALL
    for start in range(0, len(panels), columns):
        drawing.down(_BELOW if start else 0.0)
        beside = panels[start : start + columns]
        frames = [
            replace(first, x=at * (wide + _BETWEEN), top=drawing.height, width=wide, tall=tall)
            for at in range(len(beside))
        ]
        for panel, frame in zip(beside, frames, strict=True):
            draw_panel(drawing, panel, frame, beside=beside)
        drawing.down(panels_height(beside, frames[0]))
    return drawing


def _remarks(panels: Sequence[Panel], scale: Scale) -> list[str]:
    """What one must know to read the drawing."""
    said = []
    if (scale.low, scale.high) != (0, 100):
        said.append(_("The scale runs from %(low)s to %(high)s.", low=scale.say(scale.low), high=scale.say(scale.high)))
    if any(point is None for panel in panels for point in panel.points):
        said.append(_("Hatched: there is no figure for that wave; the table says why."))
    return said


def _sentence(row: Row, waves: Sequence[tuple[str, str]], scale: Scale) -> str:
    """What someone hears who cannot see the line."""
    said = [
        str(_("%(wave)s: %(value)s", wave=title, value=_value(result, scale)))
        for (_key, title), result in zip(waves, row.results, strict=True)
    ]
    return str(_("%(subject)s – %(values)s.", subject=row.label, values="; ".join(said)))


def _value(result: Reportable | None, scale: Scale) -> str:
    if result is None:
        return str(_("not asked"))
    found = standing(result)
    return scale.say(found.value) if found else in_words(result).rstrip(".")


def _table(rows: Sequence[Row], waves: Sequence[str], scale: Scale, caption: str) -> Table:
    cells = tuple((row.label, *(_cell(result, scale) for result in row.results)) for row in rows)
    return Table(caption, (_("What"), *waves), cells)


def _cell(result: Reportable | None, scale: Scale) -> str:
    found = standing(result) if result else None
    if result is None or found is None:
        return _value(result, scale)
    return str(
        _(
            "%(value)s (likely %(low)s to %(high)s)",
            value=scale.say(found.value),
            low=number(found.low),
            high=number(found.high),
        )
    )
