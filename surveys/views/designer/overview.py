"""The list of questionnaires, a new one, and the page on which one is put together."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.models import School
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.designing import words
from surveys.designing.bank import ready_surveys
from surveys.designing.content import Content, key_from, new_content, places
from surveys.designing.licensed import licensed_keys
from surveys.designing.notes import notes_by_question, notes_on
from surveys.designing.sketches import (
    begin,
    begin_from_published,
    get_sketch,
    list_sketches,
    remove_sketch,
)
from surveys.designing.ways import SECTIONS
from surveys.published import list_questionnaires
from surveys.question_types import REGISTRY
from surveys.views.designer.asked import audience_names, chosen_audience, offered_audiences
from surveys.views.designer.blueprint import designer, now
from surveys.views.designer.way_words import summary

LONGEST_TITLE = 200


@designer.get("")
@requires(Permission.WRITE_SURVEYS)
def listing() -> str:
    """Drafts, and what is published."""
    with reading() as session:
        sketches = list_sketches(session, current_viewer())
        published = list_questionnaires(session, current_viewer())
    return render_template(
        "surveys/designer/list.html", sketches=sketches, published=published, ready=ready_surveys(),
        audience_names=audience_names(),
    )  # fmt: skip


@designer.get("/new")
@requires(Permission.WRITE_SURVEYS)
def new_page() -> str:
    """What it is called and who is asked."""
    return _new_form({}, {})


@designer.post("/new")
@requires(Permission.WRITE_SURVEYS)
def new() -> ResponseReturnValue:
    """Begin an empty questionnaire."""
    title = request.form.get("title", "").strip()[:LONGEST_TITLE]
    audience = chosen_audience()
    problems = {} if title else {"title": _("Write a title. Respondents see it.")}
    if audience is None:
        problems["audience"] = _("Choose who is asked.")
    if problems or audience is None:
        return _new_form(request.form, problems), 422
    content = new_content(
        key=key_from(title, ()), title=title, group=audience.group, audience=audience.key, style=audience.style
    )
    with transaction() as session:
        sketch_id = begin(session, current_viewer(), content, now=now()).id
    return redirect(url_for(".sketch", sketch_id=sketch_id))


@designer.post("/published/<key>/change")
@requires(Permission.WRITE_SURVEYS)
def change_published(key: str) -> ResponseReturnValue:
    """Go on with a published questionnaire in a draft; what is open stays as it is."""
    with transaction() as session:
        sketch_id = begin_from_published(session, current_viewer(), key, now=now()).id
    return redirect(url_for(".sketch", sketch_id=sketch_id))


@designer.get("/<uuid:sketch_id>")
@requires(Permission.WRITE_SURVEYS)
def sketch(sketch_id: UUID) -> str:
    """All questions, page by page, with what can be done to each."""
    with reading() as session:
        found = get_sketch(session, current_viewer(), sketch_id)
        notes = notes_by_question(notes_on(session, found.id))
    return render_template("surveys/designer/sketch.html", **sketch_parts(found), notes=notes)


@designer.post("/<uuid:sketch_id>/remove")
@requires(Permission.WRITE_SURVEYS)
def remove(sketch_id: UUID) -> ResponseReturnValue:
    """Put a draft away."""
    with transaction() as session:
        title = remove_sketch(session, current_viewer(), sketch_id)
    flash(_("The draft “%(title)s” is put away. What was published stays.", title=title))
    return redirect(url_for(".listing"))


def sketch_parts(found: Any) -> dict[str, Any]:
    """What the page of a sketch shows."""
    listed = list(places(found.content))
    return {
        "sketch": found,
        "content": found.content,
        "places": listed,
        "numbers": {place.question["key"]: place.number for place in listed},
        "total": len(listed),
        "asked": sum(place.question.get("type") != "text" for place in listed),
        "kinds": [*(kind for kind in words.KINDS if kind in REGISTRY), *(REGISTRY.keys() - words.KINDS.keys())],
        "section_words": {
            each["key"]: summary(found.content, SECTIONS, each) for each in found.content.get("sections", ())
        },
        "groups_of": _groups_of(found.content),
        "licensed": licensed_keys(found.content),
    }


def _groups_of(content: Content) -> dict[str, str]:
    """By question: the letters of the random groups that alone are asked it."""
    found: dict[str, list[str]] = {}
    for block in content.get("blocks", ()):
        for arm in block["arms"]:
            for key in arm.get("questions", ()):
                found.setdefault(key, []).append(str(arm["key"]).upper())
    return {key: ", ".join(letters) for key, letters in found.items()}


def _new_form(values: Any, problems: dict[str, str]) -> str:
    with reading() as session:
        school = session.get(School, current_viewer().school_id)
    return render_template(
        "surveys/designer/new.html",
        audiences=offered_audiences(),
        values=values,
        problems=problems,
        school=school,
        styles={style: _(text) for style, text in words.STYLES.items()},
    )
