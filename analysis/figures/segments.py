"""The parts of one statement's bar, from unfavourable to favourable, and how far they reach either way."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.disclosure.reportable import OptionCount, Reportable
from analysis.figures.palette import STONE, against, favouring
from analysis.measures.standing import FEWEST_TOLD

SLIVER = FEWEST_TOLD / 2


@dataclass(frozen=True)
class Segment:
    """One option's part of a bar.

    share  of the scored answers, 0 to 1
    drawn  how long it is drawn, all parts together 1: one that hardly any or nearly all chose is as long whoever did
    """

    label: str
    people: int
    share: float
    fill: str
    drawn: float = 0.0


@dataclass(frozen=True)
class Bar:
    """A whole bar around the middle line: half of the middle option stands on each side."""

    segments: tuple[Segment, ...]
    against: float
    favouring: float


def bar(result: Reportable) -> Bar:
    """The bar of a shown item; a negatively worded one is turned round, so that favourable is always on one side."""
    worse, middle, better = sides(result)
    ordered = [*worse, *middle, *better]
    fills = (*against(len(worse)), *(STONE,) * len(middle), *favouring(len(better)))
    shares = [_share(result, option) for option in ordered]
    drawn = lengths(shares)
    segments = tuple(
        Segment(option.label, option.people, share, fill, long)
        for option, share, fill, long in zip(ordered, shares, fills, drawn, strict=True)
    )
    first, last = len(worse), len(worse) + len(middle)
    half = sum(drawn[first:last]) / 2
    return Bar(segments, sum(drawn[:first]) + half, sum(drawn[last:]) + half)


def lengths(shares: Sequence[float]) -> list[float]:
    """How long parts are drawn, together 1: those of hardly anyone or nearly all are as long whoever it was."""
    told = [SLIVER if share <= FEWEST_TOLD else min(share, 1 - FEWEST_TOLD) for share in shares]
    return [length / (sum(told) or 1.0) for length in told]


def sides(result: Reportable) -> tuple[Sequence[OptionCount], Sequence[OptionCount], Sequence[OptionCount]]:
    """Unfavourable, middle and favourable options; the middle is the one in the middle of an odd number."""
    options = [option for option in result.options if option.scored]
    if options and options[0].favourable and not options[-1].favourable:
        options.reverse()
    at = len(options) // 2
    has_middle = len(options) % 2 == 1 and len(options) > 1 and not options[at].favourable
    middle = [options[at]] if has_middle else []
    rest = [option for option in options if option not in middle]
    return [each for each in rest if not each.favourable], middle, [each for each in rest if each.favourable]


def _share(result: Reportable, option: OptionCount) -> float:
    return option.people / result.n if result.n else 0.0
