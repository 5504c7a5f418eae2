"""Two schools in one enquiry, on both databases: each sees what is shown to it, and leaving takes everything along."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.enquiry.entries import Written, entries_of, show, write
from analysis.enquiry.evidence import bring, cite, pieces_of, show_evidence
from analysis.enquiry.models import Enquiry, Entry
from analysis.enquiry.running import begin, close_stage, join, leave
from analysis.enquiry.seats import Seat, seat, seats
from stakeholder.audit import all_events
from stakeholder.db import Database
from stakeholder.errors import Conflict, NotAllowed, NotFound
from stakeholder.models import School
from stakeholder.roles import Role
from stakeholder.viewer import Viewer
from tests.makers import NOW, person, school
from tests.services.test_editions import counted, people


def head_of(session: Session, somewhere: School, name: str) -> Viewer:
    """A head teacher with a row of their own."""
    found = person(session, somewhere, name, Role.HEAD).id
    return Viewer(person_id=found, school_id=somewhere.id, name=name, roles=frozenset({Role.HEAD}))


def paired(session: Session) -> tuple[Viewer, Viewer, UUID]:
    """The heads of Hill School, which hosts, and Valley School, which has joined, and their enquiry."""
    hill, valley = school(session), school(session, "Valley School")
    counted(session, hill, people(42, safe="agree") + people(21, safe="disagree"))
    ann, zoe = head_of(session, hill, "Ann"), head_of(session, valley, "Zoe")
    enquiry = begin(session, ann, "head_to_head", title="Voice", question="Who is heard?", now=NOW)
    join(session, zoe, (enquiry.code or "").upper(), now=NOW)
    return ann, zoe, enquiry.id


def texts(session: Session, here: Seat, artefact: str) -> list[str]:
    return [each.text for each in entries_of(session, here)[artefact]]


def test_each_side_sees_of_the_room_only_what_the_other_put_there(database: Database) -> None:
    with database.writing() as session:
        ann, zoe, enquiry = paired(session)
        host, friend = seat(session, ann, enquiry), seat(session, zoe, enquiry)
        entry = write(session, host, "documents", Written(text="Our plan for the year."), now=NOW)
        piece = cite(session, host, "room", wave="spring", what="item:safe:secondary", caption="", now=NOW)
        assert texts(session, friend, "documents") == []
        assert pieces_of(session, friend)["room"] == []
        with pytest.raises(NotFound):
            show(session, friend, entry.id, now=NOW)
        show(session, host, entry.id, now=NOW)
        show_evidence(session, host, piece.id, now=NOW)
        assert texts(session, friend, "documents") == ["Our plan for the year."]
        (seen,) = pieces_of(session, friend)["room"]
        (result,) = seen.results
        assert (result.result.n, result.result.favourable) == (63, 42)


def test_leaving_takes_all_that_a_school_wrote_along(database: Database) -> None:
    with database.writing() as session:
        ann, zoe, enquiry = paired(session)
        friend = seat(session, zoe, enquiry)
        write(session, friend, "values", Written(text="We value kindness.", heading="values"), now=NOW)
        assert texts(session, seat(session, ann, enquiry), "values") == ["We value kindness."]
        with pytest.raises(NotAllowed):
            leave(session, seat(session, ann, enquiry), now=NOW)
        leave(session, friend, now=NOW)
        assert session.scalars(select(Entry.id)).all() == []
        with pytest.raises(NotFound):
            seat(session, zoe, enquiry)
        said = [each.act for each in all_events(session) if each.object == f"enquiry {enquiry}"]
        assert said == ["enquiry begun", "enquiry joined", "enquiry left"]


def test_nothing_goes_on_before_the_other_school_is_there_and_no_third_gets_in_by_chance(database: Database) -> None:
    with database.writing() as session:
        hill = school(session)
        ann = head_of(session, hill, "Ann")
        begun = begin(session, ann, "head_to_head", title="Voice", question="Who is heard?", now=NOW)
        here = seat(session, ann, begun.id)
        write(session, here, "values", Written(text="We value kindness.", heading="values"), now=NOW)
        with pytest.raises(Conflict, match="other school"):
            close_stage(session, here, "statement", {}, now=NOW)
        with pytest.raises(NotFound):
            join(session, head_of(session, school(session, "Valley School"), "Zoe"), "aaaa-bbbb-cccc", now=NOW)


def test_what_comes_from_elsewhere_keeps_its_source_and_day(database: Database) -> None:
    with database.writing() as session:
        ann, _zoe, enquiry = paired(session)
        here = seat(session, ann, enquiry)
        more = {"value": "94.1%", "source": "School office", "day": NOW.date(), "strand": "", "caption": "Attendance"}
        bring(session, here, "room", **more, now=NOW)  # type: ignore[arg-type]
        (found,) = pieces_of(session, here)["room"]
        assert (found.value, found.source, found.day, found.results) == ("94.1%", "School office", NOW.date(), ())


def test_a_running_enquiry_keeps_its_process_and_its_school(database: Database) -> None:
    with database.writing() as session:
        ann, zoe, enquiry = paired(session)
        assert session.get_one(Enquiry, enquiry).school_id == ann.school_id
        assert [each.enquiry.id for each in seats(session, zoe)] == [enquiry]
        stranger = head_of(session, school(session, "Far School"), "Ida")
        assert seats(session, stranger) == []
