"""An exploration as a chart one can point at: the figure's JSON, made of values that may be shown, nothing more.

The same numbers stand in the table and in the drawing for readers without scripts.
"""

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

from analysis.disclosure.reportable import Reportable
from analysis.exploring import BY_WAVE, Exploration, Row, is_single
from analysis.figures.segments import lengths
from analysis.figures.wording import told_briefly
from analysis.measures.standing import standing

TEAL, ORANGE, STONE, INK, GRID = "#0b5d66", "#a6480f", "#dcd8cf", "#1b2733", "#e6e1d6"
ROW_HEIGHT, MARGINS, TITLE_GAP = 46, 160, 16
LINE_LENGTH = 34  # characters of an axis title on a phone
SETTINGS = {"displaylogo": False, "responsive": True, "displayModeBar": False}
OPTION_COLOURS = (TEAL, ORANGE, "#5b3f8c", "#4d5b68", "#6fb3b5", "#eba25c", "#b6a3d6", STONE)
DARK_COLOURS = 4
THEME_COLOURS = {"negative": ORANGE, "neutral": STONE, "positive": TEAL}


def figure(exploration: Exploration, *, unit: str, words: Callable[[Reportable], str]) -> dict[str, Any]:
    """Data, layout and settings for `Plotly.newPlot`.

    unit   words under the value axis, in the reader's language
    words  what is printed where a result may not stand as a figure: "hidden", or a few words
    """
    rows = [row for row in exploration.rows if row.result]
    kind = exploration.enquiry.kind
    stacked = kind == "theme" or not is_single(exploration)
    over_time = exploration.enquiry.by == BY_WAVE and not stacked
    if stacked:
        data = _themes(rows) if kind == "theme" else _options(rows)
    else:
        data = [_line(rows) if over_time else _bars(rows)]
    ends = _ends(rows, kind)
    layout = _across(rows, unit, ends or (0.0, 100.0)) if over_time else _down(rows, unit, ends)
    layout["annotations"] = [
        _note(row, words, start=ends[0] if ends else 0.0, over_time=over_time) for row in rows if not _is_shown(row)
    ]
    return {"data": data, "layout": layout, "config": SETTINGS}


def level(result: Reportable) -> float | None:
    """What the bar shows: favourable share in per cent, mean score, mean share; None unless shown in figures."""
    if result.shape == "share" and result.status == "shown":
        return result.figure("mean")
    found = standing(result)
    return found.value if found else None


def margins(result: Reportable) -> tuple[float, float]:
    """How far the 95 % interval reaches below and above `level`; 0 where there is none."""
    found = standing(result)
    return (found.value - found.low, found.high - found.value) if found else (0.0, 0.0)


def _is_shown(row: Row) -> bool:
    return row.result is not None and row.result.status == "shown"


def _values(rows: Sequence[Row]) -> tuple[list[float | None], list[str], dict[str, Any]]:
    """Values rounded as they are printed, their labels, and error bars; finer figures never leave the server."""
    results = [row.result for row in rows if row.result]
    values = [None if (value := level(result)) is None else _rounded(value, result) for result in results]
    texts = ["" if value is None else _told(value, result) for value, result in zip(values, results, strict=True)]
    reach = [margins(result) for result in results]
    bars: dict[str, Any] = {
        "type": "data",
        "symmetric": False,
        "color": "#7c8a94",
        "thickness": 2,
        "width": 5,
        "array": [_rounded(above, result) for (_, above), result in zip(reach, results, strict=True)],
        "arrayminus": [_rounded(below, result) for (below, _), result in zip(reach, results, strict=True)],
    }
    return list(values), texts, bars


def _rounded(value: float, result: Reportable) -> float:
    """To whole numbers; on a scale's own range to a hundredth of it."""
    return round(value, 2) if result.kind == "scale" else round(value)


def _told(value: float, result: Reportable) -> str:
    if result.share is not None:
        return told_briefly(result.share)
    return f"{value:g}"


def _ends(rows: Sequence[Row], kind: str) -> tuple[float, float] | None:
    """The ends of the value axis; None where it is as long as it need be."""
    if kind != "scale":
        return None if kind == "theme" else (0.0, 100.0)
    known = (row.result for row in rows if row.result and row.result.status == "shown")
    return next(((each.figure("low") or 0.0, each.figure("high") or 100.0) for each in known), (0.0, 100.0))


