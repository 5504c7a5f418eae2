"""What is wrong with a draft, what to think about, and how long it takes."""

from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading
from surveys.checking import problems, simulate
from surveys.checking.problem import Problem
from surveys.definition import Questionnaire
from surveys.designing.advice import target_of, writing_advice
from surveys.designing.checked import Unsound, bearer_of, checked_questionnaire
from surveys.designing.content import Content, places, words_of
from surveys.designing.reading_age import reading_age
from surveys.designing.sketches import OpenSketch, get_sketch
from surveys.designing.ways import WAYS
from surveys.models import Audience, Wave
from surveys.views.designer.blueprint import designer


@designer.get("/<uuid:sketch_id>/checks")
@requires(Permission.WRITE_SURVEYS)
def checks(sketch_id: UUID) -> str:
    """All findings."""
    with reading() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        people = _people_asked(session, sketch)
    return render_template(
        "surveys/designer/checks.html", sketch=sketch, content=sketch.content, **findings(sketch, people)
    )


def findings(sketch: OpenSketch, people: int | None = None) -> dict[str, Any]:
    """What is wrong (`wrong`), what to think about (`thoughts`), and the report of all paths where it is `sound`."""
    try:
        questionnaire = checked_questionnaire(sketch.content)
    except Unsound as unsound:
        named = names_for_findings(sketch.content)
        return {"sound": False, "wrong": unsound.problems, "thoughts": (), "report": None, **named}
    found = problems(questionnaire)
    thoughts = (*(each for each in found if not each.hard), *writing_advice(questionnaire, people=people))
    return {
        "sound": True,
        "wrong": [each for each in found if each.hard],
        "thoughts": thoughts,
        "report": simulate(questionnaire),
        "target": target_of(questionnaire),
        "age": _mean_age(questionnaire),
        **names_for_findings(sketch.content),
    }


def thoughts_on(content: Content, key: str) -> tuple[Problem, ...]:
    """What to think about on one question, where the whole is sound enough to say."""
    try:
        questionnaire = checked_questionnaire(content)
    except Unsound:
        return ()
    found = (*(each for each in problems(questionnaire) if not each.hard), *writing_advice(questionnaire))
    return tuple(each for each in found if bearer_of(each) == ("question", key))


def names_for_findings(content: Content) -> dict[str, Any]:
    """Words of questions, numbers of pages, and the lists of ways through: what a finding is linked by."""
    return {
        "prompts": {
            str(place.question.get("key")): words_of(place.question.get("prompt")) for place in places(content)
        },
        "page_numbers": {page["key"]: number for number, page in enumerate(content["pages"], 1)},
        "way_names": {way.what: way for way in WAYS.values()},
        "bearer_of": bearer_of,
    }


def _mean_age(questionnaire: Questionnaire) -> float | None:
    """Reading age of all questions together."""
    return reading_age(". ".join(question.prompt.in_("en").rstrip(".?!") for question in questionnaire.questions))


def _people_asked(session: Session, sketch: OpenSketch) -> int | None:
    """The largest number of people of these groups that the school has asked, None when it never said."""
    return session.execute(
        select(func.max(Audience.invited))
        .join(Wave, Wave.id == Audience.wave_id)
        .where(Wave.school_id == sketch.school_id, Audience.group.in_(sketch.content.get("groups", ())))
    ).scalar_one()
