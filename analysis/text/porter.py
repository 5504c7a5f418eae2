"""NLTK's Porter stemmer (Porter 1980), loaded at the first word: NLTK takes more than a second to load."""

from functools import cache
from typing import Protocol


class Stemmer(Protocol):
    """What takes a word's ending away."""

    def stem(self, word: str) -> str:
        """The stem of a word in small letters."""


@cache
def porter() -> Stemmer:
    """The stemmer, the same for everybody.

    >>> porter().stem("teachers")
    'teacher'
    """
    from nltk.stem.porter import PorterStemmer

    found: Stemmer = PorterStemmer()
    return found
