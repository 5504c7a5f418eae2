"""Opening waves: one questionnaire by itself, or several groups in one wave, again next year."""

import pytest
from sqlalchemy.orm import Session

from stakeholder.db import Database
from stakeholder.errors import Conflict, Invalid, NotFound
from stakeholder.models import School
from surveys.models import Audience, Wave
from surveys.published import publish
from surveys.waves import close_wave, list_waves, open_link
from tests.makers import NOW, lead, questionnaire, school, wave_of


def opened(
    session: Session, where: School, key: str, group: str, name: str = "", asked: int | None = None
) -> tuple[Audience, Wave]:
    """The audience that a command opens, and its wave."""
    audience = open_link(session, lead(where), key, group, now=NOW, name=name, asked=asked)
    return audience, wave_of(session, audience)


def hill_with_two_questionnaires(session: Session) -> School:
    """A school that can ask 'tiny' and its twin 'small'."""
    hill = school(session)
    publish(session, lead(hill), questionnaire(), now=NOW)
    publish(session, lead(hill), questionnaire().model_copy(update={"key": "small"}), now=NOW)
    return hill


def test_a_name_asks_several_groups_in_one_wave(database: Database) -> None:
    with database.writing() as session:
        hill = hill_with_two_questionnaires(session)
        _, first = opened(session, hill, "tiny", "student", name="Spring 2027", asked=780)
        _, second = opened(session, hill, "small", "parent", name="Spring 2027")
        assert first.id == second.id
        assert (first.key, first.title) == ("spring-2027", "Spring 2027")
        listed = [(line.questionnaire, line.group, line.invited) for line in list_waves(session, lead(hill))]
    assert sorted(listed) == [("small", "parent", None), ("tiny", "student", 780)]


def test_opening_again_gives_the_same_link_and_keeps_the_roll(database: Database) -> None:
    with database.writing() as session:
        hill = hill_with_two_questionnaires(session)
        once, _ = opened(session, hill, "tiny", "student", name="Spring 2027", asked=780)
        again, _ = opened(session, hill, "tiny", "student", name="Spring 2027")
        by_wave, _ = opened(session, hill, "spring-2027", "student")
        assert once.token == again.token == by_wave.token
        assert again.invited == 780


def test_another_questionnaire_for_the_same_group_has_a_link_of_its_own(database: Database) -> None:
    with database.writing() as session:
        hill = hill_with_two_questionnaires(session)
        tiny, wave = opened(session, hill, "tiny", "student", name="Spring 2027")
        small, same = opened(session, hill, "small", "student", name="Spring 2027")
        assert wave.id == same.id
        assert tiny.token != small.token


def test_without_a_name_a_questionnaire_has_a_wave_of_its_own(database: Database) -> None:
    with database.writing() as session:
        hill = hill_with_two_questionnaires(session)
        _, wave = opened(session, hill, "tiny", "student")
        assert wave.key == "tiny"


def test_a_closed_wave_says_how_to_open_the_next(database: Database) -> None:
    with database.writing() as session:
        hill = hill_with_two_questionnaires(session)
        opened(session, hill, "tiny", "student")
        close_wave(session, lead(hill), "tiny", now=NOW)
        with pytest.raises(Conflict, match="--name 'Spring 2027'"):
            opened(session, hill, "tiny", "student")
        _, next_wave = opened(session, hill, "tiny", "student", name="Spring 2027")
        assert next_wave.state == "open"


def test_a_wave_that_does_not_ask_a_group_says_how_to_ask_it(database: Database) -> None:
    with database.writing() as session:
        hill = hill_with_two_questionnaires(session)
        opened(session, hill, "tiny", "student", name="Spring 2027")
        with pytest.raises(NotFound, match="stakeholder wave open QUESTIONNAIRE --group staff --name 'Spring 2027'"):
            opened(session, hill, "spring-2027", "staff")


def test_another_schools_wave_of_the_same_name_stays_apart(database: Database) -> None:
    with database.writing() as session:
        hill, dale = hill_with_two_questionnaires(session), school(session, "Dale School")
        publish(session, lead(dale), questionnaire(), now=NOW)
        _, ours = opened(session, hill, "tiny", "student", name="Spring 2027")
        _, theirs = opened(session, dale, "tiny", "student", name="Spring 2027")
        assert ours.id != theirs.id


def test_a_group_that_a_questionnaire_is_not_for_is_refused_with_those_it_is_for(database: Database) -> None:
    with database.writing() as session:
        hill = school(session)
        publish(session, lead(hill), questionnaire("flow"), now=NOW)
        with pytest.raises(Invalid, match=r"'flow' is not for the group 'governor'\. It is for: student, parent\."):
            opened(session, hill, "flow", "governor")
        assert opened(session, hill, "flow", "parent")[0].group == "parent"
