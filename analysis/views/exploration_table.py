"""The table beside an exploration: each cell in words, and the reason where a cell is hidden."""

from dataclasses import dataclass

from flask_babel import gettext as _

from analysis.disclosure.reportable import Reportable
from analysis.exploring import Exploration
from analysis.exploring_figure import level, margins
from analysis.figures.option_bars import option_bar, options_of, told_number
from analysis.figures.wording import about, is_near_all_or_none, told_percent
from analysis.views.choice_looks import scale_mean


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


def heads(kind: str) -> list[str]:
    """Headings of the columns after the first."""
    likely, answers = _("Likely between"), _("Answers")
    return {
        "item": [_("Favourable"), likely, answers, _("Don’t know, or would not say")],
        "choice": [_("What they chose"), answers],
        "scale": [_("Mean of the scale"), likely, answers],
        "score": [_("Score, 0 to 100"), likely, answers],
    }.get(kind, [_("Comments"), _("How they sound")])


def without_figure(result: Reportable) -> str:
    """What stands where there is no figure: why not, or the result in words."""
    if result.status == "hidden":
        return _("hidden")
    return about(result.share) if result.share is not None else _("too few for a figure")


def _line(label: str, result: Reportable | None) -> Line:
    if result is None:
        return Line(label, (), why=_("Not asked here."))
    if result.status == "hidden":
        return Line(label, (), why=_("Hidden: %(reason)s", reason=result.reason))
    if result.kind == "theme":
        return Line(label, (str(result.n), _sounding(result)))
    if result.kind == "choice":
        return _chosen(label, result)
    return _small(label, result) if result.status == "words" else _full(label, result)


def _full(label: str, result: Reportable) -> Line:
    value, (below, above) = level(result) or 0.0, margins(result)
    if result.kind == "scale":
        between = _("%(low)s to %(high)s", low=told_number(value - below), high=told_number(value + above))
        return Line(label, (scale_mean(result), between, str(result.n)))
    between = _("%(low)s to %(high)s", low=round(value - below), high=round(value + above))
    if result.kind == "score":
        return Line(label, (str(round(value)), between, str(result.n)))
    agreed = _agreed(result)
    return Line(label, (agreed, between, str(result.n), str(result.unscored)))


def _agreed(result: Reportable) -> str:
    """The favourable share with its people; in words near all or none."""
    share = result.share or 0.0
    if is_near_all_or_none(share):
        return told_percent(share)
    percent, people = round(100 * share), result.favourable
    return _("%(percent)s%% (%(people)s of %(n)s)", percent=percent, people=people, n=result.n)


def _chosen(label: str, result: Reportable) -> Line:
    """One option's number, or every option with its own."""
    if result.is_single:
        part = option_bar(result, label)
        return Line(label, (part.words, str(result.n)))
    said = "; ".join(f"{bar.label}: {bar.words}" for bar in options_of(result))
    return Line(label, (said, str(result.n)))


def _small(label: str, result: Reportable) -> Line:
    """Between 10 and 29 answers: words, no range."""
    cells = (without_figure(result), "–", str(result.n))
    return Line(label, cells if result.kind in {"score", "scale"} else (*cells, str(result.unscored)))


def _sounding(result: Reportable) -> str:
    return ", ".join(f"{option.label}: {option.people}" for option in result.options)
