"""What a results page observes, each observation with the results it was made from. Pure choice, no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analysis.disclosure.reportable import Reportable
from analysis.editions import AudienceView, EditionView
from analysis.findings import Headline
from analysis.measures import Gap

FEWEST_MISSING = 3


@dataclass(frozen=True)
class Side:
    """One result behind an observation: of whom and when."""

    group: str
    wave: str
    number: int
    result: Reportable


@dataclass(frozen=True)
class Observation:
    """Something that can be said of the results.

    points, low, high  the difference it rests on with its 95 % range; None where it is about one number
    """

    kind: Literal["risen", "fallen", "gulf", "highest", "lowest"]
    label: str
    sides: tuple[Side, ...]
    points: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Missing:
    """A part of an audience of whom few answered; `rate` 0 to 1."""

    audience: AudienceView
    part: str
    rate: float
    answered: int
    invited: int


def observations(
    chosen: Headline, now: EditionView, before: EditionView | None, audience: AudienceView
) -> tuple[Observation, ...]:
    """Up to three: what rose, what fell; then where things stand lowest and highest."""
    return tuple((_moved(chosen, now, before, audience) + _standing(now, audience))[:3])


def _moved(chosen: Headline, now: EditionView, before: EditionView | None, audience: AudienceView) -> list[Observation]:
    found = []
    for move in (chosen.risen, chosen.fallen):
        if move is None or before is None:
            continue
        sides = tuple(
            Side(audience.label, each.wave_title, each.number, result)
            for each in (before, now)
            if (result := each.find("score", move.subject, audience.key))
        )
        kind: Literal["risen", "fallen"] = "risen" if move.points > 0 else "fallen"
        found.append(Observation(kind, move.label, sides, move.points, move.low, move.high))
    return found


def gulf(now: EditionView, gaps: Sequence[Gap]) -> Observation | None:
    """The widest named gap between two groups of people; None where none is clear."""
    named = [gap for gap in gaps if gap.named]
    if not named:
        return None
    widest = max(named, key=lambda gap: abs(gap.points))
    labels = {each.key: each.label for each in now.audiences}
    mine = now.find("item", widest.subject, widest.a)
    theirs = [item for item in now.of("item", widest.b, ()) if mine and item.parallel == mine.parallel]
    if mine is None or not theirs:
        return None
    strand = now.find("score", mine.parallel, widest.a)
    sides = (
        Side(labels[widest.a], now.wave_title, now.number, mine),
        Side(labels[widest.b], now.wave_title, now.number, theirs[0]),
    )
    label = strand.label if strand else widest.label
    return Observation("gulf", label, sides, widest.points, widest.low, widest.high)


def _standing(now: EditionView, audience: AudienceView) -> list[Observation]:
    found = []
    scores = [each for each in now.of("score", audience.key, ()) if each.status == "shown" and "." in each.subject]
    ordered = sorted(scores, key=lambda each: each.mean or 0.0)
    kinds: tuple[Literal["highest", "lowest"], ...] = ("lowest", "highest")
    for kind, place in zip(kinds, (0, -1), strict=True):
        if ordered:
            side = Side(audience.label, now.wave_title, now.number, ordered[place])
            found.append(Observation(kind, ordered[place].label, (side,)))
    return found


def missing(edition: EditionView) -> tuple[Missing, ...]:
    """The parts of audiences of whom the fewest answered, lowest share first; only where that may be shown."""
    found = []
    for audience in edition.audiences:
        for key, _label, options in edition.breakdowns(audience.key):
            for code, words in options:
                result = edition.find("response", "response", audience.key, ((key, code),))
                if result and result.status == "shown" and result.invited and result.n < result.invited:
                    rate = result.n / result.invited
                    found.append(Missing(audience, words, rate, result.n, result.invited))
    return tuple(sorted(found, key=lambda each: each.rate)[:FEWEST_MISSING])
