"""An exploration as a chart one can point at: the figure's JSON, made of values that may be shown, nothing more.

The same numbers stand in the table and in the drawing for readers without scripts.
"""

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

from analysis.disclosure.reportable import Reportable
from analysis.exploring import BY_WAVE, Exploration, Row
from analysis.measures.standing import standing

TEAL, ORANGE, STONE, INK, GRID = "#0b5d66", "#a6480f", "#dcd8cf", "#1b2733", "#e6e1d6"
ROW_HEIGHT, MARGINS, TITLE_GAP = 46, 160, 16
LINE_LENGTH = 34  # characters of an axis title on a phone
SETTINGS = {"displaylogo": False, "responsive": True, "displayModeBar": False}
THEME_COLOURS = {"negative": ORANGE, "neutral": STONE, "positive": TEAL}


def figure(exploration: Exploration, *, unit: str, words: Callable[[Reportable], str]) -> dict[str, Any]:
    """Data, layout and settings for `Plotly.newPlot`.

    unit   words under the value axis, in the reader's language
    words  what is printed where a result may not stand as a figure: "hidden", or a few words
    """
    rows = [row for row in exploration.rows if row.result]
    kind = exploration.enquiry.kind
    over_time = exploration.enquiry.by == BY_WAVE and kind != "theme"
    data = _themes(rows) if kind == "theme" else [_line(rows) if over_time else _bars(rows)]
    layout = _across(rows, unit) if over_time else _down(rows, unit, whole_scale=kind != "theme")
    layout["annotations"] = [_note(row, words, over_time=over_time) for row in rows if not _is_shown(row)]
    return {"data": data, "layout": layout, "config": SETTINGS}


def level(result: Reportable) -> float | None:
    """What the bar shows, 0 to 100: favourable share in per cent, or mean score; None unless shown in figures."""
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
    values = [None if (value := level(result)) is None else round(value) for result in results]
    texts = [
        "" if value is None else f"{value}%" if result.kind == "item" else str(value)
        for value, result in zip(values, results, strict=True)
    ]
    reach = [margins(result) for result in results]
    bars: dict[str, Any] = {
        "type": "data",
        "symmetric": False,
        "color": "#7c8a94",
        "thickness": 2,
        "width": 5,
        "array": [round(above) for _, above in reach],
        "arrayminus": [round(below) for below, _ in reach],
    }
    return list(values), texts, bars


def _bars(rows: Sequence[Row]) -> dict[str, Any]:
    values, texts, error = _values(rows)
    return {
        "type": "bar",
        "orientation": "h",
        "y": [row.label for row in rows],
        "x": values,
        "text": texts,
        "textposition": "inside",
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


def _down(rows: Sequence[Row], unit: str, *, whole_scale: bool) -> dict[str, Any]:
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
    return _layout(len(rows)) | {"xaxis": values | ({"range": [0, 100]} if whole_scale else {}), "yaxis": labels}


def _across(rows: Sequence[Row], unit: str) -> dict[str, Any]:
    """A line over time on the whole scale."""
    values = {
        "title": {"text": in_lines(unit), "standoff": TITLE_GAP},
        "automargin": True,
        "range": [0, 100],
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


def _note(row: Row, words: Callable[[Reportable], str], *, over_time: bool) -> dict[str, Any]:
    place = {"x": row.label, "y": 4} if over_time else {"x": 0, "y": row.label, "xanchor": "left"}
    return {"text": words(row.result) if row.result else "", "showarrow": False, "font": {"color": "#4d5b68"}, **place}
