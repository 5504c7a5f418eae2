"""The figures of the results pages: which chart shows what, with titles that state what they show."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from analysis.disclosure.reportable import Reportable
from analysis.exploring import BY_GROUP, BY_WAVE, EVERYONE, Exploration
from analysis.figures import Figure, choice_bars, gap_dots, likert_bars, score_dots, spark, theme_bars, trend_lines
from analysis.governor_page import Contrast, GovernorPage
from analysis.views.choice_looks import chosen
from analysis.views.words import exploration_title, in_sentence


@dataclass(frozen=True)
class Shown:
    """A published figure and the address of its interactive twin."""

    figure: Figure
    explore: str


def governor_figures(page: GovernorPage) -> list[Shown]:
    """Statements agreed with most and least, gaps, change over time, choices; each only where there is something."""
    return [shown for shown in (_statements(page), _gaps(page), _histories(page), *_choices(page)) if shown]


def sparks(page: GovernorPage) -> dict[str, Markup]:
    """By dimension, its way from wave to wave; only where there is one."""
    verdicts = {tile.result.subject: tile.change.verdict for tile in page.tiles if tile.change}
    drawn = {
        (subject := history[-1].subject): spark(
            history, page.waves, verdict=verdicts.get(subject, ""), key=f"spark-{number}"
        )
        for number, history in enumerate(page.histories, 1)
        if history
    }
    return {subject: drawing for subject, drawing in drawn.items() if drawing}


def widest_gap(page: GovernorPage) -> Markup | None:
    """The widest clear gap, drawn for a narrow column; None where no gap is clear."""
    named = [each for each in page.contrasts if each.gap.named][:1]
    if page.gap_groups is None or not named:
        return None
    a, b = page.gap_groups
    topic = [each.topic for each in named]
    drawn = gap_dots([named[0].gap], [named[0].sides], a=a, b=b, labels=topic, title=topic[0], key="widest-gap")
    return drawn.narrow_svg


def _statements(page: GovernorPage) -> Shown | None:
    if not page.statements:
        return None
    group = in_sentence(page.audience.label)
    figure = likert_bars(
        page.statements,
        title=_statements_title(page),
        subtitle=_("Answers of %(group)s, %(wave)s, in per cent", group=group, wave=page.wave_title),
        note=_("“Don’t know” is not part of the per cent. Parts may not add up to 100 because of rounding."),
    )
    return Shown(figure, _twin(page, f"item:{page.statements[0].subject}", EVERYONE))


def _statements_title(page: GovernorPage) -> str:
    most, least = page.statements[0], page.statements[-1]
    if most == least:
        return str(_("What %(group)s say", group=in_sentence(page.audience.label)))
    return str(_("Most favourable answers: “%(most)s” Least: “%(least)s”", most=most.label, least=least.label))


def _gaps(page: GovernorPage) -> Shown | None:
    if page.gap_groups is None or not page.contrasts:
        return None
    a, b = page.gap_groups
    figure = gap_dots(
        [each.gap for each in page.contrasts],
        [each.sides for each in page.contrasts],
        a=a,
        b=b,
        labels=[each.topic for each in page.contrasts],
        title=_gaps_title(page.contrasts, a.label, b.label),
        subtitle=_("Favourable answers in 100, with the range the true figure is likely to be in"),
        note=_(
            "We name a gap only where it is hardly chance, with all pairs taken together. The two groups answer "
            "like statements, worded for each."
        ),
    )
    return Shown(figure, _twin(page, f"item:{page.contrasts[0].gap.subject}", BY_GROUP))


def _gaps_title(contrasts: Sequence[Contrast], a: str, b: str) -> str:
    """Contrasts come widest first, so the first that is named is the widest named."""
    named = next((each for each in contrasts if each.gap.named), None)
    if named is None:
        return str(_("%(a)s and %(b)s: no clear gap", a=a, b=in_sentence(b)))
    brighter, dimmer = (a, b) if named.gap.points > 0 else (b, a)
    return str(
        _(
            "%(brighter)s are more positive than %(dimmer)s about %(topic)s",
            brighter=brighter,
            dimmer=in_sentence(dimmer),
            topic=in_sentence(named.topic),
        )
    )


def _histories(page: GovernorPage) -> Shown | None:
    """Only where there is an earlier wave: one point is no history."""
    histories = [history for history in page.histories if len(history) > 1]
    if not histories:
        return None
    verdicts = {tile.result.subject: tile.change.verdict for tile in page.tiles if tile.change}
    told = [verdicts.get(history[-1].subject, "") for history in histories]
    figure = trend_lines(
        histories,
        waves=page.waves,
        verdicts=told,
        title=_histories_title(histories, told),
        subtitle=_("Scores of %(group)s from 0 to 100, wave by wave", group=in_sentence(page.audience.label)),
        note=_(
            "A pale bar is the range the true score is likely to be in; where you see none, the range is no wider "
            "than the dot. An arrow stands only where the change since the wave before is clear."
        ),
    )
    return Shown(figure, _twin(page, f"score:{histories[0][-1].subject}", BY_WAVE))


def _histories_title(histories: Sequence[Sequence[Reportable]], verdicts: Sequence[str]) -> str:
    """Names every score that clearly moved, each with its direction."""
    said = [
        str(
            _("%(subject)s is up.", subject=history[-1].label)
            if verdict == "up"
            else _("%(subject)s is down.", subject=history[-1].label)
        )
        for history, verdict in zip(histories, verdicts, strict=True)
        if verdict in {"up", "down"}
    ]
    return " ".join(said) or str(_("No clear change since last time."))


def _choices(page: GovernorPage) -> list[Shown]:
    """What people chose where no answer is the good one."""
    return [
        Shown(
            chosen(results, page.audience.label, page.wave_title),
            _twin(page, f"choice:{results[0].subject}", EVERYONE),
        )
        for results in page.choices
    ]


def _twin(page: GovernorPage, what: str, by: str) -> str:
    return url_for("explore.page", what=what, audience=page.audience.key, by=by, wave=page.wave_key)


def exploration_figure(seen: Exploration, *, key: str = "exploration") -> Figure | None:
    """The exploration drawn without scripts; None where there is nothing to draw. `key` names it on its page."""
    rows = [(row.label, row.result) for row in seen.rows if row.result]
    if not rows:
        return None
    title, results = exploration_title(seen), [result for _label, result in rows]
    if seen.enquiry.kind == "theme":
        return _counted(title, rows, key)
    if seen.enquiry.by == BY_WAVE and seen.enquiry.kind in {"item", "score"}:
        waves = [(each.value, each.label) for each in seen.waves]
        return trend_lines([results], waves=waves, labels=[seen.label], title=title, key=key)
    if seen.enquiry.kind == "choice":
        labels = [label for label, _result in rows] if len(rows) > 1 else None
        return choice_bars(results, labels=labels, title=title, key=key)
    if seen.enquiry.kind == "scale":
        return None
    draw = likert_bars if seen.enquiry.kind == "item" else score_dots
    return draw(results, labels=[label for label, _result in rows], title=title, key=key)


def _counted(title: str, rows: Sequence[tuple[str, Reportable]], key: str) -> Figure | None:
    """Comments per group; groups that are hidden are told of by the page."""
    shown = [(label, result) for label, result in rows if result.status != "hidden"]
    if not shown:
        return None
    return theme_bars(
        [result for _label, result in shown], labels=[label for label, _result in shown], title=title, key=key
    )


def _choice_unit(seen: Exploration) -> str:
    result = next((row.result for row in seen.rows if row.result), None)
    if result and result.shape == "share":
        return str(_("Share of 100, on average"))
    return str(_("People in 100"))


def unit(seen: Exploration) -> str:
    """Words under the value axis."""
    units: dict[str, str] = {
        "item": _("Favourable answers in 100, with the range the true figure is likely to be in"),
        "choice": _choice_unit(seen),
        "scale": _("Mean, with its likely range"),
        "score": _("Score from 0 to 100, with the range the true score is likely to be in"),
        "theme": _("Number of comments"),
    }
    return units[seen.enquiry.kind]
