"""Importance beside how things are."""

from datetime import UTC, datetime

from flask import Flask

from analysis.disclosure.reportable import Reportable
from analysis.editions import AudienceView, EditionView
from analysis.importance import weighed
from analysis.looking import Look
from analysis.views.looks import by_importance
from tests.unit.figures.results import item

YES_NO = (("no", "No"), ("yes", "Yes"))
STUDENTS = AudienceView("student", "student", "Students", 200)


def asked(key: str, yes: int, *, n: int = 120) -> Reportable:
    return item(key, (n - yes, yes), options=YES_NO)


def edition(*cells: Reportable) -> EditionView:
    return EditionView(
        wave_key="w",
        wave_title="Spring",
        frozen_at=datetime(2026, 4, 2, tzinfo=UTC),
        audiences=(STUDENTS,),
        breakdowns={},
        cells=cells,
    )


MEALS = (asked("meals.food", 30), asked("meals_importance.food", 90))
SEATS = (asked("seats", 60), asked("seats_importance", 63))
FEW = (asked("bell", 3, n=15), asked("bell_importance", 12, n=15))
ALONE = asked("paint_importance", 90)


def test_what_falls_shortest_of_its_importance_comes_first_and_small_groups_are_left_out() -> None:
    found = weighed(edition(*SEATS, *MEALS, *FEW, ALONE), "student")
    assert [(each.sides[1].subject, round(each.gap.points, 1), each.gap.named) for each in found] == [
        ("meals.food", 50.0, True),
        ("seats", 2.5, False),
    ]


def test_the_figure_names_it_only_where_the_gap_is_clear(app: Flask) -> None:
    with app.test_request_context():
        for cells, said in ((MEALS, "“meals.food”"), (SEATS, "Nothing falls clearly short")):
            here = edition(*cells)
            (figure,) = by_importance(Look((here,), here, STUDENTS, None, ""))
            assert said in figure.title
        nothing = edition(ALONE)
        assert by_importance(Look((nothing,), nothing, STUDENTS, None, "")) == []
