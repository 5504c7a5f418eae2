"""Published figures: SVG drawn here, the same in every browser and on paper, made of values that may be shown."""

from analysis.figures.bubbles import theme_bubbles
from analysis.figures.choices import choice_bars
from analysis.figures.figure import Figure, Table
from analysis.figures.gaps import gap_dots
from analysis.figures.heat_map import heat_map
from analysis.figures.likert import likert_bars
from analysis.figures.scores import score_dots
from analysis.figures.sparks import spark
from analysis.figures.themes import theme_bars
from analysis.figures.trends import trend_lines

__all__ = [
    "Figure",
    "Table",
    "choice_bars",
    "gap_dots",
    "heat_map",
    "likert_bars",
    "score_dots",
    "spark",
    "theme_bars",
    "theme_bubbles",
    "trend_lines",
]
