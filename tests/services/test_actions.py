""" "You said, we did" on both databases."""

from datetime import date

import pytest

from analysis.actions import ActionView, add_action, list_actions
from stakeholder.db import Database
from stakeholder.errors import Invalid, NotAllowed
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from tests.makers import lead, school

DUE = date(2027, 2, 12)


def test_actions_are_read_in_the_order_they_were_written_down(database: Database) -> None:
    with database.writing() as session:
        dev = lead(school(session))
        add_action(session, dev, said="The queue is long.", did="A second till opens.", state="planned", due=DUE)
        add_action(session, dev, said="It is cold.", did="The heating is mended.", state="done")
        assert list_actions(session, dev) == [
            ActionView("The queue is long.", "A second till opens.", "planned", DUE),
            ActionView("It is cold.", "The heating is mended.", "done", None),
        ]


def test_zoe_of_another_school_sees_none_of_them(database: Database) -> None:
    with database.writing() as session:
        add_action(session, lead(school(session)), said="It is cold.", did="It is mended.", state="done")
        assert list_actions(session, lead(school(session, "Valley School"))) == []


def test_an_unknown_state_is_refused_with_the_states_there_are(database: Database) -> None:
    with database.writing() as session, pytest.raises(Invalid, match="planned, checking, done"):
        add_action(session, lead(school(session)), said="It is cold.", did="Hm.", state="forgotten")


def test_a_governor_reads_actions_and_does_not_write_them(database: Database) -> None:
    with database.writing() as session:
        carys = Viewer(school_id=school(session).id, roles=frozenset({Role.GOVERNOR}))
        assert list_actions(session, carys) == []
        with pytest.raises(NotAllowed):
            add_action(session, carys, said="It is cold.", did="It is mended.", state="done")


def test_someone_without_a_role_sees_no_actions(database: Database) -> None:
    with database.writing() as session, pytest.raises(NotAllowed):
        list_actions(session, Viewer(school_id=school(session).id))
