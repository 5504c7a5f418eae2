"""Which figures the results pages show, and what their titles say."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_babel import Babel

from analysis.disclosure.reportable import OptionCount, Reportable, Slice
from analysis.disclosure.sealing import sealed
from analysis.editions import AudienceView, EditionView
from analysis.exploring import answer
from analysis.governor_page import GovernorPage, compose
from analysis.views.charts import exploration_figure, governor_figures

STUDENTS, STAFF = AudienceView("student", "student", "Students", 748), AudienceView("staff", "staff", "Staff", 90)
YEARS = (("year", "Year", (("y7", "Year 7"), ("y8", "Year 8"))),)


@pytest.fixture(autouse=True)
def page() -> Iterator[None]:
    app = Flask("figures")
    Babel(app)
    app.add_url_rule("/explore", endpoint="explore.page")
    with app.test_request_context():
        yield


def item(subject: str, label: str, yes: int, n: int, *, where: Slice, wave: str = "w2") -> Reportable:
    options = OptionCount("no", "No", n - yes), OptionCount("yes", "Yes", yes, favourable=True)
    return sealed("item", subject, label, wave, where, "shown", options, n, parallel=subject.replace("_", "."))


def mean(value: float, wave: str, where: Slice, *, n: int = 600) -> Reportable:
    return sealed("score", "wel", "Wellbeing", wave, where, "shown", n=n, mean=value, sd=15.0)


def edition(wave: str, *, wellbeing: float) -> EditionView:
    everyone, staff, y7 = Slice("student"), Slice("staff"), Slice("student", (("year", "y7"),))
    y8 = sealed("score", "wel", "Wellbeing", wave, Slice("student", (("year", "y8"),)), "hidden", reason="Too few.")
    counted = tuple(OptionCount(code, code.title(), 20) for code in ("negative", "neutral", "positive"))
    cells = (
        item("say_pupils", "I have a say.", 160, 600, where=everyone, wave=wave),
        item("wel_safety", "I feel safe.", 450, 600, where=everyone, wave=wave),
        item("say_pupils", "Students have a say.", 63, 88, where=staff, wave=wave),
        item("wel_safety", "Students feel safe.", 66, 88, where=staff, wave=wave),
        mean(wellbeing, wave, everyone),
        mean(wellbeing, wave, y7, n=120),
        y8,
        sealed("score", "say.pupils", "Student say", wave, everyone, "shown", n=600, mean=40.0, sd=15.0),
        sealed("theme", "toilets", "Toilets", wave, everyone, "shown", counted, n=60),
    )
    return EditionView(
        wave_key=wave,
        wave_title=wave.upper(),
        frozen_at=datetime(2026, 11, 2, tzinfo=UTC),
        audiences=(STUDENTS, STAFF),
        breakdowns={"student": YEARS},
        cells=cells,
    )


EARLIER, LATER = edition("w1", wellbeing=60.0), edition("w2", wellbeing=66.0)


def composed(*editions: EditionView) -> GovernorPage:
    found = compose(editions)
    assert found is not None
    return found


def test_a_governor_sees_statements_then_gaps_then_change() -> None:
    shown = governor_figures(composed(EARLIER, LATER))
    assert [each.figure.key for each in shown] == ["statements", "gaps", "trends"]
    assert [each.figure.title for each in shown] == [
        "Most favourable answers: “I feel safe.” Least: “I have a say.”",
        "Staff are more positive than students about student say",
        "Wellbeing is up.",
    ]


def test_every_figure_leads_to_its_interactive_twin() -> None:
    addresses = [each.explore for each in governor_figures(composed(EARLIER, LATER))]
    assert all(address.startswith("/explore?what=") and "wave=w2" in address for address in addresses)


def test_the_two_sides_of_a_gap_are_the_results_it_was_made_from() -> None:
    for each in composed(LATER).contrasts:
        mine, theirs = (100 * (side.share or 0) for side in each.sides)
        assert each.gap.points == pytest.approx(mine - theirs)


def test_a_first_wave_has_no_history() -> None:
    assert [each.figure.key for each in governor_figures(composed(LATER))] == ["statements", "gaps"]


@pytest.mark.parametrize(
    ("what", "by", "first"),
    [
        ("item:wel_safety", "", "Students"),
        ("item:wel_safety", "wave", "I feel safe."),
        ("item:wel_safety", "group", "Students"),
        ("score:wel", "year", "Year 7"),
        ("score:wel", "wave", "Wellbeing"),
        ("theme:toilets", "", "Students"),
    ],
)
def test_whatever_is_asked_is_drawn(what: str, by: str, first: str) -> None:
    seen = answer((EARLIER, LATER), {"what": what, "by": by, "audience": "student"})
    assert seen is not None
    drawn = exploration_figure(seen)
    assert drawn is not None and drawn.table.rows[0][0] == first


def test_a_hidden_year_group_has_its_reason_and_no_number() -> None:
    seen = answer((LATER,), {"what": "score:wel", "by": "year", "audience": "student"})
    drawn = exploration_figure(seen) if seen else None
    assert drawn is not None and drawn.table.rows[1] == ("Year 8", "Hidden: Too few.")


def test_scores_of_different_groups_are_not_drawn_side_by_side() -> None:
    seen = answer((LATER,), {"what": "score:wel", "by": "group", "audience": "student"})
    assert seen is not None and exploration_figure(seen) is None
