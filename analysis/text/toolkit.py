"""Everything that reading comments needs, loaded once."""

import hashlib
from dataclasses import dataclass
from functools import cache

from analysis.codebook import Codebook, default_codebook
from analysis.text.adjusting import Adjustment, adjusted
from analysis.text.disclosures import lexicon_text
from analysis.text.hearing import Hearing
from analysis.text.judging import Judge
from analysis.text.language import LanguageWords
from analysis.text.lexicon import load_language_words, load_school_lexicon
from analysis.text.screening import Screener, default_screener
from analysis.text.sentiment import Sentiments
from analysis.text.stems import Stems
from analysis.text.suspicion import Suspicion
from analysis.text.theming import ThemeFinder
from analysis.text.weights import MODEL, Table, Weights, load_table

VERSION = "5"
"""Raised whenever the same words may be read differently; part of the digest."""

MOST_KEPT = 4


@dataclass(frozen=True)
class Toolkit:
    """Word lists, codebook and rules. Comments read with toolkits of equal digest were read in the same way."""

    codebook: Codebook
    languages: LanguageWords
    sentiments: Sentiments
    themes: ThemeFinder
    screener: Screener
    hearing: Hearing
    suspicion: Suspicion
    digest: str


def make_toolkit(codebook: Codebook, table: Table | None = None) -> Toolkit:
    """A toolkit for one codebook with the product's own word lists. Raises Invalid when one of them is broken.

    table  the model; without one, the model that the product comes with
    """
    lists = {name: lexicon_text(name) for name in ("languages", "school", "safeguarding")}
    sentiments = Sentiments(load_school_lexicon(lists["school"], "school.yaml"))
    weights = Weights(table or load_table(MODEL))
    return Toolkit(
        codebook=codebook,
        languages=load_language_words(lists["languages"], "languages.yaml"),
        sentiments=sentiments,
        themes=ThemeFinder(codebook, Stems(codebook.spellings), weights),
        screener=default_screener(),
        hearing=Hearing(weights, sentiments, Judge(weights)),
        suspicion=Suspicion(weights),
        digest=_digest(VERSION, codebook.model_dump_json(), *lists.values(), weights.table.card["digest"]),
    )


@cache
def default_toolkit() -> Toolkit:
    """The toolkit that the product comes with; made at the first call, which takes about a second."""
    return make_toolkit(default_codebook())


def toolkit_of(codebook: Codebook, adjustment: Adjustment | None = None) -> Toolkit:
    """The toolkit of a school's codebook, with what its people taught the model; a few are remembered."""
    if codebook == default_codebook() and adjustment is None:
        return default_toolkit()
    key = (codebook.digest, adjustment.digest if adjustment else "")
    if key not in _MADE:
        while len(_MADE) >= MOST_KEPT:
            _MADE.pop(next(iter(_MADE)), None)
        table = load_table(MODEL)
        _MADE[key] = make_toolkit(codebook, adjusted(table, adjustment) if adjustment else table)
    return _MADE[key]


_MADE: dict[tuple[str, str], Toolkit] = {}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
