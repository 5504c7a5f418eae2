"""Publishing new versions, correcting open waves, permissions for licensed instruments."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from stakeholder.db import Database
from stakeholder.errors import Conflict, NotAllowed
from stakeholder.key_folder import KeyFolder
from stakeholder.models import AuditEvent
from surveys.audiences import find_audience
from surveys.correcting import correct_wave
from surveys.definition import Questionnaire
from surveys.models import Audience
from surveys.permitting import permit
from surveys.published import publish, questionnaire_of
from surveys.responding import save_page, standing, start_draft
from surveys.waves import open_link
from tests.makers import NOW, lead, open_audience, questionnaire, school


def worded(prompt: str) -> Questionnaire:
    content = questionnaire().model_dump(mode="json", by_alias=True)
    content["pages"][1]["questions"][1]["prompt"] = prompt
    return Questionnaire.model_validate(content)


def test_a_version_remembers_what_became_of_each_question(database: Database) -> None:
    with database.writing() as session:
        viewer = lead(school(session))
        first = publish(session, viewer, questionnaire(), now=NOW)
        second = publish(session, viewer, worded("What two things would make this school better?"), now=NOW)
        assert first.lineage is None
        assert second.lineage == {"safe": "identical", "year": "identical", "hours": "identical", "better": "wording"}


def test_an_open_wave_takes_a_corrected_slip_and_keeps_drafts(database: Database, tmp_path: Path) -> None:
    keys = KeyFolder(tmp_path / "keys")
    with database.writing() as session:
        hill = school(session)
        viewer = lead(hill)
        publish(session, viewer, worded("What one thing would make this shcool better?"), now=NOW)
        token = open_link(session, viewer, "tiny", "student", now=NOW).token
    with database.changing() as connection, database.reading() as session:
        audience = find_audience(session, token, keys)
        key = start_draft(connection, audience, language="en")
        save_page(connection, audience, key, lambda _answers, _layout, _draw: {"safe": "agree", "better": "Clubs"})
    with database.writing() as session:
        publish(session, viewer, questionnaire(), now=NOW)
        (made,) = correct_wave(session, viewer, "tiny", now=NOW)
        assert "shcool" in made.old and "school" in made.new
        assert correct_wave(session, viewer, "tiny", now=NOW) == ()
        event = session.scalars(select(AuditEvent).where(AuditEvent.act == "wave corrected")).one()
        assert "shcool" in event.reason
    with database.changing() as connection, database.reading() as session:
        corrected = find_audience(session, token, keys)
        assert str(corrected.questionnaire.question("better").prompt).endswith("this school better?")
        draft = standing(connection, corrected, key).draft
        assert draft is not None and draft.answers == {"safe": "agree", "better": "Clubs"}


@pytest.mark.parametrize("prompt", ["What two things would make this school better?", "What is bad?"])
def test_an_open_wave_takes_nothing_else(database: Database, prompt: str) -> None:
    with database.writing() as session:
        hill = school(session)
        audience = open_audience(session, hill)
        before = audience.version_id
        publish(session, lead(hill), worded(prompt), now=NOW)
        with pytest.raises(Conflict, match="takes corrected spelling only"):
            correct_wave(session, lead(hill), "tiny", now=NOW)
        assert session.get_one(Audience, audience.id).version_id == before


def test_a_licensed_instrument_is_asked_with_permission_only(database: Database) -> None:
    with database.writing() as session:
        hill, valley = school(session), school(session, "Valley School")
        for each in (hill, valley):
            publish(session, lead(each), questionnaire("licensed"), now=NOW)
        (module,) = questionnaire("licensed").locked
        permit(session, lead(hill), module, reference="Licence 118", until=date(2026, 12, 31), now=NOW)
        asked = open_link(session, lead(hill), "licensed", "student", now=NOW)
        assert questionnaire_of(session, asked.version_id).locked == (module,)
        with pytest.raises(NotAllowed, match="Invented Feelings Scale"):
            open_link(session, lead(valley), "licensed", "student", now=NOW)


def test_a_permission_ends(database: Database) -> None:
    with database.writing() as session:
        hill = school(session)
        publish(session, lead(hill), questionnaire("licensed"), now=NOW)
        (module,) = questionnaire("licensed").locked
        ended: dict[str, Any] = {"reference": "Licence 118", "until": date(2026, 3, 1), "now": NOW}
        permit(session, lead(hill), module, **ended)
        with pytest.raises(NotAllowed):
            open_link(session, lead(hill), "licensed", "student", now=NOW)
