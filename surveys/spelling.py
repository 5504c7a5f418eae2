"""Is a change of words no more than a corrected slip of the pen? Strict: in doubt it is not. Pure."""

import re

from stakeholder.letters import composed

SHORTEST_WORD = 5
"""Short words differ by a letter and mean something else: hot, not, now."""
MOST_LETTERS = 2
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_NEGATING = ("un", "in", "im", "ir", "il", "dis", "non", "mis")


def is_correction(old: str, new: str) -> bool:
    """Whether the texts differ in spacing, punctuation, capitals, or in the spelling of long words only.

    A spelling counts as corrected when a word of at least five letters keeps its first letter and its numbers and
    changes by one letter (two from eight letters on; a swap of neighbours is one), and does not become the plural,
    the past or the opposite of itself.

    >>> is_correction("I feel saef at shcool", "I feel saef at school")
    True
    >>> is_correction("I feel safe", "I never feel safe")
    False
    """
    before, after = _words(old), _words(new)
    if len(before) != len(after) or _marks(old) != _marks(new):
        return False
    return all(one == other or _same_word(one, other) for one, other in zip(before, after, strict=True))


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour to make one word of the other.

    Optimal string alignment (Damerau 1964, Commun. ACM 7, 171-176, in the form that edits no letter twice).
    """
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if not i or not j:
                rows[i][j] = i or j
                continue
            cost = one[i - 1] != other[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def _same_word(old: str, new: str) -> bool:
    if min(len(old), len(new)) < SHORTEST_WORD or old[0] != new[0] or any(map(str.isdigit, old + new)):
        return False
    shorter, longer = sorted((old, new), key=len)
    if longer in {shorter + ending for ending in ("s", "d", "ed", "es", "r", "er", "ly", "y")}:
        return False
    if any(longer == prefix + shorter for prefix in _NEGATING):
        return False
    return distance(old, new) <= (MOST_LETTERS if min(len(old), len(new)) >= 8 else 1)


def _words(text: str) -> list[str]:
    return _WORD.findall(composed(text).casefold())


def _marks(text: str) -> tuple[int, int]:
    """Places for answers, and question marks: taking one away is more than punctuation."""
    return text.count("{{"), text.count("?")
