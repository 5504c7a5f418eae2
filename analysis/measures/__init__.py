"""Measures: pure functions, each with the source of its formula."""

from analysis.measures.comparing import Change, Gap, change, gaps, response_rate
from analysis.measures.drivers import Drivers, drivers
from analysis.measures.intervals import newcombe, welch, wilson
from analysis.measures.reliability import Reliability, cronbach_alpha, reliability
from analysis.measures.scores import dimension_scores
from surveys.clear_change import smallest_clear_change

__all__ = [
    "Change",
    "Drivers",
    "Gap",
    "Reliability",
    "change",
    "cronbach_alpha",
    "dimension_scores",
    "drivers",
    "gaps",
    "newcombe",
    "reliability",
    "response_rate",
    "smallest_clear_change",
    "welch",
    "wilson",
]
