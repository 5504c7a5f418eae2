"""Bars of questions without a good side."""

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.disclosure.reportable import OptionCount, Reportable, Status
from analysis.figures import choice_bars
from tests.unit.figures.reading import at, collisions, drawings, every, outside, words
from tests.unit.figures.results import hidden, result

LABEL = st.text("On foot, łódź ŵ میں محفوظ", min_size=1, max_size=70).filter(str.strip)


def way(*people: int, status: Status = "shown", shape: str = "one") -> Reportable:
    options = tuple(OptionCount(f"o{at}", f"Way {at}", count) for at, count in enumerate(people))
    return result("choice", "How do you come?", status=status, options=options, n=sum(people), shape=shape)


def tick(label: str, chosen: int, n: int, **more: object) -> Reportable:
    options = (
        OptionCount("not_chosen", "Not chosen", n - chosen),
        OptionCount("chosen", "Chosen", chosen, favourable=True),
    )
    return result("choice", label, options=options, n=n, shape="tick", question="clubs", **more)


def lengths(drawing: Element) -> list[float]:
    return [at(part, "width") for part in every(drawing, "rect", "figure-part")]


def test_options_stand_most_chosen_first_and_begin_at_nought() -> None:
    drawn = choice_bars([way(30, 60, 10)], title="Ways")
    for drawing in drawings(drawn):
        longest, middle, least = lengths(drawing)
        assert (middle / longest, least / longest) == (pytest.approx(0.5, abs=0.01), pytest.approx(1 / 6, abs=0.01))
        assert len({part.get("x") for part in every(drawing, "rect", "figure-part")}) == 1
    assert drawn.table.rows == (
        ("Way 1", "60%", "60", "100"),
        ("Way 0", "30%", "30", "100"),
        ("Way 2", "10%", "10", "100"),
    )


def test_ranges_keep_their_order() -> None:
    assert [row[0] for row in choice_bars([way(30, 60, 10, shape="range")], title="Hours").table.rows] == [
        "Way 0",
        "Way 1",
        "Way 2",
    ]


def test_ticks_of_one_question_are_its_bars() -> None:
    drawn = choice_bars([tick("Music", 30, 90), tick("Sport", 60, 90)], title="Clubs")
    assert drawn.table.rows == (("Sport", "67%", "60", "90"), ("Music", "33%", "30", "90"))


@pytest.mark.parametrize("chosen", [0, 3])
def test_hardly_any_looks_the_same_whether_it_was_none(chosen: int) -> None:
    drawn = choice_bars([tick("Chess", chosen, 90)], title="Clubs")
    assert drawn.table.rows == (("Chess", "hardly any", "–", "90"),)
    assert str(drawn.wide_svg) == str(choice_bars([tick("Chess", 0, 90)], title="Clubs").wide_svg)


def test_few_answers_are_said_in_words_and_hidden_ones_with_the_reason() -> None:
    drawn = choice_bars([way(8, 6, status="words")], title="Ways")
    assert drawn.table.rows[0] == ("Way 0", "about half")
    secret = choice_bars([hidden("Ways", "choice")], title="Ways")
    assert all("Too few people answered" in words(drawing) for drawing in drawings(secret))
    for each in (drawn, secret):
        assert not any(letter.isdigit() for letter in each.summary.replace("Way 0", "").replace("Way 1", ""))


def test_groups_stand_under_their_names() -> None:
    drawn = choice_bars([way(30, 60), way(45, 45)], title="Ways", labels=("Year 7", "Year 8"))
    assert {row[0] for row in drawn.table.rows} == {"Year 7", "Year 8"}
    assert len(drawn.table.head) == len(drawn.table.rows[0])
    assert all("Year 8" in words(drawing) for drawing in drawings(drawn))


def test_a_ranking_and_a_share_tell_their_means() -> None:
    place = result(
        "choice",
        "Quiet",
        options=(OptionCount("1", "1", 40, favourable=True), OptionCount("2", "2", 50)),
        n=90,
        shape="place",
        figures=(("mean", 1.56),),
    )
    share = result(
        "choice",
        "Library",
        options=(OptionCount("share_1", "1–24%", 90),),
        n=90,
        shape="share",
        figures=(("mean", 21.0),),
    )
    assert choice_bars([place], title="Places").table.rows == (("Quiet", "44%", "1.56", "90"),)
    assert choice_bars([share], title="Shares").table.rows == (("Library", "21", "90"),)


@given(st.lists(st.tuples(LABEL, st.integers(0, 90)), min_size=1, max_size=6))
def test_no_words_meet_and_none_is_cut(asked: list[tuple[str, int]]) -> None:
    for drawing in drawings(choice_bars([tick(label, chosen, 90) for label, chosen in asked], title="Clubs")):
        assert collisions(drawing) == []
        assert outside(drawing) == []
