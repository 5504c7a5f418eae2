"""Keys of programs on both databases: for a few things, for a time, never for more than their maker may."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from stakeholder.api_keys.keeping import end_key, list_keys, make_key, note_used, scopes_to_give, viewer_with
from stakeholder.api_keys.models import ApiKey
from stakeholder.audit import all_events
from stakeholder.db import Database
from stakeholder.errors import Invalid, NotAllowed, NotFound
from stakeholder.models import School
from stakeholder.roles import Permission, Role
from stakeholder.viewer import Viewer
from tests.makers import NOW, school


def someone(here: School, role: Role) -> Viewer:
    return Viewer(school_id=here.id, name="someone", roles=frozenset({role}))


def test_a_key_is_known_again_and_allows_what_it_is_for_and_no_more(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        secret = make_key(session, someone(here, Role.HEAD), name="Table", scopes=["results"], days=30, now=NOW)
        program = viewer_with(session, secret, now=NOW)
        assert program is not None
        assert (program.school_id, program.person_id) == (here.id, None)
        assert program.permissions == {Permission.SEE_FIGURES}
        assert viewer_with(session, secret + "x", now=NOW) is None
        assert program.actor == session.scalars(select(ApiKey.id)).one()


def test_the_database_holds_no_key(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        secret = make_key(session, someone(here, Role.HEAD), name="Table", scopes=["results"], days=30, now=NOW)
        kept = session.scalars(select(ApiKey)).one()
        assert secret.encode() not in kept.secret_hash
        assert secret not in str(vars(kept))


def test_a_key_is_over_after_its_days_and_at_once_when_it_is_ended(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        head = someone(here, Role.HEAD)
        secret = make_key(session, head, name="Table", scopes=["results"], days=30, now=NOW)
        assert viewer_with(session, secret, now=NOW + timedelta(days=29)) is not None
        assert viewer_with(session, secret, now=NOW + timedelta(days=30)) is None
        held = list_keys(session, head, today=NOW.date())
        end_key(session, head, held[0].id, now=NOW)
        assert viewer_with(session, secret, now=NOW) is None
        assert list_keys(session, head, today=NOW.date()) == []
        acts = [(event.act, event.object) for event in all_events(session)]
        assert acts == [("key made: results", f"key {held[0].id}"), ("key ended", f"key {held[0].id}")]


def test_nobody_gives_a_program_more_than_they_may_do_themselves(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        office, head = someone(here, Role.SCHOOL_ADMIN), someone(here, Role.HEAD)
        assert (scopes_to_give(office), scopes_to_give(head)) == (("roll",), ("results",))
        assert scopes_to_give(someone(here, Role.GOVERNOR)) == ()
        for viewer, scope in ((office, "results"), (head, "roll"), (someone(here, Role.GOVERNOR), "results")):
            with pytest.raises(NotAllowed):
                make_key(session, viewer, name="More", scopes=[scope], days=30, now=NOW)
        for name, scopes, days in ((" ", ["roll"], 1), ("A", [], 1), ("A", ["all"], 1), ("A", ["roll"], 367)):
            with pytest.raises(Invalid):
                make_key(session, office, name=name, scopes=scopes, days=days, now=NOW)


def test_another_schools_keys_are_neither_seen_nor_ended(database: Database) -> None:
    with database.writing() as session:
        here, there = school(session), school(session, "Dale School")
        make_key(session, someone(here, Role.HEAD), name="Table", scopes=["results"], days=30, now=NOW)
        stranger = someone(there, Role.HEAD)
        assert list_keys(session, stranger, today=NOW.date()) == []
        with pytest.raises(NotFound):
            end_key(session, stranger, session.scalars(select(ApiKey.id)).one(), now=NOW)


def test_the_day_of_use_is_noted(database: Database) -> None:
    with database.writing() as session:
        here = school(session)
        head = someone(here, Role.HEAD)
        program = viewer_with(session, make_key(session, head, name="T", scopes=["results"], days=30, now=NOW), now=NOW)
        assert program is not None
        note_used(session, program, today=NOW.date())
        assert list_keys(session, head, today=NOW.date())[0].used_on == NOW.date()
