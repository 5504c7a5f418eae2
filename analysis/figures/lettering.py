"""How wide words are and where their lines break, measured by the font's own advances."""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from unicodedata import bidirectional, category, east_asian_width

from analysis.figures.palette import INK

_FONT = Path(__file__).parent / "data" / "lexend.json"
_ARABIC_ADVANCE, _WIDE_ADVANCE, _OTHER_ADVANCE = 0.6, 1.0, 0.75
_REMEMBERED = 4096  # words on charts come again on every page
_LINE, _LINE_OF_NASTALIQ = 1.28, 2.0


@dataclass(frozen=True)
class Lettering:
    """How text is set: size in units of the drawing, weight 400, 500, 600 or 700, colour."""

    size: float
    weight: int = 400
    colour: str = INK


@lru_cache(maxsize=_REMEMBERED)
def width(text: str, lettering: Lettering) -> float:
    """Width of one line in units of the drawing; letters of other alphabets are taken wider than they are likely to be.

    >>> round(width("Agree", Lettering(10)), 1)
    29.6
    """
    advances = _advances(lettering.weight)
    return lettering.size * sum(advances.get(letter) or _advance_elsewhere(letter) for letter in text)


@lru_cache(maxsize=_REMEMBERED)
def wrap(text: str, lettering: Lettering, *, within: float) -> tuple[str, ...]:
    """Lines no wider than `within`; a word wider than that is broken."""
    lines: list[str] = []
    for piece in chain.from_iterable(_pieces(word, lettering, within) for word in text.split()):
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and width(longer, lettering) <= within:
            lines[-1] = longer
        else:
            lines.append(piece)
    return tuple(lines)


def leading(text: str, lettering: Lettering) -> float:
    """From one line to the next; Urdu's script hangs and needs more."""
    return lettering.size * (_LINE_OF_NASTALIQ if runs_right_to_left(text) else _LINE)


@lru_cache(maxsize=_REMEMBERED)
def runs_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs to the left."""
    return next((kind != "L" for letter in text if (kind := bidirectional(letter)) in {"L", "R", "AL"}), False)


@cache
def _advances(weight: int) -> dict[str, float]:
    font = json.loads(_FONT.read_text(encoding="utf-8"))
    advances = zip(font["characters"], font["advances"][str(weight)], strict=True)
    return {letter: each / font["units_per_em"] for letter, each in advances}


def _advance_elsewhere(letter: str) -> float:
    if category(letter) in {"Mn", "Cf"}:
        return 0.0
    if bidirectional(letter) in {"R", "AL"}:
        return _ARABIC_ADVANCE
    return _WIDE_ADVANCE if east_asian_width(letter) in "WF" else _OTHER_ADVANCE


def _pieces(word: str, lettering: Lettering, within: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, lettering) > within:
            pieces.append("")
        pieces[-1] += letter
    return pieces
