"""Columns of foreign tables that answer each kind of question."""

from typing import Any

import pytest

from surveys.examples import example_questionnaire
from tests.unit.importing.test_understanding import converted


@pytest.mark.parametrize(
    ("kind", "cells", "answer"),
    [
        ("choice", {"way_to_school": "By bus"}, {"way_to_school": "bus"}),
        (
            "choice",
            {"way_to_school": "Another way", "way_to_school.other.text": "By boat"},
            {"way_to_school": "other", "way_to_school.other.text": "By boat"},
        ),
        ("choices", {"clubs.sport": "1", "Music": "yes", "clubs.science": "0"}, {"clubs": ["sport", "music"]}),
        ("picture_choice", {"play_with": "Music"}, {"play_with": "music"}),
        ("choice_grid", {"helpers.hurt.friend": "x", "helpers.work.nobody": "no"}, {"helpers": {"hurt": ["friend"]}}),
        ("differential", {"lessons_are.pace": "4"}, {"lessons_are": {"pace": "p4"}}),
        ("rating", {"recommend": "9"}, {"recommend": 9}),
        ("rating", {"recommend": "I’d rather not answer"}, {"recommend": "rather_not"}),
        ("slider", {"confident": "35"}, {"confident": 35}),
        ("number", {"sleep": "7.5"}, {"sleep": 7.5}),
        ("date", {"joined": "2021-09"}, {"joined": "2021-09"}),
        ("short_text", {"tutor_group": "7B"}, {"tutor_group": "7B"}),
        ("ranking", {"what_matters.quiet": "1", "what_matters.food": "2"}, {"what_matters": ["quiet", "food"]}),
        (
            "allocation",
            {"share_money.library": "60", "share_money.sport": "40"},
            {"share_money": {"library": 60, "sport": 40, "garden": 0}},
        ),
        ("consent", {"may_quote": "Yes, I agree"}, {"may_quote": "yes"}),
    ],
)
def test_cells_become_the_answer_that_a_page_would_store(
    kind: str, cells: dict[str, str], answer: dict[str, Any]
) -> None:
    answers, report = converted(list(cells), list(cells.values()), made=example_questionnaire(kind))
    assert answers == [answer]
    assert report.dropped == {}


def test_what_fits_no_kind_is_counted_as_dropped() -> None:
    answers, report = converted(["share_money.library"], ["70"], made=example_questionnaire("allocation"))
    assert answers == []
    assert set(report.dropped) == {"share_money"}
