"""What a model looks at in a text: its words, pairs of neighbours, and pieces of words.

Everything here is a sum over tokens, so that what a token says to a model can be remembered, and a clause is weighed
in the same way as the whole.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import sqrt

from analysis.text.porter import porter

_TOKEN = re.compile(
    r"[^\W_]+(?:'[^\W_]+)*|[!?]+|\.\.+|[:;=]['-]?[()dp/|]|<3|[\u2190-\u2bff\U0001f000-\U0001faff]|\u00a3"
)
_LONG_DRAWN = re.compile(r"(\w)\1{2,}")
SHORTEST_PIECE, LONGEST_PIECE = 2, 5
LONGEST_WORD = 30
NUMBER = "#"
STEM = 0.7
"""Weight of a word's stem beside the word."""
TURNED = "~"
_NO = (
    *("not", "no", "never", "nobody", "noone", "none", "nothing", "nowhere", "neither", "nor", "without", "hardly"),
    *("barely", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont", "wouldnt"),
    *("couldnt", "shouldnt", "hasnt", "havent", "aint"),
)
NEGATIONS = frozenset((*_NO, *(f"{word[:-1]}'t" for word in _NO if word.endswith("nt")), "can't", "won't"))
Token = tuple[str, int, int]
"""A token with its start and end (exclusive)."""


def tokens(lowered: str) -> list[Token]:
    """Each token of a text in small letters with its place (end exclusive); numbers are alike, "sooo" is "soo".

    >>> [token for token, _, _ in tokens("sooooo good!! 12 :)")]
    ['soo', 'good', '!!', '#', ':)']
    """
    return [(_plain(found[0]), *found.span()) for found in _TOKEN.finditer(lowered)]


def names(lowered: str) -> list[str]:
    """The tokens alone.

    >>> names("it's sooooo good")
    ["it's", 'soo', 'good']
    """
    return [_plain(found) for found in _TOKEN.findall(lowered)]


def pairs(words: Sequence[str]) -> Iterable[str]:
    """Neighbours, the start and the end of the text among them."""
    return map(" ".join, zip(("^", *words), (*words, "$"), strict=True))


def pieces(token: str) -> list[str]:
    """Two to five letters in a row, with the edges of the word; none of marks and of single letters.

    >>> pieces("no")
    ['<n', 'no', 'o>', '<no', 'no>', '<no>']
    """
    if len(token) < SHORTEST_PIECE or not token[0].isalnum():
        return []
    edged = f"<{token.replace(chr(39), '')[:LONGEST_WORD]}>"
    lengths = range(SHORTEST_PIECE, LONGEST_PIECE + 1)
    return [edged[at : at + length] for length in lengths for at in range(len(edged) - length + 1)]


def said_by(token: str) -> dict[str, float]:
    """What a model sees in one token, by the name of the feature: the word, its stem and its pieces.

    >>> sorted(said_by("no"))
    ['c:<n', 'c:<no', 'c:<no>', 'c:no', 'c:no>', 'c:o>', 's:no', 'w:no']
    """
    parts = pieces(token)
    seen = {f"w:{token}": 1.0}
    if parts:
        seen[f"s:{porter().stem(token[:LONGEST_WORD])}"] = STEM
    for part in parts:
        seen[f"c:{part}"] = seen.get(f"c:{part}", 0.0) + 1 / sqrt(len(parts))
    return seen


def turned(words: Sequence[str]) -> list[tuple[str, str]]:
    """Words up to three places after a negation, each beside a mark: in "not very good", "very" and "good"."""
    if NEGATIONS.isdisjoint(words):
        return []
    at = [place for place, word in enumerate(words) if word in NEGATIONS]
    return [(TURNED, word) for place in at for word in words[place + 1 : place + 4]]


@lru_cache(maxsize=60_000)
def _plain(token: str) -> str:
    return NUMBER if token[0].isdigit() else _LONG_DRAWN.sub(r"\1\1", token)
