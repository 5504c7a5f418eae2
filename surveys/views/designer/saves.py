"""Earlier saves, going back to one, and publishing."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.designing.checked import checked_questionnaire
from surveys.designing.sketches import (
    get_sketch,
    history,
    newest_published,
    publish_sketch,
    restore,
)
from surveys.lineage import differences
from surveys.views.designer.blueprint import designer, now
from surveys.views.designer.checks import findings


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
    changes = differences(published, checked_questionnaire(sketch.content)) if published and found["sound"] else ()
    return render_template(
        "surveys/designer/publish.html",
        sketch=sketch, content=sketch.content, published=published, changes=changes, **found,
    )  # fmt: skip


@designer.post("/<uuid:sketch_id>/publish")
@requires(Permission.PUBLISH_SURVEYS)
def publish(sketch_id: UUID) -> ResponseReturnValue:
    """Make it a version that never changes."""
    with transaction() as session:
        version = publish_sketch(session, current_viewer(), sketch_id, now=now())
    flash(_("Published as version %(number)s. A wave can ask it now.", number=version.number))
    return redirect(url_for(".sketch", sketch_id=sketch_id))
