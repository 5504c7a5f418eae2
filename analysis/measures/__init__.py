"""Measures: pure functions, each with the source of its formula."""

from analysis.measures.comparing import Change, Gap, change, gaps, response_rate
from analysis.measures.intervals import newcombe, welch, wilson
from analysis.measures.reliability import cronbach_alpha
from analysis.measures.scores import dimension_scores

__all__ = [
    "Change",
    "Gap",
    "change",
    "cronbach_alpha",
    "dimension_scores",
    "gaps",
    "newcombe",
    "response_rate",
    "welch",
    "wilson",
]
