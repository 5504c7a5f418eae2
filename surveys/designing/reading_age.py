"""Reading age of English words by the Flesch-Kincaid grade. Pure."""

import re

FEWEST_WORDS = 4
ENDING = re.compile(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$")
VOWELS = re.compile(r"[aeiouy]+")


def reading_age(text: str) -> float | None:
    """Age in years at which a text is read easily; None for fewer than four words, on which the formula says nothing.

    Flesch-Kincaid grade plus five years: 0.39 words a sentence + 11.8 syllables a word - 15.59 + 5, at least 5
    (Kincaid, Fishburne, Rogers and Chissom 1975, Research Branch Report 8-75). Syllables are counted by groups of
    vowels, which is right for about nine words in ten.

    >>> round(reading_age("I feel safe at school."))
    5
    """
    words = re.findall(r"[A-Za-z][A-Za-z'’]*", text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = max(1, len(re.findall(r"[.!?]+(?:\s|$)", text.strip())))
    syllables = sum(syllables_of(word) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return max(5.0, grade + 5)


def syllables_of(word: str) -> int:
    """Syllables of an English word, at least 1.

    >>> [syllables_of(word) for word in ("safe", "teacher", "wanted", "encouragement")]
    [1, 2, 2, 4]
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    if not plain:
        return 1
    short = plain if plain.endswith(("ted", "ded", "le")) else ENDING.sub("", plain)
    return max(1, len(VOWELS.findall(short or plain)))
