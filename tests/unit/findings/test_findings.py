"""The choice of a finding."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.findings import Gulf, Movement, Standing, clear_movements, headline


def move(subject: str, points: float, *, margin: float = 3.0) -> Movement:
    return Movement(subject, subject.title(), points, points - margin, points + margin)


def gulf(points: float, subject: str = "say") -> Gulf:
    return Gulf(subject, subject.title(), "staff", "students", points)


def test_the_largest_rise_and_the_largest_fall_make_the_headline() -> None:
    found = headline([move("belonging", 11), move("safety", 6), move("say", -8)], [gulf(44)], [], compared=True)
    assert found.risen == move("belonging", 11) and found.fallen == move("say", -8)
    assert found.gulf is None


def test_a_lone_rise_is_joined_by_the_widest_gap() -> None:
    found = headline([move("belonging", 11)], [gulf(12, "fair"), gulf(-44, "say")], [], compared=True)
    assert found.fallen is None
    assert found.gulf == gulf(-44, "say")


def test_a_gap_names_the_group_that_answers_more_favourably() -> None:
    assert (gulf(44).brighter, gulf(44).dimmer) == ("staff", "students")
    assert (gulf(-44).brighter, gulf(-44).dimmer) == ("students", "staff")


def test_a_change_that_may_be_chance_is_no_finding() -> None:
    assert headline([move("belonging", 2)], [], [], compared=True).risen is None


def test_the_largest_of_twenty_changes_must_be_clearer_than_a_single_one() -> None:
    others = [move(str(number), 0.5) for number in range(19)]
    assert clear_movements([move("safety", 3.5)])
    assert not clear_movements([move("safety", 3.5), *others])


def test_with_one_wave_the_headline_says_where_things_stand() -> None:
    found = headline([], [], [Standing("wel", "Wellbeing", 71.2), Standing("ach", "Achievement", 64.0)], compared=False)
    assert found.highest and found.highest.subject == "wel"
    assert found.lowest and found.lowest.subject == "ach"


def test_scores_that_round_to_the_same_number_are_not_ranked() -> None:
    found = headline([], [], [Standing("wel", "Wellbeing", 64.2), Standing("ach", "Achievement", 64.0)], compared=False)
    assert found.highest is None and found.lowest is None


def test_nothing_to_say_is_said_as_nothing() -> None:
    found = headline([], [], [], compared=True)
    assert (found.risen, found.fallen, found.gulf, found.highest) == (None, None, None, None)


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(0.1, 50)), max_size=25))
def test_every_finding_excludes_no_change_by_its_own_interval(drawn: list[tuple[float, float]]) -> None:
    moves = [move(str(number), points, margin=margin) for number, (points, margin) in enumerate(drawn)]
    assert all(found.low > 0 or found.high < 0 for found in clear_movements(moves))
