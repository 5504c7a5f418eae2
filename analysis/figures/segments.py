"""The parts of one statement's bar, from unfavourable to favourable, and how far they reach either way."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.disclosure.reportable import OptionCount, Reportable
from analysis.figures.palette import STONE, against, favouring


@dataclass(frozen=True)
class Segment:
    """One option's part of a bar; `share` of the scored answers, 0 to 1."""

    label: str
    people: int
    share: float
    fill: str


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
    segments = tuple(
        Segment(option.label, option.people, _share(result, (option,)), fill)
        for option, fill in zip(ordered, fills, strict=True)
    )
    half = _share(result, middle) / 2
    return Bar(segments, _share(result, worse) + half, _share(result, better) + half)


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


def _share(result: Reportable, options: Sequence[OptionCount]) -> float:
    return sum(option.people for option in options) / result.n if result.n else 0.0
