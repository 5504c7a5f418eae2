"""Which groups of people may be counted apart while answers come in. Pure."""

from collections.abc import Mapping

FEWEST = 10
LONGEST = 200
Stratum = tuple[str, ...]


def strata_of(asked: Mapping[str, int]) -> tuple[Stratum, ...]:
    """Options joined to groups of at least ten people to ask, in their order.

    asked  people to ask by option, 0 or more
    An option with fewer joins the next; what is left over at the end joins the group before. Without two groups there
    is nothing to tell apart, and none is given.

    >>> strata_of({"y7": 30, "y8": 4, "y9": 25})
    (('y7',), ('y8', 'y9'))
    >>> strata_of({"y7": 30, "y8": 4})
    ()
    """
    found: list[Stratum] = []
    waiting: Stratum = ()
    people = 0
    for option, number in asked.items():
        waiting, people = (*waiting, option), people + number
        if people >= FEWEST:
            found.append(waiting)
            waiting, people = (), 0
    if waiting and found:
        found[-1] = (*found[-1], *waiting)
    named = all(len(" ".join(each)) <= LONGEST for each in found)
    return tuple(found) if len(found) > 1 and named else ()
