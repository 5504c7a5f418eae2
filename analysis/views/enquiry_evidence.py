"""Evidence of an enquiry: results that are cited, what comes from elsewhere, and what stands behind a claim."""

from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis.enquiry.entries import find
from analysis.enquiry.evidence import (
    bring,
    cite,
    find_evidence,
    link,
    may_bring,
    offers,
    remove_evidence,
    show_evidence,
    unlink,
    waves_to_cite,
)
from analysis.enquiry.page import time_line, views
from analysis.enquiry.seats import seat
from analysis.views import enquiry_words as words
from analysis.views.enquiries import as_uuid, now
from stakeholder.errors import Invalid, NotFound
from stakeholder.roles import Permission
from stakeholder.web.access import current_viewer, requires
from stakeholder.web.database import reading, transaction
from surveys.framework import default_framework

enquiry_evidence = Blueprint("enquiry_evidence", __name__, url_prefix="/enquiries/<uuid:enquiry_id>")


@enquiry_evidence.get("/evidence/<key>")
@requires(Permission.TAKE_PART)
def add(enquiry_id: UUID, key: str) -> str:
    """Choose a result, or bring something from elsewhere."""
    return _page(enquiry_id, key)


@enquiry_evidence.post("/evidence/<key>/cite")
@requires(Permission.TAKE_PART)
def cite_one(enquiry_id: UUID, key: str) -> ResponseReturnValue:
    """Cite a result of a wave."""
    form = request.form
    try:
        with transaction() as session:
            here = seat(session, current_viewer(), enquiry_id)
            cite(
                session,
                here,
                key,
                wave=form.get("wave", ""),
                what=form.get("what", ""),
                caption=form.get("caption", ""),
                now=now(),
            )
            stage = here.process.stage_of(key).key
    except Invalid as problem:
        return _page(enquiry_id, key, str(problem)), 422
    return _back(enquiry_id, stage, key)


@enquiry_evidence.post("/evidence/<key>/bring")
@requires(Permission.TAKE_PART)
def bring_one(enquiry_id: UUID, key: str) -> ResponseReturnValue:
    """Put something from elsewhere beside the voices."""
    form = request.form
    try:
        with transaction() as session:
            here = seat(session, current_viewer(), enquiry_id)
            bring(
                session,
                here,
                key,
                value=form.get("value", ""),
                source=form.get("source", ""),
                day=_day(form.get("day", "")),
                strand=form.get("strand", ""),
                caption=form.get("caption", ""),
                now=now(),
            )
            stage = here.process.stage_of(key).key
    except Invalid as problem:
        return _page(enquiry_id, key, str(problem)), 422
    return _back(enquiry_id, stage, key)


@enquiry_evidence.post("/pieces/<uuid:evidence_id>/<act>")
@requires(Permission.TAKE_PART)
def change(enquiry_id: UUID, evidence_id: UUID, act: str) -> ResponseReturnValue:
    """Take a piece away, or show it to the other side."""
    with transaction() as session:
        here = seat(session, current_viewer(), enquiry_id)
        key = find_evidence(session, here, evidence_id).artefact
        if act == "remove":
            remove_evidence(session, here, evidence_id)
        elif act == "show":
            show_evidence(session, here, evidence_id, now=now())
        else:
            raise NotFound("There is no such button.")
        stage = here.process.stage_of(key).key
    return _back(enquiry_id, stage, key)


@enquiry_evidence.get("/claims/<uuid:claim_id>")
@requires(Permission.TAKE_PART)
def links(enquiry_id: UUID, claim_id: UUID) -> str:
    """What may stand behind a claim, or against it."""
    with reading() as session:
        here = seat(session, current_viewer(), enquiry_id)
        key = here.to_write(find(session, here, claim_id).artefact).key
        found = views(session, here, time_line(session, here, today=now().date()))
    claim = next(each for view in found for each in view.entries if each.id == claim_id)
    notes = [each for view in found if view.artefact.kind in {"notes", "tally"} for each in view.entries if each.text]
    return render_template(
        "analysis/enquiries/links.html",
        here=here,
        claim=claim,
        pieces=[each for view in found for each in view.pieces],
        notes=notes,
        words=words,
        stage=here.process.stage_of(key).key,
    )


@enquiry_evidence.post("/claims/<uuid:claim_id>")
@requires(Permission.TAKE_PART)
def add_link(enquiry_id: UUID, claim_id: UUID) -> ResponseReturnValue:
    """Put something behind a claim, or against it."""
    evidence, note = as_uuid(request.form.get("evidence", "")), as_uuid(request.form.get("note", ""))
    if (evidence is None) == (note is None):
        raise NotFound("Nothing was chosen.")
    with transaction() as session:
        here = seat(session, current_viewer(), enquiry_id)
        found = find(session, here, note) if note else None
        against = request.form.get("against") == "yes"
        link(session, here, claim_id, evidence_id=evidence, note=found, against=against)
    return redirect(url_for(".links", enquiry_id=enquiry_id, claim_id=claim_id), 303)


@enquiry_evidence.post("/links/<uuid:link_id>/remove")
@requires(Permission.TAKE_PART)
def remove_link(enquiry_id: UUID, link_id: UUID) -> ResponseReturnValue:
    """Take a link away."""
    with transaction() as session:
        here = seat(session, current_viewer(), enquiry_id)
        claim = unlink(session, here, link_id)
    return redirect(url_for(".links", enquiry_id=enquiry_id, claim_id=claim), 303)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text.strip() else None
    except ValueError as problem:
        raise Invalid(_("Write a day such as 2027-03-21, or leave it empty.")) from problem


def _back(enquiry_id: UUID, stage: str, key: str) -> ResponseReturnValue:
    flash(_("Saved."))
    return redirect(url_for("enquiries.page", enquiry_id=enquiry_id, stage=stage, _anchor=key), 303)


def _page(enquiry_id: UUID, key: str, problem: str = "") -> str:
    viewer = current_viewer()
    with reading() as session:
        here = seat(session, viewer, enquiry_id)
        artefact = here.to_write(key)
        if artefact.kind != "evidence":
            raise NotFound("No evidence is gathered here.")
        waves = waves_to_cite(session, viewer)
        wave = request.values.get("wave", "") or (waves[0][0] if waves else "")
        found = offers(session, here, artefact, wave)
    return render_template(
        "analysis/enquiries/evidence.html",
        here=here,
        artefact=artefact,
        waves=waves,
        wave=wave,
        offers=found,
        may_bring=may_bring(here),
        strands=default_framework().strands,
        stage=here.process.stage_of(key).key,
        problem=problem,
        typed=request.form,
    )
