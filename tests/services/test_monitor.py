"""The response monitor on both databases: counts against the roll by year and class, never by child."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from stakeholder.db import Database
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.key_folder import KeyFolder
from stakeholder.viewer import Viewer
from surveys.audiences import find_audience
from surveys.default_questionnaires import default_questionnaires
from surveys.framework import default_framework
from surveys.models import Audience, Spent
from surveys.monitoring.aims import day_of, set_aims
from surveys.monitoring.watching import Watched, watch
from surveys.published import publish
from surveys.responding import submit
from surveys.roll.keeping import leave_out
from surveys.roll.models import Member
from surveys.waves import close_wave, list_waves, open_link
from surveys.ways_in import add_classes
from tests.makers import NOW, lead, school


@pytest.fixture
def hill(database: Database) -> Viewer:
    """A school that asks 'secondary': twenty pupils in year 7, twelve in year 8, three in year 9, one opted out."""
    with database.writing() as session:
        here = school(session)
        for number in range(36):
            year = "7" if number < 21 else "8" if number < 33 else "9"
            out = "parent" if number == 0 else ""
            session.add(
                Member(school_id=here.id, group="student", number=str(number), form=f"{year}A", year=year, left_out=out)
            )
        session.flush()
        publish(session, lead(here), default_questionnaires(default_framework())["secondary"], now=NOW)
        open_link(session, lead(here), "secondary", "student", now=NOW)
        return lead(here)


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys")


def send(database: Database, keys: KeyFolder, year: str | None, count: int, *, token: str = "", first: int = 0) -> None:
    with database.reading() as session:
        audience = find_audience(session, token or session.scalars(select(Audience.token)).one(), keys)
    answers = {"year": year} if year else {}
    for number in range(first, first + count):
        with database.writing() as session:
            submit(
                session.connection(), audience, answers=answers, language="en", submission_key=f"{year} {number} " * 4
            )


def seen(database: Database, viewer: Viewer, days: int = 0) -> Watched:
    with database.reading() as session:
        return watch(session, viewer, "secondary", now=NOW + timedelta(days=days)).audiences[0]


def test_answers_stand_against_the_roll_by_year_and_small_years_are_joined(
    database: Database, hill: Viewer, keys: KeyFolder
) -> None:
    send(database, keys, "y7", 10)
    send(database, keys, "y8", 2)
    send(database, keys, "y9", 1)
    send(database, keys, None, 1)
    found = seen(database, hill)
    assert found.whole
    assert (found.whole.turnout.asked, found.answered, found.left_out, found.unsaid) == (35, 14, 1, 1)
    counted = [
        (line.turnout.asked, line.turnout.answered, line.is_behind) for line in found.lines if line.turnout.asked
    ]
    assert counted == [(20, 10, False), (15, 3, True)]


def test_sending_again_is_not_counted_again(database: Database, hill: Viewer, keys: KeyFolder) -> None:
    send(database, keys, "y7", 1)
    send(database, keys, "y7", 1)
    assert [line.turnout.answered for line in seen(database, hill).lines][0] == 1


def test_open_links_are_told_from_ways_that_count_each_person_once(
    database: Database, hill: Viewer, keys: KeyFolder
) -> None:
    with database.writing() as session:
        add_classes(session, hill, "secondary", "secondary", with_slips=True, now=NOW)
    slips = next(way for way in seen(database, hill).classes if way.title == "7A")
    send(database, keys, "y7", 2, token=slips.token)
    send(database, keys, "y7", 3, first=10)
    with database.writing() as session:
        audience = session.scalars(select(Audience.id)).one()
        session.add(Spent(key_hash=b"own", body_hash=b"sent", audience_id=audience, way_id=audience))
    found = seen(database, hill).came_by
    assert (found.own, found.slips, found.shared) == (1, 2, 3)


def test_an_opt_out_after_the_opening_is_no_longer_asked(database: Database, hill: Viewer) -> None:
    with database.writing() as session:
        office = replace(hill, roles=frozenset({"school_admin"}))  # type: ignore[arg-type]
        leave_out(session, office, "student", "1", "parent", now=NOW)
    found = seen(database, hill)
    assert found.whole
    assert (found.whole.turnout.asked, found.left_out) == (34, 2)
    with database.writing() as session:
        close_wave(session, hill, "secondary", now=NOW)
        assert session.scalars(select(Audience.invited)).one() == 34
        leave_out(session, office, "student", "2", "parent", now=NOW)
        assert [line.invited for line in list_waves(session, hill)] == [34]


def test_the_pace_and_the_target_say_what_is_expected_by_tonight(
    database: Database, hill: Viewer, keys: KeyFolder
) -> None:
    send(database, keys, "y7", 10)
    with database.writing() as session:
        set_aims(session, hill, "secondary", ends_on=date(2026, 3, 13), targets={"secondary": 80})
    whole = seen(database, hill, days=4).whole
    assert whole
    assert (whole.expected, whole.missing) == (14, 4)


def test_what_cannot_be_hoped_for_is_refused(database: Database, hill: Viewer) -> None:
    wrong = ((date(2026, 2, 1), 80, "last day"), (date(2028, 2, 1), 80, "last day"), (None, 0, "percent"))
    with database.writing() as session:
        for ends_on, target, words in wrong:
            with pytest.raises(Invalid, match=words):
                set_aims(session, hill, "secondary", ends_on=ends_on, targets={"secondary": target})


def test_a_day_is_read_as_forms_send_it() -> None:
    assert (day_of(" 2026-03-13 "), day_of("")) == (date(2026, 3, 13), None)
    with pytest.raises(Invalid, match="like 2027-03-15"):
        day_of("13 March")


def test_a_reminder_says_how_many_more_answers_it_may_bring(database: Database, hill: Viewer, keys: KeyFolder) -> None:
    assert seen(database, hill).reminder is None
    send(database, keys, "y7", 15)
    found = seen(database, hill).reminder
    assert found
    assert (found.reached, found.low, found.high, found.links) == (20, 4, 9, False)


def test_how_far_the_answers_speak_for_all_is_said_from_ten_answers(
    database: Database, hill: Viewer, keys: KeyFolder
) -> None:
    send(database, keys, "y7", 8)
    assert seen(database, hill).evenness is None
    send(database, keys, "y8", 8)
    found = seen(database, hill)
    assert found.evenness is not None
    assert 0 < found.evenness < 1
    assert found.effective == 16


def test_only_those_who_open_waves_watch_them_and_only_their_own(database: Database, hill: Viewer) -> None:
    with database.writing() as session:
        stranger = lead(school(session, "Dale School"))
        with pytest.raises(NotFound):
            watch(session, stranger, "secondary", now=NOW)
        with pytest.raises(NotAllowed):
            watch(session, Viewer(school_id=UUID(int=1)), "secondary", now=NOW)
