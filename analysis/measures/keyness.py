"""Words that one group uses more than another, by log-likelihood (Rayson and Garside 2000; Dunning 1993). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

CLEAR = 10.83
"""Log-likelihood that chance reaches once in a thousand words."""


@dataclass(frozen=True)
class KeyWord:
    """A word: comments of each group that use it, and how clearly they differ; `more_in_first` says which uses more."""

    word: str
    first: int
    second: int
    likelihood: float
    more_in_first: bool


def log_likelihood(first: int, second: int, first_size: int, second_size: int) -> float:
    """Of a word found `first` times among `first_size` and `second` times among `second_size`; 0 for equal shares.

    >>> round(log_likelihood(20, 5, 100, 100), 2)
    9.64
    """
    together, size = first + second, first_size + second_size
    parts = ((first, first_size * together / size), (second, second_size * together / size))
    return 2 * sum(found * log(found / expected) for found, expected in parts if found)


def key_words(
    first: Mapping[str, int], second: Mapping[str, int], sizes: tuple[int, int], *, least: int, most: int = 20
) -> list[KeyWord]:
    """Words whose use clearly differs, clearest first.

    first, second  comments of each group that use a word
    sizes          comments of each group
    least          a word must be in so many comments of the group that uses it more
    """
    found = []
    for word in first.keys() | second.keys():
        a, b = first.get(word, 0), second.get(word, 0)
        more_in_first = a * sizes[1] > b * sizes[0]
        if (a if more_in_first else b) >= least:
            found.append(KeyWord(word, a, b, log_likelihood(a, b, *sizes), more_in_first))
    clear = [each for each in found if each.likelihood >= CLEAR]
    return sorted(clear, key=lambda each: (-each.likelihood, each.word))[:most]
