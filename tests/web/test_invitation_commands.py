"""Inviting from the command line: who there is, their links for letters, no letters without a mail server."""

from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import select

from config import Settings
from stakeholder.audit import all_events
from surveys.models import Audience
from surveys.roll.models import Member
from tests.makers import open_audience, school
from wsgi import cli, make_installation


def test_links_are_listed_and_written_out_and_that_is_written_down(settings: Settings, tmp_path: Path) -> None:
    here = make_installation(settings)
    with here.database.writing() as session:
        hill = school(session)
        audience = str(open_audience(session, hill).id)
        session.add_all(
            Member(
                school_id=hill.id, group="student", number=str(number), given="Sam", family=f"Hill{number}", year="7"
            )
            for number in range(3)
        )
    runner = CliRunner(env={"STAKEHOLDER_DATA": str(tmp_path), "DATABASE_URL": settings.database_url})
    listed = runner.invoke(cli, ["invitation", "list"])
    assert f"{audience}  " in listed.output and "3 on the roll, 0 written to" in listed.output
    table = runner.invoke(cli, ["invitation", "links", audience])
    assert (table.exit_code, table.output.count("/s/")) == (0, 3)
    refused = runner.invoke(cli, ["invitation", "send", audience])
    assert (refused.exit_code, "No mail server is set" in refused.output) == (1, True)
    with here.database.reading() as session:
        assert [each.act for each in all_events(session)] == ["links downloaded"]
        assert len(session.scalars(select(Audience)).all()) == 1
    here.database.dispose()
