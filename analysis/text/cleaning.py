"""Clean text that remembers where each of its characters came from."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from stakeholder.letters import composed, is_composed

STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})
_JOINERS = frozenset("\u200c\u200d")  # needed inside Urdu words and inside emoji
_UNCLEAN = re.compile(
    r"^\s|\s$|\s\s|[^\S \n]|[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e]"
    r"|[\u2060-\u206f\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text in NFC without control characters and doubled spaces.

    places  for each character of `text` where it starts and ends in `original`; None where both agree
    """

    original: str
    text: str
    places: tuple[tuple[int, int], ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original, end exclusive."""
        if self.places is None or start >= end:
            return start, end
        return self.places[start][0], self.places[end - 1][1]


def clean(text: str) -> Cleaned:
    """The text as it is read: NFC, straight quotes, single spaces, line breaks kept, nothing invisible.

    >>> cleaned = clean("  too   many tests")
    >>> cleaned.text, cleaned.span(4, 8)
    ('too many tests', (8, 12))
    """
    if _is_plain(text):
        return Cleaned(text, text)
    if is_composed(text) and not _UNCLEAN.search(text):
        return Cleaned(text, text if text.isascii() else text.translate(STRAIGHT))
    kept = list(_without_doubled_spaces(_visible(text)))
    while kept and kept[-1][0].isspace():
        kept.pop()
    letters = "".join(letter for letter, _ in kept)
    return Cleaned(text, letters.translate(STRAIGHT), tuple(place for _, place in kept))


def _is_plain(text: str) -> bool:
    """Whether a text is of plain letters and single spaces: most are, and to see it costs next to nothing."""
    return text.isascii() and text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "


def _visible(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each composed character that can be seen, with its place; every white space as a space or a line break."""
    for start, end in _clusters(text):
        for letter in composed(text[start:end]):
            if letter.isspace():
                yield ("\n" if letter in "\n\r\v\f\x85\u2028\u2029" else " "), (start, end)
            elif letter in _JOINERS or unicodedata.category(letter) not in {"Cc", "Cf", "Cs"}:
                yield letter, (start, end)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Spans that compose on their own: a letter with its marks, a Hangul syllable in parts."""
    start = 0
    for at in range(1, len(text)):
        if not unicodedata.combining(text[at]) and not _composes(text[start:at], text[at]):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _composes(before: str, letter: str) -> bool:
    if letter.isascii():
        return False
    apart = composed(before) + composed(letter)
    return composed(before + letter) != apart


def _without_doubled_spaces(letters: Iterator[tuple[str, tuple[int, int]]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """One space for a run of them, a line break where the run holds one; none at the start."""
    waiting: tuple[str, tuple[int, int]] | None = None
    begun = False
    for letter, place in letters:
        if letter.isspace():
            if waiting is None or letter == "\n":
                waiting = (letter, place)
            continue
        if waiting and begun:
            yield waiting
        waiting, begun = None, True
        yield letter, place
