"""The figures of the results pages: which chart shows what, with titles that state what they show."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from analysis.exploring import Exploration
from analysis.figures import Figure, gap_dots, likert_bars, trend_lines
from analysis.governor_page import GovernorPage
from analysis.views.words import in_sentence


@dataclass(frozen=True)
class Shown:
    """A published figure and the address of its interactive twin."""

    figure: Figure
    explore: str


def governor_figures(page: GovernorPage) -> list[Shown]:
    """Statements agreed with most and least, then gaps, then change over time; each only where there is something."""
    return [shown for shown in (_statements(page), _gaps(page), _histories(page)) if shown]


def _statements(page: GovernorPage) -> Shown | None:
    return None


def _gaps(page: GovernorPage) -> Shown | None:
    return None


def _histories(page: GovernorPage) -> Shown | None:
    return None


def exploration_figure(seen: Exploration) -> Figure | None:
    return None


def unit(seen: Exploration) -> str:
    """Words under the value axis."""
    units: dict[str, str] = {
        "item": _("Favourable answers in 100, with the range the true figure is likely to be in"),
        "score": _("Score from 0 to 100, with the range the true score is likely to be in"),
        "theme": _("Number of comments"),
    }
    return units[seen.enquiry.kind]
