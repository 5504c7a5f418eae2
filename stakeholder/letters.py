"""Letters with their marks put together, within bounds of time whatever comes in."""

import re
import unicodedata

MOST_MARKS = 30  # on one letter: the bound of the Stream-Safe Text Format, Unicode Standard Annex 15, section 13

_MARKED = range(0x300, 0x1F000)  # all combining characters lie in here
_MARK = "".join(chr(code) for code in _MARKED if unicodedata.combining(chr(code)))
_TOO_MANY = re.compile(f"([{_MARK}]{{{MOST_MARKS}}})[{_MARK}]+")


def composed(text: str) -> str:
    """The text in Normalisation Form C; of more than 30 marks on one letter, which no language has, 30 stay.

    Putting marks in order takes time by the square of their number: a form full of them would hold a server up.

    >>> composed("Zoe\u0308")
    'Zoë'
    """
    return unicodedata.normalize("NFC", text if text.isascii() else _TOO_MANY.sub(r"\1", text))


def is_composed(text: str) -> bool:
    """Whether `composed` would change nothing."""
    return text.isascii() or (not _TOO_MANY.search(text) and unicodedata.is_normalized("NFC", text))
