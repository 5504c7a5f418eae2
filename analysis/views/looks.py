"""The figures and words of the results pages."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from flask_babel import gettext as _

from analysis import looking
from analysis.actions import ActionView
from analysis.disclosure.reportable import Reportable
from analysis.editions import EditionView
from analysis.figures import Figure, gap_dots, heat_map, likert_bars, trend_lines
from analysis.figures.heat_map import Row
from analysis.figures.wording import about, number, percent, told_percent
from analysis.importance import Weighed, weighed
from analysis.looking import Look
from analysis.measures import change
from analysis.spread import Spread, widest_spread
from analysis.views.choice_looks import by_choice
from analysis.views.words import in_sentence


def by_audience(seen: Look) -> list[Figure]:
    """A heat map for each dimension: strands down, audiences across."""
    edition, figures = seen.edition, []
    names = looking.strands(edition)
    items = {each.key: looking.cores(edition, each.key) for each in edition.audiences}
    for dimension, label in looking.dimensions(edition).items():
        rows = [
            Row(name, tuple(items[each.key].get(strand) for each in edition.audiences))
            for strand, name in names.items()
            if looking.dimension_of(strand) == dimension
        ]
        if rows:
            figures.append(_heat(rows, [each.label for each in edition.audiences], label, seen, dimension))
    return figures


def _heat(rows: list[Row], columns: list[str], label: str, seen: Look, key: str) -> Figure:
    return heat_map(
        rows,
        columns,
        title=label,
        subtitle=_("Favourable answers in 100, %(wave)s", wave=seen.edition.wave_title),
        note=_(
            "Scales differ by age, so compare to begin a conversation. Every number may be off by up to two people."
        ),
        key=f"heat-{key}",
    )


def told_apart(seen: Look) -> list[tuple[str, str]]:
    """Dimensions whose statements do not measure one thing for an audience, and that audience."""
    return [
        (label, audience.label)
        for dimension, label in looking.dimensions(seen.edition).items()
        for audience in seen.edition.audiences
        if looking.hangs_together(seen.edition, dimension, audience.key) is False
    ]


def by_group(seen: Look) -> list[Figure]:
    """One heat map: strands down, the audience's parts across."""
    if seen.split is None:
        return []
    key, label, options = seen.split
    names, edition = looking.strands(seen.edition), seen.edition
    rows = [
        Row(
            names.get(strand, item.label),
            tuple(
                edition.find("item", item.subject, seen.audience.key, filters)
                for filters in (*(((key, code),) for code, _words in options), ())
            ),
        )
        for strand, item in looking.cores(edition, seen.audience.key).items()
    ]
    title = _("%(group)s by %(by)s", group=seen.audience.label, by=in_sentence(label))
    return [_heat(rows, [*(words for _code, words in options), _("All")], title, seen, "groups")]


def differences(seen: Look) -> list[str]:
    """The widest difference of each strand, in words, clear ones only."""
    if seen.split is None:
        return []
    key, _label, options = seen.split
    said = []
    for strand, item in looking.cores(seen.edition, seen.audience.key).items():
        found = [
            (words, seen.edition.find("item", item.subject, seen.audience.key, ((key, code),)))
            for code, words in options
        ]
        compared = [(words, result) for words, result in found if result and result.status == "shown"]
        spread = widest_spread(compared)
        if spread and not spread.may_be_chance:
            said.append(_difference(looking.strands(seen.edition).get(strand, item.label), spread))
    return said


def _difference(name: str, spread: Spread) -> str:
    return _(
        "%(what)s: %(high)s are higher than %(low)s, by %(points)s points (likely %(least)s to %(most)s).",
        what=name,
        high=spread.highest,
        low=spread.lowest,
        points=number(spread.points),
        least=number(spread.low),
        most=number(spread.high),
    )


