"""Where what was done stands among the waves."""

from datetime import UTC, date, datetime

from analysis.actions import ActionView
from analysis.editions import EditionView
from analysis.views.looks import decisions


def wave(opened: date | None) -> EditionView:
    return EditionView(
        wave_key="w",
        wave_title="W",
        frozen_at=datetime(2026, 11, 2, tzinfo=UTC),
        audiences=(),
        breakdowns={},
        cells=(),
        opened=opened,
    )


def done(due: date | None, state: str = "done") -> ActionView:
    return ActionView("said", "did", state, due)


WAVES = [wave(date(2024, 3, 1)), wave(date(2025, 3, 1)), wave(date(2026, 3, 1))]


def test_only_what_is_done_between_the_waves_is_marked_in_order() -> None:
    actions = [
        done(date(2025, 8, 31)),
        done(date(2024, 8, 30)),
        done(date(2025, 5, 1), "planned"),
        done(date(2023, 1, 1)),
        done(None),
    ]
    places = [round(place, 1) for place, _ in decisions(WAVES, actions)]
    assert places == [0.5, 1.5]


def test_a_wave_whose_day_is_not_known_takes_no_marks() -> None:
    assert decisions([wave(None), *WAVES], [done(date(2025, 8, 31))]) == []
