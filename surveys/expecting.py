"""Before a wave is opened: how big a change it will be able to tell from chance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from surveys.clear_change import smallest_clear_change
from surveys.waves import WaveSummary

FEWEST_FIGURES = 30
LIKELY_RATE = 0.7
"""Share of those asked who answer, where no earlier wave says so."""


@dataclass(frozen=True)
class Expected:
    """What one questionnaire for one group will be able to tell.

    since   title of the wave to compare with, empty where this would be the first
    before  answers of that wave; of the first wave as many as are expected now
    after   answers to expect: at that wave's rate, else at `LIKELY_RATE`
    points  the smallest change in a share that is found four times in five, rounded up; None: too few for any
    """

    since: str
    before: int
    after: int
    points: int | None


def expected(lines: Sequence[WaveSummary], names: Iterable[str], asked: Mapping[str, int]) -> dict[str, Expected]:
    """By "questionnaire:group", wherever an earlier wave or the number of people asked says how many to expect.

    lines  all waves' audiences, newest wave first
    asked  people to ask, by "questionnaire:group", where that is known
    """
    last = {name: _newest(lines, name) for name in names}
    return {name: _expected(last[name], asked.get(name)) for name in last if last[name] or name in asked}


def _newest(lines: Sequence[WaveSummary], name: str) -> WaveSummary | None:
    same = (line for line in lines if f"{line.questionnaire}:{line.group}" == name)
    return next((line for line in same if line.state != "open" and line.answers), None)


def _expected(last: WaveSummary | None, people: int | None) -> Expected:
    rate = min(1.0, last.answers / last.invited) if last and last.invited else LIKELY_RATE
    after = last.answers if last and people is None else round(rate * (people or 0))
    before = last.answers if last else after
    enough = min(before, after) >= FEWEST_FIGURES
    points = smallest_clear_change(before, after) if enough else None
    return Expected(last.title if last else "", before, after, None if points is None else ceil(points))
