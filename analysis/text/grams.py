"""What a model looks at in a text: its words, pairs of neighbours, and pieces of words.

Everything here is a sum over tokens, so that what a token says to a model can be remembered, and a clause is weighed
in the same way as the whole.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_TOKEN = re.compile(
    r"[^\W_]+(?:'[^\W_]+)*|[!?]+|\.\.+|[:;=]['-]?[()DPp/|]|<3|[\u2190-\u2bff\U0001f000-\U0001faff]|\u00a3",
    re.IGNORECASE,
)
_LONG_DRAWN = re.compile(r"(\w)\1{2,}")
SHORTEST_PIECE, LONGEST_PIECE = 2, 5
LONGEST_WORD = 30
NUMBER = "#"
Token = tuple[str, int, int]
"""A token with its start and end (exclusive)."""


def tokens(lowered: str) -> list[Token]:
    """Each token of a text in small letters with its place (end exclusive); numbers are alike, "sooo" is "soo".

    >>> [token for token, _, _ in tokens("sooooo good!! 12 :)")]
    ['soo', 'good', '!!', '#', ':)']
    """
    return [(_plain(found[0]), *found.span()) for found in _TOKEN.finditer(lowered)]


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


@lru_cache(maxsize=60_000)
def _plain(token: str) -> str:
    return NUMBER if token[0].isdigit() else _LONG_DRAWN.sub(r"\1\1", token)
