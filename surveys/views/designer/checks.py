"""What is wrong with a draft, what to think about, and how long it takes."""

from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stakeholder.errors import Invalid
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading
from surveys.checking import problems, simulate
from surveys.definition import Questionnaire
from surveys.designing.advice import target_of, writing_advice
from surveys.designing.reading_age import reading_age
from surveys.designing.sketches import OpenSketch, checked_questionnaire, get_sketch
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
    """What is wrong (`wrong`), what to think about (`thoughts`), and the report of all paths."""
    try:
        questionnaire = checked_questionnaire(sketch.content)
    except Invalid as problem:
        return {"unsound": str(problem).splitlines(), "wrong": (), "thoughts": (), "report": None}
    found = problems(questionnaire)
    thoughts = (*(each for each in found if not each.hard), *writing_advice(questionnaire, people=people))
    return {
        "unsound": (),
        "wrong": [each for each in found if each.hard],
        "thoughts": thoughts,
        "report": simulate(questionnaire),
        "target": target_of(questionnaire),
        "age": _mean_age(questionnaire),
        "prompts": {question.key: question.prompt for question in questionnaire.questions},
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
