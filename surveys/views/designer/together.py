"""What several people do to a draft: notes on questions, and one question in the words of each audience."""

import json
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from stakeholder.errors import Conflict, Invalid
from stakeholder.localised import DEFAULT_LANGUAGE
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.designing.content import Content, question_of, with_question
from surveys.designing.notes import settle_note, write_note
from surveys.designing.sketches import OpenSketch, begin_from_published, change, get_sketch, list_sketches
from surveys.designing.wordings import Instrument, columns_beside, wording_rows
from surveys.published import list_questionnaires, newest_version
from surveys.views.designer.asked import audience_names
from surveys.views.designer.blueprint import designer, now


@designer.post("/<uuid:sketch_id>/notes")
@requires(Permission.WRITE_SURVEYS)
def note(sketch_id: UUID) -> ResponseReturnValue:
    """Say something about a question, or about the whole."""
    key = request.form.get("question", "")
    with transaction() as session:
        write_note(session, current_viewer(), sketch_id, question_key=key, text=request.form.get("text", ""), now=now())
    flash(_("Your note is there for your colleagues."))
    return redirect(url_for(".sketch", sketch_id=sketch_id, _anchor=f"q-{key}" if key else "whole-notes"))


@designer.post("/<uuid:sketch_id>/notes/<uuid:note_id>/settle")
@requires(Permission.WRITE_SURVEYS)
def settle(sketch_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Mark a note as settled."""
    with transaction() as session:
        settle_note(session, current_viewer(), sketch_id, note_id)
    flash(_("Settled. The note stays readable."))
    return redirect(url_for(".sketch", sketch_id=sketch_id))


@designer.get("/<uuid:sketch_id>/wordings")
@requires(Permission.WRITE_SURVEYS)
def wordings(sketch_id: UUID) -> str:
    """The same questions in the words of each audience, in columns."""
    with reading() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        columns = columns_beside(_own(sketch), _others(session))
    rows = wording_rows(columns)
    return render_template(
        "surveys/designer/wordings.html",
        sketch=sketch, content=sketch.content, columns=columns, rows=rows,
        missing=sum(not cell.words for row in rows for cell in row.cells),
        audience_names=audience_names(),
    )  # fmt: skip


@designer.post("/<uuid:sketch_id>/wordings")
@requires(Permission.WRITE_SURVEYS)
def add_wording(sketch_id: UUID) -> ResponseReturnValue:
    """Ask a question of another audience too, in words of its own, under the same key."""
    key, words = request.form.get("question", ""), request.form.get("words", "").strip()
    if not words:
        raise Invalid("Write the words for this audience.")
    with transaction() as session:
        sketch = get_sketch(session, current_viewer(), sketch_id)
        target = sketch_id
        if request.form.get("target", "") != sketch.key:
            target = begin_from_published(session, current_viewer(), request.form.get("target", ""), now=now()).id
        model = next(found for each in (_own(sketch), *_others(session)) if (found := question_of(each.content, key)))
        question = {**model, "prompt": {DEFAULT_LANGUAGE: words}}
        for follows in ("show_if", "indicator", "core"):
            question.pop(follows, None)

        def work(content: Content) -> Content:
            if question_of(content, key):
                raise Conflict("A colleague has written words for this audience meanwhile. Load the page again.")
            return with_question(content, question)

        change(session, current_viewer(), target, work, act="add", about=words, now=now())
    flash(_("Added “%(prompt)s”.", prompt=words))
    return redirect(url_for(".wordings", sketch_id=sketch_id))


def _own(sketch: OpenSketch) -> Instrument:
    return Instrument(sketch.key, sketch.title, str(sketch.content["audience"]), str(sketch.id), sketch.content)


def _others(session: Session) -> list[Instrument]:
    """The school's drafts, and what is published without one."""
    viewer = current_viewer()
    found = [_own(get_sketch(session, viewer, line.id)) for line in list_sketches(session, viewer)]
    known = {each.key for each in found}
    for line in list_questionnaires(session, viewer):
        if line.key not in known:
            known.add(line.key)
            content: dict[str, Any] = json.loads(newest_version(session, viewer, line.key).definition)
            found.append(Instrument(line.key, line.title, str(content["audience"]), "", content))
    return found
