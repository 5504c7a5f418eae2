"""Which language a comment is in, with care for short ones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from analysis.text.words import Words

PLAUSIBLE = (
    "en cy pl ur ar bg bn cs de es fa fr gu hi hu it ku lt lv ml nl pa ps pt ro ru sk so sq ta te tl tr uk vi zh"
)
"""Languages that families of British schools write in and the identifier knows."""

SURE_IN_ASCII, SURE = 0.99, 0.9
"""Probability that another language must reach before a Latin text is not taken for English."""
FEW_WORDS = 3
"""Shorter Latin texts are English unless their letters, words or the respondent's language say otherwise."""

_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufefc]")
_SCRIPTS = (
    (re.compile("[\u0679\u0688\u0691\u06ba\u06d2\u06c1\u06be]"), "ur"),
    (re.compile("[\u0900-\u097f]"), "hi"),
    (re.compile("[\u0980-\u09ff]"), "bn"),
    (re.compile("[\u0a00-\u0a7f]"), "pa"),
    (re.compile("[\u0a80-\u0aff]"), "gu"),
    (re.compile("[\u0b80-\u0bff]"), "ta"),
    (re.compile("[\u0c00-\u0c7f]"), "te"),
    (re.compile("[\u0d00-\u0d7f]"), "ml"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[ąęłńśźżĄĘŁŃŚŹŻ]"), "pl"),
    (re.compile("[ŵŷŴŶ]"), "cy"),
)
_LONGEST_READ, _MOST_WORDS = 400, 60
_LETTERS_PER_WORD = 12


@dataclass(frozen=True)
class LanguageWords:
    """Words by which a text is known: English ones, and common ones of other languages by their code."""

    english: frozenset[str]
    others: Mapping[str, frozenset[str]]

    def language_of(self, words: Words, *, hint: str | None = None) -> str:
        """Language code of a text; `hint`, the respondent's language, decides only where the text cannot.

        A text without letters takes the hint, else "en". A short Latin text counts as English unless its words
        or letters say otherwise, for identifiers guess wildly there.
        """
        read, tokens = words.text[:_LONGEST_READ], words.tokens[:_MOST_WORDS]
        if not any(map(str.isalpha, "".join(tokens))):
            return hint or "en"
        latin = read.isascii() or 2 * len(_OTHER_SCRIPT.findall(read)) < sum(map(len, tokens))
        if latin and self._is_english(tokens):
            return "en"
        return _by_letters(read, tokens) or self._by_words(tokens) or self._identified(read, tokens, latin, hint)

    def _is_english(self, words: list[str]) -> bool:
        """A fifth of the words is, and two of them, or one of three."""
        known = sum(map(self.english.__contains__, words))
        return known * 5 >= len(words) and (known > 1 or len(words) <= FEW_WORDS)

    def _by_words(self, words: list[str]) -> str | None:
        """A third of a short text's words, or two and a fifth of a longer one's."""
        for language, common in self.others.items():
            found = len(common.intersection(words))
            if found * 3 >= len(words) or (found >= 2 and found * 5 >= len(words)):
                return language
        return None

    def _identified(self, text: str, words: list[str], latin: bool, hint: str | None) -> str:
        if latin and len(words) < FEW_WORDS:
            return hint if hint and self.english.isdisjoint(words) else "en"
        language, probability = load_identifier().classify(text.lower())
        sure = probability >= (SURE_IN_ASCII if text.isascii() else SURE)
        return str(language) if not latin or language == hint or sure else "en"


def _by_letters(text: str, words: list[str]) -> str | None:
    """The language whose own letters stand in at least every twelfth word."""
    if text.isascii():
        return None
    for letters, language in _SCRIPTS:
        if len(letters.findall(text)) * _LETTERS_PER_WORD >= len(words):
            return language
    return None


@cache
def load_identifier() -> Any:
    """The identifier of languages; loading it takes half a second, and texts in plain English never need it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # slow to load, and often not needed

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(PLAUSIBLE.split())
    return identifier
