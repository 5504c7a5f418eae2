"""Valence: NLTK's VADER to the last digit, and what the school's words change."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.sentiment.vader import SentimentIntensityAnalyzer, VaderConstants

from analysis.text.valence import LEXICON, SchoolValence, SchoolWords


class PlainVader(SentimentIntensityAnalyzer):  # type: ignore[misc]
    """NLTK's analyser on the same lexicon, without NLTK's search for it."""

    def __init__(self) -> None:
        self.lexicon_file = LEXICON.read_text(encoding="utf-8").rstrip("\n")
        self.lexicon = self.make_lex_dict()
        self.constants = VaderConstants()


PLAIN, FAST = PlainVader(), SchoolValence()
WORDS = [
    "good",
    "bad",
    "not",
    "very",
    "kind",
    "of",
    "but",
    "GOOD",
    "least",
    "at",
    "never",
    "so",
    "this",
    "without",
    "doubt",
    "the",
    "shit",
    "yeah",
    "right",
    "great,",
    "'nice'",
    "LOVE",
    "hate!!",
    "isn't",
    ":)",
    "lessons",
    "a",
]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "VADER is smart, handsome, and funny!",
        "The food is kind of bad but I LOVE it!!!",
        "not good, never so good",
        "at least it isn't a horrible book",
        "good good good but good",
        "Why??? So bad??",
        "yeah right, great :)",
    ],
)
def test_without_school_words_scores_are_those_of_nltk(text: str) -> None:
    assert FAST.compound(text) == PLAIN.polarity_scores(text)["compound"]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_any_sentence_of_laden_words_scores_as_in_nltk(text: str) -> None:
    assert FAST.compound(text) == PLAIN.polarity_scores(text)["compound"]


@given(st.text(max_size=120))
def test_any_text_scores_as_in_nltk(text: str) -> None:
    assert FAST.compound(text) == PLAIN.polarity_scores(text)["compound"]


def test_twenty_thousand_strings_score_as_in_nltk() -> None:
    """Words of the lexicon, of its idioms, boosters and negations, in capitals and with marks."""
    random, constants = Random(5), VaderConstants
    joined = (*constants.SPECIAL_CASE_IDIOMS, *constants.BOOSTER_DICT)
    pools = (
        WORDS,
        sorted(FAST.lexicon),
        [word for phrase in joined for word in phrase.split()],
        sorted(constants.NEGATE),
    )
    changes = (
        str.upper,
        lambda word: word + random.choice((".", "!", "??", ",", '"')),
        lambda word: "(" + word,
        str,
        str,
        str,
    )
    for _ in range(20_000):
        words = [random.choice(changes)(random.choice(random.choice(pools))) for _ in range(random.randrange(11))]
        text = " ".join(words)
        assert FAST.compound(text) == PLAIN.polarity_scores(text)["compound"], text


def test_school_words_add_change_and_remove_values() -> None:
    valence = SchoolValence(SchoolWords(words={"peng": 2.5, "please": None}, phrases={"not bad": 1.4}))
    assert valence.compound("lunch is peng") > 0.4
    assert valence.compound("more trips please") == 0
    assert valence.compound("lessons are not bad") > 0.2
    assert valence.compound("lunch is so pengggg") > 0.4
