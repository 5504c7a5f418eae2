"""Everything that reading comments needs, loaded once."""

import hashlib
from dataclasses import dataclass
from functools import cache

from analysis.codebook import Codebook, default_codebook
from analysis.text.language import LanguageWords
from analysis.text.lexicon import lexicon_text, load_language_words, load_school_lexicon, load_screen
from analysis.text.screening import Screener
from analysis.text.sentiment import Sentiments
from analysis.text.stems import Stems
from analysis.text.theming import ThemeFinder

VERSION = "1"
"""Raised whenever the same words may be read differently; part of the digest."""


@dataclass(frozen=True)
class Toolkit:
    """Word lists, codebook and rules. Comments read with toolkits of equal digest were read in the same way."""

    codebook: Codebook
    languages: LanguageWords
    sentiments: Sentiments
    themes: ThemeFinder
    screener: Screener
    digest: str


def make_toolkit(codebook: Codebook) -> Toolkit:
    """A toolkit for one codebook with the product's own word lists. Raises Invalid when one of them is broken."""
    lists = {name: lexicon_text(name) for name in ("languages", "school", "safeguarding")}
    return Toolkit(
        codebook=codebook,
        languages=load_language_words(lists["languages"], "languages.yaml"),
        sentiments=Sentiments(load_school_lexicon(lists["school"], "school.yaml")),
        themes=ThemeFinder(codebook, Stems(codebook.spellings)),
        screener=Screener(load_screen(lists["safeguarding"], "safeguarding.yaml")),
        digest=_digest(VERSION, codebook.model_dump_json(), *lists.values()),
    )


@cache
def default_toolkit() -> Toolkit:
    """The toolkit that the product comes with; made at the first call, which takes about a second."""
    return make_toolkit(default_codebook())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
