"""Enquiries: the list, beginning and joining one, its page, and what people write in it."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from analysis.enquiry.entries import Written, find, remove, show, write
from analysis.enquiry.page import enquiry_page, time_line
from analysis.enquiry.process import read_process
from analysis.enquiry.reporting import may_release
from analysis.enquiry.running import ask, begin, close_stage, join, leave, models_of
from analysis.enquiry.seats import Seat, seat, seats
from analysis.views import enquiry_words as words
from stakeholder.errors import Conflict, Invalid, NotFound
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.framework import default_framework

enquiries = Blueprint("enquiries", __name__, url_prefix="/enquiries")


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


@enquiries.get("")
@requires(Permission.TAKE_PART)
def listing() -> str:
    """Every enquiry the viewer sits in, and what they may begin."""
    return _listing()


@enquiries.post("/join")
@requires(Permission.OVERSEE_ENQUIRIES)
def join_one() -> ResponseReturnValue:
    """Join another school's enquiry by its code."""
    try:
        with transaction() as session:
            joined = join(session, current_viewer(), request.form.get("code", ""), now=now()).id
    except (NotFound, Conflict) as problem:
        return _listing(str(problem)), 422
    return redirect(url_for(".page", enquiry_id=joined), 303)


@enquiries.get("/new/<key>")
@requires(Permission.RUN_ENQUIRIES)
def new(key: str) -> str:
    """What will happen, and the title and question to begin with."""
    return _new(key)


@enquiries.post("/new/<key>")
@requires(Permission.RUN_ENQUIRIES)
def create(key: str) -> ResponseReturnValue:
    """Begin it."""
    title, question = request.form.get("title", ""), request.form.get("question", "")
    before = as_uuid(request.form.get("after_id", ""))
    try:
        with transaction() as session:
            if before:
                seat(session, current_viewer(), before)
            viewer = current_viewer()
            begun = begin(session, viewer, key, title=title, question=question, now=now(), after_id=before).id
    except Invalid as problem:
        return _new(key, str(problem)), 422
    return redirect(url_for(".page", enquiry_id=begun), 303)


@enquiries.get("/<uuid:enquiry_id>")
@requires(Permission.TAKE_PART)
def page(enquiry_id: UUID) -> str:
    """The time line, and one stage of it."""
    return _page(enquiry_id, request.args.get("stage", ""))


@enquiries.post("/<uuid:enquiry_id>/write/<key>")
@requires(Permission.TAKE_PART)
def write_entry(enquiry_id: UUID, key: str) -> ResponseReturnValue:
    """Write something."""
    return _change(enquiry_id, lambda session, here: write(session, here, key, _written(), now=now()), at=key)


@enquiries.post("/<uuid:enquiry_id>/entries/<uuid:entry_id>/<act>")
@requires(Permission.TAKE_PART)
def change_entry(enquiry_id: UUID, entry_id: UUID, act: str) -> ResponseReturnValue:
    """Take an own entry away, or show it to the other side."""

    def change(session: Session, here: Seat) -> str:
        artefact = find(session, here, entry_id).artefact
        if act == "remove":
            remove(session, here, entry_id)
        elif act == "show":
            show(session, here, entry_id, now=now())
        else:
            raise NotFound("There is no such button.")
        return artefact

    return _change(enquiry_id, change)


@enquiries.post("/<uuid:enquiry_id>/close/<stage>")
@requires(Permission.TAKE_PART)
def close(enquiry_id: UUID, stage: str) -> ResponseReturnValue:
    """Say that a stage is done."""

    def change(session: Session, here: Seat) -> None:
        lacking = enquiry_page(session, here, stage, today=now().date()).lacking
        close_stage(session, here, stage, lacking, now=now())

    answer = _change(enquiry_id, change, stage=stage)
    return answer if isinstance(answer, tuple) else redirect(url_for(".page", enquiry_id=enquiry_id), 303)


@enquiries.post("/<uuid:enquiry_id>/question")
@requires(Permission.TAKE_PART)
def ask_anew(enquiry_id: UUID) -> ResponseReturnValue:
    """Change the focus question."""
    return _change(enquiry_id, lambda session, here: ask(session, here, request.form.get("question", ""), now=now()))


@enquiries.post("/<uuid:enquiry_id>/leave")
@requires(Permission.OVERSEE_ENQUIRIES)
def leave_it(enquiry_id: UUID) -> ResponseReturnValue:
    """Take the school out, with all that it showed."""
    with transaction() as session:
        leave(session, seat(session, current_viewer(), enquiry_id), now=now())
    flash(_("Your school has left. What it wrote and showed is gone from there."))
    return redirect(url_for(".listing"), 303)


def _written() -> Written:
    form = request.form
    return Written(
        text=form.get("text", ""),
        heading=form.get("heading", ""),
        place=form.get("place", ""),
        card=form.get("card", ""),
        counts={name.removeprefix("count-"): value for name, value in form.items() if name.startswith("count-")},
        clauses=frozenset(form.getlist("clause")),
        about_id=as_uuid(form.get("about", "")),
        evidence_id=as_uuid(form.get("evidence", "")),
    )


def as_uuid(text: str) -> UUID | None:
    """The identifier a form brought; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _change(
    enquiry_id: UUID, work: Callable[[Session, Seat], object], *, at: str = "", stage: str = ""
) -> ResponseReturnValue:
    """Change something and come back to where it stands; a mistake is told there, and what was written is kept."""
    try:
        with transaction() as session:
            here = seat(session, current_viewer(), enquiry_id)
            changed = work(session, here)
            place = at or (changed if isinstance(changed, str) else "")
            stage = here.process.stage_of(place).key if place else stage
    except (Invalid, Conflict) as problem:
        return _page(enquiry_id, request.form.get("stage", stage), str(problem), at=at), 422
    flash(_("Saved."))
    return redirect(url_for(".page", enquiry_id=enquiry_id, stage=stage or None, _anchor=place or None), 303)


def _page(enquiry_id: UUID, stage: str, problem: str = "", at: str = "") -> str:
    with reading() as session:
        here = seat(session, current_viewer(), enquiry_id)
        found = enquiry_page(session, here, stage, today=now().date())
    return render_template(
        "analysis/enquiries/page.html",
        page=found,
        here=here,
        words=words,
        problem=problem,
        at=at,
        typed=request.form,
        dimensions=default_framework().dimensions,
        releases=may_release(here),
    )


def _listing(problem: str = "") -> str:
    viewer = current_viewer()
    with reading() as session:
        mine = seats(session, viewer)
        lines = [(here, time_line(session, here, today=now().date())) for here in mine]
        processes = [read_process(text) for text in models_of(session, viewer).values()]
    mayhap = [each for each in processes if viewer.roles & set(each.begun_by)]
    return render_template("analysis/enquiries/list.html", lines=lines, processes=mayhap, problem=problem)


def _new(key: str, problem: str = "") -> str:
    with reading() as session:
        texts = models_of(session, current_viewer())
        before = as_uuid(request.values.get("after_id", ""))
        earlier = seat(session, current_viewer(), before) if before else None
    if key not in texts:
        raise NotFound("There is no such process.")
    process = read_process(texts[key])
    if not current_viewer().roles & set(process.begun_by):
        raise NotFound("There is no such process for you.")
    return render_template(
        "analysis/enquiries/new.html", process=process, key=key, problem=problem, earlier=earlier, typed=request.form
    )
