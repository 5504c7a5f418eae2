"""How people in schools really write: slang, understatement, spelling, negation, emoji, sarcasm; no training line."""

import pytest

from analysis.text.reading import read_comment
from analysis.training.samples import concern_samples, school_samples

BEST, BETTER, WORST = "What is the best thing about our school?", "What would make our school better?", "What is worst?"
SLANG = [
    ("art is peng", "", "positive"),
    ("miss is dead good", "", "positive"),
    ("the canteen is trash", "", "negative"),
    ("assemblies are so dry", "", "negative"),
    ("the trip was sick", "", "positive"),
]
UNDERSTATEMENT = [
    ("Communication leaves a lot to be desired", "", "negative"),
    ("The reports could be better", "", "negative"),
    ("Not ideal", BETTER, "negative"),
    ("Can't complain", "", "positive"),
    ("The drama is not bad at all", "", "positive"),
]
MISSPELLING = [
    ("the toilits are horibel", "", "negative"),
    ("i realy luv my techer", "", "positive"),
    ("its borring and we dont lern enything", "", "negative"),
    ("my frends are brillient", "", "positive"),
]
NEGATION = [
    ("The teachers don't listen", "", "negative"),
    ("Nobody ever rings back", "", "negative"),
    ("The lessons are not interesting", "", "negative"),
    ("The food isn't good", "", "negative"),
    ("I have never been unhappy here", "", "positive"),
]
EMOJI = [
    ("school 😡", "", "negative"),
    ("my class 😍", "", "positive"),
    ("lunch 🤮", "", "negative"),
    ("sir ❤️", "", "positive"),
]
SARCASM = [
    ("Oh great, another detention for nothing", "", "negative"),
    ("yeah right, as if anyone reads this survey", "", "negative"),
    ("the new rule is a joke", "", "negative"),
    ("Love queuing for half an hour for cold chips", "", "negative"),
]
QUESTION = [
    ("toilets", BETTER, "negative"),
    ("homework", WORST, "negative"),
    ("the library", BEST, "positive"),
    ("my teacher", BEST, "positive"),
]
WISHES = [
    "More clubs please",
    "we shud have longer playtime",
    "It would be nice if someone rang back",
    "a swimming pool",
]
NOTHING = ["n/a", "idk", "nothing to add", "no comment", "-"]


@pytest.mark.parametrize(
    ("text", "question", "sentiment"),
    SLANG + UNDERSTATEMENT + MISSPELLING + NEGATION + EMOJI + SARCASM + QUESTION,
)
def test_it_is_heard_as_it_was_meant(text: str, question: str, sentiment: str) -> None:
    assert read_comment(text, question=question).sentiment == sentiment


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_has_a_label_of_its_own_and_is_mildly_negative(text: str) -> None:
    found = read_comment(text, question=BETTER)
    assert (found.label, found.sentiment) == ("wish", "negative")


@pytest.mark.parametrize("text", NOTHING)
def test_no_content_has_a_label_of_its_own_and_is_neutral(text: str) -> None:
    found = read_comment(text)
    assert (found.label, found.sentiment, found.score) == ("no_content", "neutral", 0.0)


def test_no_example_here_was_learnt_by_heart() -> None:
    learnt = {sample.text.lower() for sample in (*school_samples(), *concern_samples())}
    tables = (SLANG, UNDERSTATEMENT, MISSPELLING, NEGATION, EMOJI, SARCASM)
    assert not {text.lower() for table in tables for text, _, _ in table} & learnt
