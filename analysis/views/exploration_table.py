"""The table beside an exploration: each cell in words, and the reason where a cell is hidden."""

from dataclasses import dataclass

from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable
from analysis.exploring import Exploration
from analysis.exploring_figure import level, margins
from analysis.figures.wording import about


@dataclass(frozen=True)
class Line:
    """One row; `why` stands in place of the cells where there are none."""

    label: str
    cells: tuple[str, ...]
    why: str = ""
    whole: bool = False


def lines(seen: Exploration) -> list[Line]:
    """The rows, and everyone together at the end."""
    rows = [_line(row.label, row.result) for row in seen.rows]
    if seen.everyone is None:
        return rows
    last = _line(_("Everyone together"), seen.everyone)
    return [*rows, Line(last.label, last.cells, last.why, whole=True)]


def without_figure(result: Reportable) -> str:
    """What stands where there is no figure: why not, or the result in words."""
    if result.status == "hidden":
        return _("hidden")
    return _("too few for a figure") if result.kind == "score" else about(result.share or 0)


def _line(label: str, result: Reportable | None) -> Line:
    if result is None:
        return Line(label, (), why=_("Not asked here."))
    if result.status == "hidden":
        return Line(label, (), why=_("Hidden: %(reason)s", reason=result.reason))
    if result.kind == "theme":
        return Line(label, (str(result.n), _sounding(result)))
    return _small(label, result) if result.status == "words" else _full(label, result)


def _full(label: str, result: Reportable) -> Line:
    value, (below, above) = level(result) or 0.0, margins(result)
    between = _("%(low)s to %(high)s", low=round(value - below), high=round(value + above))
    if result.kind == "score":
        return Line(label, (str(round(value)), between, str(result.n)))
    agreed = _("%(percent)s%% (%(people)s of %(n)s)", percent=round(value), people=result.favourable, n=result.n)
    return Line(label, (agreed, between, str(result.n), str(result.unscored)))


def _small(label: str, result: Reportable) -> Line:
    """Between 10 and 29 answers: words, no range."""
    cells = (without_figure(result), "–", str(result.n))
    return Line(label, cells if result.kind == "score" else (*cells, str(result.unscored)))


def _sounding(result: Reportable) -> str:
    return ", ".join(f"{option.label}: {option.people}" for option in result.options)
