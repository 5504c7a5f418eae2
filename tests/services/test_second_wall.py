"""Row-level security on PostgreSQL, as the application's own role: another school's rows are not there for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import URL, create_engine, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from config import Settings
from stakeholder.db import Base, Database
from stakeholder.errors import Invalid
from stakeholder.models import Membership, School
from stakeholder.roles import Permission, Role
from stakeholder.walls import everywhere, grant_to
from stakeholder.web.access import requires
from stakeholder.web.database import reading
from surveys.models import Audience, Response, Wave
from surveys.roll.models import Member
from surveys.storing import store_documents
from tests.databases import administration
from tests.makers import open_audience, person, questionnaire, school
from tests.reuse import empty_postgresql
from tests.web.respondents import Respondent
from tests.whole.test_access import sign_in
from wsgi import create_app

OPEN_TO_EVERY_SCHOOL = {
    "alembic_version": "the state of the tables",
    "audit_event": "one chain over all schools; a new row needs the last one, whosever it is",
    "enquiry_school": "which schools take part in an enquiry, by their ids: the walls of its other tables stand on it",
    "job": "work of every school, taken up by one worker",
    "outside_account": "of a person",
    "person": "one person may hold roles at several schools; what leads there, membership, is walled",
    "questionnaire": "the shared library belongs to no school",
    "questionnaire_version": "the shared library belongs to no school",
    "recovery_code": "of a person",
    "school": "names of schools",
    "second_factor": "of a person",
    "sign_in_link": "used before anybody's school is known",
    "visit": "read before anybody's school is known",
}


@dataclass(frozen=True)
class Walled:
    """A database seen as the application's role, and two schools in it with a wave, an answer and a pupil each."""

    owner: URL
    database: Database
    role: str
    hill: UUID
    dale: UUID


@pytest.fixture(scope="module")
def walled() -> Iterator[Walled]:
    role, password = f"voice_{uuid4().hex[:12]}", uuid4().hex
    with empty_postgresql() as owner:
        with administration(owner) as connection:
            connection.execute(text(f"CREATE ROLE {role} LOGIN PASSWORD '{password}'"))
        as_owner = Database(owner.render_as_string(hide_password=False))
        with as_owner.writing() as session:
            grant_to(session, role)
            schools = [_filled(session, name) for name in ("Hill School", "Dale School")]
        as_owner.dispose()
        here = Database(owner.set(username=role, password=password).render_as_string(hide_password=False))
        yield Walled(owner, here, role, *schools)
        here.dispose()
        with administration(owner) as connection:
            connection.execute(text(f"DROP OWNED BY {role}"))
            connection.execute(text(f"DROP ROLE {role}"))


def _filled(session, name: str) -> UUID:  # type: ignore[no-untyped-def]
    here = school(session, name)
    audience = open_audience(session, here)
    list(
        store_documents(session, audience.id, questionnaire(), [("en", {"safe": "agree", "better": "Longer breaks."})])
    )
    session.add(Member(school_id=here.id, group="student", number="1", given="Sam"))
    person(session, here, f"Lead of {here.slug}", Role.SURVEY_LEAD)
    return here.id


def test_the_applications_role_owns_nothing_and_has_no_way_round(walled: Walled) -> None:
    with walled.database.reading() as session:
        me = session.execute(text("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")).one()
        owned = session.execute(text("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")).scalar()
        assert session.execute(text("SELECT current_user")).scalar() == walled.role
    assert (tuple(me), owned) == ((False, False), 0)


def test_every_table_is_walled_even_for_its_owner_or_says_why_not(walled: Walled) -> None:
    query = (
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
    )
    with walled.database.reading() as session:
        found = session.execute(text(f"{query} WHERE relkind = 'r' AND nspname = 'public'")).all()
    assert {name for name, walls, _forced in found if not walls} == set(OPEN_TO_EVERY_SCHOOL)
    assert [name for name, walls, forced in found if walls and not forced] == []


@pytest.mark.parametrize("table", [Wave, Audience, Response, Member, Membership])
def test_a_query_that_forgets_the_school_still_finds_only_its_own(walled: Walled, table: type[Base]) -> None:
    with walled.database.reading() as session:
        assert len(session.scalars(select(table)).all()) == 2
    with walled.database.reading(walled.hill) as session:
        assert len(session.scalars(select(table)).all()) == 1
    with walled.database.reading(uuid4()) as session:
        assert session.scalars(select(table)).all() == []


