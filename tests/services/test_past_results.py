"""What came of a statement before is told as results pages tell it, and to nobody else."""

from dataclasses import replace
from typing import Any

from analysis.views.past_results import past_results
from stakeholder.db import Database
from surveys.definition import Questionnaire
from surveys.designing.bank import PastResult
from tests.makers import lead, questionnaire, school
from tests.services.test_editions import counted, people

INDICATOR = "wel.safety.secondary.1"


def with_indicator() -> Questionnaire:
    """The tiny questionnaire, its statement about safety one of the framework."""
    content: dict[str, Any] = questionnaire().model_dump(mode="json", by_alias=True)
    content["pages"][0]["questions"][0] |= {"indicator": INDICATOR, "strand": "wel.safety"}
    return Questionnaire.model_validate(content)


def test_a_large_group_has_a_figure_and_a_small_one_is_hidden(database: Database) -> None:
    with database.writing() as session:
        hill, dale = school(session), school(session, "Dale School")
        counted(session, hill, people(300, safe="agree") + people(100, safe="disagree"), of=with_indicator())
        counted(session, dale, people(4, safe="agree"), of=with_indicator())
        (told,) = past_results(session, lead(hill))[INDICATOR]
        assert (told.wave, told.hidden) == ("Spring", False)
        assert told.level in {"74%", "75%", "76%"}  # every number of people is off by up to two
        assert past_results(session, lead(dale))[INDICATOR] == (
            PastResult("Spring", told.audience, "hidden", hidden=True),
        )


def test_who_may_not_see_results_sees_none_here(database: Database) -> None:
    with database.writing() as session:
        hill, dale = school(session), school(session, "Dale School")
        counted(session, hill, people(40, safe="agree"), of=with_indicator())
        assert past_results(session, replace(lead(hill), roles=frozenset())) == {}
        assert past_results(session, lead(dale)) == {}
