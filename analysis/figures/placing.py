"""Words side by side over the points they belong to."""

from collections.abc import Sequence

from analysis.figures.lettering import Lettering, width

_APART = 5.0


def side_by_side(wanted: Sequence[tuple[float, str]], lettering: Lettering, *, within: float) -> list[float]:
    """Middles of words from left to right, none on another or beyond 0 to `within`, near to where they belong.

    >>> side_by_side([(50.0, "5"), (51.0, "6")], Lettering(10), within=100)[0]
    50.0
    """
    halves = [width(words, lettering) / 2 for _, words in wanted]
    free, found = 0.0, []
    for (centre, _), half in zip(wanted, halves, strict=True):
        found.append(max(centre, free + half))
        free = found[-1] + half + _APART
    free = within
    for at in reversed(range(len(found))):
        found[at] = min(found[at], free - halves[at])
        free = found[at] - halves[at] - _APART
    return found