def test_another_schools_rows_are_neither_changed_nor_added(walled: Walled) -> None:
    with walled.database.writing(walled.hill) as session:
        changed = session.execute(text("UPDATE wave SET title = 'x' WHERE school_id = :dale"), {"dale": walled.dale})
        assert changed.rowcount == 0  # type: ignore[attr-defined]
    with pytest.raises(ProgrammingError, match="row-level security"), walled.database.writing(walled.hill) as session:
        session.add(Member(school_id=walled.dale, group="student", number="2"))


def test_without_being_told_whose_nothing_is_reached(walled: Walled) -> None:
    engine = create_engine(walled.database.url)
    with engine.connect() as connection:
        for name in ("wave", "response", "comment", "member", "membership"):
            assert connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() == 0
    engine.dispose()


@pytest.mark.parametrize(
    "attempt",
    [
        "SET row_security = off; SELECT * FROM response",
        "ALTER TABLE response DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE response NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY own_school ON response",
        "CREATE POLICY open ON response USING (true)",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
        "SET ROLE postgres",
        "UPDATE audit_event SET act = 'x'",
        "DELETE FROM audit_event",
        "DELETE FROM alembic_version",
    ],
)
def test_the_applications_role_cannot_take_the_wall_down(walled: Walled, attempt: str) -> None:
    with pytest.raises(DBAPIError), walled.database.writing(walled.hill) as session:
        for statement in attempt.split("; "):
            session.execute(text(statement))


def test_a_role_that_walks_round_every_wall_is_not_let_in(walled: Walled) -> None:
    as_owner = Database(walled.owner.render_as_string(hide_password=False))
    for role, why in ((walled.owner.username, "walks round"), ("no_such_role", "no role"), ('x"; --', "small letters")):
        with pytest.raises(Invalid, match=why), as_owner.writing() as session:
            grant_to(session, str(role))
    as_owner.dispose()


def test_what_must_look_everywhere_does_so_and_is_narrow_again_afterwards(walled: Walled) -> None:
    with walled.database.reading(walled.hill) as session:
        with everywhere(session):
            assert len(session.scalars(select(Wave)).all()) == 2
        assert len(session.scalars(select(Wave)).all()) == 1


def test_pages_work_behind_the_wall_and_respondents_are_not_narrowed(walled: Walled, tmp_path: Path) -> None:
    address = walled.database.url.render_as_string(hide_password=False)
    app = create_app(Settings(data_dir=tmp_path, database_url=address, secret_key="for tests only"))
    app.config["WTF_CSRF_ENABLED"] = False

    @requires(Permission.OPEN_WAVES)
    def careless() -> str:
        with reading() as session:
            return ",".join(session.scalars(select(School.name).join(Wave, Wave.school_id == School.id)))

    app.add_url_rule("/careless", "careless", careless)
    with walled.database.reading() as session:
        lead = session.scalars(select(Membership.person_id).where(Membership.school_id == walled.hill)).one()
        tokens = session.scalars(select(Audience.token)).all()
    client = sign_in(app.test_client(), lead)
    assert client.get("/careless").text == "Hill School"
    for path in ("/waves", "/jobs", "/framework", "/keys", "/my-visits", "/results/dimensions"):
        assert client.get(path).status_code in {200, 404}, path
    for token in tokens:
        assert Respondent(client, token).page.status_code == 200
        assert client.get(f"/s/{token}/notice").status_code == 200
    app.extensions["database"].dispose()


def test_a_null_character_is_refused_and_no_failure(walled: Walled, tmp_path: Path) -> None:
    address = walled.database.url.render_as_string(hide_password=False)
    app = create_app(Settings(data_dir=tmp_path, database_url=address, secret_key="for tests only"))
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    client = app.test_client()
    assert client.post("/sign-in", data={"email": "a\x00b@x.example"}).status_code == 400
    with walled.database.reading() as session:
        token = session.scalars(select(Audience.token)).first()
    body = {"submission_key": "k" * 32, "language": "en", "answers": {"better": "a\x00b"}}
    assert client.put(f"/s/{token}/answers", json=body).status_code in {201, 400, 422}
    assert client.get("/s/a%00b").status_code in {400, 404}
    app.extensions["database"].dispose()
