"""How well personal data is found in comments that were marked by hand."""

from pathlib import Path

from analysis.text.personal.finding import PersonalFinder
from analysis.text.personal.marked import marked, score
from analysis.text.personal.redacting import SHOWN, finder_for, redacted
from analysis.text.personal.roster import read_roster

DATA = Path(__file__).parent / "data"
TEXTS = [
    marked(line) for line in (DATA / "marked.txt").read_text(encoding="utf-8").splitlines() if line and line[0] != "#"
]
NAMES = frozenset({"staff_name", "pupil_name", "nickname"})


def finder() -> PersonalFinder:
    return finder_for(read_roster((DATA / "roster.csv").read_text(encoding="utf-8"), "roster.csv"))


def test_of_a_hundred_names_of_the_list_95_are_hidden_whole() -> None:
    found = score(finder(), TEXTS, NAMES)
    assert found.recall >= 0.95, found.missed


def test_of_ten_other_pieces_of_personal_data_nine_are_hidden_whole() -> None:
    found = score(finder(), TEXTS, frozenset(SHOWN) - NAMES)
    assert found.recall >= 0.9, found.missed


def test_at_most_one_in_twenty_other_words_is_hidden() -> None:
    assert score(finder(), TEXTS, NAMES).hidden_share <= 0.05


def test_an_empty_finder_would_be_noticed() -> None:
    assert score(finder_for([]), TEXTS, NAMES).recall < 0.9


def test_a_name_is_hidden_and_the_word_that_looks_like_it_stays() -> None:
    text = "Mr Rivers took us to the rivers, and daisy chains were made by Daisy Holroyd"
    assert redacted(text, finder().find(text)) == (
        "[staff] took us to the rivers, and daisy chains were made by [name]"
    )


def test_places_are_code_points_of_the_text_given() -> None:
    text = "😀 e\u0301  Kacper!"
    (found,) = finder().find(text)
    assert text[found.start : found.end] == "Kacper"


def test_unknown_capitals_inside_a_sentence_are_hidden_until_a_person_looks() -> None:
    (found,) = finder_for([]).find("i told Zebedee about it")
    assert (found.start, found.end, found.sure) == (7, 14, False)
