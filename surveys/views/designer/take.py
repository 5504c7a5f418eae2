"""A draft as a file for another tool or for paper, and what each format cannot hold of it."""

from dataclasses import dataclass
from uuid import UUID

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _

from stakeholder.errors import NotFound
from stakeholder.localised import DEFAULT_LANGUAGE, N_
from stakeholder.roles import Permission
from stakeholder.web.access import requires
from surveys.definition import Questionnaire
from surveys.designing.checked import Unsound, checked_questionnaire
from surveys.interchange.writers import WRITERS
from surveys.views.designer.blueprint import designer, sketch_in_hand

TOOLS: dict[str, tuple[str, str]] = {
    "xlsform": (N_("XLSForm (.xlsx)"), N_("KoboToolbox, ODK, SurveyCTO and others")),
    "lss": (N_("LimeSurvey (.lss)"), N_("its own file of a whole survey")),
    "limesurvey-txt": (N_("LimeSurvey (.txt)"), N_("a table that can be changed in a spreadsheet")),
    "qsf": (N_("Qualtrics (.qsf)"), N_("its own file of a whole survey")),
    "surveyjs": (N_("SurveyJS (.json)"), N_("for forms in web pages")),
    "yaml": (N_("Our own file (YAML)"), N_("everything, to the letter: for another school with this software")),
    "json": (N_("Our own file (JSON)"), N_("the same, for programs")),
}
PAPER: dict[str, tuple[str, str]] = {
    "print-pdf": (N_("Paper form (PDF)"), N_("with the codes of the answers, readable by screen readers")),
    "print-html": (N_("Paper form (HTML)"), N_("the same, for printing from a browser")),
    "codebook-csv": (N_("Codebook (CSV)"), N_("every variable with its words and codes")),
    "ddi": (N_("Codebook (DDI)"), N_("the same, for archives")),
}


@dataclass(frozen=True)
class Offer:
    """A format one can take the draft out in: its name, its words, and what it cannot hold."""

    name: str
    title: str
    hint: str
    lost: tuple[dict[str, str], ...] = ()


@designer.get("/<uuid:sketch_id>/take")
@requires(Permission.WRITE_SURVEYS)
def take_page(sketch_id: UUID) -> str:
    """The formats, and what each cannot hold of this draft."""
    sketch = sketch_in_hand(sketch_id)
    try:
        questionnaire: Questionnaire | None = checked_questionnaire(sketch.content)
    except Unsound:
        questionnaire = None
    return render_template(
        "surveys/designer/take.html", sketch=sketch, content=sketch.content,
        tools=[_offer(name, *words, questionnaire) for name, words in TOOLS.items()] if questionnaire else [],
        paper=[Offer(name, _(title), _(hint)) for name, (title, hint) in PAPER.items()],
        offered=questionnaire.languages if questionnaire else (),
    )  # fmt: skip


@designer.get("/<uuid:sketch_id>/take/<name>")
@requires(Permission.WRITE_SURVEYS)
def take(sketch_id: UUID, name: str) -> Response:
    """The draft as a file of one format."""
    if name not in WRITERS:
        raise NotFound("There is no such format.")
    sketch = sketch_in_hand(sketch_id)
    questionnaire = checked_questionnaire(sketch.content)
    wished = request.args.get("language", "")
    data, _lost = WRITERS[name].write(
        questionnaire, wished if wished in questionnaire.languages else _main(questionnaire)
    )
    answer = make_response(data)
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers["Content-Disposition"] = f'attachment; filename="{sketch.key}{WRITERS[name].ending}"'
    return answer


def _main(questionnaire: Questionnaire) -> str:
    """English where it is offered, else the first language."""
    return DEFAULT_LANGUAGE if DEFAULT_LANGUAGE in questionnaire.languages else questionnaire.languages[0]


def _offer(name: str, title: str, hint: str, questionnaire: Questionnaire) -> Offer:
    report = WRITERS[name].write(questionnaire, _main(questionnaire))[1]
    return Offer(name, _(title), _(hint), (*report.of("approximated"), *report.of("dropped")))