def _options(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Per cent of each option, stacked; near all or none drawn at the limit and said in words."""
    shown = [(row.label, row.result) for row in rows if row.result and _is_shown(row)]
    options = shown[0][1].options if shown else ()
    names = [(option.code, option.label) for option in options if option.scored]
    drawn = [lengths([_part(result, code) for code, _ in names]) for _, result in shown]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "y": [label for label, _ in shown],
            "x": [round(100 * long[at], 1) for long in drawn],
            "text": [told if (told := told_briefly(_part(result, code)))[0] != "≤" else "" for _, result in shown],
            "customdata": [told_briefly(_part(result, code)) for _, result in shown],
            "textangle": 0,
            "textfont": {"color": "#fff" if at % len(OPTION_COLOURS) < DARK_COLOURS else INK},
            "marker": {"color": OPTION_COLOURS[at % len(OPTION_COLOURS)], "line": {"color": "#fff", "width": 1}},
            "hovertemplate": "%{y}: %{customdata}<extra>%{fullData.name}</extra>",
        }
        for at, (code, name) in enumerate(names)
    ]


def _part(result: Reportable, code: str) -> float:
    return _people(result, code) / result.n if result.n else 0.0


def _bars(rows: Sequence[Row]) -> dict[str, Any]:
    values, texts, error = _values(rows)
    return {
        "type": "bar",
        "orientation": "h",
        "y": [row.label for row in rows],
        "x": values,
        "text": texts,
        "textposition": "outside" if any(row.result.kind == "scale" for row in rows if row.result) else "inside",
        "cliponaxis": False,
        "insidetextanchor": "start",
        "insidetextfont": {"color": "#fff"},
        "marker": {"color": TEAL},
        "error_x": error,
        "hovertemplate": "%{y}: %{text}<extra></extra>",
    }


def _line(rows: Sequence[Row]) -> dict[str, Any]:
    values, texts, error = _values(rows)
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [row.label for row in rows],
        "y": values,
        "text": texts,
        "textposition": "top center",
        "marker": {"color": TEAL, "size": 10},
        "line": {"color": TEAL, "width": 3},
        "error_y": error,
        "hovertemplate": "%{x}: %{text}<extra></extra>",
    }


def _themes(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Comments per sentiment, stacked."""
    shown = [(row.label, row.result) for row in rows if row.result and _is_shown(row)]
    return [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "y": [label for label, _ in shown],
            "x": [_people(result, code) for _, result in shown],
            "text": [str(_people(result, code)) for _, result in shown],
            "marker": {"color": THEME_COLOURS[code]},
            "hovertemplate": "%{y}: %{x}<extra>%{fullData.name}</extra>",
        }
        for code, name in _sentiments(shown)
    ]


def _sentiments(shown: Sequence[tuple[str, Reportable]]) -> list[tuple[str, str]]:
    options = shown[0][1].options if shown else ()
    return [(option.code, option.label) for option in options if option.code in THEME_COLOURS]


def _people(result: Reportable, code: str) -> int:
    return next((option.people for option in result.options if option.code == code), 0)


def _down(rows: Sequence[Row], unit: str, ends: tuple[float, float] | None) -> dict[str, Any]:
    """Bars under each other, the first row on top."""
    values = {
        "title": {"text": in_lines(unit), "standoff": TITLE_GAP},
        "automargin": True,
        "gridcolor": GRID,
        "zeroline": False,
        "rangemode": "tozero",
        "fixedrange": True,
    }
    labels = {
        "autorange": "reversed",
        "automargin": True,
        "fixedrange": True,
        "type": "category",
        "ticks": "outside",
        "ticklen": 8,
        "tickcolor": "#fff",
        "categoryorder": "array",
        "categoryarray": [row.label for row in rows],
    }
    return _layout(len(rows)) | {"xaxis": values | ({"range": list(ends)} if ends else {}), "yaxis": labels}


def _across(rows: Sequence[Row], unit: str, ends: tuple[float, float]) -> dict[str, Any]:
    """A line over time on the whole scale."""
    values = {
        "title": {"text": in_lines(unit), "standoff": TITLE_GAP},
        "automargin": True,
        "range": list(ends),
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
    }
    labels = {
        "automargin": True,
        "fixedrange": True,
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [row.label for row in rows],
    }
    return _layout(6) | {"xaxis": labels, "yaxis": values}


def in_lines(words: str) -> str:
    """Words in lines that fit a phone; the chart breaks them at <br>."""
    return "<br>".join(textwrap.wrap(words, LINE_LENGTH))


def _layout(rows: int) -> dict[str, Any]:
    return {
        "template": {},
        "height": MARGINS + ROW_HEIGHT * max(rows, 2),
        "paper_bgcolor": "#fff",
        "plot_bgcolor": "#fff",
        "font": {"family": "Lexend, system-ui, sans-serif", "size": 15, "color": INK},
        "margin": {"l": 20, "r": 30, "t": 20, "b": 110},
        "barmode": "stack",
        "bargap": 0.35,
        "dragmode": False,
        "legend": {"orientation": "h", "y": 1.12, "traceorder": "normal"},
    }


def _note(row: Row, words: Callable[[Reportable], str], *, start: float, over_time: bool) -> dict[str, Any]:
    place = (
        {"x": row.label, "y": start, "yanchor": "bottom"}
        if over_time
        else {"x": start, "y": row.label, "xanchor": "left"}
    )
    return {"text": words(row.result) if row.result else "", "showarrow": False, "font": {"color": "#4d5b68"}, **place}
