"""Possible disclosures: found in the words of all ages; what is meant harmlessly is let pass."""

import pytest

from analysis.text.hearing import Heard
from analysis.text.judging import Judgement
from analysis.text.reading import default_toolkit, read_comment
from analysis.text.screening import Concern


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("sometimes i want to hurt myself", "self_harm_suicide"),
        ("i dont want to be here anymore, no point living", "self_harm_suicide"),
        ("my dad hits me when he is drunk", "abuse_at_home"),
        ("I am scared to go home", "abuse_at_home"),
        ("there is no food at home and we sleep on the floor", "neglect"),
        ("he keeps asking me to send nudes", "sexual_harm"),
        ("my uncle touches me and says its our secret", "sexual_harm"),
        ("a boy in year 9 has a knife in his bag", "child_on_child"),
        ("they make my brother carry drugs on the train", "exploitation_radicalisation"),
        ("sir grabbed me by the arm and it left a mark", "staff_allegation"),
        ("i make myself sick after lunch", "eating_substance"),
    ],
)
def test_a_disclosure_is_shown_to_a_person(text: str, category: str) -> None:
    found = read_comment(text)
    assert found.safeguarding
    assert category in {concern.category for concern in found.concerns}


@pytest.mark.parametrize(
    "text",
    [
        "this homework is killing me",
        "im dead lol that assembly was so funny",
        "i would die for chips friday",
        "we did cutting and sticking in art",
        "the shot of the match was his",
        "drama made me cry laughing",
        "the assembly about knife crime was useful",
        "we learnt about county lines in pshe",
        "More clubs please",
        "The toilets are disgusting",
    ],
)
def test_what_is_meant_harmlessly_is_let_pass(text: str) -> None:
    assert read_comment(text).concerns == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tata mnie bije w domu i boję się wracać", "pl"),
        ("Dydw i ddim yn ddiogel, mae dad yn fy mrifo", "cy"),
        ("میں خودکشی کرنا چاہتا ہوں", "ur"),
    ],
)
def test_plain_words_are_looked_for_in_the_survey_languages_too(text: str, language: str) -> None:
    found = read_comment(text, language=language)
    assert found.safeguarding and not found.analysed


def test_where_the_words_stand_is_said() -> None:
    text = "Lunch is ok.  my dad hits me"
    concern = read_comment(text).concerns[0]
    assert "hits me" in text[concern.start : concern.end]


def test_the_model_never_takes_back_what_a_pattern_matched() -> None:
    tools, matched = default_toolkit(), (Concern("neglect", 0, 4),)
    unlike = Heard("", [[-50.0] * len(tools.hearing.weights.outputs)], [Judgement("neutral", 1.0, 0.0, sure=True)])
    assert tools.suspicion.concerns(unlike, matched) == matched
    assert tools.suspicion.concerns(unlike, ()) == ()
