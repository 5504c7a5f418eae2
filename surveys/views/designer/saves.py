"""Earlier saves, going back to one, and publishing."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import ValidationError

from stakeholder.errors import Invalid
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.designing.checked import checked_questionnaire
from surveys.designing.content import place_of, words_of
from surveys.designing.judgements import WORDS, Changed, changed_questions, with_judgement, without_judgement
from surveys.designing.sketches import (
    change,
    get_sketch,
    history,
    newest_published,
    publish_sketch,
    restore,
)
from surveys.judging import Judgement
from surveys.lineage import Difference, differences
from surveys.views.designer.blueprint import designer, now
from surveys.views.designer.checks import findings

MOST_REASON = 500


@designer.get("/<uuid:sketch_id>/saves")
@requires(Permission.WRITE_SURVEYS)
def saves(sketch_id: UUID) -> str:
    """Every save: what was done, by whom, when."""
    with reading() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        listed = history(session, sketch)
    return render_template("surveys/designer/saves.html", sketch=sketch, content=sketch.content, saves=listed)


@designer.post("/<uuid:sketch_id>/saves/restore")
@requires(Permission.WRITE_SURVEYS)
def go_back(sketch_id: UUID) -> ResponseReturnValue:
    """Go back to a save; without a number, to the one before the newest."""
    typed = request.form.get("number", "")
    with transaction() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        number = int(typed) if typed.isdigit() and len(typed) < 9 else max(1, sketch.number - 1)
        restore(session, current_viewer(), sketch_id, number, now=now())
    flash(_("This is save %(number)s again. Nothing is lost: the later saves are still in the list.", number=number))
    return redirect(url_for(".sketch", sketch_id=sketch_id))


@designer.get("/<uuid:sketch_id>/publish")
@requires(Permission.WRITE_SURVEYS)
def publish_page(sketch_id: UUID) -> str:
    """What is wrong, or what publishing changes."""
    with reading() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        published = newest_published(session, sketch)
    found = findings(sketch)
    changes: tuple[Difference, ...] = ()
    changed: tuple[Changed, ...] = ()
    if published and found["sound"]:
        new = checked_questionnaire(sketch.content)
        changes, changed = differences(published, new), changed_questions(published, new)
    return render_template(
        "surveys/designer/publish.html",
        sketch=sketch, content=sketch.content, published=published, changes=changes, changed=changed,
        change_words={change.value: _(text) for change, text in WORDS.items()}, **found,
    )  # fmt: skip


@designer.post("/<uuid:sketch_id>/publish/judge")
@requires(Permission.WRITE_SURVEYS)
def judge(sketch_id: UUID) -> ResponseReturnValue:
    """Say what became of a changed question, with the reason; without a class, leave it to the program again."""
    wanted = {name: request.form.get(name, "") for name in ("question", "before", "after")}
    reason = " ".join(request.form.get("reason", "").split())[:MOST_REASON]
    with transaction() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        prompt = words_of(place_of(sketch.content, wanted["question"]).question.get("prompt"))
        if request.form.get("change"):
            if not reason:
                raise Invalid(_("Write why. Whoever reads the results later must be able to follow you."))
            said = _judgement({**wanted, "change": request.form["change"], "reason": reason})
            change(
                session, current_viewer(), sketch_id, lambda content: with_judgement(content, said),
                act="judge", about=prompt, now=now(),
            )  # fmt: skip
        else:
            change(
                session, current_viewer(), sketch_id, lambda content: without_judgement(content, **wanted),
                act="judge", about=prompt, now=now(),
            )  # fmt: skip
    flash(_("Saved."))
    return redirect(url_for(".publish_page", sketch_id=sketch_id))


def _judgement(said: dict[str, str]) -> dict[str, str]:
    """A judgement as a definition holds it. Raises Invalid for what is none."""
    try:
        return {name: str(value) for name, value in Judgement.model_validate(said).model_dump().items()}
    except ValidationError as problem:
        raise Invalid(_("Load the page again: this question has changed meanwhile.")) from problem


@designer.post("/<uuid:sketch_id>/publish")
@requires(Permission.PUBLISH_SURVEYS)
def publish(sketch_id: UUID) -> ResponseReturnValue:
    """Make it a version that never changes."""
    with transaction() as session:
        version = publish_sketch(session, current_viewer(), sketch_id, now=now())
    flash(_("Published as version %(number)s. A wave can ask it now.", number=version.number))
    return redirect(url_for(".sketch", sketch_id=sketch_id))
