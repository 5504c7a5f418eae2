"""The protection of data in the browser: how long it is kept, the papers, and requests of people about theirs."""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.protection.facts import Facts, facts_of
from analysis.protection.requests import erase, held_about, search
from stakeholder.errors import Invalid
from stakeholder.protection.keeping import LONGEST_CONTACT, choices_of, choose
from stakeholder.protection.periods import KINDS
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.notice import BANDS

protection = Blueprint("protection", __name__, url_prefix="/protection")


@protection.get("")
@requires(Permission.PROTECT_DATA)
def page() -> str:
    """How long each kind of data is kept, whom to ask, and the papers."""
    return _page()


@protection.post("")
@requires(Permission.PROTECT_DATA, freshly=True)
def change() -> ResponseReturnValue:
    """Keep it for other lengths."""
    try:
        with transaction() as session:
            wanted = _lengths(request.form)
            choose(
                session,
                current_viewer(),
                contact=request.form.get("contact", ""),
                wanted=wanted,
                now=datetime.now(UTC),
            )
    except Invalid as problem:
        return _page(str(problem)), 422
    flash(_("Noted. What is over by this is deleted tonight."))
    return redirect(url_for(".page"), 303)


@protection.get("/record")
@requires(Permission.PROTECT_DATA)
def record_of_processing() -> str:
    """The record of processing activities, from what is really the case."""
    return render_template("analysis/protection/record.html", facts=_facts(), kinds=KINDS, today=_today())


@protection.get("/assessment")
@requires(Permission.PROTECT_DATA)
def assessment() -> str:
    """The start of a data protection impact assessment: what is the case, with room for the school's own judgement."""
    return render_template("analysis/protection/assessment.html", facts=_facts(), kinds=KINDS, today=_today())


@protection.get("/requests")
@requires(Permission.PROTECT_DATA)
def requests() -> str:
    """Where to look for somebody."""
    return render_template("analysis/protection/requests.html", found=None, words="", problem=None)


@protection.post("/requests")
@requires(Permission.PROTECT_DATA)
def look() -> ResponseReturnValue:
    """Who fits; the words stand in no address and in no log."""
    words = request.form.get("words", "")
    try:
        with reading() as session:
            found = search(session, current_viewer(), words)
    except Invalid as problem:
        return _requests(words, str(problem)), 422
    return render_template("analysis/protection/requests.html", found=found, words=words, problem=None)


@protection.get("/requests/<kind>/<key>")
@requires(Permission.PROTECT_DATA, freshly=True)
def held(kind: str, key: str) -> str:
    """Everything that leads to one person, to print or copy."""
    with transaction() as session:
        found = held_about(session, current_viewer(), kind, key, now=datetime.now(UTC))
    return render_template("analysis/protection/held.html", held=found)


@protection.post("/requests/<kind>/<key>/erase")
@requires(Permission.MANAGE_PEOPLE, freshly=True)
def erased(kind: str, key: str) -> ResponseReturnValue:
    """Erase it, once that was confirmed."""
    if not request.form.get("sure"):
        answer = make_response(_requests("", _("Tick that you are sure, then press the button again.")))
        answer.status_code = 422
        return answer
    with transaction() as session:
        answers = erase(session, current_viewer(), kind, key, now=datetime.now(UTC))
    flash(_("Erased, with %(number)s answers by name.", number=answers))
    return redirect(url_for(".requests"), 303)


def _page(problem: str | None = None) -> str:
    with reading() as session:
        chosen = choices_of(session, current_viewer().where)
    return render_template(
        "analysis/protection/page.html",
        chosen=chosen,
        kinds=KINDS,
        bands=BANDS,
        longest=LONGEST_CONTACT,
        problem=problem,
    )


def _requests(words: str, problem: str) -> str:
    return render_template("analysis/protection/requests.html", found=None, words=words, problem=problem)


def _lengths(form: Mapping[str, str]) -> dict[str, int]:
    """The lengths that were filled in. Raises Invalid for what is no number."""
    given = {kind.key: form.get(kind.key, "").strip() for kind in KINDS}
    if not all(text.isascii() and text.isdigit() and len(text) < 5 for text in given.values()):
        raise Invalid(_("Write a whole number for each kind of data."))
    return {key: int(text) for key, text in given.items()}


def _facts() -> Facts:
    with reading() as session:
        return facts_of(session, current_viewer(), today=_today().date())


def _today() -> datetime:
    return datetime.now(UTC)