def by_statement(seen: Look) -> list[Figure]:
    """The answers to every statement, a figure for each dimension."""
    edition, figures = seen.edition, []
    items = edition.of("item", seen.audience.key, ())
    for dimension, label in looking.dimensions(edition).items():
        chosen = [item for item in items if looking.dimension_of(item.parallel) == dimension]
        if chosen:
            figures.append(_answers(chosen, label, seen, dimension))
    rest = [item for item in items if not item.parallel]
    if rest:
        figures.append(_answers(rest, _("Other statements"), seen, "other"))
    return [*by_importance(seen), *figures, *by_choice(seen)]


def by_importance(seen: Look) -> list[Figure]:
    """How important things are beside how they are, the widest gap first; nothing where not both were asked."""
    found = weighed(seen.edition, seen.audience.key)
    if not found:
        return []
    group, wave = in_sentence(seen.audience.label), seen.edition.wave_title
    figure = gap_dots(
        [each.gap for each in found],
        [each.sides for each in found],
        a=_Side(_("How important it is"), "parent"),
        b=_Side(_("How it is"), "student"),
        labels=[each.sides[1].label for each in found],
        title=_importance_title(found),
        subtitle=_("Favourable answers of %(group)s in 100, %(wave)s", group=group, wave=wave),
        note=_("The same people answered both, so the gaps are usually known a little better than their ranges say."),
        key="importance",
    )
    return [figure]


def _importance_title(found: Sequence[Weighed]) -> str:
    widest = found[0]
    if not (widest.gap.named and widest.gap.points > 0):
        return str(_("Nothing falls clearly short of how important it is"))
    return str(_("Falls shortest of how important it is: “%(what)s”", what=widest.sides[1].label))


@dataclass(frozen=True)
class _Side:
    """What one of two marks tells, and whose mark it takes."""

    label: str
    group: str


def _answers(items: list[Reportable], label: str, seen: Look, key: str) -> Figure:
    return likert_bars(
        items,
        title=label,
        subtitle=_(
            "Answers of %(group)s, %(wave)s, in per cent",
            group=in_sentence(seen.audience.label),
            wave=seen.edition.wave_title,
        ),
        note=_("“Don’t know” is not part of the per cent. Parts may not add up to 100 because of rounding."),
        key=f"answers-{key}",
    )


def over_time(seen: Look, actions: Sequence[ActionView] = ()) -> list[Figure]:
    """Small multiples of every strand for each dimension, with what was done meanwhile."""
    decided = decisions(seen.editions, actions)
    waves = [(each.wave_key, each.wave_title) for each in seen.editions]
    names, figures, group = looking.strands(seen.edition), [], in_sentence(seen.audience.label)
    for dimension, label in looking.dimensions(seen.edition).items():
        subjects = [strand for strand in names if looking.dimension_of(strand) == dimension]
        rows = looking.histories(seen.editions, seen.audience.key, [dimension, *subjects])
        if any(rows):
            figures.append(
                trend_lines(
                    rows,
                    waves=waves,
                    title=label,
                    subtitle=_("Scores of %(group)s from 0 to 100, with the likely range", group=group),
                    verdicts=[change(row[-2], row[-1]).verdict if len(row) > 1 else "" for row in rows],
                    labels=[row[0].label if row else "" for row in rows],
                    decisions=decided,
                    key=f"time-{dimension}",
                )
            )
    return figures


def decisions(editions: Sequence[EditionView], actions: Sequence[ActionView]) -> list[tuple[float, str]]:
    """What was done between the first wave and the last: its place among the waves, and its words."""
    days = [each.opened for each in editions]
    if len(days) < 2 or None in days:
        return []
    known = [day.toordinal() for day in days if day]
    done = sorted((each.due, each.did) for each in actions if each.state == "done" and each.due)
    return [
        (float(np.interp(day.toordinal(), known, range(len(known)))), words)
        for day, words in done
        if known[0] <= day.toordinal() <= known[-1]
    ]


def level_words(result: Reportable) -> str:
    """How favourable a statement is, as a number or in words."""
    if result.share is None:
        return _("hidden")
    return about(result.share) if result.status == "words" else told_percent(result.share)


def part_words(weight: float) -> str:
    """A part of the outcome's variance."""
    return percent(weight)
