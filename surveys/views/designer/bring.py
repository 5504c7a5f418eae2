"""Questionnaires from other tools and from paper, in the browser: read, looked at with all that was lost, then kept."""

import json
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from stakeholder.errors import Invalid
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import transaction
from stakeholder.web.shell import MOST_BYTES
from surveys.definition import Questionnaire
from surveys.designing.content import Content
from surveys.designing.notes import LONGEST, write_note
from surveys.designing.sketches import begin
from surveys.framework import FrameworkAudience
from surveys.interchange import own
from surveys.interchange.formats import read
from surveys.interchange.losses import LossReport
from surveys.views.designer.asked import audience_names, chosen_audience, offered_audiences
from surveys.views.designer.blueprint import designer, now

PASTED = "pasted.txt"
MOST_CARRIED = MOST_BYTES - 100_000


@dataclass(frozen=True)
class Brought:
    """What a file became: the questionnaire as our JSON, and the fate of each of its parts."""

    questionnaire: Questionnaire
    report: LossReport

    @property
    def definition(self) -> str:
        """The questionnaire as the page carries it to the next step."""
        return self.questionnaire.to_json()


@designer.get("/bring")
@requires(Permission.WRITE_SURVEYS)
def bring_page() -> str:
    """Choose a file of another tool, or paste questions."""
    return _form({})


@designer.post("/bring")
@requires(Permission.WRITE_SURVEYS)
def bring() -> ResponseReturnValue:
    """Read a file and show what it would become; nothing is stored yet."""
    try:
        return _brought(_read(), {})
    except Invalid as problem:
        return _form({"file": str(problem)}), 422


@designer.post("/bring/keep")
@requires(Permission.WRITE_SURVEYS)
def keep_brought() -> ResponseReturnValue:
    """Make a draft of what was looked at; what was lost becomes a note on it."""
    try:
        brought = _carried()
    except (Invalid, ValueError) as problem:
        return _form({"file": str(problem) if isinstance(problem, Invalid) else _("Bring the file in again.")}), 422
    audience = chosen_audience()
    if audience is None:
        return _brought(brought, {"audience": _("Choose who is asked.")}), 422
    with transaction() as session:
        content = asked_of(brought.questionnaire, audience)
        sketch_id = begin(session, current_viewer(), content, act="import", now=now()).id
        if lost := losses_in_words(brought.report):
            write_note(session, current_viewer(), sketch_id, question_key="", text=lost, now=now())
    flash(_("The draft is made. What was lost or changed stands in a note at its end."))
    return redirect(url_for(".sketch", sketch_id=sketch_id))


def asked_of(questionnaire: Questionnaire, audience: FrameworkAudience) -> Content:
    """The questionnaire of a file as the content of a draft for an audience."""
    content: Content = json.loads(questionnaire.to_json())
    return content | {"groups": [audience.group], "audience": audience.key, "style": audience.style}


def losses_in_words(report: LossReport) -> str:
    """What was dropped or approximated as a note for colleagues; empty when everything was kept."""
    lines = [f"{each['item']}: {each['words']}" for fate in ("dropped", "approximated") for each in report.of(fate)]
    text = "\n".join([_("From the file:"), *lines]) if lines else ""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 2]} …"


def _read() -> Brought:
    """What the file or the pasted text became. Raises Invalid, in words, for what cannot be read."""
    file, pasted = request.files.get("file"), request.form.get("pasted", "").strip()
    if file is not None and file.filename:
        brought = Brought(*read(file.read(), file.filename))
    elif pasted:
        brought = Brought(*read(pasted.encode(), PASTED, "text"))
    else:
        raise Invalid(_("Choose a file, or paste the questions below."))
    if len(brought.definition.encode()) + len(json.dumps(brought.report.as_json()).encode()) > MOST_CARRIED:
        raise Invalid(_("This is too long for a browser. “stakeholder questionnaire import” reads it."))
    return brought


def _carried() -> Brought:
    """What the page carried from the step before. Raises Invalid or ValueError when it is no longer whole."""
    questionnaire, _report = own.read(request.form.get("definition", "").encode(), "draft.json")
    return Brought(questionnaire, LossReport.of_json(json.loads(request.form.get("report", ""))))


def _brought(brought: Brought, problems: dict[str, str]) -> str:
    known = brought.questionnaire.audience if brought.questionnaire.audience in audience_names() else ""
    return render_template(
        "surveys/designer/brought.html", content=json.loads(brought.definition), definition=brought.definition,
        report=brought.report, carried=json.dumps(brought.report.as_json()), audiences=offered_audiences(),
        values={"audience": request.form.get("audience", known)}, problems=problems,
    )  # fmt: skip


def _form(problems: dict[str, str]) -> str:
    return render_template("surveys/designer/bring.html", values=request.form, problems=problems)
